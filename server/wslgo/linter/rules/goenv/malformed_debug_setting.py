"""GODEBUG has an entry that programs ignore.

The value is a list of `name=value` with commas between them and without spaces. Programs ignore each entry that is not
one, and each name that they do not know, and report nothing.

## Example

```bash path=.bashrc
export GODEBUG="netdns=go, gctrace=1"
```

becomes

```bash path=.bashrc
export GODEBUG="netdns=go,gctrace=1"
```

## Example

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GODEBUG": "gctrac=1;netdns=go"}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GODEBUG": "gctrace=1,netdns=go"}}]}
```

## Example

```bash path=.bashrc
export GODEBUG=gctrace
```

## No finding

A later Go can know other names:

```bash path=.bashrc
export GODEBUG=netdns=go,gctrace=1,cpu.avx512f=off,brandnew=1,http2debug=2,
export GODEBUG=
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span
from wslgo.knowledge.godebug import SETTINGS
from wslgo.knowledge.punctuation import half_width
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.goproxy_typo import is_quoted
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_SEPARATOR = pattern(r"[\s;]+")
_LONGEST = 4  # letters: of shorter names too many are one letter apart

MESSAGE = Message(
    en="Programs ignore '{entry}' in GODEBUG. Write name=value, with ',' and no space between the entries",
    zh="程序会忽略 GODEBUG 中的 '{entry}'。请写 name=value，条目之间用 ',' 分隔且不加空格",
)
UNKNOWN = Message(
    en="Programs ignore '{entry}' in GODEBUG. Did you mean {meant}?",
    zh="程序会忽略 GODEBUG 中的 '{entry}'。是否指 {meant}？",
)


@assignment_rule(Severity.WARNING, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name != "GODEBUG" or not value or is_quoted(value) or half_width(value) != value:
        return
    start = 0
    for entry in value.split(","):
        span = Span(start, start + len(entry))
        start += len(entry) + 1
        meant = _intended_entries(entry)
        if not entry or meant == entry:
            continue
        edit = part_edit(assignment, span, meant) if meant else None
        fixes = (Fix(CHANGE_TO(value=meant), (edit,), Safety.SAFE),) if edit else ()
        is_name = meant and not _SEPARATOR.search(entry)
        message = UNKNOWN(entry=entry, meant=meant) if is_name else MESSAGE(entry=entry)
        yield Finding(part_span(assignment, span), message, fixes)


def _intended_entries(entry: str) -> str:
    """Return the entries that a text must mean, "" if that is not clear."""
    parts = [_intended_entry(part) for part in _SEPARATOR.split(entry) if part]
    return ",".join(parts) if all(parts) else ""


def _intended_entry(entry: str) -> str:
    name, equals, value = entry.partition("=")
    if not equals or not name:
        return ""
    if name in SETTINGS or name.startswith("cpu.") or len(name) <= _LONGEST:
        return entry
    near = nearest(name, SETTINGS)
    # Names grow numbers from one release to the next.
    is_numbered = near is not None and near.rstrip("0123456789") == name.rstrip("0123456789")
    return entry if near is None or is_numbered else f"{near}={value}"
