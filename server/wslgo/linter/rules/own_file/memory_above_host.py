"""`memory` is more than this computer has.

WSL silently lowers it to the memory of the computer. Linux can then take the memory that Windows needs, and both swap.

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

All the memory on the label, of which the firmware keeps a part:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=32GB
```

## No finding

The file of another machine, which may have more memory:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=64GB
```

## No finding

The memory of the computer is not known:

```ini path=/mnt/c/Users/user/.wslconfig host=no-interop
[wsl2]
memory=64GB
```
"""

from collections.abc import Iterator

from wslgo.knowledge.memory import GIB
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="'{value}' is more than this computer has: WSL silently lowers it to {has} GB",
    zh="'{value}' 超过此计算机的内存：WSL 会静默地将其降到 {has} GB",
)
TITLE = Message(en="Change to {value} (WSL's default: half of the memory)", zh="改为 {value}（WSL 的默认值：一半内存）")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs={WSLCONFIG: ("wslconfig", "windows.memory")})
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    has = scene.host.windows.memory
    setting = file.find("wsl2", "memory")
    if scene.snapshot is None or has is None or setting is None or int(setting.converted or 0) <= _labelled_memory(has):
        return
    half = f"{round(has / 2 / GIB)}GB" if has >= 2 * GIB else f"{has // 2 // 2**20}MB"
    fix = Fix(TITLE(value=half), (Edit(setting.value_span, half),))
    yield Finding(setting.value_span, MESSAGE(value=setting.value, has=round(has / GIB)), (fix,))


def _labelled_memory(visible: int) -> int:
    """Return the memory that may be on the label: firmware and graphics reserve up to an eighth of it."""
    return -(-(visible + visible // 8) // GIB) * GIB if visible >= GIB else visible
