"""GOFLAGS has `-insecure`, with which `go get` fails.

Builds ignore the flag, and `go get` reports that it is "no longer supported; use GOINSECURE instead". GOINSECURE names
the modules that may come over plain HTTP.

## Example

```properties path=.config/go/env
GOFLAGS=-mod=mod -insecure
```

becomes

```properties path=.config/go/env
GOFLAGS=-mod=mod
```

## Example

```bash path=.bashrc
export GOFLAGS=-insecure
```

becomes

```bash path=.bashrc
```

## No finding

```properties path=.config/go/env
GOFLAGS=-mod=mod
GOINSECURE=git.corp.example
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span, removal_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.go.goflags import first_error, parse
from wslgo.text.message import Message
from wslgo.text.span import Span

RETIRED = "insecure"

MESSAGE = Message(
    en="go get fails: -insecure flag is no longer supported. Name the hosts in GOINSECURE instead",
    zh="go get 会失败：-insecure flag is no longer supported。请改用 GOINSECURE 指定主机",
)


@assignment_rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOFLAGS" or not assignment.value:
        return
    entries = parse(assignment.value)
    if first_error(entries) is not None:
        return
    for place, entry in enumerate(entries):
        if entry.name == RETIRED and entry.value in (None, "true", "1"):
            span = entry.span if place == 0 else Span(entries[place - 1].span.end, entry.span.end)
            edit = removal_edit(assignment) if len(entries) == 1 else part_edit(assignment, span, "")
            fixes = (Fix(REMOVE(name=entry.text), (edit,)),) if edit else ()
            yield Finding(part_span(assignment, entry.span), MESSAGE(), fixes)
