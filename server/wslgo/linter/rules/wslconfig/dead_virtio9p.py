"""`virtio9p=true` has no effect.

WSL warns at every start and mounts the drives with 9p over a hypervisor socket, as it does without the line. Remove the
line.

## Example

```ini
[wsl2]
virtio9p=true
memory=8GB
```

becomes

```ini
[wsl2]
memory=8GB
```

## No finding

```ini
[wsl2]
virtio9p=false
```

## No finding

```ini
[wsl2]
virtiofs=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="virtio9p=true has no effect: WSL warns at every start and uses 9p over vsock instead",
    zh="virtio9p=true 不起作用：WSL 每次启动都会给出警告，并改用基于 vsock 的 9p",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("virtio9p",), dimension="speed")
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("wsl2", "virtio9p")
    if setting is not None and setting.converted == "true":
        fix = Fix(REMOVE(name="virtio9p"), (edit.removal(file, setting),))
        yield Finding(setting.key_span, MESSAGE(), (fix,), tags=(Tag.UNNECESSARY, Tag.DEPRECATED))
