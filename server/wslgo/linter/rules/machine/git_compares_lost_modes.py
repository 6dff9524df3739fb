"""git compares the modes of files, and this Windows drive keeps none: every file is shown as changed.

`core.fileMode=true` comes with a repository that was made on Linux, or on a drive with `metadata`. Without `metadata`
WSL shows every file as executable, so `git status` lists all of them, and a commit changes their modes. With
`core.fileMode=false` git takes the modes from its index; or move the workspace to the disk of the distribution
(`wslgo move`).

## Example

```json host
{"wslconf": {"text": "[boot]\\nsystemd=true\\n"}}
```

```json workspace
{"folder": "/mnt/c/src/app", "compares_modes": true}
```

## No finding

git does not compare them, or that is not known:

```json host
{"wslconf": {"text": "[boot]\\nsystemd=true\\n"}}
```

```json workspace
{"folder": "/mnt/c/src/app", "compares_modes": false}
```

## No finding

The drive keeps them:

```json host
{"wslconf": {"text": "[automount]\\noptions=\\"metadata,umask=22\\"\\n"}}
```

```json workspace
{"folder": "/mnt/c/src/app", "compares_modes": true}
```

## No finding

The workspace is on the disk of Linux:

```json host
{"wslconf": {"text": "[boot]\\nsystemd=true\\n"}}
```

```json workspace
{"folder": "/home/user/app", "compares_modes": true}
```
"""

from collections.abc import Iterator
from shlex import quote

from wslgo.linter.drive_modes import MODE_NEEDS, loses_modes
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="git compares file modes in {folder} (core.fileMode=true), but the drive keeps none: every file looks changed",
    zh="git 会比较 {folder} 中的文件权限（core.fileMode=true），而该驱动器不保存权限：每个文件都显示为已更改",
)


@machine_rule(Severity.WARNING, "wsl.drives", needs=MODE_NEEDS)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    workspace = scene.workspace
    if workspace is not None and workspace.compares_modes and loses_modes(workspace.folder, host, scene):
        step = command(f"git -C {quote(workspace.folder)} config core.fileMode false")
        yield machine_finding(MESSAGE(folder=workspace.folder), step)
