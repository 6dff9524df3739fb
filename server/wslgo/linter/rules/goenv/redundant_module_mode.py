"""GO111MODULE=on has been the default since Go 1.16.

It has no effect and can be removed.

## Example

```bash path=.bashrc
export GO111MODULE=on
export GOPROXY=https://goproxy.cn,direct
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## Example

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GO111MODULE": "on", "GOOS": "linux"}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOOS": "linux"}}]}
```

## No finding

A deliberate choice:

```bash path=.bashrc
export GO111MODULE=auto
```

## No finding

```bash path=.bashrc
export GO111MODULE=off
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import removal_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="GO111MODULE=on has been the default since Go 1.16",
    zh="自 Go 1.16 起 GO111MODULE=on 就是默认值",
)


@assignment_rule(Severity.HINT, fixable=Safety.UNSAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GO111MODULE" or assignment.value != "on":
        return
    edit = removal_edit(assignment)
    fixes = (Fix(REMOVE(name="GO111MODULE"), (edit,)),) if edit else ()
    span = Span(assignment.name_span.start, assignment.word_span.end)
    yield Finding(span, MESSAGE(), fixes, tags=(Tag.UNNECESSARY,))
