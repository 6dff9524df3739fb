"""CGO_ENABLED is neither `0` nor `1`, so go ignores it.

The go command silently takes its default: cgo is on if a C compiler is found, and off when it builds for another
system.

## Example

```bash path=.bashrc
export CGO_ENABLED=false
```

becomes

```bash path=.bashrc
export CGO_ENABLED=0
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"CGO_ENABLED": "true"}}
```

becomes

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"CGO_ENABLED": "1"}}
```

## Example

```properties path=.config/go/env
CGO_ENABLED=2
```

## No finding

```bash path=.bashrc
export CGO_ENABLED=1
export CGO_ENABLED=
export CGO_ENABLED=$CGO
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

VALUES = ("0", "1")
MEANT = {
    **dict.fromkeys(("true", "on", "yes", "y", "enable", "enabled"), "1"),
    **dict.fromkeys(("false", "off", "no", "n", "disable", "disabled"), "0"),
}

MESSAGE = Message(
    en="go ignores CGO_ENABLED={value}: it knows only 0 and 1, so cgo is on if there is a C compiler",
    zh="go 会忽略 CGO_ENABLED={value}：它只认识 0 和 1，因此有 C 编译器时就会启用 cgo",
)


@assignment_rule(Severity.WARNING, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name != "CGO_ENABLED" or not value or value in VALUES:
        return
    if is_quoted(value) or half_width(value) != value:
        return
    word = value.strip().lower()
    meant = word if word in VALUES else MEANT.get(word)
    edit = value_edit(assignment, meant) if meant else None
    fixes = (Fix(CHANGE_TO(value=meant), (edit,), Safety.SAFE),) if edit else ()
    yield Finding(assignment.value_span, MESSAGE(value=value), fixes)
