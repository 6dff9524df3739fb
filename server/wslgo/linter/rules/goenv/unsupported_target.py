"""GOOS and GOARCH are set to a pair that go does not build for.

Each name is right, but every build fails with `unsupported GOOS/GOARCH pair`. Go has no port to 32-bit macOS since 1.15
and to 32-bit ARM on Windows since 1.26, and WebAssembly needs `GOOS=js` or `GOOS=wasip1`.

## Example

```bash path=.bashrc
export GOOS=darwin
export GOARCH=386
```

## Example

There is only one processor for this system:

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "program": ".", "env": {"GOOS": "js", "GOARCH": "amd64"}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "program": ".", "env": {"GOOS": "js", "GOARCH": "wasm"}}]}
```

## Example

```yaml path=.github/workflows/release.yml
jobs:
  windows:
    env:
      GOOS: windows
      GOARCH: mips
```

## Example

```properties path=/home/me/.config/go/env
GOARCH=arm
GOOS=windows
```

```json host
{"go": {"path": "/usr/local/go/bin/go", "version": "1.26.1"}, "home": "/home/me"}
```

## No finding

A Go before 1.26 builds for Windows on 32-bit ARM, and which one runs is not known:

```bash path=.bashrc
export GOOS=windows GOARCH=arm
```

## No finding

They are set in different places:

```yaml path=.github/workflows/release.yml
jobs:
  darwin:
    env:
      GOOS: darwin
    steps:
      - run: go build ./...
  old:
    env:
      GOARCH: "386"
```

## No finding

```dockerfile path=Dockerfile
FROM golang:1.26 AS mac
ENV GOOS=darwin
FROM golang:1.26
ENV GOARCH=386
```

## No finding

It is not known whether both lines run:

```bash path=.bashrc
if [ "$1" = old ]; then export GOARCH=386; fi
export GOOS=darwin
```

## No finding

```makefile path=Makefile
export GOOS := $(OS)
export GOARCH := wasm
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.goenv.target_pair import is_pair, system_beside
from wslgo.knowledge.go_targets import OF_WASM, PAIRS
from wslgo.knowledge.version import go_version
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.message import Message

MESSAGE = Message(
    en="Every build fails: unsupported GOOS/GOARCH pair {system}/{processor}. {system} runs on {known}",
    zh="所有构建都会失败：unsupported GOOS/GOARCH pair {system}/{processor}。{system} 支持的处理器：{known}",
)
WASM = Message(
    en="Every build fails: unsupported GOOS/GOARCH pair {system}/{processor}. For wasm, GOOS must be js or wasip1",
    zh="所有构建都会失败：unsupported GOOS/GOARCH pair {system}/{processor}。wasm 要求 GOOS 为 js 或 wasip1",
)
SYSTEM = Message(en="GOOS is set here", zh="GOOS 在此处设置")


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=("go",))
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOARCH" or not assignment.value or not assignment.path:
        return
    beside = system_beside(assignment, scene.file)
    if beside is None or beside.value is None:
        return
    go = scene.host.go if not assignment.is_elsewhere else None
    system, processor = beside.value, assignment.value
    if is_pair(system, processor, go_version(go.version or "") if go is not None else None):
        return
    known = PAIRS[system]
    text = WASM if processor == "wasm" and system not in OF_WASM else MESSAGE
    edit = value_edit(assignment, known[0]) if len(known) == 1 else None
    fixes = (Fix(CHANGE_TO(value=known[0]), (edit,)),) if edit else ()
    related = (Related(beside.value_span, SYSTEM()),)
    yield Finding(assignment.value_span, text(system=system, processor=processor, known=known), fixes, related)
