"""A setting has a value that is not one of WSL's choices.

WSL ignores a value that it does not know and uses the default, so a typo in `networkingMode` shows up later as "the
debugger cannot reach localhost". Write one of the choices.

## Example

```ini path=.wslconfig
[wsl2]
networkingMode=mirored
```

becomes

```ini path=.wslconfig
[wsl2]
networkingMode=mirrored
```

## Example

```ini path=.wslconfig
[experimental]
autoMemoryReclaim=drop
```

becomes

```ini path=.wslconfig
[experimental]
autoMemoryReclaim=dropCache
```

## Example

```ini path=wsl.conf
[automount]
cgroups=hybrid
```

## No finding

```ini path=.wslconfig
[wsl2]
networkingMode=NAT
[experimental]
autoMemoryReclaim=dropcache
```
"""

from collections.abc import Iterator

from wslgo.knowledge.punctuation import half_width
from wslgo.knowledge.wsl_key import Key, Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.span import Edit

SHORTEST_PREFIX = 3

MESSAGE = Message(
    en="'{value}' is not a valid {key}, so WSL uses the default: {default}. Valid: {choices}",
    zh="'{value}' 不是有效的 {key}，因此 WSL 使用默认值：{default}。可用的值：{choices}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        known = setting.known
        if known and known.kind is Kind.ENUM and setting.verdict is Verdict.REJECTED:
            choices = tuple(map(_documented_choice, known.values))
            message = MESSAGE(key=known.name, value=setting.value, default=known.default, choices=choices)
            yield Finding(setting.value_span, message, tuple(_fixes(setting, known)))


def _fixes(setting: Setting, known: Key) -> Iterator[Fix]:
    meant = half_width(setting.value).strip(" \t;,\"'")
    starts = [value for value in known.values if value.lower().startswith(meant.lower())]
    is_prefix = len(starts) == 1 and len(meant) >= SHORTEST_PREFIX
    near = starts[0] if is_prefix else nearest(meant, known.values)
    if near:
        value = _documented_choice(near)
        yield Fix(CHANGE_TO(value=value), (Edit(setting.value_span, value),), Safety.SAFE)


def _documented_choice(value: str) -> str:
    """Return the spelling of Microsoft's pages; WSL accepts any case."""
    return value[0].lower() + value[1:]
