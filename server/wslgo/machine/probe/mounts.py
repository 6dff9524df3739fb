"""The mount table: a folder is a Windows drive by what is mounted there, never by its name."""

import re

from wslgo.machine.host import Mount
from wslgo.machine.probe.context import ProbeContext
from wslgo.text.typing import NamedTuple

# File systems without files that a configuration would name; recorded machines are shorter without them.
_PSEUDO = """
    autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fusectl hugetlbfs mqueue nsfs proc
    pstore rpc_pipefs securityfs selinuxfs sysfs tracefs
"""
PSEUDO = frozenset(_PSEUDO.split())
VIRTIOFS_TAGS = "/run/wsl/virtiofs/"  # a link for each tag, to the Windows path (WSL 2.x, drvfs.cpp)

_OCTAL = re.compile(r"\\([0-7]{3})")
_DRIVE = re.compile(r"[A-Za-z]:")
_SHARE = re.compile(r"(?:\\\\|//|UNC\\)(?=[^\\/])")


class MountEntry(NamedTuple):
    """A line of the kernel's mount table without escapes; `root` is the folder of the source that is mounted."""

    root: str
    target: str
    kind: str
    source: str
    options: str


def entries(machine: ProbeContext) -> tuple[MountEntry, ...] | None:
    """Return the mounts that this process sees."""
    table = machine.text("/proc/self/mountinfo")
    if table is not None:
        return tuple(filter(None, map(_mountinfo_entry, table.split("\n"))))
    table = machine.text("/proc/self/mounts")
    return None if table is None else tuple(filter(None, map(_mounts_entry, table.split("\n"))))


def mounts(machine: ProbeContext) -> tuple[Mount, ...] | None:
    """Return the mounts with files in them; a later mount at the same path hides an earlier one."""
    found = machine.ask(entries)
    if found is None:
        return None
    shown = {entry.target: entry for entry in found if entry.kind not in PSEUDO}
    return tuple(
        Mount(entry.target, entry.kind, entry.source, _windows_path_of(entry, machine)) for entry in shown.values()
    )


def drives(machine: ProbeContext) -> tuple[Mount, ...]:
    """Return the mounts that show whole Windows drives, `C:` first."""
    found = (mount for mount in machine.ask(mounts) or () if mount.windows and len(mount.windows) == len("C:\\"))
    return tuple(sorted(found, key=lambda mount: (mount.windows != "C:\\", mount.windows, mount.target)))


def automount_root(machine: ProbeContext) -> str | None:
    """Return the folder in which WSL mounts drives, by the mount table, without a trailing slash."""
    for entry in machine.ask(entries) or ():
        root = _option(entry.options, "symlinkroot")
        if root and _is_drvfs(entry):
            return root.rstrip("/") or "/"
    for entry in machine.ask(entries) or ():
        if entry.kind == "tmpfs" and entry.target.endswith("/wsl"):
            return entry.target.removesuffix("/wsl") or "/"
    for mount in machine.ask(drives):
        folder, _, name = mount.target.rpartition("/")
        if name == (mount.windows or "")[:1].lower():
            return folder or "/"
    return None


def _mountinfo_entry(line: str) -> MountEntry | None:
    """Parse `36 35 0:33 /root /target rw,noatime shared:1 - type source options` (proc(5))."""
    before, separator, after = line.partition(" - ")
    place, rest = before.split(" "), after.split(" ")
    if not separator or len(place) < 6 or len(rest) < 2:
        return None
    root, target, kind, source, options = map(_unescaped, (place[3], place[4], rest[0], rest[1], " ".join(rest[2:])))
    return MountEntry(root, target, kind, source, options)


def _mounts_entry(line: str) -> MountEntry | None:
    """Parse `source target type options 0 0`, all that WSL 1 may have."""
    words = [_unescaped(word) for word in line.split(" ")]
    return MountEntry("/", words[1], words[2], words[0], words[3]) if len(words) >= 4 else None


def _unescaped(word: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), word)


def _windows_path_of(entry: MountEntry, machine: ProbeContext) -> str | None:
    """Return the Windows path that is mounted; for a drive without the option `path` it comes from the source."""
    if entry.kind == "virtiofs":
        tag = entry.source
        link = machine.world.link(f"{VIRTIOFS_TAGS}{tag}") if tag and "/" not in tag else None
        return _windows_path(link, entry.root) if link and _is_windows(link) else None
    if not _is_drvfs(entry):
        return None
    path = entry.source if _is_windows(entry.source) else _option(entry.options, "path")
    return _windows_path(path or entry.source, entry.root)


def _is_drvfs(entry: MountEntry) -> bool:
    """Return whether a mount is from Windows: 9p is also used for GPU drivers and by QEMU, without `aname=drvfs`."""
    if entry.kind == "drvfs":
        return True
    return entry.kind == "9p" and (_option(entry.options, "aname") or "").startswith("drvfs")


def _is_windows(path: str) -> bool:
    return bool(_DRIVE.match(path) or _SHARE.match(path))


def _option(options: str, name: str) -> str | None:
    """Return an option of a mount, also from inside `aname=drvfs;path=C:\\;uid=1000`."""
    found = re.search(rf"(?:^|[,;]){name}=([^,;]*)", options)
    return found[1] if found else None


def _windows_path(path: str, root: str) -> str:
    """Return `C:\\` for `C:` and `c:/`, with the folder of the drive if only that is mounted (`mount --bind`)."""
    windows = path.replace("/", "\\").removeprefix("UNC\\")
    windows = windows if _DRIVE.match(windows) else "\\\\" + windows.lstrip("\\")
    windows = (windows[:1].upper() + windows[1:]).rstrip("\\")
    below = root.strip("/").replace("/", "\\")
    return f"{windows}\\{below}" if below or windows[1:] == ":" else windows
