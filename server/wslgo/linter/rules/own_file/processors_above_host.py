"""`processors` is more than this computer has.

WSL warns at every start and gives the virtual machine all logical processors of the computer.

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

The file of another machine, which may have more processors:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=32
```

## No finding

The number of processors of the computer is not known:

```ini path=/mnt/c/Users/user/.wslconfig host=no-interop
[wsl2]
processors=32
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="This computer has {has} logical processors: WSL warns and gives the VM {has} instead of {value}",
    zh="此计算机只有 {has} 个逻辑处理器：WSL 会给出警告，并只分配 {has} 个而不是 {value} 个",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, needs={WSLCONFIG: ("wslconfig", "windows.processors")})
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    has = scene.host.windows.processors
    setting = file.find("wsl2", "processors")
    # Another rule checks unusual ways to write a number.
    if scene.snapshot is None or has is None or setting is None or setting.value != setting.converted:
        return
    if int(setting.value) > has:
        fix = Fix(CHANGE_TO(value=has), (Edit(setting.value_span, str(has)),), Safety.SAFE)
        yield Finding(setting.value_span, MESSAGE(has=has, value=setting.value), (fix,))
