"""go rejects GOFLAGS, so every go command fails.

GOFLAGS is a list of flags with spaces between them, and each entry is a flag of its own: a value follows after `=`, not
after a space. Quotes count only at the beginning of an entry. Only `go env` overlooks the mistake, so that
`go env -u GOFLAGS` can remove it.

## Example

```properties path=.config/go/env
GOFLAGS=-tags integration
```

becomes

```properties path=.config/go/env
GOFLAGS=-tags=integration
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOFLAGS": "-mod=mod -tags=\\"a b\\""}}
```

becomes

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOFLAGS": "-mod=mod '-tags=a b'"}}
```

## Example

```bash path=.bashrc
export GOFLAGS="-ldflags='-s -w' -trimpath"
```

becomes

```bash path=.bashrc
export GOFLAGS="'-ldflags=-s -w' -trimpath"
```

## Example

No go command has this flag:

```bash path=.bashrc
export GOFLAGS=-no-debug
```

## Example

```properties path=.config/go/env
GOFLAGS=-gcflags=all=-N -l -tags=a
```

becomes

```properties path=.config/go/env
GOFLAGS='-gcflags=all=-N -l' -tags=a
```

## Example

```properties path=.config/go/env
GOFLAGS=mod=mod
```

becomes

```properties path=.config/go/env
GOFLAGS=-mod=mod
```

## Example

A value that `go build` rejects:

```properties path=.config/go/env
GOFLAGS=-mod=vendr -race=yes
```

becomes

```properties path=.config/go/env
GOFLAGS=-mod=vendor -race=true
```

## No finding

```properties path=.config/go/env
GOFLAGS=-tags=integration -mod=mod --ldflags=-s "-gcflags=all=-N -l" -count=1
```

## No finding

```bash path=.bashrc
export GOFLAGS=
export GOFLAGS="$GOFLAGS integration"
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span
from wslgo.knowledge.go_flags import BUILD_VALUES, CHOICES, OF_PACKAGES, REAL_SWITCHES
from wslgo.knowledge.punctuation import half_width
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.goflags import FlagEntry, first_error, is_fatal, parse
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

MESSAGE = Message(
    en="go fails: {words}. Each entry must be a flag of its own, like -tags=integration",
    zh="go 会报错：{words}。每一项都必须是一个完整的参数，例如 -tags=integration",
)
BUILD = Message(
    en="Every build fails: {words}",
    zh="所有构建都会失败：{words}",
)

# Words for true and false that other tools accept.
MEANT = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}

# A value in quotes that begin after the `=`.
_INNER = pattern(r"(?<!\S)(--?[A-Za-z][\w.-]*=)(['\"])([^'\"]*)\2(?=\s|\Z)")


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name != "GOFLAGS" or not value:
        return
    entries = parse(value)
    wrong = first_error(entries)
    if wrong is not None:
        fixes = tuple(_fixes(assignment, value, entries, entries.index(wrong)))
        message = MESSAGE if is_fatal(wrong) or wrong.lacks_value else BUILD
        yield Finding(part_span(assignment, wrong.span), message(words=wrong.error), fixes)


def _fixes(assignment: Assignment, value: str, entries: tuple[FlagEntry, ...], wrong: int) -> Iterator[Fix]:
    """Yield the fix that makes one flag of it, if go then accepts the whole value."""
    found = (
        _inner_quotes(value, entries[wrong])
        or _apart(entries, wrong)
        or _of_tool(value, entries, wrong)
        or _without_dash(entries[wrong])
        or _full_width(value)
        or _choice(value, entries[wrong])
    )
    if found is None:
        return
    span, meant = found
    after = value[: span.start] + meant + value[span.end :]
    edit = part_edit(assignment, span, meant)
    left = sum(1 for entry in parse(after) if entry.error)
    is_value = not is_fatal(entries[wrong]) and not entries[wrong].lacks_value
    if edit is not None and (not left or (is_value and left < sum(1 for entry in entries if entry.error))):
        yield Fix(CHANGE_TO(value=meant), (edit,), Safety.SAFE)


def _inner_quotes(value: str, entry: FlagEntry) -> tuple[Span, str] | None:
    """Return a flag whose value is in quotes, and the flag in quotes as a whole."""
    for match in _INNER.finditer(value):
        if match.start() <= entry.span.start < match.end():
            quote = '"' if match[2] == '"' and "'" in match[3] else "'"
            return Span(*match.span()), f"{quote}{match[1]}{match[3]}{quote}"
    return None


def _apart(entries: tuple[FlagEntry, ...], wrong: int) -> tuple[Span, str] | None:
    """Return a flag and its value with a space between them, and the same with `=`."""
    first = wrong if entries[wrong].lacks_value else wrong - 1
    if first < 0 or first + 1 >= len(entries):
        return None
    flag, argument = entries[first : first + 2]
    if not flag.lacks_value or argument.text.startswith("-") or not argument.text:
        return None
    joined = f"{flag.text}={argument.text}"
    text = joined if not set(joined) & set(" \t'\"") else f"'{joined}'"
    return Span(flag.span.start, argument.span.end), text


def _of_tool(value: str, entries: tuple[FlagEntry, ...], wrong: int) -> tuple[Span, str] | None:
    """Return a flag such as `-gcflags` with the words after it that belong to its value, all in quotes."""
    first = entries[wrong - 1] if wrong else None
    if first is None or first.name not in OF_PACKAGES or first.value is None or value[first.span.start] != "-":
        return None
    last = wrong
    while last + 1 < len(entries) and entries[last + 1].error:
        last += 1
    span = Span(first.span.start, entries[last].span.end)
    text = value[span.start : span.end]
    return (span, f"'{text}'") if "'" not in text and '"' not in text else None


def _without_dash(entry: FlagEntry) -> tuple[Span, str] | None:
    """Return a flag without its dash, and the same with it."""
    name, equals, _ = entry.text.partition("=")
    is_flag = name in BUILD_VALUES if equals else name in REAL_SWITCHES and len(name) > 1
    return (entry.span, f"-{entry.text}") if is_flag and name != "C" else None


def _choice(value: str, entry: FlagEntry) -> tuple[Span, str] | None:
    """Return a flag with the nearest value that it can have."""
    if entry.value is None or is_fatal(entry) or value[entry.span.start] in "\"'":
        return None
    is_boolean = entry.name in REAL_SWITCHES or entry.name == "buildvcs"
    choices = CHOICES[entry.name].values if entry.name in CHOICES else ("true", "false") if is_boolean else ()
    meant = MEANT.get(entry.value.lower()) if is_boolean else None
    near = meant or nearest(entry.value, [choice for choice in choices if choice])
    return (entry.span, entry.text.removesuffix(entry.value) + near) if near else None


def _full_width(value: str) -> tuple[Span, str] | None:
    meant = half_width(value)
    return (Span(0, len(value)), meant) if meant != value else None
