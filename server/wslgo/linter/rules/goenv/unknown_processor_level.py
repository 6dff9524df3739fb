"""The value of a variable such as GOAMD64 or GOARM is not one that go knows.

With some of them every go command fails (`invalid GOARM64`). Others, such as GOAMD64, go has replaced silently with the
default since Go 1.23, so programs are not built for the processor that was intended.

## Example

```bash path=.bashrc
export GOAMD64=3
```

becomes

```bash path=.bashrc
export GOAMD64=v3
```

## Example

```properties path=.config/go/env
GOARM64=v8
```

becomes

```properties path=.config/go/env
GOARM64=v8.0
```

## Example

```properties path=.config/go/env
GOFIPS140=on
```

## No finding

```bash path=.bashrc
export GOAMD64=v3 GOARM=7,hardfloat GOARM64=v8.1,lse,crypto GOFIPS140=v1.0.0
export GO386=
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.knowledge.go_targets import LEVELS
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.message import Message

FATAL = Message(
    en="Every go command fails because '{value}' is not a valid {name}. Use {values}",
    zh="所有 go 命令都会失败，因为 '{value}' 不是有效的 {name}。可用值：{values}",
)
SILENT = Message(
    en="'{value}' is not a valid {name}, so go builds for the default processor or fails. Use {values}",
    zh="'{value}' 不是有效的 {name}，go 会按默认处理器构建，或者报错。可用值：{values}",
)


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    name, value = assignment.name, assignment.value
    if name not in LEVELS or not value:
        return
    level, valid = LEVELS[name]
    if valid.fullmatch(value):
        return
    word = value.strip().lower()
    candidates = (word, f"v{word}", f"v{word}.0", f"{word}.0", word.removeprefix("v"))
    meant = next((candidate for candidate in candidates if valid.fullmatch(candidate)), None)
    edit = value_edit(assignment, meant) if meant else None
    fixes = (Fix(CHANGE_TO(value=meant), (edit,), Safety.SAFE),) if edit else ()
    message, severity = (FATAL, None) if level.is_fatal else (SILENT, Severity.WARNING)
    values = {"name": name, "value": value, "values": level.shown}
    yield Finding(assignment.value_span, message(**values), fixes, severity=severity)
