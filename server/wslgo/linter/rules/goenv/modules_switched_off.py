"""GO111MODULE=off is set for every build, beside a module.

go then ignores each `go.mod`: it looks for imports in `$GOPATH/src`, so that a build ends with `cannot find package`,
and `go get`, `go mod` and `go install` with a version end with `modules disabled by GO111MODULE=off`. gopls finds
nothing either. Modules have been the default since Go 1.16. Set it only for the command that needs it: `GO111MODULE=off
go build`.

## Example

```properties path=.config/go/env
GO111MODULE=off
GOPROXY=https://goproxy.cn,direct
```

```text path=app/go.mod
module example.com/app
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GO111MODULE": "off"}}
```

```text path=go.mod
module example.com/app
```

## No finding

The workspace has no module:

```bash path=.bashrc
export GO111MODULE=off
```

## No finding

Another place turns modules on, which may win:

```bash path=.bashrc
export GO111MODULE=on
```

```properties path=.config/go/env
GO111MODULE=off
```

```text path=go.mod
module example.com/app
```

## No finding

go decides by `go.mod`, and one program can be built without it:

```bash path=.bashrc
export GO111MODULE=auto
[ -n "$OLD" ] && export GO111MODULE=off
```

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "program": ".", "env": {"GO111MODULE": "off"}}]}
```

```text path=go.mod
module example.com/app
```
"""

from collections.abc import Iterator
from itertools import chain

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.beside import beside
from wslgo.goenv.edit import removal_edit
from wslgo.goenv.readers import assignments
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import ENVIRONMENT, FISH, GOENV, GOMOD, SETTINGS, SHELL, WORKSPACE
from wslgo.text.message import Message
from wslgo.text.span import Span

NAME = "GO111MODULE"
FOR_ALL = (SHELL, FISH, ENVIRONMENT, GOENV, SETTINGS, WORKSPACE)

MESSAGE = Message(
    en="With GO111MODULE=off go ignores go.mod: it finds no imported module, and go get fails. Remove it",
    zh="设置 GO111MODULE=off 后 go 会忽略 go.mod：找不到导入的模块，go get 也会失败。请将其删除",
)
MODULE = Message(en="go ignores this file", zh="go 会忽略此文件")


@assignment_rule(Severity.WARNING, fixable=Safety.UNSAFE, dimension="reproducibility")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != NAME or assignment.value != "off" or not assignment.is_certain:
        return
    if scene.file.family.name not in FOR_ALL or _has_rival(assignment, scene):
        return
    module = next((file for file in scene.others if file.family.name == GOMOD), None)
    if module is None:
        return
    edit = removal_edit(assignment)
    fixes = (Fix(REMOVE(name=NAME), (edit,)),) if edit else ()
    yield Finding(assignment.value_span, MESSAGE(), fixes, (Related(Span(0, 0), MODULE(), module.path),))


def _has_rival(assignment: Assignment, scene: Scene) -> bool:
    """Return whether a place turns modules on, which may win over this one."""
    others = (file for file in scene.others if file is not scene.file and file.family.name in FOR_ALL)
    found = chain(beside(assignment, scene.file), *map(assignments, others))
    return any(each.name == NAME and each.value != "off" for each in found)
