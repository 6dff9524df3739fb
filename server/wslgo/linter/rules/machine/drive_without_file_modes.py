"""This workspace is on a Windows drive that keeps no file modes.

WSL mounts the drives so unless `metadata` is among `automount.options` in `/etc/wsl.conf`: `chmod` succeeds without any
effect, every file has the mode 0777 and is executable for all, git shows changed modes, and ssh rejects a key that
every user can read.

## Example

```json host
{"wslconf": {"text": "[automount]\\noptions=\\"umask=22\\"\\n"}}
```

```json workspace
{"folder": "/mnt/c/src/app"}
```

becomes

```json host
{"wslconf": {"text": "[automount]\\noptions=\\"metadata,umask=22\\"\\n"}}
```

## Example

```json host
{"wslconf": {"text": "[boot]\\nsystemd=true\\n"}}
```

```json workspace
{"folder": "/mnt/c/src/app"}
```

## No finding

The workspace is on the disk of Linux:

```json host
{"wslconf": {"text": "[boot]\\nsystemd=true\\n"}}
```

```json workspace
{"folder": "/home/user/app"}
```

## No finding

WSL does not mount the drives:

```json host
{"wslconf": {"text": "[automount]\\nenabled=false\\n"}}
```

```json workspace
{"folder": "/mnt/c/src/app"}
```

## No finding

WSL does not read the end of the file:

```json host
{"wslconf": {"text": "[automount\\noptions=metadata\\n"}}
```

```json workspace
{"folder": "/mnt/c/src/app"}
```

## No finding

Not WSL:

```json host
{"wsl": {"generation": 0}}
```

```json workspace
{"folder": "/mnt/c/src/app"}
```
"""

from collections.abc import Iterator

from wslgo.linter.drive_modes import MODE_NEEDS, loses_modes
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="{folder} is on a Windows drive without metadata: chmod does nothing, every file has mode 0777, and ssh rejects "
    "keys there",
    zh="{folder} 位于没有 metadata 的 Windows 驱动器上：chmod 不起作用，所有文件的权限都是 0777，ssh 会拒绝其中的密钥",
)
ADD = Message(
    en="add metadata to options= under [automount] in /etc/wsl.conf (wslgo provision does it), then type in Windows: "
    "wsl --terminate {name}",
    zh="在 /etc/wsl.conf 的 [automount] 下的 options= 中加入 metadata（wslgo provision 可完成），"
    "然后在 Windows 中输入：wsl --terminate {name}",
)


@machine_rule(Severity.INFORMATION, "wsl.drives", needs=(*MODE_NEEDS, "wsl.distribution"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    folder = scene.workspace.folder if scene.workspace is not None else ""
    if loses_modes(folder, host, scene):
        yield machine_finding(MESSAGE(folder=folder), ADD(name=host.wsl.distribution or "NAME"))
