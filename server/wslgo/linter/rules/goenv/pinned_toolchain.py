"""GOTOOLCHAIN names one release for every module, also for those that need a newer one.

`GOTOOLCHAIN=go1.21.5` keeps go from switching: a module with a newer go line fails with `go.mod requires go >= 1.24.0
(running go 1.21.5; GOTOOLCHAIN=go1.21.5)`, and an update of Go changes nothing, because the old release runs all the
same. It is usually left over from a test (`go env -w`). `go1.21.5+auto` means at least this release, and
`go env -u GOTOOLCHAIN` the one that each module asks for.

## Example

```properties path=.config/go/env
GOTOOLCHAIN=go1.21.5
```

becomes

```properties path=.config/go/env
GOTOOLCHAIN=go1.21.5+auto
```

## Example

```bash path=.bashrc
export GOTOOLCHAIN=go1.23.4
```

becomes

```bash path=.bashrc
export GOTOOLCHAIN=go1.23.4+auto
```

## No finding

```properties path=.config/go/env
GOTOOLCHAIN=go1.21.5+auto
```

## No finding

The Go that is installed, and no other:

```bash path=.bashrc
export GOTOOLCHAIN=local
```

## No finding

It is the choice of one project, or of an image:

```dockerfile path=Dockerfile
FROM golang:1.24
ENV GOTOOLCHAIN=go1.24.2
```

```bash path=.envrc
export GOTOOLCHAIN=go1.24.2
```

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "name": "Run", "env": {"GOTOOLCHAIN": "go1.24.2"}}]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.edit import value_edit
from wslgo.knowledge.version import ABSENT, toolchain_version
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.message import Message

# For every module of a user; a project that names its release means it.
FOR_ALL = (Scope.ENVIRONMENT, Scope.GOENV)

MESSAGE = Message(
    en="Every module is built with {value}, and those that need a newer Go fail. Write {value}+auto, or unset it",
    zh="所有模块都用 {value} 构建，需要更新版 Go 的会失败。请写 {value}+auto，或取消设置",
)


@assignment_rule(Severity.HINT, fixable=Safety.UNSAFE, dimension="reproducibility")
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name != "GOTOOLCHAIN" or assignment.scope not in FOR_ALL or not value or "+" in value:
        return
    version = toolchain_version(value)
    # `goenv/unusable-toolchain` speaks about a name without the third number.
    if version is None or (version.patch == ABSENT and not version.kind):
        return
    new = f"{value}+auto"
    edit = value_edit(assignment, new)
    fixes = (Fix(CHANGE_TO(value=new), (edit,)),) if edit else ()
    yield Finding(assignment.value_span, MESSAGE(value=value), fixes)
