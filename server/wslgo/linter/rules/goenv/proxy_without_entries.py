"""GOPROXY has only separators or spaces, and no entry.

The go command then fails whenever it needs a module: `GOPROXY list is not the empty string, but contains no entries`.
In the go env file an empty `GOPROXY=` does the same, because it replaces the default with nothing; in the environment
an empty value counts as unset. Remove the variable to use the default.

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
from wslgo.goenv.edit import removal_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.goproxy import NO_ENTRIES, parse
from wslgo.text.message import Message

MESSAGE = Message(
    en="go cannot download modules: {words}",
    zh="go 无法下载模块：{words}",
)
TITLE = Message(en="Remove GOPROXY to use the default", zh="删除 GOPROXY，使用默认值")


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOPROXY" or assignment.value is None:
        return
    default = {"default": ""} if assignment.scope is Scope.GOENV else {}
    if parse(assignment.value, **default).entries:
        return
    edit = removal_edit(assignment)
    span = assignment.value_span if assignment.value else assignment.name_span
    yield Finding(span, MESSAGE(words=NO_ENTRIES), (Fix(TITLE(), (edit,)),) if edit else ())
