"""The go command is installed, but not in PATH.

The Go extension finds it in its usual folder. Terminals, tasks, scripts and Delve do not.

## Example

```json host
{"search_path": ["/usr/local/bin", "/usr/bin", "/bin", "/home/user/go/bin"]}
```

becomes

```json host
{"search_path": ["/usr/local/go/bin", "/usr/bin", "/bin", "/home/user/go/bin"]}
```

## No finding

Go is on a Windows drive, which `machine/go-on-windows-drive` says:

```json host
{"go": {"path": "/mnt/c/go/bin/go"}, "search_path": ["/usr/bin", "/bin"]}
```

## No finding

PATH is not known:

```json host
{"search_path": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.search_path import is_added, is_missing
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="{folder} is not in PATH: terminals, tasks and scripts do not find go",
    zh="{folder} 不在 PATH 中：终端、任务和脚本找不到 go",
)
NEW_TERMINAL = Message(en="open a new terminal (your start-up files add it)", zh="打开新终端（您的启动文件会添加它）")


@machine_rule(Severity.WARNING, "go.go", needs=("go", "search_path", "home", "mounts"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    folder = host.go.path.rpartition("/")[0] if host.go is not None else ""
    if not folder or not is_missing(host, folder) or host.is_on_windows(folder):
        return
    if is_added(host, scene, folder):
        yield machine_finding(MESSAGE(folder=folder), NEW_TERMINAL(), severity=Severity.INFORMATION)
    else:
        yield machine_finding(MESSAGE(folder=folder), command("wslgo provision --only path"))
