"""GO111MODULE has a value that go does not know.

The go command knows `on`, `off` and `auto`, in lower case. With anything else every command fails: `unknown environment
setting GO111MODULE=true`.

## Example

```bash path=.bashrc
export GO111MODULE=ON
```

becomes

```bash path=.bashrc
export GO111MODULE=on
```

## Example

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GO111MODULE": "true"}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GO111MODULE": "on"}}]}
```

## Example

```properties path=.config/go/env
GO111MODULE=modules
```

## No finding

```bash path=.bashrc
export GO111MODULE=auto
```

## No finding

```bash path=.bashrc
export GO111MODULE=
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.knowledge.punctuation import half_width
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.goproxy_typo import is_quoted
from wslgo.text.message import Message
from wslgo.text.nearest import nearest

# cmd/go/internal/modload/init.go, go1.27.3.
MODES = ("on", "off", "auto")
MEANT = {"true": "on", "1": "on", "yes": "on", "enable": "on", "enabled": "on", "false": "off", "0": "off", "no": "off"}

MESSAGE = Message(
    en="'{value}' is not a valid GO111MODULE, so every go command fails. Use on, off or auto",
    zh="'{value}' 不是有效的 GO111MODULE，因此所有 go 命令都会失败。可用 on、off 或 auto",
)


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if (
        assignment.name != "GO111MODULE"
        or not value
        or value in MODES
        or is_quoted(value)
        or half_width(value) != value
    ):
        return
    word = value.strip().lower()
    meant = MEANT.get(word) or nearest(word, MODES)
    edit = value_edit(assignment, meant) if meant else None
    fixes = (Fix(CHANGE_TO(value=meant), (edit,), Safety.SAFE),) if edit else ()
    yield Finding(assignment.value_span, MESSAGE(value=value), fixes)
