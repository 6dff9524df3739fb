"""A size is written in a way that WSL cannot read.

WSL needs a whole number directly followed by `B`, `KB`, `MB`, `GB` or `TB` in upper case (the `B` is optional). For
any other size it uses the default, which for `memory` is half of the host's memory.

## Example

```ini path=.wslconfig
[wsl2]
memory=8gb
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini path=.wslconfig
[wsl2]
memory=4.5 GiB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=4608MB
```

## Example

WSL has no way to write a share of the host's memory:

```ini path=.wslconfig
[wsl2]
memory=50%
```

## No finding

```ini path=.wslconfig
[wsl2]
memory=8G
swap=0
defaultVhdSize="512GB"
```
"""

from collections.abc import Iterator

from wslgo.knowledge.punctuation import half_width
from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

SIZE = pattern(r"0*([0-9]{1,12})(?:\.([0-9]{1,6}))?\s*([kmgtp]?)(?:i?b|bytes?)?")
POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}

MESSAGE = Message(
    en="'{value}' is not a size like 8GB (whole number, upper-case unit), so WSL uses the default: {default}",
    zh="'{value}' 不是 8GB 这样的大小（整数、大写单位、无空格），因此 WSL 使用默认值：{default}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.SIZE and setting.verdict is Verdict.REJECTED:
            message = MESSAGE(value=setting.value, default=setting.known.default)
            yield Finding(setting.value_span, message, tuple(_fixes(setting)))


def _fixes(setting: Setting) -> Iterator[Fix]:
    meant = SIZE.fullmatch(half_width(setting.value).strip(" \t;,\"'").lower())
    size = meant and _whole_size(meant[1], meant[2] or "", POWERS[meant[3]])
    if size:
        yield Fix(CHANGE_TO(value=size), (Edit(setting.value_span, size),), Safety.SAFE)


def _whole_size(digits: str, fraction: str, power: int) -> str | None:
    """Return the size in the largest unit, up to its own, in which it is a whole number."""
    amount, scale = int(digits + fraction), 10 ** len(fraction)
    for below in range(power + 1):
        number, rest = divmod(amount * 1024**below, scale)
        if rest == 0 and (unit := ("B", "KB", "MB", "GB", "TB", "PB")[power - below]) != "PB":
            return f"{number}{unit}"
    return None
