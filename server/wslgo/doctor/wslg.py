"""WSLg: whether windows of Linux programs can open."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Line, Section, Sign, command, plain
from wslgo.machine.host import Host
from wslgo.text.message import Message

TITLE = Message(en="WSLg", zh="WSLg")
SERVER = Message(en="Server", zh="服务")
DISPLAY = Message(en="DISPLAY", zh="DISPLAY")

FIRST_BUILD = 19044  # Windows 10 21H2
OWN = ":0"

MOUNTED = Message(en="mounted at {folder}", zh="挂载于 {folder}")
ABSENT = Message(en="not there: programs with windows do not open any", zh="没有：带窗口的程序无法打开窗口")
TOO_OLD = Message(en="not there: it needs Windows 10 21H2", zh="没有：需要 Windows 10 21H2")
NOT_IN_WSL_1 = Message(en="not there: it needs WSL 2", zh="没有：需要 WSL 2")
NO_SOCKET = Message(
    en="mounted at {folder}, but X11 programs find no /tmp/.X11-unix/X0",
    zh="挂载于 {folder}，但 X11 程序找不到 /tmp/.X11-unix/X0",
)
IF_WANTED = Message(
    en="if you want it: no guiApplications=false in .wslconfig or wsl.conf; in Windows type: wsl --update",
    zh="如需使用：.wslconfig 和 wsl.conf 中不能有 guiApplications=false；在 Windows 中输入：wsl --update",
)
UNSET = Message(en="not set in this shell: X11 programs find no display", zh="此 shell 未设置：X11 程序找不到显示")
FOREIGN = Message(
    en="{display}, which is no display of WSLg but one of an X server elsewhere",
    zh="{display}，这不是 WSLg 的显示，而是其他 X 服务器的",
)
REMOVE = Message(
    en="unless you run an X server in Windows on purpose: remove the line that exports DISPLAY, and type: {command}",
    zh="除非有意在 Windows 中运行 X 服务器：删除导出 DISPLAY 的那一行，并输入：{command}",
)


def section(host: Host) -> Section:
    return Section("wslg", TITLE, tuple(_lines(host)))


def _lines(host: Host) -> Iterator[Line]:
    server = _server(host)
    yield server
    if host.wslg.folder and server.sign is Sign.OK:
        yield _display(host.wslg.display)


def restoring(folder: str) -> str:
    """What brings the X socket back until the next start, as WSL mounts it; `folder` is WSLg's."""
    return f"sudo mount --bind -o ro {folder}/.X11-unix /tmp/.X11-unix"


def _server(host: Host) -> Line:
    wslg, build = host.wslg, host.windows.build
    if wslg.has_socket is None:
        return Line("wslg.server", Sign.UNKNOWN, SERVER, UNKNOWN())
    if host.wsl.generation == 1:
        return Line("wslg.server", Sign.OK, SERVER, NOT_IN_WSL_1())
    if wslg.folder is None and build is not None and build < FIRST_BUILD:
        return Line("wslg.server", Sign.OK, SERVER, TOO_OLD())
    if wslg.folder is None:
        return Line("wslg.server", Sign.UNKNOWN, SERVER, ABSENT(), IF_WANTED())
    if not wslg.has_socket:
        restore = command(restoring(wslg.folder))
        return Line("wslg.server", Sign.ATTENTION, SERVER, NO_SOCKET(folder=wslg.folder), restore)
    return Line("wslg.server", Sign.OK, SERVER, MOUNTED(folder=wslg.folder))


def _display(display: str | None) -> Line:
    if display is None:
        return Line("wslg.display", Sign.ATTENTION, DISPLAY, UNSET(), command(f"export DISPLAY={OWN}"))
    if display.partition(".")[0] == OWN or display.startswith("unix:"):
        return Line("wslg.display", Sign.OK, DISPLAY, plain(display))
    remove = REMOVE(command=f"export DISPLAY={OWN}")
    return Line("wslg.display", Sign.UNKNOWN, DISPLAY, FOREIGN(display=display), remove)
