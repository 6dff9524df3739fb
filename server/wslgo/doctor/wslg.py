"""WSLg, as a ladder: the server, the displays of X11 and Wayland, sound, and what draws."""

from collections.abc import Iterator

from wslgo.doctor.fact import Area, Fact, plain, unknown
from wslgo.linter.rules.machine.no_wslg import FIRST_BUILD
from wslgo.machine.host import Host, Wslg
from wslgo.machine.switches import GUI, switched_off
from wslgo.text.message import Message, Text

TITLE = Message(en="WSLg", zh="WSLg")
SERVER = Message(en="Server", zh="服务")
DISPLAY = Message(en="DISPLAY", zh="DISPLAY")

MOUNTED = Message(en="mounted at {folder}", zh="挂载于 {folder}")
NO_SOCKET = Message(en="mounted at {folder}, without a socket of X11", zh="挂载于 {folder}，没有 X11 套接字")
OFF = Message(en="off: {setting} in {path}", zh="已关闭：{path} 中的 {setting}")
ABSENT = Message(en="not running", zh="未运行")
TOO_OLD = Message(en="not available: needs Windows 10 21H2", zh="不可用：需要 Windows 10 21H2")
NOT_IN_WSL_1 = Message(en="not available: needs WSL 2", zh="不可用：需要 WSL 2")
SOUND = Message(en="Sound", zh="声音")
WAYLAND = Message(en="Wayland", zh="Wayland")
NO_FOLDER = Message(en="{name}, without XDG_RUNTIME_DIR", zh="{name}，没有 XDG_RUNTIME_DIR")
NO_WAYLAND = Message(en="{path}, which does not exist", zh="{path}，但它不存在")
RENDERER = Message(en="OpenGL", zh="OpenGL")
BY_GPU = Message(
    en="d3d12, by the GPU (glxinfo -B shows what a program gets)",
    zh="d3d12，由 GPU 绘制（glxinfo -B 显示程序实际使用的）",
)
BY_PROCESSOR = Message(en="llvmpipe, by the processor: {cause}", zh="llvmpipe，由处理器绘制：{cause}")
WITHOUT = Message(en="llvmpipe, by the processor: without {cause}", zh="llvmpipe，由处理器绘制：缺少 {cause}")
BY_ALSA = Message(en="{server}; ALSA by {path}", zh="{server}；ALSA 由 {path} 设置")
NO_ALSA = Message(en="{server}; ALSA has no default device", zh="{server}；ALSA 没有默认设备")
NO_SERVER = Message(en="PULSE_SERVER is not set", zh="未设置 PULSE_SERVER")
UNSET = Message(en="not set", zh="未设置")


def area(host: Host) -> Area:
    return Area("wslg", TITLE, tuple(_facts(host)))


def _facts(host: Host) -> Iterator[Fact]:
    yield _server(host)
    if host.wslg.folder and host.wslg.has_socket and host.wsl.generation != 1:
        yield Fact("wslg.display", DISPLAY(), plain(host.wslg.display) if host.wslg.display else UNSET())
    if host.wslg.folder and host.wslg.wayland_display and host.wsl.generation != 1:
        yield Fact("wslg.wayland", WAYLAND(), _wayland(host.wslg))
    if host.wslg.folder and host.wslg.alsa_default is not None and host.wsl.generation != 1:
        server: str | Text = host.wslg.sound_server or NO_SERVER()
        path = host.wslg.alsa_default
        yield Fact("wslg.sound", SOUND(), BY_ALSA(server=server, path=path) if path else NO_ALSA(server=server))

    if host.wslg.folder and host.wslg.renderer and host.wsl.generation != 1:
        cause = host.wslg.renderer_cause
        drawn = BY_GPU() if not cause else (BY_PROCESSOR if "=" in cause else WITHOUT)(cause=cause)
        yield Fact("wslg.renderer", RENDERER(), drawn)


def _wayland(wslg: Wslg) -> Text:
    name, folder = wslg.wayland_display or "", wslg.runtime_folder
    if folder is None:
        return NO_FOLDER(name=name)
    path = name if name.startswith("/") else f"{folder.rstrip('/')}/{name}"
    return plain(path) if wslg.has_wayland else NO_WAYLAND(path=path)


def _server(host: Host) -> Fact:
    wslg, build = host.wslg, host.windows.build
    if wslg.has_socket is None:
        return unknown("wslg.server", SERVER())
    if host.wsl.generation == 1:
        return Fact("wslg.server", SERVER(), NOT_IN_WSL_1())
    switch = switched_off(host, GUI)
    if wslg.folder is None and switch is not None:
        return Fact("wslg.server", SERVER(), OFF(setting=switch.in_words, path=switch.path))
    if wslg.folder is None:
        is_old = build is not None and build < FIRST_BUILD
        return Fact("wslg.server", SERVER(), TOO_OLD() if is_old else ABSENT())
    return Fact("wslg.server", SERVER(), (MOUNTED if wslg.has_socket else NO_SOCKET)(folder=wslg.folder))
