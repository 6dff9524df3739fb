"""WAYLAND_DISPLAY and XDG_RUNTIME_DIR name no socket of WSLg.

Wayland programs open the socket `$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY`. systemd gives each user a folder of its own
(`/run/user/1000`), into which WSL links that of WSLg; some distributions mount it later, and the link is lost. Programs
then end with "failed to connect to Wayland display", or open their windows through X11. It is a warning if a program of
this workspace prefers Wayland.

## Example

```json host
{"wslg": {"has_wayland": false}}
```

becomes

```json host
{}
```

## Example

After `su`, or in a service:

```json host
{"wslg": {"has_wayland": null, "runtime_folder": null, "has_runtime_folder": null}}
```

## Example

A folder that does not exist:

```json host
{
 "wsl": {"has_systemd": false, "has_user_session": null},
 "wslconf": {"text": "", "at_start": ""},
 "wslg": {"has_wayland": false, "has_runtime_folder": false}
}
```

## Example

Another name than that of WSLg:

```json host
{"wslg": {"has_wayland": false, "wayland_display": "wayland-1"}}
```

## Example

The server itself has ended:

```json host
{"wslg": {"has_wayland": false, "serves_wayland": false}}
```

## No finding

Without WAYLAND_DISPLAY programs use X11, which is a choice:

```json host
{"wslg": {"has_wayland": null, "wayland_display": null}}
```

## No finding

WSLg is not running:

```json host
{"wslg": {"folder": null, "has_socket": false, "has_wayland": null}, "windows": {"build": 19041}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.gui import TOOLKITS, WAYLAND
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host, Wslg
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command, in_windows

MESSAGE = Message(
    en="{path} is missing: Wayland programs do not find WSLg, and use X11 or end",
    zh="缺少 {path}：Wayland 程序找不到 WSLg，会改用 X11 或结束",
)
NO_FOLDER = Message(
    en="XDG_RUNTIME_DIR={folder} does not exist: Wayland programs do not find WSLg, and use X11 or end",
    zh="XDG_RUNTIME_DIR={folder} 不存在：Wayland 程序找不到 WSLg，会改用 X11 或结束",
)
UNSET = Message(
    en="WAYLAND_DISPLAY is set without XDG_RUNTIME_DIR: Wayland programs do not find WSLg, and use X11 or end",
    zh="设置了 WAYLAND_DISPLAY 而没有 XDG_RUNTIME_DIR：Wayland 程序找不到 WSLg，会改用 X11 或结束",
)

NAME = "wayland-0"
_PREFERS_WAYLAND = frozenset(toolkit.name for toolkit in TOOLKITS if toolkit.displays[0] == WAYLAND)


@machine_rule(
    Severity.INFORMATION,
    "wslg.wayland",
    needs=(
        *("wsl.generation", "wslg.folder", "wslg.wayland_display", "wslg.runtime_folder", "wslg.has_wayland"),
        *("wslg.serves_wayland", "wslg.serves_x11", "wslg.has_runtime_folder"),
    ),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    wslg = host.wslg
    is_lost = wslg.has_wayland is False or (wslg.runtime_folder is None and wslg.has_wayland is None)
    if host.wsl.generation != 2 or not wslg.folder or not wslg.wayland_display or not is_lost:
        return
    if wslg.serves_wayland is False and wslg.serves_x11 is False:
        return  # `machine/x11-socket-missing` has it: all of WSLg has ended
    prefers = scene.workspace is not None and not _PREFERS_WAYLAND.isdisjoint(scene.workspace.toolkits)
    severity = Severity.WARNING if prefers else None
    yield machine_finding(_message(wslg), _step(wslg, wslg.folder), severity=severity)


def _message(wslg: Wslg) -> Text:
    if wslg.runtime_folder is None:
        return UNSET()
    if wslg.has_runtime_folder is False:
        return NO_FOLDER(folder=wslg.runtime_folder)
    name = wslg.wayland_display or ""
    return MESSAGE(path=name if name.startswith("/") else f"{wslg.runtime_folder.rstrip('/')}/{name}")


def _step(wslg: Wslg, folder: str) -> Text:
    """Return the step to the first thing that is missing: the server, the folder, the name, the link."""
    if wslg.serves_wayland is False:
        return in_windows("wsl --shutdown")
    if wslg.runtime_folder is None or wslg.has_runtime_folder is False:
        return command(f"export XDG_RUNTIME_DIR={folder}/runtime-dir")
    if wslg.wayland_display != NAME:
        return command(f"export WAYLAND_DISPLAY={NAME}")
    return command(f"ln -sf {folder}/runtime-dir/wayland-* {wslg.runtime_folder.rstrip('/')}/")
