"""GO111MODULE=on has been the default since Go 1.16.

It has no effect and can be removed, unless a file that counts less, such as the go env file, says something else.

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

## No finding

The Go of a container can be an old one:

```dockerfile path=Dockerfile
ENV GO111MODULE=on
```

## No finding

Without this line the go env file would turn modules off:

```bash path=.bashrc
export GO111MODULE=on
```

```properties path=.config/go/env
GO111MODULE=off
```
"""

from collections.abc import Iterator
from itertools import chain

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.beside import beside
from wslgo.goenv.edit import removal_edit
from wslgo.goenv.readers import assignments
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

NAME = "GO111MODULE"


@assignment_rule(Severity.HINT, fixable=Safety.UNSAFE, dimension="reproducibility")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != NAME or assignment.value != "on" or assignment.is_elsewhere or _has_rival(assignment, scene):
        return
    edit = removal_edit(assignment)
    fixes = (Fix(REMOVE(name="GO111MODULE"), (edit,)),) if edit else ()
    span = Span(assignment.name_span.start, assignment.word_span.end)
    yield Finding(span, MESSAGE(), fixes, tags=(Tag.UNNECESSARY,))


def _has_rival(assignment: Assignment, scene: Scene) -> bool:
    """Return whether a place says something else, which this one may overrule."""
    others = (file for file in scene.others if file is not scene.file)
    found = chain(beside(assignment, scene.file), *map(assignments, others))
    return any(each.name == NAME and each.value not in ("on", "") for each in found)
