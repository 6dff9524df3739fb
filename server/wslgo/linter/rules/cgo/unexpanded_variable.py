"""A `#cgo` line has a variable or `~`, which go does not expand.

go replaces only `${SRCDIR}`, by the folder of the file. It rejects other names in braces (`malformed #cgo argument`),
and takes `$CUDA_HOME` and `~` literally, as names of folders beside the file. Write the path, or set `CGO_CFLAGS` and
`CGO_LDFLAGS` where the machine is configured.

## Example

```go path=gpu.go
package gpu

// #cgo LDFLAGS: -L${CUDA_HOME}/lib64 -lcudart
import "C"
```

becomes

```go path=gpu.go
package gpu

// #cgo LDFLAGS: -L/usr/local/cuda/lib64 -lcudart
import "C"
```

## Example

```go path=gpu.go
package gpu

/*
#cgo CFLAGS: -I$SRCDIR/include
*/
import "C"
```

becomes

```go path=gpu.go
package gpu

/*
#cgo CFLAGS: -I${SRCDIR}/include
*/
import "C"
```

## Example

```go path=gpu.go
package gpu

// #cgo CFLAGS: -I~/opencl/include
import "C"
```

## No finding

`$ORIGIN` is for the dynamic linker:

```go path=gpu.go
package gpu

// #cgo CFLAGS: -I${SRCDIR}/include -DPRICE=5$
// #cgo LDFLAGS: -Wl,-rpath,$ORIGIN/lib -L${SRCDIR}/lib -lgpu
import "C"
```

## No finding

```go path=gpu.go
package gpu

// The flags are -I${CUDA_HOME}/include.
// #cgo windows CFLAGS: -I${CUDA_PATH}/include
import "C"
```
"""

from collections.abc import Iterator

from wslgo.linter.cgo_lines import lines
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.cgo_file import SOURCE_FOLDER, CgoFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

REJECTED = Message(
    en="go expands only ${{SRCDIR}} and rejects {variable}: malformed #cgo argument. Write the path",
    zh="go 只展开 ${{SRCDIR}}，不接受 {variable}：malformed #cgo argument。请写出路径",
)
LITERAL = Message(
    en="go expands only ${{SRCDIR}}: {variable} is taken for the name of a folder here. Write the path",
    zh="go 只展开 ${{SRCDIR}}：{variable} 会被当作此处的文件夹名。请写出路径",
)

# Those of the dynamic linker and of gcc.
OF_OTHERS = ("ORIGIN", "LIB", "PLATFORM", "SYSROOT")
PATHS = {
    **dict.fromkeys(("SRCDIR", "SRC_DIR", "srcdir", "PWD"), SOURCE_FOLDER),
    **dict.fromkeys(("CUDA_HOME", "CUDA_PATH", "CUDA_ROOT", "CUDADIR", "CUDA_DIR"), "/usr/local/cuda"),
}
_VARIABLE = pattern(r"\$(?:\{(\w+)\}|\((\w+)\)|([A-Za-z_]\w*))")
_HOME = pattern(r"(?:-[IL])?(~)(?:/|\Z)")


@rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=("go_variables", "processor"))
def check(file: CgoFile, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    for line in lines(file, scene):
        if line.verb == "pkg-config":
            continue
        for word in line.words:
            for match in _VARIABLE.finditer(text, word.span.start, word.span.end):
                name = match[1] or match[2] or match[3]
                if name in OF_OTHERS or match[0] == SOURCE_FOLDER:
                    continue
                span = Span(*match.span())
                new = PATHS.get(name, "")
                fixes = (Fix(CHANGE_TO(value=new), (Edit(span, new),)),) if new else ()
                message, severity = (LITERAL, Severity.WARNING) if match[3] else (REJECTED, None)
                yield Finding(span, message(variable=match[0]), fixes, severity=severity)
            home = _HOME.match(text, word.span.start, word.span.end)
            if home is not None:
                yield Finding(Span(*home.span(1)), LITERAL(variable="~"), severity=Severity.WARNING)
