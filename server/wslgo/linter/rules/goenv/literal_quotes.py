"""Quotes are part of the value of a Go variable.

The go env file and JSON are no shell: the quotes reach the go command, which looks for a proxy or a folder whose name
begins with a quote. In GOFLAGS and the flags of the C compiler quotes have a meaning and stay.

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

# What go takes as it stands; programs and flags are split at blanks, and there quotes count (cmd/internal/quoted).
VARIABLES = (
    *FOLDERS,
    *("GOPROXY", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOSUMDB", "GO111MODULE", "GOTOOLCHAIN"),
    *("GOOS", "GOARCH", "GOBIN", "GOWORK", "CGO_ENABLED"),
)

MESSAGE = Message(
    en="The quotes are part of {name} here: go looks for {value}",
    zh="此处引号是 {name} 的一部分：go 会查找 {value}",
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
