"""GOFLAGS has a flag that `go env` takes for its own, so the editor breaks although builds work.

In `-ldflags=-s -w` the value ends at the space, and `-w` is an entry of its own. Builds ignore it silently: the program
is linked without it. `go env -json`, which VS Code and gopls run when they start, fails: `cannot use -json with -w`.
And `go env GOBIN=/x` writes a file. Put the whole entry in quotes.

## Example

```bash path=.bashrc
export GOFLAGS="-ldflags=-s -w"
```

becomes

```bash path=.bashrc
export GOFLAGS="'-ldflags=-s -w'"
```

## Example

```properties path=.config/go/env
GOFLAGS=-trimpath -w
```

becomes

```properties path=.config/go/env
GOFLAGS=-trimpath
```

## No finding

```bash path=.bashrc
export GOFLAGS="'-ldflags=-s -w' -trimpath"
export GOFLAGS=-ldflags=-w
```

## No finding

```properties path=.config/go/env
GOFLAGS="-ldflags=-s -w"
```

## No finding

Builds in an image ignore it, and no editor starts there:

```dockerfile path=Dockerfile
FROM golang:1.25
ENV GOFLAGS="-ldflags=-s -w"
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import NARROW, Assignment
from wslgo.goenv.edit import part_edit, part_span
from wslgo.knowledge.go_flags import OF_ENV, OF_PACKAGES
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO, REMOVE
from wslgo.syntax.family import DEVCONTAINER
from wslgo.syntax.go.goflags import FlagEntry, first_error, parse
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="VS Code and gopls do not start: go env takes {flag} in GOFLAGS for its own flag. Quote the entry as a whole",
    zh="VS Code 和 gopls 无法启动：go env 会把 GOFLAGS 中的 {flag} 当作自己的参数。请给整个条目加引号",
)


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE, dimension="debugging")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOFLAGS" or not assignment.value:
        return
    # No editor starts with the variables of one launch configuration, of make, or of an image.
    if assignment.scope in NARROW and scene.file.family.name != DEVCONTAINER:
        return
    entries = parse(assignment.value)
    if first_error(entries) is not None:
        return
    for place, entry in enumerate(entries):
        if entry.name in OF_ENV and entry.value is None:
            fixes = tuple(_fixes(assignment, assignment.value, entries, place))
            yield Finding(part_span(assignment, entry.span), MESSAGE(flag=f"-{entry.name}"), fixes)
            return


def _fixes(assignment: Assignment, value: str, entries: tuple[FlagEntry, ...], place: int) -> Iterator[Fix]:
    before = entries[place - 1] if place else None
    if before is not None and before.name in OF_PACKAGES and value[before.span.start] == "-":
        span = Span(before.span.start, entries[place].span.end)
        meant = value[span.start : span.end]
        edit = part_edit(assignment, span, f"'{meant}'") if "'" not in meant else None
        if edit is not None:
            yield Fix(CHANGE_TO(value=f"'{meant}'"), (edit,), Safety.SAFE)
    elif before is None or before.name not in OF_PACKAGES:
        start = before.span.end if before is not None else entries[place].span.start
        edit = part_edit(assignment, Span(start, entries[place].span.end), "")
        if edit is not None:
            yield Fix(REMOVE(name=entries[place].text), (edit,))
