"""GOPROXY has only separators or spaces, and no entry.

The go command then fails whenever it needs a module: `GOPROXY list is not the empty string, but contains no entries`.
In the go env file an empty `GOPROXY=` does the same, because it replaces the default with nothing; in the environment
an empty value counts as unset. Remove the variable to use the default. On a machine that is in mainland China by its
own settings a mirror is offered, because the default is not reachable there.

## Example

```bash path=.bashrc
export GOPROXY=","
export PATH=$PATH:/usr/local/go/bin
```

becomes

```bash path=.bashrc
export PATH=$PATH:/usr/local/go/bin
```

## Example

```properties path=.config/go/env
GOPROXY=
```

becomes

```properties path=.config/go/env
```

## Example

The packages of the machine are from a mirror in mainland China:

```bash path=.bashrc
export GOPROXY=","
```

```json host
{"is_in_china": true}
```

becomes

```bash path=.bashrc
export GOPROXY="https://goproxy.cn,direct"
```

## No finding

```bash path=.bashrc
export GOPROXY=
```

## No finding

```properties path=.config/go/env
GOPROXY=,https://goproxy.cn
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.edit import removal_edit, value_edit
from wslgo.goenv.region import mirror
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.goproxy import NO_ENTRIES, parse
from wslgo.text.message import Message

MESSAGE = Message(
    en="go cannot download modules: {words}",
    zh="go 无法下载模块：{words}",
)
TITLE = Message(en="Remove GOPROXY to use the default", zh="删除 GOPROXY，使用默认值")


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=("go_variables", "is_in_china"), dimension="network")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOPROXY" or assignment.value is None:
        return
    default = {"default": ""} if assignment.scope is Scope.GOENV else {}
    if parse(assignment.value, **default).entries:
        return
    other = None if assignment.is_elsewhere else mirror("GOPROXY", scene.host, (scene.file, *scene.others))
    span = assignment.value_span if assignment.value else assignment.name_span
    yield Finding(span, MESSAGE(words=NO_ENTRIES), tuple(_fixes(assignment, other)))


def _fixes(assignment: Assignment, other: str | None) -> Iterator[Fix]:
    """Yield the change to a mirror, if the default is not reachable, and the removal."""
    edit = value_edit(assignment, other) if other is not None else None
    if edit is not None:
        yield Fix(CHANGE_TO(value=other), (edit,))
    edit = removal_edit(assignment)
    if edit is not None:
        yield Fix(TITLE(), (edit,))
