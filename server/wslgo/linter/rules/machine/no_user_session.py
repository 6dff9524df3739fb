"""systemd runs no session of the user.

WSL sets XDG_RUNTIME_DIR and DBUS_SESSION_BUS_ADDRESS in every terminal, also where it "Failed to start the systemd user
session". Programs that use them then fail: `systemctl --user` ("Failed to connect to bus"), rootless podman, windows
over Wayland. `journalctl -b -u user@1000` says why it did not start.

## Example

```json host
{"wsl": {"has_user_session": false}}
```

becomes

```json host
{"wsl": {"has_user_session": true}}
```

## No finding

Without systemd nothing starts a session, and WSLg has a folder of its own:

```json host
{
 "wsl": {"has_systemd": false, "has_user_session": null},
 "wslconf": {"text": "", "at_start": ""},
 "wslg": {"runtime_folder": "/mnt/wslg/runtime-dir"}
}
```

## No finding

XDG_RUNTIME_DIR is not set, or that of another user (`su`):

```json host
{"wsl": {"has_user_session": null}, "wslg": {"runtime_folder": null}}
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
    en="systemd runs no session in {folder}: systemctl --user, podman and Wayland programs fail",
    zh="systemd 没有在 {folder} 运行用户会话：systemctl --user、podman 和 Wayland 程序会失败",
)


@machine_rule(Severity.WARNING, "wsl.distribution", needs=("wsl.has_user_session", "wslg.runtime_folder"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.wsl.has_user_session is not False:
        return
    folder = (host.wslg.runtime_folder or "/run/user").rstrip("/")
    user = folder.rpartition("/")[2]
    restart = command(f"sudo systemctl restart user@{user}") if user.isdecimal() else in_windows("wsl --shutdown")
    yield machine_finding(MESSAGE(folder=folder), restart)
