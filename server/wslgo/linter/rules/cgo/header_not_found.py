"""The C code includes a header of CUDA that is on this machine, but in a folder where the compiler does not look.

`cuda.h: No such file or directory` ends the build: the toolkit has its headers in `/usr/local/cuda/include`. Name the
folder by `-I` here, or for every build of this machine by
`go env -w CGO_CFLAGS="-O2 -g -I/usr/local/cuda/include"`.

## Example

```go path=main.go
package main

// #cgo LDFLAGS: -L/usr/local/cuda/lib64 -lcudart
// #include <cuda_runtime.h>
// #include <cublas_v2.h>
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{
  "go_variables": [],
  "c_folders": [
    {"path": "/usr/local/cuda/include", "names": ["<cublas_v2.h>", "<cuda_runtime.h>"], "is_searched": false}
  ]
}
```

becomes

```go path=main.go
package main

// #cgo LDFLAGS: -L/usr/local/cuda/lib64 -lcudart
// #cgo CFLAGS: -I/usr/local/cuda/include
// #include <cuda_runtime.h>
// #include <cublas_v2.h>
import "C"
```

## Example

```go path=main.go crlf
package main

/*
  #include <cuda.h>
*/
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{
  "go_variables": [],
  "c_folders": [{"path": "/usr/local/cuda/include", "names": ["<cuda.h>"], "is_searched": false}]
}
```

becomes

```go path=main.go crlf
package main

/*
  #cgo CFLAGS: -I/usr/local/cuda/include
  #include <cuda.h>
*/
import "C"
```

## No finding

The folder is named, by any of the files of the package or by CGO_CFLAGS:

```go path=main.go
package main

// #include <cuda.h>
import "C"
```

```go project path=link.go
package main

// #cgo CFLAGS: -I/usr/local/cuda/include/
import "C"
```

```json host
{
  "go_variables": [],
  "c_folders": [{"path": "/usr/local/cuda/include", "names": ["<cuda.h>"], "is_searched": false}]
}
```

## No finding

The header is in the package, or a condition may leave it out:

```go path=main.go
package main

/*
#cgo CFLAGS: -I${SRCDIR}/include
#include <cuda.h>
#ifdef WITH_NVML
#include <nvml.h>
#endif
#include "cuda_runtime.h"
*/
import "C"
```

```text project path=include/cuda.h
typedef int CUresult;
```

```json host
{
  "go_variables": [],
  "c_folders": [{"path": "/usr/local/cuda/include", "names": ["<cuda.h>", "<nvml.h>"], "is_searched": false}]
}
```

## No finding

It is nowhere on this machine:

```go path=main.go
package main

// #include <cuda.h>
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{"go_variables": [], "c_folders": []}
```
"""

from collections.abc import Iterator

from wslgo.knowledge import c_names
from wslgo.linter.cgo_lines import is_built, search
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.syntax.go.c_includes import Include
from wslgo.syntax.go.cgo_file import CgoFile
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="The compiler does not find {name}: it is in {folder}. Add -I{folder} here or to CGO_CFLAGS (go env -w)",
    zh="编译器找不到 {name}：它在 {folder} 中。请在此处或 CGO_CFLAGS 中添加 -I{folder}（go env -w）",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs=("c_folders", "go_variables", "processor"), dimension="gpu")
def check(file: CgoFile, scene: Scene) -> Iterator[Finding]:
    names = {include: f"<{include.name}>" for include in file.includes if not include.is_quoted and not include.guards}
    included = [(include, name) for include, name in names.items() if name in c_names.CUDA_HEADERS]
    if not included or not is_built(file, scene):
        return
    known = search(file, scene, "-I")
    named: set[str] = set()
    for include, name in included:
        folder = known.holder(name) if known is not None else None
        if folder is not None:
            fixes = () if folder in named else (_line(include, folder, scene.file.source.text),)
            named.add(folder)
            yield Finding(include.span, MESSAGE(name=include.name, folder=folder), fixes)


def _line(include: Include, folder: str, text: str) -> Fix:
    """Return the fix that adds a `#cgo` line above an include, begun like the line of the include."""
    start = text.rfind("\n", 0, include.span.start) + 1
    before = text[start : text.index("#", start)]
    new = f"#cgo CFLAGS: -I{folder}"
    if before.lstrip().startswith("/*"):  # the comment begins on this line
        place, line = start + len(before), f"{new}\n"
    else:
        end = "\r\n" if text[text.find("\n", start) - 1 : text.find("\n", start)] == "\r" else "\n"
        place, line = start, f"{before}{new}{end}"
    return Fix(ADD(text=new), (Edit(Span(place, place), line),))
