"""`memory` or `processors` leaves too little for a build, on a computer that has plenty.

The compiler of a large module, the linker and gopls need several gigabytes together, and go compiles as many packages
at a time as there are processors. Without a limit WSL takes half of the memory and all processors.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=2GB
swap=4GB
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
swap=4GB
```

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=1
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=4GB
processors=2
```

## No finding

The file of another machine:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=2GB
```

## No finding

It is not known what the computer has:

```ini path=/mnt/c/Users/user/.wslconfig host=no-interop
[wsl2]
memory=2GB
processors=1
```
"""

from collections.abc import Iterator

from wslgo.knowledge.memory import GIB
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MEMORY = Message(
    en="A build with gopls needs more than {value}, and this computer has {has} GB",
    zh="使用 gopls 进行构建需要的内存超过 {value}，而此计算机有 {has} GB",
)
PROCESSORS = Message(
    en="go compiles one package at a time with {value} of {has} processors",
    zh="{has} 个处理器中只用 {value} 个，go 一次只能编译一个包",
)

# Too little on a computer that has at least four times as much.
LOW = {"memory": 2 * GIB, "processors": 1}
RESERVED = 1.07  # the firmware keeps a part of the memory


@rule(
    Severity.INFORMATION,
    fixable=Safety.UNSAFE,
    needs={WSLCONFIG: ("wslconfig", "windows.memory", "windows.processors")},
    dimension="speed",
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    if scene.snapshot is None:
        return
    windows = scene.host.windows
    for key, has in (("memory", windows.memory), ("processors", windows.processors)):
        setting = file.find("wsl2", key)
        value = int(setting.converted or 0) if setting else 0
        if has is not None and setting is not None and 0 < value <= LOW[key] and value * 4 <= has * RESERVED:
            is_memory = key == "memory"
            message = (MEMORY if is_memory else PROCESSORS)(
                value=setting.value, has=round(has / GIB) if is_memory else has
            )
            yield Finding(setting.value_span, message, (Fix(REMOVE(name=setting.key), (edit.removal(file, setting),)),))
