"""go rejects GOTOOLCHAIN, so every go command fails.

The value is `auto`, `path`, `local`, or the name of a toolchain such as `go1.25.3`, optionally followed by `+auto` or
`+path`. Since Go 1.21 the first release of a series is `go1.25.0`, so `go1.25` cannot be downloaded. `go env -u` fails
with the same words: run `GOTOOLCHAIN=local go env -u GOTOOLCHAIN`.

## Example

```properties path=.config/go/env
GOTOOLCHAIN=1.25.3
```

becomes

```properties path=.config/go/env
GOTOOLCHAIN=go1.25.3
```

## Example

```bash path=.bashrc
export GOTOOLCHAIN=Local
```

becomes

```bash path=.bashrc
export GOTOOLCHAIN=local
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOTOOLCHAIN": "latest"}}
```

becomes

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOTOOLCHAIN": "auto"}}
```

## Example

```bash path=.bashrc
export GOTOOLCHAIN=go1.25
```

becomes

```bash path=.bashrc
export GOTOOLCHAIN=go1.25.0
```

## No finding

```properties path=.config/go/env
GOTOOLCHAIN=go1.25.3+auto
```

## No finding

```bash path=.bashrc
export GOTOOLCHAIN=local+path
export GOTOOLCHAIN=
export GOTOOLCHAIN=go1.26rc1
export GOTOOLCHAIN=go1.20
```

## No finding

It is the lowest toolchain here, which go does not download:

```bash path=.bashrc
export GOTOOLCHAIN=go1.25+auto
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
from wslgo.text.pattern import pattern

# cmd/go/internal/toolchain/select.go and internal/gover (go1.26.8, run).
MODES = ("auto", "path")
NUMBER = r"(?:0|[1-9][0-9]*)"
VERSION = rf"{NUMBER}(?:\.{NUMBER}(?:\.{NUMBER}|[a-z]+{NUMBER}?)?)?"
TOOLCHAIN = pattern(rf"go{VERSION}(?:[ \t-][^\\/]*)?")
BARE_VERSION = pattern(rf"[vV]?({VERSION})(\+(?:auto|path))?")
# Since Go 1.21 each release has three numbers.
SERIES = pattern(r"go1\.(?:2[1-9]|[3-9][0-9]|[1-9][0-9][0-9]+)")
MEANT = {"on": "auto", "latest": "auto", "true": "auto", "default": "auto", "off": "local", "false": "local"}

REJECTED = Message(
    en="Every go command fails: invalid GOTOOLCHAIN {value}. Write local, auto, path or a name like go1.25.3",
    zh="所有 go 命令都会失败：invalid GOTOOLCHAIN {value}。请写 local、auto、path 或 go1.25.3 这样的名称",
)
NOT_AVAILABLE = Message(
    en="go cannot download a toolchain named {value}: the first release of this series is {value}.0",
    zh="go 无法下载名为 {value} 的工具链：该系列的首个版本是 {value}.0",
)


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name != "GOTOOLCHAIN" or not value or is_quoted(value) or half_width(value) != value:
        return
    if SERIES.fullmatch(value):
        yield _finding(assignment, NOT_AVAILABLE, value, f"{value}.0", Safety.UNSAFE)
    elif not _is_accepted(value):
        meant, safety = _intended(value)
        yield _finding(assignment, REJECTED, value, meant, safety)


def _finding(assignment: Assignment, message: Message, value: str, meant: str, safety: Safety) -> Finding:
    edit = value_edit(assignment, meant) if meant else None
    fixes = (Fix(CHANGE_TO(value=meant), (edit,), safety),) if edit else ()
    return Finding(assignment.value_span, message(value=value), fixes)


def _is_accepted(value: str) -> bool:
    least, plus, mode = value.partition("+")
    if value in MODES:
        return True
    if least != "local" and (TOOLCHAIN.fullmatch(least) is None or not (plus or "-go1" in f"-{least}")):
        return False
    return not plus or mode in MODES


def _intended(value: str) -> tuple[str, Safety]:
    """Return the likely value, or an empty text."""
    word = value.strip().lower()
    if word != value and (_is_accepted(word) or BARE_VERSION.fullmatch(word)):
        return (word, Safety.SAFE) if _is_accepted(word) else _intended(word)
    bare = BARE_VERSION.fullmatch(word)
    if bare is None:
        return MEANT.get(word, ""), Safety.UNSAFE
    name = f"go{bare[1]}"
    if SERIES.fullmatch(name) and not bare[2]:
        return f"{name}.0", Safety.UNSAFE
    return f"{name}{bare[2] or ''}", Safety.SAFE
