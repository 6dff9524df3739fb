"""A `#cgo` line links a library of CUDA that is on this machine, but in a folder where the linker does not look.

`cannot find -lcuda` ends the build although the GPU works: the driver is not part of the toolkit. WSL has its library
in `/usr/lib/wsl/lib`, and `/usr/local/cuda/lib64` has it only as a stub, in `stubs`. The other libraries are in
`/usr/local/cuda/lib64`. Name the folder by `-L` here, or for every build of this machine by
`go env -w CGO_LDFLAGS="-O2 -g -L/usr/lib/wsl/lib"`. To load the library takes neither.

## Example

```go path=main.go
package main

// #cgo LDFLAGS: -L/usr/local/cuda/lib64 -lcuda
// #include <cuda.h>
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{"go_variables": [], "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]}
```

becomes

```go path=main.go
package main

// #cgo LDFLAGS: -L/usr/local/cuda/lib64 -L/usr/lib/wsl/lib -lcuda
// #include <cuda.h>
import "C"
```

## Example

```go path=main.go
package main

/*
#cgo LDFLAGS: -lcublas -lcudart
*/
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{
  "go_variables": [{"name": "CGO_LDFLAGS", "value": "-O2 -g", "origin": "default"}],
  "c_folders": [
    {"path": "/usr/local/cuda/lib64", "names": ["-lcublas", "-lcudart"], "is_searched": false},
    {"path": "/usr/local/cuda/lib64/stubs", "names": ["-lcublas", "-lcuda"], "is_searched": false}
  ]
}
```

becomes

```go path=main.go
package main

/*
#cgo LDFLAGS: -L/usr/local/cuda/lib64 -lcublas -lcudart
*/
import "C"
```

## Example

The go env file is one of the files here:

```go path=main.go
package main

// #cgo LDFLAGS: -lcuda
import "C"
```

```properties path=/home/me/.config/go/env
CGO_LDFLAGS=-O2 -g
```

```text project path=go.mod
module example.com/gpu
```

```json host
{
  "go_variables": [],
  "goenv_path": "/home/me/.config/go/env",
  "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]
}
```

## No finding

The folder is named, by any of the files of the package or by CGO_LDFLAGS:

```go path=main.go
package main

// #cgo LDFLAGS: -lcuda
import "C"
```

```go project path=link.go
package main

// #cgo LDFLAGS: -L/usr/lib/wsl/lib
import "C"
```

```json host
{"go_variables": [], "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]}
```

## No finding

```go path=main.go
package main

// #cgo LDFLAGS: -lcuda
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{
  "go_variables": [{"name": "CGO_LDFLAGS", "value": "-O2 -g -L/usr/lib/wsl/lib", "origin": "environment"}],
  "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]
}
```

## No finding

The linker finds it without help, or it is nowhere:

```go path=main.go
package main

// #cgo LDFLAGS: -lcudart -lcufft
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{"go_variables": [], "c_folders": [{"path": "/usr/lib/x86_64-linux-gnu", "names": ["-lcudart"]}]}
```

## No finding

Nothing is known about the folder, or pkg-config names others:

```go path=main.go
package main

// #cgo LDFLAGS: -L/srv/cuda -lcuda
// #cgo pkg-config: cuda-13.0
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{"go_variables": [], "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]}
```

## No finding

A build without cgo links nothing:

```go path=main.go
package main

// #cgo LDFLAGS: -lcuda
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{
  "go_variables": [{"name": "CGO_ENABLED", "value": "0", "origin": "environment"}],
  "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]
}
```

## No finding

```go path=main.go
package main

// #cgo windows LDFLAGS: -lcuda
// #cgo linux,gpu LDFLAGS: -lcuda
import "C"
```

```text project path=go.mod
module example.com/gpu
```

```json host
{"go_variables": [], "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.edit import value_edit
from wslgo.goenv.readers import assignments
from wslgo.knowledge import c_names
from wslgo.linter.cgo_lines import lines, search
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.syntax.go.cgo_file import CgoFile, Line
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="The linker does not find {name}: it is in {folder}. Add -L{folder} here or to CGO_LDFLAGS (go env -w)",
    zh="链接器找不到 {name}：它在 {folder} 中。请在此处或 CGO_LDFLAGS 中添加 -L{folder}（go env -w）",
)
FOR_ALL = Message(en="Add {flag} to CGO_LDFLAGS in {path}", zh="在 {path} 的 CGO_LDFLAGS 中添加 {flag}")


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    needs=("c_folders", "go_variables", "goenv_path", "processor", "gpu.toolkit"),
    dimension="gpu",
)
def check(file: CgoFile, scene: Scene) -> Iterator[Finding]:
    linked = [
        (line, word)
        for line in lines(file, scene)
        if line.verb == "LDFLAGS"
        for word in line.words
        if word.text in c_names.CUDA
    ]
    known = search(file, scene, "-L") if linked else None
    if known is None:
        return
    named: set[tuple[Line, str]] = set()
    for line, word in linked:
        folder = known.holder(word.text)
        if folder is None:
            continue
        here = Fix(ADD(text=f"-L{folder}"), (Edit(Span(word.span.start, word.span.start), f"-L{folder} "),))
        # A second library of the same folder needs no second flag: the linker looks there for all of them.
        fixes = () if (line, folder) in named else (here, *_for_all_builds(folder, scene))
        named.add((line, folder))
        yield Finding(word.span, MESSAGE(name=word.text, folder=folder), fixes)


def _for_all_builds(folder: str, scene: Scene) -> Iterator[Fix]:
    """Yield the fix of the go env file, if it is one of the files here and sets the variable."""
    path = scene.host.goenv_path
    for other in scene.others:
        if path is None or other.place != path:
            continue
        for assignment in assignments(other):
            edit = value_edit(assignment, f"{assignment.value} -L{folder}") if assignment.value else None
            if assignment.name == "CGO_LDFLAGS" and edit is not None:
                title = FOR_ALL(flag=f"-L{folder}", path=other.path)
                yield Fix(title, (edit._replace(path=other.path),))
