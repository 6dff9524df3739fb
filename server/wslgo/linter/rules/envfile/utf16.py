"""The go env file is UTF-16, so go reads no line of it.

PowerShell 5 writes UTF-16 with `>`. The zero bytes between the letters hide each name from the go command, which
reports nothing. Save the file as UTF-8.

## Example

```properties path=.config/go/env utf16 bom
GOPROXY=https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## No finding

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import SAVE_AS_UTF8
from wslgo.syntax.encoding import to_utf8
from wslgo.text.message import Message
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span

MESSAGE = Message(
    en="go reads no line of this file because it is UTF-16. Save it as UTF-8",
    zh="go 读不到此文件的任何一行，因为其编码为 UTF-16。请另存为 UTF-8",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, subject=RuleSubject.SOURCE)
def check(source: Source, _scene: Scene) -> Iterator[Finding]:
    if source.encoding != UTF8:
        edits = to_utf8(source)
        fixes = (Fix(SAVE_AS_UTF8(), edits, Safety.SAFE, bytewise=True, encoding=UTF8),) if edits else ()
        yield Finding(Span(0, min(1, len(source.text))), MESSAGE(), fixes)
