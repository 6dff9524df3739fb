"""A `replace` or `use` line leads from the Linux disk to a Windows drive.

go and gopls look at every file of that folder, and each look is a slow round trip to Windows. Clone it on the Linux
disk. A path such as `/mnt/c/src` also exists on this kind of machine only.

## Example

```text path=/home/me/m/go.mod
module example.com/m

replace example.com/lib => /mnt/c/src/lib
```

## Example

```text path=/home/me/work/go.work
go 1.25

use ../../../mnt/d/src/a
```

## No finding

The module is on a Windows drive itself:

```text path=/mnt/c/src/m/go.mod
module example.com/m

replace example.com/lib => /mnt/c/src/lib
```

## No finding

```text path=/home/me/m/go.mod
module example.com/m

replace example.com/lib => /srv/lib
```

## No finding

Nothing is mounted there on this machine:

```text path=/home/me/m/go.mod host=ubuntu-24.04-nat
module example.com/m

replace example.com/lib => /mnt/data/c/lib
```
"""

import posixpath
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.syntax.go.mod_folders import folder_names
from wslgo.text.message import Message

KNOWN = Message(
    en="{path} is on a Windows drive ({drive}): go and gopls read each of its files through Windows, slowly",
    zh="{path} 位于 Windows 驱动器（{drive}）：go 和 gopls 要经过 Windows 读取其中每个文件，速度很慢",
)
BY_DEFAULT = Message(
    en="On WSL2 {folder} is drive {drive}: go and gopls read each file of {path} through Windows, slowly",
    zh="在 WSL2 上 {folder} 是驱动器 {drive}：go 和 gopls 要经过 Windows 读取 {path} 中的每个文件，速度很慢",
)


@rule(
    Severity.INFORMATION,
    needs=("mounts", "wsl.generation", "wsl.automount_root"),
    only_with=("replace", "use"),
    dimension="speed",
)
def check(tree: GoMod | GoWork, scene: Scene) -> Iterator[Finding]:
    if scene.host.wsl.generation == 1:
        return
    names = list(folder_names(tree.file))
    if not names:
        return
    from wslgo.machine.drives import drive_of  # most modules replace none by a folder

    folder = posixpath.dirname(scene.file.place)
    if folder and drive_of(folder, scene.host, is_own=False) is not None:
        return
    for name in names:
        if name.is_comment or not name.path.startswith(("/", "./", "../")):
            continue
        path = posixpath.normpath(posixpath.join(folder, name.path))
        drive = drive_of(path, scene.host, is_own=False)
        if drive is not None:
            message = BY_DEFAULT if drive.is_default else KNOWN
            yield Finding(name.span, message(path=name.path, drive=drive.windows, folder=drive.target))
