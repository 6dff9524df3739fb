"""The home folder is on a Windows drive.

Everything that programs keep there is then slow: the caches of go and gopls, the server of VS Code, shell files. ssh
rejects keys that every user can read, and the go command of Windows shares folders with that of Linux, which was never
meant. It comes from an `export HOME=/mnt/c/Users/NAME` in a shell file, or from the account itself.

## Example

```json host
{"home": "/mnt/c/Users/user"}
```

becomes

```json host
{"home": "/home/user"}
```

## No finding

WSL 1 has no virtual machine in between:

```json host
{"home": "/mnt/c/Users/user", "wsl": {"generation": 1}}
```

## No finding

The mounts are unknown:

```json host
{"home": "/mnt/c/Users/user", "mounts": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="The home folder {home} is on a Windows drive: caches and editor are slow, and ssh rejects keys there",
    zh="主文件夹 {home} 位于 Windows 驱动器：缓存和编辑器都很慢，ssh 会拒绝其中的密钥",
)
CHANGE = Message(
    en="remove the export of HOME from your shell files, or give the account a home folder of Linux: "
    "sudo usermod --home /home/NAME NAME",
    zh="从 shell 文件中删除 export HOME，或为账户设置 Linux 主文件夹：sudo usermod --home /home/NAME NAME",
)


@machine_rule(Severity.WARNING, "wsl.drives", needs=("home", "mounts", "wsl.generation"), dimension="speed")
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.home and host.wsl.generation != 1 and host.is_on_windows(host.home):
        yield machine_finding(MESSAGE(home=host.home), CHANGE())
