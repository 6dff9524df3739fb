"""`memory` is more than this computer has.

WSL lowers it to the memory of the computer without a word. Then nothing keeps Linux from taking what Windows needs,
and both swap.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=64GB
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
memory=16GB
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=24GB
```

## No finding

All that is on the box, of which the firmware keeps a part:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=32GB
```

## No finding

It is the file of another machine, perhaps of one with more memory:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=64GB
```

## No finding

How much memory the computer has is not known:

```ini path=/mnt/c/Users/user/.wslconfig host=no-interop
[wsl2]
memory=64GB
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

GIB = 2**30

MESSAGE = Message(
    en="'{value}' is more than the {has} GB of this computer: WSL lowers it to that without a word",
    zh="'{value}' 超过此计算机的 {has} GB 内存：WSL 会静默地将其降到该值",
)
TITLE = Message(en="Write {value}: half of it, as WSL takes by default", zh="改为 {value}：一半内存，即 WSL 的默认值")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs={WSLCONFIG: ("wslconfig", "windows.memory")})
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    has = scene.host.windows.memory
    setting = file.find("wsl2", "memory")
    if scene.own is None or has is None or setting is None or int(setting.converted or 0) <= _installed(has):
        return
    half = f"{round(has / 2 / GIB)}GB" if has >= 2 * GIB else f"{has // 2 // 2**20}MB"
    fix = Fix(TITLE(value=half), (Edit(setting.value_span, half),))
    yield Finding(setting.value_span, MESSAGE(value=setting.value, has=round(has / GIB)), (fix,))


def _installed(visible: int) -> int:
    """What may be on the box: firmware and graphics keep up to an eighth of it for themselves."""
    return -(-(visible + visible // 8) // GIB) * GIB if visible >= GIB else visible
