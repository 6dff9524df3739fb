"""A number has a leading zero, so WSL reads it as octal.

WSL silently reads `010` as eight. Remove the zero. (`filesystem.umask` is meant to be octal, so it is not reported.)

## Example

```ini path=.wslconfig
[wsl2]
processors=010
```

becomes

```ini path=.wslconfig
[wsl2]
processors=10
```

## No finding

```ini path=.wslconfig
[wsl2]
processors=0
maxCrashDumpCount=07
kernelDebugPort=0x10
```

## No finding

```ini path=wsl.conf
[filesystem]
umask=0022
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile, Verdict
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

OCTAL = pattern(r"([+-]?)0([0-7]{2,})")
MEANT_OCTAL = ("filesystem.umask",)

MESSAGE = Message(
    en="The leading zero makes '{value}' octal: WSL reads it as {read}",
    zh="开头的 0 使 '{value}' 成为八进制数：WSL 把它读作 {read}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        known = setting.known
        if known is None or known.kind is not Kind.INT or setting.verdict is not Verdict.ACCEPTED:
            continue
        octal = OCTAL.fullmatch(setting.value)
        if octal and known.id not in MEANT_OCTAL:
            value = octal[1] + octal[2].lstrip("0").rjust(2, "0")
            fix = Fix(CHANGE_TO(value=value), (Edit(setting.value_span, value),), Safety.SAFE)
            yield Finding(setting.value_span, MESSAGE(value=setting.value, read=setting.converted), (fix,))
