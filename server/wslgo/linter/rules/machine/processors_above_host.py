"""`processors` is more than this computer has.

WSL warns at every start and gives the machine all logical processors of the computer.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=32
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
processors=16
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=16
```

## No finding

It is the file of another machine, perhaps of one with more processors:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=32
```

## No finding

How many processors the computer has is not known:

```ini path=/mnt/c/Users/user/.wslconfig host=no-interop
[wsl2]
processors=32
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="This computer has {has} logical processors: WSL warns about {value} and gives the machine {has}",
    zh="此计算机只有 {has} 个逻辑处理器：WSL 会对 {value} 给出警告，并只分配 {has} 个",
)
TITLE = Message(en="Write {has}", zh="改为 {has}")


@rule(Severity.WARNING, fixable=Safety.SAFE, needs={WSLCONFIG: ("wslconfig", "windows.processors")})
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    has = scene.host.windows.processors
    setting = file.find("wsl2", "processors")
    # Odd ways to write a number are the business of another rule.
    if scene.own is None or has is None or setting is None or setting.value != setting.converted:
        return
    if int(setting.value) > has:
        fix = Fix(TITLE(has=has), (Edit(setting.value_span, str(has)),), Safety.SAFE)
        yield Finding(setting.value_span, MESSAGE(has=has, value=setting.value), (fix,))
