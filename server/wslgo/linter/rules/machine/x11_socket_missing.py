"""WSLg runs, but the socket of X11 is gone.

systemd or a clean-up of `/tmp` hides the folder that WSL mounted at `/tmp/.X11-unix`, and X11 programs end with
`cannot open display`. Newer versions of WSL restore it at each start.

## Example

```json host
{"wslg": {"folder": "/mnt/wslg", "has_socket": false}}
```

becomes

```json host
{"wslg": {"folder": "/mnt/wslg", "has_socket": true}}
```

## Example

The X server itself has ended:

```json host
{"wslg": {"folder": "/mnt/wslg", "has_socket": false, "serves_x11": false}}
```

## No finding

WSLg is not running:

```json host
{"wslg": {"folder": null, "has_socket": false, "display": null}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command, in_windows

MESSAGE = Message(
    en="WSLg runs, but /tmp/.X11-unix/X0 is missing: X11 programs cannot open a window",
    zh="WSLg 正在运行，但缺少 /tmp/.X11-unix/X0：X11 程序无法打开窗口",
)
NOT_SERVED = Message(
    en="WSLg has no X server ({path} is missing): X11 programs cannot open a window",
    zh="WSLg 没有 X 服务器（缺少 {path}）：X11 程序无法打开窗口",
)


@machine_rule(
    Severity.WARNING, "wslg.server", needs=("wslg.folder", "wslg.has_socket", "wslg.serves_x11", "wsl.generation")
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    folder = host.wslg.folder
    if host.wsl.generation != 2 or not folder or host.wslg.has_socket is not False:
        return
    if host.wslg.serves_x11 is False:
        yield machine_finding(NOT_SERVED(path=f"{folder}/.X11-unix/X0"), in_windows("wsl --shutdown"))
    else:
        yield machine_finding(MESSAGE(), command(restore_command(folder)))


def restore_command(folder: str) -> str:
    """Return the command that mounts the X socket again, as WSL does, until the next start; `folder` is WSLg's."""
    return f"sudo mkdir -p /tmp/.X11-unix && sudo mount --bind -o ro {folder}/.X11-unix /tmp/.X11-unix"
