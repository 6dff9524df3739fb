"""A blank line separates `import "C"` from the comment with its C code, so cgo ignores the comment.

cgo reads only the comment right above `import "C"`. Without it no header is included and no flag counts, and the build
ends with `could not determine what C.NAME refers to`.

## Example

```go path=audio.go
package audio

/*
#cgo LDFLAGS: -lm
#include <math.h>
*/

import "C"
```

becomes

```go path=audio.go
package audio

/*
#cgo LDFLAGS: -lm
#include <math.h>
*/
import "C"
```

## Example

```go path=audio.go crlf
package audio

// #include <math.h>


import "C"
```

becomes

```go path=audio.go crlf
package audio

// #include <math.h>
import "C"
```

## Example

```go path=audio.go
package audio

import (
        "fmt"

        // #include <math.h>

        "C"
)
```

becomes

```go path=audio.go
package audio

import (
        "fmt"

        // #include <math.h>
        "C"
)
```

## No finding

```go path=audio.go
package audio

// The header is #included elsewhere.

// #include <math.h>
import "C"
```

## No finding

```go path=audio.go
// #include <math.h>

package audio

// Handles of the C side.

import "C"
```

## No finding

```go path=audio.go
package audio

// #include <math.h>

import "fmt"
```
"""

from collections.abc import Iterator

from wslgo.linter.cgo_lines import is_built
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.cgo_file import CgoFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en='cgo ignores this comment because of the blank line before import "C". Remove the blank line',
    zh='由于 import "C" 之前有空行，cgo 会忽略此注释。请删除空行',
)
TITLE = Message(en="Remove the blank line", zh="删除空行")

_DIRECTIVE = pattern(r"#[ \t]*(?:cgo|include)[^\r\n]*")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs=("go_variables", "processor"))
def check(file: CgoFile, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if not file.detached or not is_built(file, scene):
        return
    for comment in file.detached:
        rest = text[comment.end :]
        gap = rest[: len(rest) - len(rest.lstrip(" \t\r\n"))]
        shown = _DIRECTIVE.search(text, comment.start, comment.end)
        if shown is not None and "\n" in gap:
            first, last = gap.index("\n") + 1, gap.rindex("\n") + 1
            edit = Edit(Span(comment.end, comment.end + len(gap)), gap[:first].lstrip(" \t") + gap[last:])
            yield Finding(Span(shown.start(), min(shown.end(), comment.end)), MESSAGE(), (Fix(TITLE(), (edit,)),))
