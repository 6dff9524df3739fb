"""A number is written in a way that WSL cannot read.

WSL needs a whole number: `4`, `-1`, `0x10`. It rejects units, fractions and separators, and also `08`, because a
leading zero makes the number octal. It then uses the default.

## Example

```ini path=.wslconfig
[wsl2]
processors=08
```

becomes

```ini path=.wslconfig
[wsl2]
processors=8
```

## Example

```ini path=.wslconfig
[wsl2]
vmIdleTimeout=60s
```

becomes

```ini path=.wslconfig
[wsl2]
vmIdleTimeout=60000
```

## Example

The number cannot be guessed:

```ini path=wsl.conf
[boot]
initTimeout=forever
```

## No finding

```ini path=.wslconfig
[wsl2]
processors=4 # half
vmIdleTimeout=-1
kernelDebugPort=0x1F90
```
"""

import re
from collections.abc import Iterator

from wslgo.knowledge.punctuation import half_width
from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini import Dialect
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.syntax.wsl.value import integer
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

NUMBER = pattern(r"([+-]?)([0-9][0-9_,]*)(?:\.0+)?\s*(ms|s|sec|seconds|min|minutes|cores?|cpus?|threads?)?")
MILLISECONDS = {"ms": 1, "s": 1000, "sec": 1000, "seconds": 1000, "min": 60_000, "minutes": 60_000}

MESSAGE = Message(
    en="'{value}' is not a whole number, so WSL uses the default of {key}: {default}",
    zh="'{value}' 不是整数，因此 WSL 使用 {key} 的默认值：{default}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.INT and setting.verdict is Verdict.REJECTED:
            message = MESSAGE(key=setting.known.name, value=setting.value, default=setting.known.default)
            yield Finding(setting.value_span, message, tuple(_fixes(setting, file.dialect)))


def _fixes(setting: Setting, dialect: Dialect) -> Iterator[Fix]:
    meant = NUMBER.fullmatch(half_width(setting.value).strip(" \t;\"'").lower())
    if meant is None:
        return
    sign, digits, unit = meant.groups()
    is_time = setting.key.lower().endswith("timeout")
    if unit is None or is_time == (unit in MILLISECONDS):
        number = int(re.sub("[_,]", "", digits.lstrip("0"))[:18] or "0") * MILLISECONDS.get(unit or "", 1)
        value = f"{sign.strip('+')}{number}"
        if integer(value, dialect) is not None:
            yield Fix(CHANGE_TO(value=value), (Edit(setting.value_span, value),), Safety.SAFE)
