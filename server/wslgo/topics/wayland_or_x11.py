"""WSLg serves X11 and Wayland at once; the toolkit of a program chooses, and neither needs a setting of yours.

## What people believe

"DISPLAY must name the address in resolv.conf", and "`GDK_BACKEND=wayland` makes programs faster".

## What is true

WSL sets both `DISPLAY=:0` and `WAYLAND_DISPLAY=wayland-0`. The recipe with the address of Windows is for X servers
from the time before WSLg; it sends windows where nothing listens.

GTK reads `GDK_BACKEND`, Qt `QT_QPA_PLATFORM`, SDL 2 `SDL_VIDEODRIVER`. Fyne, Ebitengine and other programs of GLFW
read none of them: the build decides. Fyne before 2.8 uses X11 unless it is built with `-tags wayland`; 2.8 can do
both and prefers Wayland. Gio prefers Wayland, and has the tags `nox11` and `nowayland`.

On both ways the GPU can draw OpenGL, through Mesa's driver d3d12. `glxinfo -B` (package mesa-utils) shows D3D12, or
llvmpipe if the processor draws.

## What to do

Remove lines that set DISPLAY from your shell files. To try the other way, set the variable for one run:

```sh
echo "$DISPLAY $WAYLAND_DISPLAY $XDG_RUNTIME_DIR"
glxinfo -B
GDK_BACKEND=x11 ./app
```

## Sources

- microsoft/wslg, README and samples, 2026-08: <https://github.com/microsoft/wslg>
- Microsoft, GPU in WSL: <https://learn.microsoft.com/windows/wsl/tutorials/gpu-compute>
- Sources of Fyne 2.7 and 2.8, Gio 0.10, go-gl/glfw 3.4, 2026-11
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import other_than_wsl_2

NEEDS = (
    *("wsl.generation", "wslg.folder", "wslg.has_socket", "wslg.display", "wslg.wayland_display", "wslg.renderer"),
    "wslg.has_wayland",
)

NOT_RUNNING = Message(en="WSLg does not run (wslgo explain wslg)", zh="WSLg 没有运行（wslgo explain wslg）")
UNKNOWN = Message(en="It is unknown whether WSLg runs", zh="WSLg 是否运行未知")
X11 = Message(en="DISPLAY is {value}", zh="DISPLAY 为 {value}")
WAYLAND = Message(en="WAYLAND_DISPLAY is {value}", zh="WAYLAND_DISPLAY 为 {value}")
UNSET = Message(en="not set", zh="未设置")
NO_SOCKET = Message(en="Its socket is missing", zh="其套接字不存在")
RENDERER = Message(en="Mesa draws OpenGL with {renderer}", zh="Mesa 用 {renderer} 绘制 OpenGL")


def here(host: Host) -> Iterator[Text]:
    """Yield both displays, and what draws."""
    yield from other_than_wsl_2(host)
    wslg = host.wslg
    if host.wsl.generation != 2:
        return
    if wslg.has_socket is None:
        yield UNKNOWN()
        return
    if wslg.folder is None:
        yield NOT_RUNNING()
        return
    yield X11(value=wslg.display or UNSET())
    yield WAYLAND(value=wslg.wayland_display or UNSET())
    if wslg.wayland_display and wslg.has_wayland is False:
        yield NO_SOCKET()
    if wslg.renderer:
        yield RENDERER(renderer=wslg.renderer)
