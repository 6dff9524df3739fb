"""WSL itself: its version, the Windows it runs on, and its share of the computer."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Section, Sign, StatusLine, in_windows, plain, size
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine.host import Host, Snapshot, Wsl
from wslgo.machine.in_effect import Change, applied_changes, pending_changes
from wslgo.syntax.wsl import ini_file
from wslgo.syntax.wsl.ini import Dialect
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text, enumeration
from wslgo.text.source import Source

TITLE = Message(en="WSL", zh="WSL")
VERSION = Message(en="Version", zh="版本")
WINDOWS = Message(en="Windows", zh="Windows")
DISTRIBUTION = Message(en="Distribution", zh="发行版")
INTEROP = Message(en="Windows interop", zh="Windows 互操作")
MEMORY = Message(en="Memory", zh="内存")
PROCESSORS = Message(en="Processors", zh="处理器")
DRIVES = Message(en="Windows drives", zh="Windows 驱动器")
WSLCONFIG = Message(en=".wslconfig", zh=".wslconfig")
WSLCONF = Message(en="wsl.conf", zh="wsl.conf")

NOT_WSL = Message(
    en="This is not WSL: nothing is known about Windows, GPU and WSLg",
    zh="这不是 WSL：Windows、GPU 和 WSLg 的信息未知",
)
REPLAY = Message(
    en="run it in a WSL distribution, or show a recorded machine: wslgo doctor --host FILE",
    zh="在 WSL 发行版中运行，或查看已记录的机器：wslgo doctor --host 文件",
)
NO_KERNEL = Message(en="unknown: /proc cannot be read", zh="未知：无法读取 /proc")
WSL_1 = Message(
    en="WSL 1: no GPU, no WSLg, and most .wslconfig settings have no effect",
    zh="WSL 1：没有 GPU 和 WSLg，.wslconfig 的大部分设置不起作用",
)
WSL_2 = Message(en="WSL {version}, kernel {kernel}", zh="WSL {version}，内核 {kernel}")
WSL_2_WITHOUT_VERSION = Message(
    en="WSL 2, kernel {kernel}; version unknown (WSL built into Windows 10 does not report it)",
    zh="WSL 2，内核 {kernel}；版本未知（Windows 10 自带的 WSL 不报告版本）",
)
NO_ANSWER = Message(en="unknown: Windows did not answer", zh="未知：Windows 没有回应")
MACHINE = Message(en="{name}, {memory}, {processors} processors", zh="{name}，{memory}，{processors} 个处理器")
WITH_SYSTEMD = Message(en="{name}, systemd", zh="{name}，systemd")
WITHOUT_SYSTEMD = Message(en="{name}, no systemd", zh="{name}，无 systemd")
WORKS = Message(en="works", zh="正常")
REGISTERED = Message(en="enabled (not tried)", zh="已启用（未尝试）")
OFF = Message(en="off: nothing is known about Windows", zh="已关闭：Windows 的信息未知")
SWITCH_ON = Message(
    en="to enable it: enabled=true under [interop] in /etc/wsl.conf, then in Windows type: wsl --terminate {name}",
    zh="如需启用：在 /etc/wsl.conf 的 [interop] 下写 enabled=true，然后在 Windows 中输入：wsl --terminate {name}",
)
SILENT = Message(en="broken: Windows programs do not start", zh="故障：Windows 程序无法启动")
REOPEN = Message(
    en="open a new terminal (WSL_INTEROP may be stale here); if that does not help, in Windows type: wsl --shutdown",
    zh="打开新的终端（当前终端的 WSL_INTEROP 可能已失效）；若无效，在 Windows 中输入：wsl --shutdown",
)
SHARE = Message(en="{part} of {whole}", zh="{part}，共 {whole}")
SHARE_AND_SWAP = Message(en="{part} of {whole}, swap {swap}", zh="{part}，共 {whole}，交换空间 {swap}")
WITH_SWAP = Message(en="{part}, swap {swap}", zh="{part}，交换空间 {swap}")
BELOW = Message(en="{drives} in {root}", zh="{drives}，位于 {root}")
NO_DRIVES = Message(en="not mounted", zh="没有挂载")
MOUNT = Message(
    en="to mount them: enabled=true under [automount] in /etc/wsl.conf",
    zh="如需挂载：在 /etc/wsl.conf 的 [automount] 下写 enabled=true",
)
NO_FILE = Message(en="no file: WSL uses its defaults", zh="没有文件：WSL 使用默认值")
IN_EFFECT = Message(en="{path}, in effect", zh="{path}，已生效")
NOT_IN_EFFECT = Message(en="{path}, not in effect yet: {keys}", zh="{path}，尚未生效：{keys}")
NEWLY_IN_EFFECT = Message(en="{path}, in effect since this start: {changes}", zh="{path}，本次启动后已生效：{changes}")
NEWS = Message(en="{file} is now in effect: {changes}", zh="{file} 已生效：{changes}")
CHANGED = Message(en="{key} {before} -> {now}", zh="{key} {before} -> {now}")
DEFAULT = Message(en="default", zh="默认值")
SHUTDOWN = Message(
    en="in Windows, type: wsl --shutdown (stops all distributions: {names})",
    zh="在 Windows 中输入：wsl --shutdown（会停止所有发行版：{names}）",
)

# More changes than this, or a longer value, are shown by the names of the keys only.
MOST, LONGEST = 3, 24

# The first build of each release (Microsoft's release information, 2026-08).
RELEASES = (
    (26200, "Windows 11 25H2"),
    (26100, "Windows 11 24H2"),
    (22631, "Windows 11 23H2"),
    (22621, "Windows 11 22H2"),
    (22000, "Windows 11 21H2"),
    (19045, "Windows 10 22H2"),
    (19044, "Windows 10 21H2"),
    (0, "Windows 10"),
)


def section(host: Host) -> Section:
    return Section("wsl", TITLE, tuple(_lines(host)))


def _lines(host: Host) -> Iterator[StatusLine]:
    generation = host.wsl.generation
    if generation is None:
        yield StatusLine("wsl.version", Sign.UNKNOWN, VERSION, NO_KERNEL(), REPLAY())
        return
    if generation == 0:
        yield StatusLine("wsl.version", Sign.UNKNOWN, VERSION, NOT_WSL(), REPLAY())
        return
    yield _version(host.wsl)
    yield _windows(host)
    yield _distribution(host.wsl)
    yield _interop(host.wsl)
    if generation == 2:
        yield from _limits(host)
    yield _drives(host)
    for file, name, dialect in _files(host):
        yield _file(host, file, name, dialect)


def _version(wsl: Wsl) -> StatusLine:
    if wsl.generation == 1:
        convert = in_windows(f"wsl --set-version {wsl.distribution or 'NAME'} 2")
        return StatusLine("wsl.version", Sign.ATTENTION, VERSION, WSL_1(), convert)
    if wsl.version:
        return StatusLine("wsl.version", Sign.OK, VERSION, WSL_2(version=wsl.version, kernel=wsl.kernel or "?"))
    value = WSL_2_WITHOUT_VERSION(kernel=wsl.kernel or "?")
    return StatusLine("wsl.version", Sign.UNKNOWN, VERSION, value, in_windows("wsl --update"))


def _windows(host: Host) -> StatusLine:
    build, memory, processors = host.windows.build, host.windows.memory, host.windows.processors
    if build is None:
        value = UNKNOWN() if host.wsl.has_interop is False else NO_ANSWER()
        return StatusLine("wsl.windows", Sign.UNKNOWN, WINDOWS, value)
    name = f"{next(name for first, name in RELEASES if build >= first)} ({build})"
    if memory is None or processors is None:
        return StatusLine("wsl.windows", Sign.OK, WINDOWS, plain(name))
    return StatusLine("wsl.windows", Sign.OK, WINDOWS, MACHINE(name=name, memory=size(memory), processors=processors))


def _distribution(wsl: Wsl) -> StatusLine:
    release, own = wsl.release, wsl.distribution
    name = f"{release} ({own})" if release and own else release or own
    if name is None:
        return StatusLine("wsl.distribution", Sign.UNKNOWN, DISTRIBUTION, UNKNOWN())
    words = {True: WITH_SYSTEMD, False: WITHOUT_SYSTEMD, None: Message("{name}", "{name}")}[wsl.has_systemd]
    return StatusLine("wsl.distribution", Sign.OK, DISTRIBUTION, words(name=name))


def _interop(wsl: Wsl) -> StatusLine:
    if wsl.has_interop is False:
        switch_on = SWITCH_ON(name=wsl.distribution or "NAME")
        return StatusLine("wsl.interop", Sign.UNKNOWN, INTEROP, OFF(), switch_on)
    if wsl.interop_answers is False:
        return StatusLine("wsl.interop", Sign.ATTENTION, INTEROP, SILENT(), REOPEN())
    if wsl.interop_answers or wsl.has_interop:
        return StatusLine("wsl.interop", Sign.OK, INTEROP, WORKS() if wsl.interop_answers else REGISTERED())
    return StatusLine("wsl.interop", Sign.UNKNOWN, INTEROP, UNKNOWN())


def _limits(host: Host) -> Iterator[StatusLine]:
    running, windows = host.running, host.windows
    if running.memory is None:
        yield StatusLine("wsl.memory", Sign.UNKNOWN, MEMORY, UNKNOWN())
    else:
        yield StatusLine("wsl.memory", Sign.OK, MEMORY, _memory(running.memory, windows.memory, running.swap))
    if running.processors is None:
        yield StatusLine("wsl.processors", Sign.UNKNOWN, PROCESSORS, UNKNOWN())
    else:
        whole = windows.processors
        value = SHARE(part=running.processors, whole=whole) if whole else plain(str(running.processors))
        yield StatusLine("wsl.processors", Sign.OK, PROCESSORS, value)


def _memory(part: int, whole: int | None, swap: int | None) -> Text:
    if whole is None:
        return plain(size(part)) if swap is None else WITH_SWAP(part=size(part), swap=size(swap))
    if swap is None:
        return SHARE(part=size(part), whole=size(whole))
    return SHARE_AND_SWAP(part=size(part), whole=size(whole), swap=size(swap))


def _drives(host: Host) -> StatusLine:
    if host.mounts is None:
        return StatusLine("wsl.drives", Sign.UNKNOWN, DRIVES, UNKNOWN())
    drives = sorted({mount.windows[:2] for mount in host.mounts if mount.windows and mount.windows[1:2] == ":"})
    if not drives:
        return StatusLine("wsl.drives", Sign.UNKNOWN, DRIVES, NO_DRIVES(), MOUNT())
    root = host.wsl.automount_root
    value = BELOW(drives=tuple(drives), root=root) if root else enumeration(drives)
    return StatusLine("wsl.drives", Sign.OK, DRIVES, value)


def news(host: Host) -> Iterator[Text]:
    """Yield a sentence for each file whose changes took effect at the last start."""
    for file, name, dialect in _files(host):
        found = applied_changes(_tree(file, dialect), file, host)
        if found:
            yield NEWS(file=name, changes=_changes(found))


def _files(host: Host) -> Iterator[tuple[Snapshot, Message, Dialect]]:
    if host.wslconfig:
        yield host.wslconfig, WSLCONFIG, "wslconfig"
    if host.wslconf:
        yield host.wslconf, WSLCONF, "wslconf"


def _tree(file: Snapshot, dialect: Dialect) -> IniFile:
    return ini_file.parse(Source(file.text or ""), dialect, KEYS[dialect])


def _file(host: Host, file: Snapshot, name: Message, dialect: Dialect) -> StatusLine:
    tree = _tree(file, dialect)
    changed = [change.key.id for change in pending_changes(tree, file, host)]
    if changed:
        value = NOT_IN_EFFECT(path=file.path, keys=tuple(changed))
        return StatusLine(f"wsl.{dialect}", Sign.ATTENTION, name, value, _restart(host.wsl, dialect))
    found = applied_changes(tree, file, host)
    if found:
        value = NEWLY_IN_EFFECT(path=file.path, changes=_changes(found))
        return StatusLine(f"wsl.{dialect}", Sign.OK, name, value)
    if file.text is None:
        return StatusLine(f"wsl.{dialect}", Sign.OK, name, NO_FILE())
    return StatusLine(
        f"wsl.{dialect}", Sign.OK, name, IN_EFFECT(path=file.path) if file.knows_start else plain(file.path)
    )


def _changes(found: tuple[Change, ...]) -> Text:
    return enumeration(_change(change, with_values=len(found) <= MOST) for change in found)


def _change(change: Change, *, with_values: bool) -> Text:
    values = change.runs, None if change.setting is None else change.setting.value
    if not with_values or any(len(value or "") > LONGEST for value in values):
        return plain(change.key.name)
    before, now = (DEFAULT() if value is None else value for value in values)
    return CHANGED(key=change.key.name, before=before, now=now)


def _restart(wsl: Wsl, dialect: Dialect) -> Text:
    own = wsl.distribution or "NAME"
    if dialect == "wslconf":
        return in_windows(f"wsl --terminate {own}")
    return SHUTDOWN(names=(own, *(wsl.others_running or ())))
