"""The mount table: which folder is a drive of Windows, told by what is mounted and never by its name."""

import re
from typing import NamedTuple

from wslgo.machine.host import Mount
from wslgo.machine.probe.context import Machine

# What holds no files that anybody would name in a configuration; recorded machines are shorter without.
_PSEUDO = """
    autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fusectl hugetlbfs mqueue nsfs proc
    pstore rpc_pipefs securityfs selinuxfs sysfs tracefs
"""
PSEUDO = frozenset(_PSEUDO.split())
VIRTIOFS_TAGS = "/run/wsl/virtiofs/"  # a link for each tag, which says the path of Windows (WSL 2.x, drvfs.cpp)

_OCTAL = re.compile(r"\\([0-7]{3})")
_DRIVE = re.compile(r"[A-Za-z]:")
_SHARE = re.compile(r"(?:\\\\|//|UNC\\)(?=[^\\/])")


class Entry(NamedTuple):
    """A line of the mount table as the kernel writes it, its escapes read; `root` is what of the source is mounted."""

    root: str
    target: str
    kind: str
    source: str
    options: str


def entries(machine: Machine) -> tuple[Entry, ...] | None:
    """The mounts that this process sees."""
    table = machine.text("/proc/self/mountinfo")
    if table is not None:
        return tuple(filter(None, map(_of_mountinfo, table.split("\n"))))
    table = machine.text("/proc/self/mounts")
    return None if table is None else tuple(filter(None, map(_of_mounts, table.split("\n"))))


def mounts(machine: Machine) -> tuple[Mount, ...] | None:
    """The mounts with files in them; of two at one place the later hides the earlier."""
    found = machine.ask(entries)
    if found is None:
        return None
    shown = {entry.target: entry for entry in found if entry.kind not in PSEUDO}
    return tuple(Mount(one.target, one.kind, one.source, _windows(one, machine)) for one in shown.values())


def drives(machine: Machine) -> tuple[Mount, ...]:
    """The mounts that show whole drives of Windows, `C:` first."""
    found = (mount for mount in machine.ask(mounts) or () if mount.windows and len(mount.windows) == len("C:\\"))
    return tuple(sorted(found, key=lambda mount: (mount.windows != "C:\\", mount.windows, mount.target)))


def automount_root(machine: Machine) -> str | None:
    """The folder below which WSL mounts drives: what the mounts say, without its slash at the end (`/` is ``/``)."""
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


def _of_mountinfo(line: str) -> Entry | None:
    """`36 35 0:33 /root /target rw,noatime shared:1 - type source options` (proc(5))."""
    before, separator, after = line.partition(" - ")
    place, rest = before.split(" "), after.split(" ")
    if not separator or len(place) < 6 or len(rest) < 2:
        return None
    root, target, kind, source, options = map(_unescaped, (place[3], place[4], rest[0], rest[1], " ".join(rest[2:])))
    return Entry(root, target, kind, source, options)


def _of_mounts(line: str) -> Entry | None:
    """`source target type options 0 0`: WSL 1 may have no more."""
    words = [_unescaped(word) for word in line.split(" ")]
    return Entry("/", words[1], words[2], words[0], words[3]) if len(words) >= 4 else None


def _unescaped(word: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), word)


def _windows(entry: Entry, machine: Machine) -> str | None:
    """The path of Windows that is mounted; "" cannot be: a drive whose path is hidden is named by its source."""
    if entry.kind == "virtiofs":
        tag = entry.source
        link = machine.world.link(f"{VIRTIOFS_TAGS}{tag}") if tag and "/" not in tag else None
        return _below(link, entry.root) if link and _is_windows(link) else None
    if not _is_drvfs(entry):
        return None
    path = entry.source if _is_windows(entry.source) else _option(entry.options, "path")
    return _below(path or entry.source, entry.root)


def _is_drvfs(entry: Entry) -> bool:
    """9p also serves the drivers of the GPU, and QEMU its guests: only `aname=drvfs` is Windows."""
    if entry.kind == "drvfs":
        return True
    return entry.kind == "9p" and (_option(entry.options, "aname") or "").startswith("drvfs")


def _is_windows(path: str) -> bool:
    return bool(_DRIVE.match(path) or _SHARE.match(path))


def _option(options: str, name: str) -> str | None:
    """An option of the mount, or one of those that `aname=drvfs;path=C:\\;uid=1000` holds."""
    found = re.search(rf"(?:^|[,;]){name}=([^,;]*)", options)
    return found[1] if found else None


def _below(path: str, root: str) -> str:
    """`C:\\` for `C:` and `c:/`; where a folder of the drive is mounted (`mount --bind`), that folder."""
    windows = path.replace("/", "\\").removeprefix("UNC\\")
    windows = windows if _DRIVE.match(windows) else "\\\\" + windows.lstrip("\\")
    windows = (windows[:1].upper() + windows[1:]).rstrip("\\")
    below = root.strip("/").replace("/", "\\")
    return f"{windows}\\{below}" if below or windows[1:] == ":" else windows
