"""A size is too large or negative, so the number overflows in WSL.

WSL computes in 64 bits and does not check for an overflow: it silently reads `17179869184GB` as 0 and `-1` as 16
exabytes.

## Example

```ini path=.wslconfig
[wsl2]
swap=-1
```

## Example

```ini path=.wslconfig
[wsl2]
memory=17179869184GB
```

## No finding

```ini path=.wslconfig
[wsl2]
memory=64GB
swap=0
defaultVhdSize=16TB
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.syntax.wsl.value import UINT64, UNITS
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

SIZE = pattern(r"\s*(-?)\+?([0-9]+)([BKMGT]?)B?")
MOST_DIGITS = 20

MESSAGE = Message(
    en="'{value}' is out of range: the number overflows, and WSL reads {key} as {bytes} bytes",
    zh="'{value}' 超出范围：数值溢出，WSL 把 {key} 读作 {bytes} 字节",
)


@rule(Severity.WARNING)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.SIZE and _wraps(setting):
            message = MESSAGE(key=setting.known.name, value=setting.value, bytes=setting.converted)
            yield Finding(setting.value_span, message)


def _wraps(setting: Setting) -> bool:
    size = SIZE.fullmatch(setting.value)
    if size is None or setting.verdict is not Verdict.ACCEPTED:
        return False
    digits = size[2].lstrip("0")
    return bool(size[1]) or len(digits) > MOST_DIGITS or int(digits or "0") * UNITS[size[3] or "B"] >= UINT64
