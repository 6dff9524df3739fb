"""`filesystem.umask` is written without the zero that makes it octal.

WSL reads a number without a leading zero as decimal: `umask=22` is 026 in octal, not 022. Add the zero.

## Example

```ini
[filesystem]
umask=22
```

becomes

```ini
[filesystem]
umask=022
```

## Example

```ini
[filesystem]
umask = 77 # only me
```

becomes

```ini
[filesystem]
umask = 077 # only me
```

## No finding

```ini
[filesystem]
umask=0022
```

## No finding

Decimal on purpose, the same as 022:

```ini
[filesystem]
umask=18
```

## No finding

These options are always octal:

```ini
[automount]
options="metadata,umask=22,fmask=11"
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

# 002 and 007 are the same in both; 18, 23 and 63 are the decimal forms of 022, 027 and 077.
OCTAL_DIGITS = pattern(r"[1-7][0-7]{1,2}\Z")
DECIMAL_FORMS = ("18", "23", "63")
COMMON = ("22", "27", "77")

MESSAGE = Message(
    en="WSL reads {value} as decimal, so the umask becomes {octal}. Write 0{value} for octal",
    zh="WSL 会把 {value} 当作十进制，umask 会变成 {octal}。八进制请写成 0{value}",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("umask",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("filesystem", "umask")
    if setting is None or not OCTAL_DIGITS.match(setting.value) or setting.value in DECIMAL_FORMS:
        return
    value = setting.value
    message = MESSAGE(value=value, octal=f"{int(value):04o}")
    safety = Safety.SAFE if value in COMMON else Safety.UNSAFE
    fix = Fix(CHANGE_TO(value=f"0{value}"), (Edit(setting.value_span, f"0{value}"),), safety)
    yield Finding(setting.value_span, message, (fix,))
