"""Quotes are part of the value of a Go variable.

The go env file and JSON are not a shell: go sees the quotes and looks for a proxy or a folder whose name starts with a
quote. Remove them. In GOFLAGS and the flags of the C compiler quotes have a meaning, so they are not reported there.

## Example

```properties path=.config/go/env
GOPROXY="https://goproxy.cn,direct"
GOPRIVATE='git.example.com'
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
GOPRIVATE=git.example.com
```

## Example

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOCACHE": "\\"/home/me/.cache/go-build\\""}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOCACHE": "/home/me/.cache/go-build"}}]}
```

## No finding

```bash path=.bashrc
export GOPROXY="https://goproxy.cn,direct"
```

## No finding

```properties path=.config/go/env
GOFLAGS='-ldflags=-s -w'
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import FOLDERS, Assignment
from wslgo.goenv.edit import value_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.goproxy_typo import is_quoted
from wslgo.text.message import Message

# Variables that go reads unchanged. It splits programs and flags at spaces, where quotes count (cmd/internal/quoted).
VARIABLES = (
    *FOLDERS,
    *("GOPROXY", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOSUMDB", "GO111MODULE", "GOTOOLCHAIN"),
    *("GOOS", "GOARCH", "GOBIN", "GOWORK", "CGO_ENABLED"),
)

MESSAGE = Message(
    en="go reads the quotes as part of {name}: {value}. Remove them",
    zh="go 会把引号当作 {name} 的一部分：{value}。请删除引号",
)
TITLE = Message(en="Remove the quotes", zh="删除引号")


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name not in VARIABLES or value is None or not is_quoted(value):
        return
    edit = value_edit(assignment, value[1:-1])
    fixes = (Fix(TITLE(), (edit,), Safety.SAFE),) if edit else ()
    yield Finding(assignment.value_span, MESSAGE(name=assignment.name, value=value), fixes)
