"""WSLg: the server and the display that GUI programs need."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Section, Sign, StatusLine, command, plain
from wslgo.machine.host import Host
from wslgo.text.message import Message

TITLE = Message(en="WSLg", zh="WSLg")
SERVER = Message(en="Server", zh="服务")
DISPLAY = Message(en="DISPLAY", zh="DISPLAY")

FIRST_BUILD = 19044  # Windows 10 21H2
OWN = ":0"

MOUNTED = Message(en="mounted at {folder}", zh="挂载于 {folder}")
ABSENT = Message(en="not running: GUI programs cannot open windows", zh="未运行：图形程序无法打开窗口")
TOO_OLD = Message(en="not available: needs Windows 10 21H2", zh="不可用：需要 Windows 10 21H2")
NOT_IN_WSL_1 = Message(en="not available: needs WSL 2", zh="不可用：需要 WSL 2")
NO_SOCKET = Message(
    en="mounted at {folder}, but /tmp/.X11-unix/X0 is missing: X11 programs cannot start",
    zh="挂载于 {folder}，但缺少 /tmp/.X11-unix/X0：X11 程序无法启动",
)
SWITCH_ON = Message(
    en="to enable it: remove guiApplications=false from .wslconfig and wsl.conf, then in Windows type: wsl --update",
    zh="如需启用：从 .wslconfig 和 wsl.conf 删除 guiApplications=false，然后在 Windows 中输入：wsl --update",
)
UNSET = Message(en="not set in this shell: X11 programs cannot start", zh="此 shell 未设置：X11 程序无法启动")
FOREIGN = Message(
    en="{display} points to another X server: WSLg is not used",
    zh="{display} 指向其他 X 服务器：未使用 WSLg",
)
REMOVE = Message(
    en="unless you chose that X server: remove the line that exports DISPLAY, then type: {command}",
    zh="除非有意使用该 X 服务器：删除导出 DISPLAY 的那一行，然后输入：{command}",
)


def section(host: Host) -> Section:
    return Section("wslg", TITLE, tuple(_lines(host)))


def _lines(host: Host) -> Iterator[StatusLine]:
    server = _server(host)
    yield server
    if host.wslg.folder and server.sign is Sign.OK:
        yield _display(host.wslg.display)


def restore_command(folder: str) -> str:
    """Return the command that mounts the X socket again, as WSL does, until the next start; `folder` is WSLg's."""
    return f"sudo mount --bind -o ro {folder}/.X11-unix /tmp/.X11-unix"


def _server(host: Host) -> StatusLine:
    wslg, build = host.wslg, host.windows.build
    if wslg.has_socket is None:
        return StatusLine("wslg.server", Sign.UNKNOWN, SERVER, UNKNOWN())
    if host.wsl.generation == 1:
        return StatusLine("wslg.server", Sign.OK, SERVER, NOT_IN_WSL_1())
    if wslg.folder is None and build is not None and build < FIRST_BUILD:
        return StatusLine("wslg.server", Sign.OK, SERVER, TOO_OLD())
    if wslg.folder is None:
        return StatusLine("wslg.server", Sign.UNKNOWN, SERVER, ABSENT(), SWITCH_ON())
    if not wslg.has_socket:
        restore = command(restore_command(wslg.folder))
        return StatusLine("wslg.server", Sign.ATTENTION, SERVER, NO_SOCKET(folder=wslg.folder), restore)
    return StatusLine("wslg.server", Sign.OK, SERVER, MOUNTED(folder=wslg.folder))


def _display(display: str | None) -> StatusLine:
    if display is None:
        return StatusLine("wslg.display", Sign.ATTENTION, DISPLAY, UNSET(), command(f"export DISPLAY={OWN}"))
    if display.partition(".")[0] == OWN or display.startswith("unix:"):
        return StatusLine("wslg.display", Sign.OK, DISPLAY, plain(display))
    remove = REMOVE(command=f"export DISPLAY={OWN}")
    return StatusLine("wslg.display", Sign.ATTENTION, DISPLAY, FOREIGN(display=display), remove)
