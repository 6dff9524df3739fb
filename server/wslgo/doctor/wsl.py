"""WSL itself: its version, the Windows it runs on, and its share of the computer."""

from collections.abc import Iterator

from wslgo.doctor.fact import Area, Fact, plain, size, unknown
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine.host import Disk, Host, Snapshot, Wsl
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
CLOCK = Message(en="Clock", zh="时钟")
DISK = Message(en="Free disk space", zh="可用磁盘空间")
DRIVES = Message(en="Windows drives", zh="Windows 驱动器")
WSLCONFIG = Message(en=".wslconfig", zh=".wslconfig")
WSLCONF = Message(en="wsl.conf", zh="wsl.conf")

NOT_WSL = Message(
    en="This is not WSL: nothing is known about Windows, GPU and WSLg",
    zh="这不是 WSL：Windows、GPU 和 WSLg 的信息未知",
)
NO_KERNEL = Message(en="unknown: /proc cannot be read", zh="未知：无法读取 /proc")
WSL_2 = Message(en="WSL {version}, kernel {kernel}", zh="WSL {version}，内核 {kernel}")
WSL_2_WITHOUT_VERSION = Message(
    en="WSL 2, kernel {kernel}; version unknown (WSL built into Windows does not report it)",
    zh="WSL 2，内核 {kernel}；版本未知（Windows 自带的 WSL 不报告版本）",
)
WSL_2_ALONE = Message(en="WSL 2, kernel {kernel}; version unknown", zh="WSL 2，内核 {kernel}；版本未知")
INTEROP_OFF = Message(en="unknown: Windows interop is off", zh="未知：Windows 互操作已关闭")
NO_ANSWER = Message(en="unknown: Windows did not answer", zh="未知：Windows 没有回应")
MACHINE = Message(en="{name}, {memory}, {processors} processors", zh="{name}，{memory}，{processors} 个处理器")
WITH_SYSTEMD = Message(en="{name}, systemd", zh="{name}，systemd")
WITHOUT_SYSTEMD = Message(en="{name}, no systemd", zh="{name}，无 systemd")
WORKS = Message(en="works", zh="正常")
REGISTERED = Message(en="enabled (not tried)", zh="已启用（未尝试）")
OFF = Message(en="off: nothing is known about Windows", zh="已关闭：Windows 的信息未知")
SILENT = Message(en="broken: Windows programs do not start", zh="故障：Windows 程序无法启动")
SHARE = Message(en="{part} of {whole}", zh="{part}（共 {whole}）")
SHARE_AND_SWAP = Message(en="{part} of {whole}, swap {swap}", zh="{part}（共 {whole}），交换空间 {swap}")
WITH_SWAP = Message(en="{part}, swap {swap}", zh="{part}，交换空间 {swap}")
BELOW = Message(en="{drives} in {root}", zh="{drives}，位于 {root}")
IN_STEP = Message(en="in step with Windows", zh="与 Windows 一致")
BEHIND = Message(en="{time} behind Windows (hours:minutes)", zh="比 Windows 慢 {time}（时:分）")
IN_LINUX = Message(en="{free} in Linux", zh="Linux {free}")
ON_DRIVE = Message(en="{free} on {drive}", zh="{drive} {free}")
NO_DRIVES = Message(en="not mounted", zh="没有挂载")
NO_FILE = Message(en="no file: WSL uses its defaults", zh="没有文件：WSL 使用默认值")
UNCHANGED = Message(en="{path}, unchanged since WSL started", zh="{path}，WSL 启动后未更改")
NOT_IN_EFFECT = Message(en="{path}, not in effect yet: {keys}", zh="{path}，尚未生效：{keys}")
NEWLY_IN_EFFECT = Message(en="{path}, in effect since this start: {changes}", zh="{path}，本次启动后已生效：{changes}")
NEWS = Message(en="{file} is now in effect: {changes}", zh="{file} 已生效：{changes}")
CHANGED = Message(en="{key} {before} -> {now}", zh="{key} {before} -> {now}")
DEFAULT = Message(en="default", zh="默认值")

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


def area(host: Host) -> Area:
    return Area("wsl", TITLE, tuple(_facts(host)))


def _facts(host: Host) -> Iterator[Fact]:
    generation = host.wsl.generation
    if not generation:
        yield unknown("wsl.version", VERSION(), NO_KERNEL() if generation is None else NOT_WSL())
        return
    yield _version(host)
    yield _windows(host)
    yield _distribution(host.wsl)
    yield _interop(host.wsl)
    if generation == 2:
        yield from _limits(host)
        yield from _clock(host.running.clock_lag)
    yield _drives(host)
    yield _disks(host.disks)
    for file, name, dialect in _files(host):
        yield Fact(f"wsl.{dialect}", name(), _file(host, file, dialect))


def _version(host: Host) -> Fact:
    wsl, kernel = host.wsl, host.wsl.kernel or "?"
    if wsl.generation == 1:
        return Fact("wsl.version", VERSION(), plain("WSL 1"))
    if wsl.version:
        return Fact("wsl.version", VERSION(), WSL_2(version=wsl.version, kernel=kernel))
    why = WSL_2_ALONE if host.windows.build is None else WSL_2_WITHOUT_VERSION  # Windows answered, and WSL has none
    return unknown("wsl.version", VERSION(), why(kernel=kernel))


def _windows(host: Host) -> Fact:
    build, memory, processors = host.windows.build, host.windows.memory, host.windows.processors
    if build is None:
        return unknown("wsl.windows", WINDOWS(), INTEROP_OFF() if host.wsl.has_interop is False else NO_ANSWER())
    name = f"{next(name for first, name in RELEASES if build >= first)} ({build})"
    if memory is None or processors is None:
        return Fact("wsl.windows", WINDOWS(), plain(name))
    return Fact("wsl.windows", WINDOWS(), MACHINE(name=name, memory=size(memory), processors=processors))


def _distribution(wsl: Wsl) -> Fact:
    release, own = wsl.release, wsl.distribution
    name = f"{release} ({own})" if release and own else release or own
    if name is None:
        return unknown("wsl.distribution", DISTRIBUTION())
    words = {True: WITH_SYSTEMD, False: WITHOUT_SYSTEMD, None: Message("{name}", "{name}")}[wsl.has_systemd]
    return Fact("wsl.distribution", DISTRIBUTION(), words(name=name))


def _interop(wsl: Wsl) -> Fact:
    if wsl.has_interop is False:
        return Fact("wsl.interop", INTEROP(), OFF())
    if wsl.interop_answers is False:
        return Fact("wsl.interop", INTEROP(), SILENT())
    if wsl.interop_answers:
        return Fact("wsl.interop", INTEROP(), WORKS())
    return unknown("wsl.interop", INTEROP(), REGISTERED() if wsl.has_interop else None)


def _limits(host: Host) -> Iterator[Fact]:
    running, windows = host.running, host.windows
    if running.memory is None:
        yield unknown("wsl.memory", MEMORY())
    else:
        yield Fact("wsl.memory", MEMORY(), _memory(running.memory, windows.memory, running.swap))
    if running.processors is None:
        yield unknown("wsl.processors", PROCESSORS())
    else:
        whole = windows.processors
        value = SHARE(part=running.processors, whole=whole) if whole else plain(str(running.processors))
        yield Fact("wsl.processors", PROCESSORS(), value)


def _memory(part: int, whole: int | None, swap: int | None) -> Text:
    if whole is None:
        return plain(size(part)) if swap is None else WITH_SWAP(part=size(part), swap=size(swap))
    if swap is None:
        return SHARE(part=size(part), whole=size(whole))
    return SHARE_AND_SWAP(part=size(part), whole=size(whole), swap=size(swap))


def _drives(host: Host) -> Fact:
    if host.mounts is None:
        return unknown("wsl.drives", DRIVES())
    drives = sorted({mount.windows[:2] for mount in host.mounts if mount.windows and mount.windows[1:2] == ":"})
    if not drives:
        return Fact("wsl.drives", DRIVES(), NO_DRIVES())
    root = host.wsl.automount_root
    value = BELOW(drives=tuple(drives), root=root) if root else enumeration(drives)
    return Fact("wsl.drives", DRIVES(), value)


def _clock(lag: int | None) -> Iterator[Fact]:
    """Yield how far the clock is behind; nothing if the kernel does not show the clock of Windows."""
    if lag is not None:
        yield Fact("wsl.clock", CLOCK(), BEHIND(time=f"{lag // 3600}:{lag // 60 % 60:02}") if lag else IN_STEP())


def _disks(disks: tuple[Disk, ...] | None) -> Fact:
    if disks is None:
        return unknown("wsl.disk", DISK())
    values = (
        IN_LINUX(free=size(disk.free)) if disk.windows is None else ON_DRIVE(free=size(disk.free), drive=disk.windows)
        for disk in disks
    )
    return Fact("wsl.disk", DISK(), enumeration(values))


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


def _file(host: Host, file: Snapshot, dialect: Dialect) -> Text:
    tree = _tree(file, dialect)
    changed = [change.key.id for change in pending_changes(tree, file, host)]
    if changed:
        return NOT_IN_EFFECT(path=file.path, keys=tuple(changed))
    found = applied_changes(tree, file, host)
    if found:
        return NEWLY_IN_EFFECT(path=file.path, changes=_changes(found))
    if file.text is None:
        return NO_FILE()
    return UNCHANGED(path=file.path) if file.knows_start else plain(file.path)


def _changes(found: tuple[Change, ...]) -> Text:
    return enumeration(_change(change, with_values=len(found) <= MOST) for change in found)


def _change(change: Change, *, with_values: bool) -> Text:
    values = change.runs, None if change.setting is None else change.setting.value
    if not with_values or any(len(value or "") > LONGEST for value in values):
        return plain(change.key.name)
    before, now = (DEFAULT() if value is None else value for value in values)
    return CHANGED(key=change.key.name, before=before, now=now)
