"""A timeout is in milliseconds, but the value looks like seconds.

WSL counts in milliseconds: `vmIdleTimeout=60` shuts the virtual machine down after 0.06 seconds without a distribution.

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

Immediately:

```ini
[wsl2]
vmIdleTimeout=0
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.ini_file import IniFile
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
    en="{key} is in milliseconds, so {value} is less than a second",
    zh="{key} 的单位是毫秒，{value} 还不到一秒",
)
TITLE = Message(en="Change to {value} ({seconds} seconds)", zh="改为 {value}（{seconds} 秒）")


@rule(Severity.HINT, fixable=Safety.UNSAFE, only_with=tuple(name.lower() for _, name in KEYS))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for section, name in KEYS:
        setting = file.find(section, name)
        if setting is None or setting.value != setting.converted:  # another rule reports unusual numbers
            continue
        if 0 < (number := int(setting.value)) < SHORTEST:
            title = TITLE(value=number * 1000, seconds=number)
            fix = Fix(title, (Edit(setting.value_span, str(number * 1000)),))
            yield Finding(setting.value_span, MESSAGE(key=name, value=number), (fix,))
