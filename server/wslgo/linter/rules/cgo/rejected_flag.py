"""go does not allow a flag in a `#cgo` line.

A dependency could run programs through flags of the compiler and the linker, so go accepts only those of its list:
`invalid flag in #cgo CFLAGS: -fplugin=x.so`. A regular expression in `CGO_CFLAGS_ALLOW` or `CGO_LDFLAGS_ALLOW` allows
others, but only on the machine where it is set, so each machine that builds the package needs it. Flags in
`CGO_CFLAGS` and `CGO_LDFLAGS` are not restricted.

## Example

```go path=gpu.go
package gpu

// #cgo CFLAGS: -O2 -march=native -fno-schedule-insns
import "C"
```

## Example

```go path=gpu.go
package gpu

/*
#cgo LDFLAGS: -L/opt/lib -Wl,--version-script=gpu.map -lgpu
#cgo pkg-config: --libs-only-l -s alsa
*/
import "C"
```

## No finding

```go path=gpu.go
package gpu

/*
#cgo CFLAGS: -I${SRCDIR}/include -DNAME=value -std=c11 -O3 -Wall -fopenmp -isystem /opt/include
#cgo LDFLAGS: -L/opt/lib -lgpu -Wl,-rpath,/opt/lib -Wl,--start-group -pthread ${SRCDIR}/libgpu.a
#cgo pkg-config: --static alsa
*/
import "C"
```

## No finding

The flag is allowed:

```go path=gpu.go
package gpu

// #cgo CFLAGS: -fno-schedule-insns
import "C"
```

```properties path=.config/go/env
CGO_CFLAGS_ALLOW=-fno-schedule-insns
```

## No finding

```go path=gpu.go
package gpu

// #cgo CFLAGS: -fno-schedule-insns
import "C"
```

```json host
{"go_variables": [{"name": "CGO_CFLAGS_ALLOW", "value": ".*", "origin": "environment"}]}
```

## No finding

```go path=gpu.go
package gpu

// #cgo CFLAGS: -fno-schedule-insns
import "C"
```

```make project path=Makefile
build:
        CGO_CFLAGS_ALLOW='-fno-schedule-insns|-malign-double' go build ./...
```
"""

from collections.abc import Iterator

from wslgo.golang.paths import joined_path
from wslgo.golang.project import Project
from wslgo.knowledge.cgo_flags import rejected
from wslgo.linter.cgo_lines import lines
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.cgo_file import SOURCE_FOLDER, CgoFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

MESSAGE = Message(
    en="go rejects {flag} in #cgo {verb}: invalid flag. Remove it, or allow it wherever this is built ({variable})",
    zh="go 不接受 #cgo {verb} 中的 {flag}：invalid flag。请删除它，或在每个构建环境中允许它（{variable}）",
)
OF_PKG_CONFIG = Message(
    en="go rejects {flag} for pkg-config: invalid flag. Remove it",
    zh="go 不接受传给 pkg-config 的 {flag}：invalid flag。请将其删除",
)

_SCRIPT = pattern(
    r"(?:GNU)?[Mm]akefile\Z|Dockerfile|justfile\Z|Taskfile\.|magefile\.go\Z|\.envrc\Z|.+\.(?:mk|sh|env)\Z"
)
_ALLOW = pattern(r"\bCGO_(?:C|CPP|CXX|F|LD)FLAGS_ALLOW\b")


@rule(Severity.ERROR, needs=("go_variables", "processor"))
def check(file: CgoFile, scene: Scene) -> Iterator[Finding]:
    for line in lines(file, scene):
        if line.fault is not None:
            continue
        words = [word.text.replace(SOURCE_FOLDER, "/src") for word in line.words]
        count = rejected(line.verb, words)
        if count is None:
            continue
        flag, variable = line.words[count], f"CGO_{line.verb}_ALLOW"
        if line.verb == "pkg-config":
            yield Finding(flag.span, OF_PKG_CONFIG(flag=flag.text))
        elif not _is_set(variable, scene):
            yield Finding(flag.span, MESSAGE(flag=flag.text, verb=line.verb, variable=variable))


def _is_set(variable: str, scene: Scene) -> bool:
    """Return whether anything around the file sets a variable: what it then allows is not looked into."""
    if scene.host.variable(variable) is not None:
        return True
    if any(variable in file.source.text for file in scene.others if file is not scene.file):
        return True
    project = scene.project
    return project is not None and any(project.read(path, _allows) for path in _scripts(project))


def _scripts(project: Project) -> Iterator[str]:
    """Yield the files in the folders of package and module by which people build."""
    module = project.module_of(project.home)
    for folder in dict.fromkeys((project.home, module.folder if module else "", "")):
        yield from (joined_path(folder, name) for name in project.entries(folder).files if _SCRIPT.match(name))


def _allows(text: str) -> bool:
    return _ALLOW.search(text) is not None
