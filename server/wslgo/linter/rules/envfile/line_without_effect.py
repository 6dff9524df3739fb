"""go ignores a line of its env file.

The file is not a shell script: a line counts only if it is `NAME=VALUE` from its first letter, and if the go command
takes a variable of that name from the file. It reports nothing about any other line. `go env -w` rejects such names.

## Example

```properties path=.config/go/env
export GOPROXY=https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## Example

```properties path=.config/go/env
PATH=$PATH:/usr/local/go/bin
GOFLAGS=-mod=mod
```

becomes

```properties path=.config/go/env
GOFLAGS=-mod=mod
```

## Example

```properties path=.config/go/env
GOPROXI = https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## Example

```properties path=.config/go/env
GOTELEMETRY=off
GODEBUG=netdns=go
```

becomes

```properties path=.config/go/env
```

## Example

```properties path=.config/go/env
GOPROXY https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## Example

Only the last of several lines counts:

```properties path=.config/go/env
GOPROXY=https://goproxy.io,direct
GOPROXY=https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## No finding

```properties path=.config/go/env
# GOPROXY=https://goproxy.io,direct

GOPROXY=https://goproxy.cn,direct
GOFLAGS=
CGO_CFLAGS=-O2
```
"""

import re
from collections.abc import Iterator

from wslgo.goenv.names import intended_name
from wslgo.goenv.removal import with_comments
from wslgo.knowledge.go_variable_names import FIXED, KNOWN
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO, REMOVE_LINE
from wslgo.syntax.go.env_file import EnvFileLine, GoEnv, LineStatus
from wslgo.text.message import Message, Text
from wslgo.text.pattern import pattern
from wslgo.text.source import BOM, Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple, cast

_SETTING = pattern(r"[ \t]*(?:export[ \t]+|set[ \t]+|\$env:)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*")
_OF_SHELL = pattern(r"[\"'$`#~;]")
_NAME = pattern(r"[ \t]*([A-Z][A-Z0-9_]*)(?:[ \t]*:)?[ \t]+(?=[^ \t])")

NOT_READ = Message(
    en="go ignores this line: it must begin with the name, like {name}=...",
    zh="go 会忽略此行：它必须以变量名开头，形如 {name}=...",
)
UNKNOWN = Message(
    en="go ignores this line: {name} is not a variable of the go command",
    zh="go 会忽略此行：{name} 不是 go 命令的变量",
)
MISSPELT = Message(
    en="go ignores this line: it does not know {name}. Did you mean {meant}?",
    zh="go 会忽略此行：它不认识 {name}。是否指 {meant}？",
)
ELSEWHERE = Message(
    en="go ignores this line: it takes {name} only from the environment. Export it",
    zh="go 会忽略此行：它只从环境变量读取 {name}。请用 export 设置",
)
TELEMETRY = Message(
    en="go ignores this line: the command for it is 'go telemetry {value}'",
    zh="go 会忽略此行：对应的命令是 'go telemetry {value}'",
)
COMPUTED = Message(
    en="go ignores this line: it finds out {name} by itself",
    zh="go 会忽略此行：{name} 由 go 自行得出",
)
OVERRIDDEN = Message(
    en="go ignores this line because a later one sets {name}, too",
    zh="go 会忽略此行，因为后面的行也设置了 {name}",
)

# Of the variables that go never takes from the file, those that it takes from the environment.
FROM_ENVIRONMENT = ("GODEBUG", "GOENV", "GOPACKAGESDRIVER")


class _Dead(NamedTuple):
    """A line without effect, and the line that its author must mean, "" if that is not clear."""

    message: Text
    meant: str = ""
    severity: Severity | None = None


@rule(Severity.WARNING, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    tree = cast("GoEnv", scene.file.tree)
    taken = {line.key for line in tree.lines if line.use is LineStatus.TAKEN}
    for line in tree.lines:
        text = source.text[line.span.start : line.span.end]
        dead = None if text.startswith(BOM) else _problem(line, text, taken)
        if dead is not None:
            tags = (Tag.UNNECESSARY,)
            yield Finding(
                _shown(line, text), dead.message, _fixes(line, dead, source), tags=tags, severity=dead.severity
            )


def _problem(line: EnvFileLine, text: str, taken: set[str]) -> _Dead | None:
    """Return what is wrong with a line, None for one that go reads, and for comments."""
    if line.use is LineStatus.OVERRIDDEN:
        return _Dead(OVERRIDDEN(name=line.key), severity=Severity.HINT)
    if line.use is LineStatus.TAKEN:
        return None if line.is_known else _of_name(line.key, line.value, taken)
    setting = _SETTING.match(text) or _without_equals(text)
    if setting is None:
        return None
    name = setting[1]
    if line.key in FIXED:
        return _of_fixed(line)
    upper = name.upper()
    if upper not in KNOWN:
        return _of_name(upper, text[setting.end() :], taken)
    meant = f"{upper}={text[setting.end() :]}" if upper not in taken else ""
    return _Dead(NOT_READ(name=upper), meant)


def _without_equals(text: str) -> "re.Match[str] | None":
    """Return the name of a Go variable with a space or a colon after it."""
    found = _NAME.match(text)
    return found if found is not None and found[1] in KNOWN else None


def _of_name(name: str, value: str, taken: set[str]) -> _Dead:
    meant = intended_name(name)
    if meant is None:
        return _Dead(UNKNOWN(name=name))
    return _Dead(MISSPELT(name=name, meant=meant), f"{meant}={value}" if meant not in taken else "")


def _of_fixed(line: EnvFileLine) -> _Dead:
    if line.key == "GOTELEMETRY":
        return _Dead(TELEMETRY(value=line.value.strip() or "off"))
    return _Dead((ELSEWHERE if line.key in FROM_ENVIRONMENT else COMPUTED)(name=line.key))


def _shown(line: EnvFileLine, text: str) -> Span:
    """Return the span of the name, or of what is before the `=`."""
    start = line.span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, line.key_span.end)) if "=" in text else line.span


def _fixes(line: EnvFileLine, dead: _Dead, source: Source) -> tuple[Fix, ...]:
    if dead.meant:
        # What a shell would expand or unquote means something else to go.
        is_sure = dead.message.message is NOT_READ and not _OF_SHELL.search(dead.meant)
        safety = Safety.SAFE if is_sure else Safety.UNSAFE
        return (Fix(CHANGE_TO(value=dead.meant), (Edit(line.span, dead.meant),), safety),)
    removal = Span(line.span.start, line.span.end + source.text.startswith("\n", line.span.end))
    return (Fix(REMOVE_LINE(), (Edit(with_comments(source.text, removal), ""),)),)
