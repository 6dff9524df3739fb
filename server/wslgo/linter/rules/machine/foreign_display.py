"""DISPLAY is not that of WSLg.

WSL sets `DISPLAY=:0`. A line in a shell file that sets another address, often that of Windows for an X server of
earlier days, sends windows there; without DISPLAY X11 programs cannot start at all.

## Example

```json host
{"wslg": {"folder": "/mnt/wslg", "has_socket": true, "display": "172.22.16.1:0"}}
```

becomes

```json host
{"wslg": {"folder": "/mnt/wslg", "has_socket": true, "display": ":0"}}
```

## Example

```json host
{"wslg": {"folder": "/mnt/wslg", "has_socket": true, "display": null}}
```

## No finding

```json host
{"wslg": {"folder": "/mnt/wslg", "has_socket": true, "display": ":0.0"}}
```

## No finding

WSLg is not running:

```json host
{"wslg": {"folder": null, "has_socket": false, "display": "172.22.16.1:0"}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

UNSET = Message(
    en="DISPLAY is not set in this shell: X11 programs cannot start", zh="此 shell 未设置 DISPLAY：X11 程序无法启动"
)
FOREIGN = Message(
    en="DISPLAY={display} is another X server: WSLg is not used", zh="DISPLAY={display} 是其他 X 服务器：未使用 WSLg"
)
REMOVE = Message(
    en="unless you chose that X server: remove the line that exports DISPLAY, then type: {command}",
    zh="除非有意使用该 X 服务器：删除导出 DISPLAY 的那一行，然后输入：{command}",
)

EXPORT = "export DISPLAY=:0"


@machine_rule(
    Severity.WARNING, "wslg.display", needs=("wslg.folder", "wslg.has_socket", "wslg.display", "wsl.generation")
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    display = host.wslg.display
    if host.wsl.generation != 2 or not host.wslg.folder or not host.wslg.has_socket:
        return
    if display is None:
        yield machine_finding(UNSET(), command(EXPORT))
    elif display.partition(".")[0] != ":0" and not display.startswith("unix:"):
        yield machine_finding(FOREIGN(display=display), REMOVE(command=EXPORT))
