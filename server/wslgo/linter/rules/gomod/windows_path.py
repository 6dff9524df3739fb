"""A `replace` or `use` line has a Windows path, which Linux does not understand.

Go takes `C:/src/lib` for a folder inside the module, and reports that it has no go.mod; it rejects backslashes. In WSL
the drive is mounted: `/mnt/c/src/lib`. For a folder near the module write a relative path with slashes, which works on
Windows and on Linux.

## Example

```text path=go.mod
module example.com/m

go 1.25

replace example.com/lib => C:/Users/me/lib
```

becomes

```text path=go.mod
module example.com/m

go 1.25

replace example.com/lib => /mnt/c/Users/me/lib
```

## Example

```text path=go.mod
module example.com/m

go 1.25

replace (
    example.com/a => ../a
    example.com/lib v1.2.0 => ..\\lib
)
```

becomes

```text path=go.mod
module example.com/m

go 1.25

replace (
    example.com/a => ../a
    example.com/lib v1.2.0 => ../lib
)
```

## Example

The module is on that drive, too:

```text path=/mnt/c/src/m/go.mod
module example.com/m

replace example.com/lib => C:\\src\\lib
```

becomes

```text path=/mnt/c/src/m/go.mod
module example.com/m

replace example.com/lib => ../lib
```

## Example

```text path=go.work
go 1.25

use D:/src/a
```

becomes

```text path=go.work
go 1.25

use /mnt/d/src/a
```

## Example

```text path=go.mod
module example.com/m

replace example.com/lib => \\\\wsl.localhost\\Ubuntu\\home\\me\\lib
```

becomes

```text path=go.mod
module example.com/m

replace example.com/lib => /home/me/lib
```

## Example

```text path=go.work
go 1.25

use cmd\\app
```

becomes

```text path=go.work
go 1.25

use cmd/app
```

## Example

A path of Git Bash:

```text path=go.mod
module example.com/m

replace example.com/lib => /c/Users/me/lib
```

becomes

```text path=go.mod
module example.com/m

replace example.com/lib => /mnt/c/Users/me/lib
```

## No finding

WSL mounts the drives in `/`:

```text path=go.mod
module example.com/m

replace example.com/lib => /c/Users/me/lib
```

```json host
{"wsl": {"generation": 2, "automount_root": "/"}}
```

## No finding

```text path=go.mod
module example.com/m

go 1.25

replace (
    example.com/a => ./C/a
    example.com/b => /home/me/b
    example.com/c => example.com/c v1.2.3
) // C:/Users is only mentioned
```

## No finding

```text path=go.work
go 1.25

use (
    .
    ./a
)
```
"""

import posixpath
import re
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.machine.host import Host
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.syntax.go.mod_folders import FolderName, folder_names
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

DRIVE = pattern(r"[A-Za-z]:[/\\]")
# The share that shows the distributions to Windows: \\wsl.localhost\NAME\path.
SHARE = pattern(r"(?:\\\\|//)(?:wsl\.localhost|wsl\$)[/\\]([^/\\]+)(?=[/\\]|\Z)", re.IGNORECASE)
# Git for Windows writes drive C: so. Other folders of the root can be real.
GIT_BASH = pattern(r"/([a-z])/Users/", re.IGNORECASE)
RELATIVE = pattern(r"\.{1,2}\\")
PLAIN = pattern(r"[A-Za-z0-9._/~+@-]+")

BELOW = Message(
    en="On Linux, {path} is a path inside this folder, so go does not find it. Write the Linux path",
    zh="在 Linux 上 {path} 是当前文件夹下的路径，go 会找不到它。请写 Linux 路径",
)
REJECTED = Message(
    en="On Linux, go rejects {path}: replacement directory appears to be Windows path. Write it with slashes",
    zh="Linux 上的 go 不接受 {path}：replacement directory appears to be Windows path。请改用正斜杠路径",
)
OF_GIT_BASH = Message(
    en="{path} is a path of Git Bash: on Linux the drive is mounted elsewhere, so go does not find it",
    zh="{path} 是 Git Bash 的路径：在 Linux 上驱动器挂载于别处，go 会找不到它",
)
COMMENT = Message(
    en="go takes {path} for a comment, so this line names no folder. Write the Linux path",
    zh="go 会把 {path} 当作注释，因此此行没有指定文件夹。请写 Linux 路径",
)


@rule(
    Severity.ERROR,
    fixable=Safety.UNSAFE,
    needs=("mounts", "wsl.generation", "wsl.automount_root", "wsl.distribution"),
    only_with=("replace", "use"),
)
def check(tree: GoMod | GoWork, scene: Scene) -> Iterator[Finding]:
    for name in folder_names(tree.file):
        if GIT_BASH.match(name.path) and not _is_mounted_in_root(scene.host):
            yield Finding(name.span, OF_GIT_BASH(path=name.path), tuple(_fixes(name, scene)))
        if not _is_windows_path(name):
            continue
        message = COMMENT if name.is_comment else BELOW
        if "\\" in name.path and name.directive == "replace":
            message = REJECTED
        yield Finding(name.span, message(path=name.path), tuple(_fixes(name, scene)))


def _is_windows_path(name: FolderName) -> bool:
    path = name.path
    if name.is_comment:
        return SHARE.match(path) is not None
    if name.directive == "use" and "\\" in path:
        return True
    return bool(DRIVE.match(path) or RELATIVE.match(path) or path.startswith("\\\\"))


def _is_mounted_in_root(host: Host) -> bool:
    """Return whether WSL mounts the drives as Git Bash does: `/c`."""
    root = host.wsl.automount_root == "/"
    return root or any(mount.windows and mount.target.count("/") == 1 for mount in host.mounts or ())


def _is_relative(path: str) -> bool:
    return not path.startswith(("\\", "/")) and not DRIVE.match(path)


def _fixes(name: FolderName, scene: Scene) -> Iterator[Fix]:
    new = _linux_path(name.path, scene.host)
    if new is None:
        return
    safety = Safety.SAFE if _is_relative(name.path) else Safety.UNSAFE
    new = _from_here(new, scene) if DRIVE.match(name.path) else new
    word = new if PLAIN.fullmatch(new) else f'"{new}"'
    edit = Edit(name.span, word)
    yield Fix(CHANGE_TO(value=new), (edit,), safety)


def _linux_path(path: str, host: Host) -> str | None:
    """Return the path for Linux; None if it is not known."""
    new = path.replace("\\", "/")
    if _is_relative(path):
        return new
    share = SHARE.match(path)
    if share is not None:
        is_here = host.wsl.distribution is None or host.wsl.distribution.lower() == share[1].lower()
        return (new[share.end() :] or "/") if is_here else None
    if GIT_BASH.match(path):
        path, new = f"{path[1]}:{path[2:]}", f"{new[1]}:{new[2:]}"
    if not DRIVE.match(path):
        return None
    if host.mounts is not None and host.wsl.generation != 0:
        return host.linux_path(path)
    from wslgo.machine.drives import AUTOMOUNT_ROOT  # few modules have such a path

    return f"{(host.wsl.automount_root or AUTOMOUNT_ROOT).rstrip('/')}/{path[0].lower()}{new[2:]}"


def _from_here(path: str, scene: Scene) -> str:
    """Return a path on a drive relative to the module if that is on the same drive: so Windows understands it, too."""
    from wslgo.machine.drives import drive_of  # see above

    folder = posixpath.dirname(scene.file.place)
    own, other = (drive_of(place, scene.host, is_own=False) for place in (folder, path))
    if own is None or own != other:
        return path
    relative = posixpath.relpath(path, folder)
    return relative if relative.startswith("..") else f"./{relative}"
