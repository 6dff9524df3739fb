"""`swap=0` on a virtual machine with little memory.

When the memory is full, Linux then ends a program: the compiler, the linker or gopls, with `signal: killed`. With swap
the build becomes slow instead. From 8 GB on, few builds fill the memory.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=4GB
swap=0
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
memory=4GB
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
swap=0
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=4GB
```

## No finding

The file of another machine:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=4GB
swap=0
```
"""

from collections.abc import Iterator

from wslgo.knowledge.memory import GIB
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.machine.host import Host
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="swap=0: Linux ends a compiler or gopls as soon as the {memory} GB of memory are full",
    zh="swap=0：{memory} GB 内存一旦用尽，Linux 就会终止编译器或 gopls",
)

ENOUGH = 8 * GIB


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, needs={WSLCONFIG: ("wslconfig", "windows.memory")})
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    setting = file.find("wsl2", "swap")
    if scene.snapshot is None or setting is None or setting.converted != "0":
        return
    memory = _memory(file, scene.host)
    if memory is not None and memory < ENOUGH:
        fix = Fix(REMOVE(name=setting.key), (edit.removal(file, setting),))
        yield Finding(setting.value_span, MESSAGE(memory=f"{round(memory / GIB, 1):g}"), (fix,))


def _memory(file: IniFile, host: Host) -> int | None:
    """Return the memory that the virtual machine gets; None if it is unknown."""
    setting = file.find("wsl2", "memory")
    written = int(setting.converted or 0) if setting else 0
    return written or (None if host.windows.memory is None else host.windows.memory // 2)
