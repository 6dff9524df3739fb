"""GOMEMLIMIT is not an amount of memory that Go reads.

Every program written in Go that gets it ends at its start: `fatal error: malformed GOMEMLIMIT`. The go command, gopls
and Delve are such programs, too. The value is `off`, a number of bytes, or a whole number with `B`, `KiB`, `MiB`, `GiB`
or `TiB` after it.

## Example

```bash path=.bashrc
export GOMEMLIMIT=2G
```

becomes

```bash path=.bashrc
export GOMEMLIMIT=2GiB
```

## Example

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "program": ".", "env": {"GOMEMLIMIT": "512 mb"}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "program": ".", "env": {"GOMEMLIMIT": "512MiB"}}]}
```

## Example

```yaml path=compose.yaml
services:
  app:
    environment:
      - GOMEMLIMIT=1.5GiB
```

## No finding

```bash path=.bashrc
export GOMEMLIMIT=2GiB
export GOMEMLIMIT=off
export GOMEMLIMIT=
export GOMEMLIMIT=2147483648
export GOMEMLIMIT=${LIMIT}MiB
```

## No finding

go does not read it there, and no program gets it:

```properties path=.config/go/env
GOMEMLIMIT=2G
```

```bash path=.zshrc
GOMEMLIMIT=2G
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.goenv.readers import is_named, other_assignments
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import DOTENV, GOENV
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source

NAME = "GOMEMLIMIT"

# runtime/mgcpacer.go, readGOMEMLIMIT, and runtime/string.go, parseByteCount: go1.26.8; each form was run.
_AMOUNT = pattern(r"(?:off|[+]?[0-9]+(?:(?:[KMGT]i)?B)?|-0+)?")
_MEANT = pattern(r"\s*([0-9]{1,6})\s*([kmgtKMGT])[iI]?[bB]?\s*")

MESSAGE = Message(
    en="Every Go program ends at its start: malformed GOMEMLIMIT={value}. Write an amount like 512MiB or 2GiB, or off",
    zh="每个 Go 程序一启动就会结束：malformed GOMEMLIMIT={value}。请写 512MiB、2GiB 这样的数量，或 off",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, subject=RuleSubject.SOURCE, by_entry=True)
def check(_source: Source, scene: Scene) -> Iterator[Finding]:
    file = scene.file
    if file.family.name == GOENV or (file.family.name == DOTENV and not is_named(file, scene.others)):
        return
    for assignment in other_assignments(file):
        value = assignment.value
        if assignment.name == NAME and assignment.is_exported and value is not None and not _AMOUNT.fullmatch(value):
            yield Finding(assignment.value_span, MESSAGE(value=value), _fixes(assignment, value))


def _fixes(assignment: Assignment, value: str) -> tuple[Fix, ...]:
    amount = _MEANT.fullmatch(value)
    meant = f"{amount[1]}{amount[2].upper()}iB" if amount else ""
    edit = value_edit(assignment, meant) if meant else None
    return (Fix(CHANGE_TO(value=meant), (edit,), Safety.SAFE),) if edit else ()
