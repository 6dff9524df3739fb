"""Moving a folder with all that is in it: by one rename, or between file systems by a copy that is whole before the
source goes.

Three names tell how far a killed move has come: the copy grows as `.NAME.wslgo-copy` beside its target, gets its
name when it is complete, and only then the source steps aside as `.NAME.wslgo-moved` and is removed. What somebody
writes into the source meanwhile is copied, too: it is compared again when nobody can find it any more.
"""

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path

from wslgo.message import Message
from wslgo.provision.at import At
from wslgo.provision.hand import ChangedError
from wslgo.provision.ledger import MOVED, Deed
from wslgo.provision.step import MoveFolder
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.trouble import TroubleError

IN_THE_WAY = Message(
    en="{path} is there already and is not empty; nothing was moved onto it",
    zh="{path} 已存在且不为空；未向其移动任何内容",
)
GONE = Message(
    en="{path}: the drive is not mounted now, and nothing is moved to or from its place",
    zh="{path}：该驱动器当前未挂载，不会向其位置移入或移出任何内容",
)
STRANGE = Message(
    en="{path} is neither a file, a folder nor a link and cannot be moved to another disk",
    zh="{path} 不是文件、目录或链接，无法移到另一磁盘",
)


def move(action: MoveFolder, at: At) -> None:
    """Do a move, or the rest of one. Raises TroubleError or OSError; then everything is still in one of the places."""
    source, target = at.hand.site.place(action.source), at.hand.site.place(action.target)
    begun = at.run.made(MOVED, source=str(source), target=str(target))
    if begun is None:
        if not source.is_dir() or source.is_symlink():
            raise ChangedError(action.source)
        if _is_occupied(target):
            raise TroubleError(IN_THE_WAY(path=action.target))
        at.reach(str(Path(action.target).parent))
        at.provide(target.parent)
        is_apart = _is_apart(source, target)
        at.note(MOVED, source=str(source), target=str(target), is_apart=is_apart, **_emptiness(target))
    else:
        _reach(begun)
    carry(source, target)


def _reach(begun: Deed) -> None:
    """Raise TroubleError where a move has two disks and one of them has gone: what lies there looks moved already, and
    what is put there is lost from sight when it comes back."""
    source, target = _ends(begun)
    if begun.facts.get("is_apart") and not _is_apart(source, target):
        raise TroubleError(GONE(path=str(source)))


def _ends(begun: Deed) -> tuple[Path, Path]:
    return Path(begun.facts["source"]), Path(begun.facts["target"])


def carry(source: Path, target: Path) -> None:
    """Bring a folder, or what is left of it, to a place that is empty or has a part of it already."""
    aside, copy = _aside(source), _copy(target)
    if source.exists() and not aside.exists():
        if not _is_occupied(target):
            if _renamed(source, target):
                return
            _mirror(source, copy)
            _mirror(source, copy)  # what was written while the first round went on
            folder.settle(copy, target)
        source.rename(aside)
    if aside.exists():
        _mirror(aside, target, only_newer=True)
        folder.remove(aside)


def put_back(begun: Deed) -> None:
    """The way back of a move, from wherever it or a way back has come to.

    Raises TroubleError where something new has its place, or a disk has gone.
    """
    _reach(begun)
    source, target = _ends(begun)
    if _copy(target).exists():
        folder.remove(_copy(target))
    if _aside(source).exists() and not source.exists():
        _unmove(source, target)
    if _aside(target).exists() or (target.exists() and not source.exists()):
        carry(target, source)
    elif _is_occupied(target):
        raise TroubleError(IN_THE_WAY(path=str(source)))
    if "empty" in begun.facts and not target.exists():
        mode, owner, group = begun.facts["empty"]
        target.mkdir()
        if os.geteuid() == 0:
            os.chown(target, owner, group)
        target.chmod(mode)


def _unmove(source: Path, target: Path) -> None:
    """What had stepped aside was perhaps being removed: it is filled again from the copy, which then steps aside."""
    moved = _aside(source)
    whole = _aside(target) if _aside(target).exists() else target
    _mirror(moved, whole, only_newer=True)
    _mirror(whole, moved)
    if whole == target:
        target.rename(_aside(target))
    moved.rename(source)


def _aside(source: Path) -> Path:
    return source.with_name(f".{source.name}.wslgo-moved")


def _copy(target: Path) -> Path:
    return target.with_name(f".{target.name}.wslgo-copy")


def _is_apart(source: Path, target: Path) -> bool:
    """Whether two places lie on different disks."""
    return _disk(source) != _disk(target)


def _disk(path: Path) -> int:
    """The number of the disk that the folder around a path is on, or would be."""
    return next(one for one in path.parents if one.exists()).stat().st_dev


def _is_occupied(path: Path) -> bool:
    """Whether there is anything but an empty folder."""
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        return True
    return path.is_dir() and any(path.iterdir())


def _emptiness(target: Path) -> dict[str, object]:
    """What an empty folder was like that stands where the moved one will."""
    if not target.is_dir():
        return {}
    found = target.stat()
    return {"empty": [stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid]}


def _renamed(source: Path, target: Path) -> bool:
    """Whether one rename has done it all; not across file systems."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    return True


# Copying


def _mirror(source: Path, target: Path, *, only_newer: bool = False) -> None:
    """Copy what is missing or differs in size or time; folders get their mode and times when they are full.

    With `only_newer` what the target has changed since stays.
    """
    if not target.exists():
        target.mkdir(mode=0o700)
    for name in sorted(os.listdir(source)):  # noqa: PTH208 - the names alone
        one, other = source / name, target / name
        found = one.lstat()
        if stat.S_ISDIR(found.st_mode):
            _mirror(one, other, only_newer=only_newer)
        elif not _is_same(found, other, only_newer=only_newer):
            _copied(one, other, found.st_mode)
    if not only_newer:
        _resemble(source, target)


def _is_same(found: os.stat_result, other: Path, *, only_newer: bool) -> bool:
    try:
        there = other.lstat()
    except FileNotFoundError:
        return False
    if only_newer and there.st_mtime_ns >= found.st_mtime_ns:
        return True
    of_kind = stat.S_IFMT(found.st_mode) == stat.S_IFMT(there.st_mode)
    return of_kind and (found.st_size, found.st_mtime_ns) == (there.st_size, there.st_mtime_ns)


def _copied(one: Path, other: Path, mode: int) -> None:
    """A file gets its time last: until then it differs and is copied again."""
    if other.is_symlink() or other.exists():
        other.unlink()
    if stat.S_ISLNK(mode):
        other.symlink_to(one.readlink())
    elif stat.S_ISREG(mode):
        shutil.copyfile(one, other)
    else:
        raise TroubleError(STRANGE(path=str(one)))
    _resemble(one, other)


def _resemble(one: Path, other: Path) -> None:
    """Owner, extended attributes and mode; the time last, since it tells that all is done. A Windows drive has only
    some of them."""
    found = one.lstat()
    if os.geteuid() == 0:
        os.chown(other, found.st_uid, found.st_gid, follow_symlinks=False)
    for name in _attributes(one):
        with contextlib.suppress(OSError):
            os.setxattr(other, name, os.getxattr(one, name, follow_symlinks=False), follow_symlinks=False)
    if not stat.S_ISLNK(found.st_mode):
        other.chmod(stat.S_IMODE(found.st_mode))
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns), follow_symlinks=False)


def _attributes(path: Path) -> list[str]:
    try:
        return os.listxattr(path, follow_symlinks=False)
    except OSError:  # a file system without them
        return []
