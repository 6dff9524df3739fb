"""`macAddress` is not a valid MAC address, so WSL 2 distributions do not start.

WSL skips every other invalid value, but not this one: its service fails with E_INVALIDARG when it reads the file.

## Example

```ini
[wsl2]
macAddress=5CBBF69EEEFA
```

becomes

```ini
[wsl2]
macAddress=5C:BB:F6:9E:EE:FA
```

## Example

```ini
[wsl2]
macAddress=random
```

## No finding

```ini
[wsl2]
networkingMode=bridged
vmSwitch=External
macAddress=5c-bb-f6-9e-ee-fa
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

SEPARATORS = pattern(r"[\s:.\-_]")
DIGITS = pattern(r"[0-9A-Fa-f]{12}")

MESSAGE = Message(
    en="'{value}' is not a MAC address, so WSL 2 distributions do not start. Write one like 5C:BB:F6:9E:EE:FA",
    zh="'{value}' 不是 MAC 地址，所有 WSL 2 发行版都将无法启动。请写成 5C:BB:F6:9E:EE:FA 这样的地址",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=("macaddress",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.MAC and setting.verdict is Verdict.REJECTED:
            yield Finding(setting.value_span, MESSAGE(value=setting.value), tuple(_fixes(setting)))


def _fixes(setting: Setting) -> Iterator[Fix]:
    digits = SEPARATORS.sub("", setting.value).upper()
    if DIGITS.fullmatch(digits):
        value = ":".join(digits[start : start + 2] for start in range(0, len(digits), 2))
        yield Fix(CHANGE_TO(value=value), (Edit(setting.value_span, value),), Safety.SAFE)
