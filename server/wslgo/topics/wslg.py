"""`wsl --version` shows the version of WSLg, `wsl --status` nothing of it; weston-info is called wayland-info now.

## What people believe

"`wsl --status` prints GUI: Enabled (v1.0.53)", and "weston-info proves that WSLg works".

## What is true

`wsl --status` prints the default distribution and the default version of WSL. The line `WSLg version` is in `wsl
--version`. weston-info was a program of the package weston; its successor is `wayland-info` in the package
`wayland-utils`.

WSLg is on by default on Windows 11 and on Windows 10 from build 19044. It runs if `/mnt/wslg` is mounted; then WSL
sets `DISPLAY=:0` and `WAYLAND_DISPLAY=wayland-0`. `guiApplications=false` switches it off: in `.wslconfig` under
`[wsl2]` for all distributions, in `/etc/wsl.conf` under `[general]` for one. Over SSH the variables are not set.

## What to do

The first command shows the version, the second the socket of X11, the last one a server of Wayland with its name and
version.

```sh
wsl.exe --version
ls /mnt/wslg/.X11-unix
echo "$DISPLAY $WAYLAND_DISPLAY $XDG_RUNTIME_DIR"
sudo apt install wayland-utils
wayland-info
```

## Sources

- microsoft/WSL at 3e27a6a5, `src/windows/common/WslClient.cpp` and `src/linux/init/config.cpp`, 2026-08
- Microsoft, Linux GUI apps: <https://learn.microsoft.com/windows/wsl/tutorials/gui-apps>
- wayland-utils: <https://gitlab.freedesktop.org/wayland/wayland-utils>
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.machine.switches import GUI, switched_off
from wslgo.text.message import Message, Text
from wslgo.topics.here import other_than_wsl_2

NEEDS = (
    *("wsl.generation", "wslg.folder", "wslg.has_socket", "wslg.display", "wslg.wayland_display"),
    *("wslconfig", "wslconf"),
)

MOUNTED = Message(en="WSLg is mounted at {folder}", zh="WSLg 挂载于 {folder}")
NO_SOCKET = Message(en="Its socket of X11 is missing", zh="缺少它的 X11 套接字")
OFF = Message(en="WSLg is off: {setting} in {path}", zh="WSLg 已关闭：{path} 中的 {setting}")
ABSENT = Message(en="WSLg does not run", zh="WSLg 没有运行")
UNKNOWN = Message(en="It is unknown whether WSLg runs", zh="WSLg 是否运行未知")
DISPLAYS = Message(
    en="DISPLAY is {x11}, WAYLAND_DISPLAY is {wayland}", zh="DISPLAY 为 {x11}，WAYLAND_DISPLAY 为 {wayland}"
)
UNSET = Message(en="not set", zh="未设置")


def here(host: Host) -> Iterator[Text]:
    """Yield whether WSLg runs, and its displays."""
    yield from other_than_wsl_2(host)
    if host.wsl.generation == 2:
        yield from _server(host)


def _server(host: Host) -> Iterator[Text]:
    wslg, switch = host.wslg, switched_off(host, GUI)
    if wslg.has_socket is None:
        yield UNKNOWN()
    elif wslg.folder is None:
        yield OFF(setting=switch.in_words, path=switch.path) if switch else ABSENT()
    else:
        yield MOUNTED(folder=wslg.folder)
        if not wslg.has_socket:
            yield NO_SOCKET()
        yield DISPLAYS(x11=wslg.display or UNSET(), wayland=wslg.wayland_display or UNSET())
