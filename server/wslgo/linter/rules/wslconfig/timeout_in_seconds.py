"""A time is so small that seconds must have been meant.

WSL counts in milliseconds: `vmIdleTimeout=60` shuts the machine down after 0.06 seconds without a distribution.

## Example

```ini
[wsl2]
vmIdleTimeout=60
```

becomes

```ini
[wsl2]
vmIdleTimeout=60000
```

## Example

```ini
[general]
instanceIdleTimeout=300
```

## No finding

```ini
[wsl2]
vmIdleTimeout=60000
[general]
instanceIdleTimeout=-1
```

## No finding

At once:

```ini
[wsl2]
vmIdleTimeout=0
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

KEYS = (
    ("wsl2", "vmIdleTimeout"),
    ("wsl2", "kernelBootTimeout"),
    ("wsl2", "distributionStartTimeout"),
    ("general", "instanceIdleTimeout"),
)
SHORTEST = 1000

MESSAGE = Message(
    en="{key} counts milliseconds: {value} is less than a second",
    zh="{key} 的单位是毫秒：{value} 还不到一秒",
)
TITLE = Message(en="Write {value}: seconds were meant", zh="改为 {value}（原意是秒）")


@rule(Severity.HINT, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for section, name in KEYS:
        setting = file.find(section, name)
        if setting is None or setting.value != setting.converted:  # odd ways to write a number: another rule
            continue
        if 0 < (number := int(setting.value)) < SHORTEST:
            fix = Fix(TITLE(value=number * 1000), (Edit(setting.value_span, str(number * 1000)),))
            yield Finding(setting.value_span, MESSAGE(key=name, value=number), (fix,))
