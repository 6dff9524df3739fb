"""An entry of `ignoredPorts` is not a port, or WSL reads only part of it.

WSL splits the value at commas, reads the number at the start of each entry and silently drops the rest: `80-90` is port
80, and so is `80 443`. It ignores an entry without a number between 1 and 65535.

## Example

```ini
[wsl2]
networkingMode=mirrored
[experimental]
ignoredPorts=3000;9000
```

becomes

```ini
[wsl2]
networkingMode=mirrored
[experimental]
ignoredPorts=3000,9000
```

## Example

```ini
[wsl2]
networkingMode=mirrored
[experimental]
ignoredPorts=8000-8003, 9000
```

becomes

```ini
[wsl2]
networkingMode=mirrored
[experimental]
ignoredPorts=8000,8001,8002,8003, 9000
```

## Example

```ini
[wsl2]
networkingMode=mirrored
[experimental]
ignoredPorts=http,443
```

## No finding

```ini
[wsl2]
networkingMode=mirrored
[experimental]
ignoredPorts=3000, 9000,
```
"""

from collections.abc import Iterator

from wslgo.knowledge.punctuation import half_width
from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl import value
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

ENTRY = pattern(r"[^,]+")
SEPARATOR = pattern(r"[\s;,|]+")
RANGE = pattern(r"(\d{1,5})\s*[-~]\s*(\d{1,5})")
LARGEST_RANGE = 64

NOT_A_PORT = Message(
    en="'{entry}' is not a port (1-65535), so WSL ignores it and keeps the rest",
    zh="'{entry}' 不是端口（1-65535），WSL 会忽略它，保留其余端口",
)
CUT = Message(
    en="WSL reads only port {port} of '{entry}'. Separate ports with commas",
    zh="'{entry}' 中 WSL 只会读取端口 {port}。端口之间请用逗号分隔",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, only_with=("ignoredports",), dimension="network")
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.PORTS and setting.verdict is Verdict.ACCEPTED:
            yield from _findings(setting)


def _findings(setting: Setting) -> Iterator[Finding]:
    for entry in ENTRY.finditer(setting.written.raw):
        written = entry.group().strip()
        port, rejected = value.ports(written)
        if not rejected and written.strip('"') in ("", port):
            continue
        start = setting.value_span.start + entry.start() + len(entry.group()) - len(entry.group().lstrip())
        span = Span(start, start + len(written))
        message = NOT_A_PORT(entry=written) if rejected else CUT(entry=written, port=port)
        yield Finding(span, message, tuple(_fixes(span, written)))


def _fixes(span: Span, written: str) -> Iterator[Fix]:
    meant = ",".join(_ports(part) for part in _parts(half_width(written)))
    ports, rejected = value.ports(meant)
    if ports and not rejected and set(ports.split(",")) == set(meant.split(",")):
        yield Fix(CHANGE_TO(value=meant), (Edit(span, meant),), Safety.SAFE)


def _parts(written: str) -> list[str]:
    return [written] if RANGE.fullmatch(written) else [part for part in SEPARATOR.split(written) if part]


def _ports(part: str) -> str:
    """Return a part with a small range replaced by its ports."""
    match = RANGE.fullmatch(part)
    if match is None:
        return part
    first, last = int(match[1]), int(match[2])
    if not first <= last <= first + LARGEST_RANGE:
        return part
    return ",".join(map(str, range(first, last + 1)))
