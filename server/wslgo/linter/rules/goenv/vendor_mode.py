"""GOFLAGS has `-mod=vendor` for every module.

Modules without a folder `vendor` then fail, `go get` and `go install` of a tool too, and gopls shows no packages. Since
Go 1.14 go uses the folder by itself where there is one.

## Example

```properties path=.config/go/env
GOFLAGS=-mod=vendor
GOPROXY=https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## Example

```bash path=.bashrc
export GOFLAGS="-tags=a -mod=vendor"
```

becomes

```bash path=.bashrc
export GOFLAGS="-tags=a"
```

## No finding

The settings of one workspace can know that it has the folder:

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOFLAGS": "-mod=vendor"}}
```

## No finding

```bash path=.bashrc
export GOFLAGS=-mod=mod
[ -d vendor ] && export GOFLAGS=-mod=vendor
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span, removal_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import ENVIRONMENT, FISH, GOENV, SHELL
from wslgo.syntax.go.goflags import FlagEntry, first_error, parse
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

FOR_ALL = (SHELL, FISH, ENVIRONMENT, GOENV)

MESSAGE = Message(
    en="-mod=vendor for every module breaks those without a vendor folder. go uses the folder by itself",
    zh="对所有模块设置 -mod=vendor 会使没有 vendor 文件夹的模块出错。有该文件夹时 go 会自动使用它",
)


@assignment_rule(Severity.INFORMATION, fixable=Safety.UNSAFE, dimension="reproducibility")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    is_for_all = scene.file.family.name in FOR_ALL and assignment.path and assignment.is_certain
    if assignment.name != "GOFLAGS" or not assignment.value or not is_for_all:
        return
    entries = parse(assignment.value)
    if first_error(entries) is not None:
        return
    for place, entry in enumerate(entries):
        if entry.name == "mod" and entry.value == "vendor":
            edit = _edit(assignment, entries, place)
            fixes = (Fix(REMOVE(name=entry.text), (edit,)),) if edit else ()
            yield Finding(part_span(assignment, entry.span), MESSAGE(), fixes)


def _edit(assignment: Assignment, entries: tuple[FlagEntry, ...], place: int) -> Edit | None:
    """Return the edit that leaves the other flags, or no variable if there are none."""
    if len(entries) == 1:
        return removal_edit(assignment)
    start, end = entries[place].span
    span = Span(entries[place - 1].span.end, end) if place else Span(start, entries[1].span.start)
    return part_edit(assignment, span, "")
