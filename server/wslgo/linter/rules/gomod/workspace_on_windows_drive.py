"""The Go modules of this workspace are on a Windows drive.

git, gopls and `go list` open each file through Windows, which is slow. Changes that Windows programs make there send no
event to Linux, so watchers (air, gopls, VS Code) miss them, and without `metadata` every file has the mode 0777. Move
the workspace to the disk of the distribution (`wslgo move`): Windows reaches it there as `\\\\wsl.localhost\\NAME`. The
finding is shown once per workspace, and only where the mounts of the machine are known.

If it has to stay: let air and the like poll, and keep folders that need no watch, such as `**/vendor/**` and
`**/node_modules/**`, from VS Code with `files.watcherExclude`, because each of them is opened through Windows.

## Example

```text path=/mnt/c/src/shop/go.mod host=ubuntu-24.04-nat
module example.com/shop

go 1.24
```

## No finding

```text path=/home/user/src/shop/go.mod host=ubuntu-24.04-nat
module example.com/shop

go 1.24
```

## Example

```text path=/mnt/c/src/shop/go.work host=ubuntu-24.04-nat
go 1.24

use ./api
```

## No finding

Another module of the workspace has it:

```text path=/mnt/c/src/shop/tools/go.mod host=ubuntu-24.04-nat
module example.com/shop/tools
```

```text path=/mnt/c/src/shop/go.mod
module example.com/shop
```

## No finding

A disk of Linux is mounted there, or the mounts are unknown:

```text path=/mnt/wsl/disk/shop/go.mod host=ubuntu-24.04-nat
module example.com/shop
```

## No finding

```text path=/mnt/c/src/shop/go.mod
module example.com/shop
```
"""

import posixpath
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import GOMOD
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="This workspace is on Windows drive {drive}: git and gopls are slow, and watchers miss changes made in Windows. "
    "Type: wslgo move",
    zh="此工作区位于 Windows 驱动器 {drive}：git 和 gopls 很慢，监视程序会错过在 Windows 中所做的更改。输入 wslgo move",
)


@rule(Severity.INFORMATION, needs=("mounts", "wsl.generation"), dimension="speed")
def check(tree: GoMod | GoWork, scene: Scene) -> Iterator[Finding]:
    folder = posixpath.dirname(scene.file.place)
    if scene.host.wsl.generation == 1 or not folder or not scene.host.mounts:
        return
    from wslgo.machine.drives import drive_of  # most modules are checked without the mounts

    drive = drive_of(folder, scene.host, is_own=True)
    if drive is None or drive.windows.startswith("\\\\"):
        return
    from wslgo.goenv import reach  # see above

    if reach.is_root(scene.file, scene.others) and reach.is_first(scene.file, scene.others):
        yield Finding(_line(tree, scene), MESSAGE(drive=drive.windows[:2]))


def _line(tree: GoMod | GoWork, scene: Scene) -> Span:
    """Return the path in the `module` line, in go.work the version; the start of the file if there is neither."""
    entry = tree.module if scene.file.family.name == GOMOD and isinstance(tree, GoMod) else tree.go
    return entry.line.span if entry is not None else Span(0, 0)
