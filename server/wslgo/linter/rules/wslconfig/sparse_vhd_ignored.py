"""`sparseVhd=true` is ignored because sparse disks can lose data.

When WSL creates a disk, it reports that sparse disks are turned off for now and creates an ordinary one. If you want a
sparse disk all the same, run `wsl --manage DISTRIBUTION --set-sparse true --allow-unsafe`.

## Example

```ini
[experimental]
sparseVhd=true
autoMemoryReclaim=gradual
```

becomes

```ini
[experimental]
autoMemoryReclaim=gradual
```

## No finding

```ini
[experimental]
sparseVhd=false
```

## No finding

```ini
[experimental]
autoMemoryReclaim=gradual
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
    en="WSL ignores sparseVhd=true for now, because sparse disks can lose data: new disks are ordinary ones",
    zh="WSL 目前会忽略 sparseVhd=true，因为稀疏磁盘可能损坏数据：新建的磁盘仍是普通磁盘",
)


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, only_with=("sparsevhd",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("experimental", "sparseVhd")
    if setting is not None and setting.converted == "true":
        fix = Fix(REMOVE(name="sparseVhd"), (edit.removal(file, setting),))
        yield Finding(setting.key_span, MESSAGE(), (fix,), tags=(Tag.UNNECESSARY,))
