"""Moving a folder with all that is in it: by one rename, or between file systems by a copy that is whole before the
source goes.

Three names tell how far a killed move has come: the copy grows as `.NAME.wslgo-copy` beside its target; when it is
complete the source steps aside as `.NAME.wslgo-moved`, so that nobody finds it any more; what was written into it
meanwhile is copied, too, the copy gets its name, and the source is removed.
"""

import errno
import os
import stat

from wslgo.provision.apply.context import DriftError
from wslgo.provision.apply.ledger import COPIED, MOVED, Deed
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import MoveFolder
from wslgo.provision.toolchain import folder
from wslgo.system.files import copy_attributes
from wslgo.system.place import Access, Folder, Place
from wslgo.text.message import Message

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

_PIECE = 1 << 20  # bytes


def move(action: MoveFolder, at: StepRun) -> None:
    """Do a move, or the rest of one. Raises ProvisionError or OSError; then everything is in one of the places."""
    machine = at.context.target
    source, target = machine.open(action.source, follows=False), machine.open(action.target, follows=False)
    begun = at.run.made(MOVED, source=source.path, target=target.path)
    if begun is None:
        if not source.is_folder:
            raise DriftError(action.source)
        if _is_occupied(target):
            raise ProvisionError(IN_THE_WAY(path=action.target))
        at.reach(target)
        target = at.provide(target)
        is_apart = _is_apart(source, target)
        facts = {"is_apart": is_apart, "number": [source.enter().stat().st_ino], **_emptiness(target)}
        at.note(MOVED, source=source.path, target=target.path, **facts)
    else:
        _reach(begun, source, target)
    _carry(source, target, at)


def put_back(begun: Deed, at: StepRun) -> None:
    """The way back of a move, from wherever it or a way back has come to.

    Raises ProvisionError where something new has its place, or a disk has gone.
    """
    source, target = at.noted(begun, "source"), at.noted(begun, "target")
    _reach(begun, source, target)
    aside = _aside(source)
    if aside.stat() is not None and source.stat() is None:
        if _copy(target).stat() is not None or target.stat() is None:
            aside.rename(source)  # it is whole: only what has a copy with its name is removed
        else:
            folder.remove(aside, _ours(aside, at))
    if _copy(target).stat() is not None:
        folder.remove(_copy(target))
    if _aside(target).stat() is not None or (target.stat() is not None and source.stat() is None):
        _carry(target, source, at)
    elif _is_occupied(target):
        raise ProvisionError(IN_THE_WAY(path=source.path))
    if "empty" in begun.facts and target.stat() is None:
        target.make(Access(*begun.facts["empty"]))


def _reach(begun: Deed, source: Place, target: Place) -> None:
    """Raise ProvisionError where a move has two disks and one of them is gone.

    What is there would look moved already, and what is put there disappears when the disk comes back."""
    if begun.facts.get("is_apart") and not _is_apart(source, target):
        raise ProvisionError(GONE(path=source.path))


def _carry(source: Place, target: Place, at: StepRun) -> None:
    """Bring a folder, or what is left of it, to a place that is empty or has it already."""
    for place in (source, target):
        place.folder.demand()
    aside, copy = _aside(source), _copy(target)
    if not _is_occupied(target):
        if aside.stat() is None and _renamed(source, target):
            return
        _copied_whole(source, aside, copy, target, at)
    if aside.stat() is not None:
        if copy.stat() is not None:
            raise ProvisionError(IN_THE_WAY(path=target.path))
        folder.remove(aside, _ours(aside, at))


def _copied_whole(source: Place, aside: Place, copy: Place, target: Place, at: StepRun) -> None:
    """Copy a folder beside its target, and give the copy its name. Until then nobody else gets into the copy; one that
    others have been in is not trusted."""
    if copy.stat() is not None and not copy.enter().is_unready:
        folder.remove(copy)
    if copy.stat() is None:
        copy.make()
    grown = copy.enter()
    if grown.stat().st_ino not in _numbers(at):
        at.note(COPIED, path=target.path, number=[grown.stat().st_ino])
    if aside.stat() is None:
        for _ in range(2):  # the second time for what was written while the first went on
            _fill(_ours(source, at), grown)
        source.rename(aside)
    left = _ours(aside, at)
    _fill(left, grown)
    folder.sync(grown)
    _resemble(left, grown)
    copy.rename(target)
    target.folder.sync()


def _ours(place: Place, at: StepRun) -> Folder:
    """The folder of a place; the one that the run has noted is moved whosever it is, and whatever is in it."""
    entered = place.enter()
    return entered.trust() if entered.stat().st_ino in _numbers(at) else entered


def _numbers(at: StepRun) -> list[int]:
    """The numbers on their disks of the folders that the run moves, and of their copies."""
    run = at.context.ledger.run(at.run.id)
    deeds = (deed for deed in run.deeds if deed.kind in (MOVED, COPIED))
    return [number for deed in deeds for number in deed.facts.get("number", ())]


def _aside(source: Place) -> Place:
    return source.beside(f".{source.name}.wslgo-moved")


def _copy(target: Place) -> Place:
    return target.beside(f".{target.name}.wslgo-copy")


def _is_apart(source: Place, target: Place) -> bool:
    """Whether two places lie on different disks."""
    return source.folder.stat().st_dev != target.folder.stat().st_dev


def _is_occupied(place: Place) -> bool:
    """Whether there is anything but an empty folder."""
    found = place.stat()
    if found is None:
        return False
    return not stat.S_ISDIR(found.st_mode) or bool(place.enter().names())


def _emptiness(target: Place) -> dict[str, object]:
    """What an empty folder was like that stands where the moved one will."""
    found = target.stat()
    return {} if found is None else {"empty": [stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid]}


def _renamed(source: Place, target: Place) -> bool:
    """Whether one rename has done it all; not across file systems."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    return True


# Copying


def _fill(source: Folder, target: Folder) -> None:
    """Copy what is missing or differs in size or time; folders get their mode and times when they are full.

    Raises OSError for what root may not touch here.
    """
    source.demand()
    target.demand()
    for name in source.names():
        one, other = source.place(name), target.place(name)
        found = one.stat()
        if found is None:
            continue  # removed meanwhile
        if stat.S_ISDIR(found.st_mode):
            below, into = one.enter(), other.make() if other.stat() is None else other.enter()
            _fill(below, into)
            _resemble(below, into)
        elif not _is_same(found, other):
            _copied(one, other, found)


def _is_same(found: os.stat_result, other: Place) -> bool:
    there = other.stat()
    if there is None:
        return False
    of_kind = stat.S_IFMT(found.st_mode) == stat.S_IFMT(there.st_mode)
    return of_kind and (found.st_size, found.st_mtime_ns) == (there.st_size, there.st_mtime_ns)


def _copied(one: Place, other: Place, found: os.stat_result) -> None:
    """A file gets its time last: until then it differs and is copied again."""
    says = one.link_target()
    if says is None and not stat.S_ISREG(found.st_mode):
        raise ProvisionError(STRANGE(path=one.path))
    if other.stat() is not None:
        other.remove()
    if says is None:
        _copied_file(one, other)
        return
    other.link(says, Access(0, found.st_uid, found.st_gid))
    if other.folder.ruler is None:  # else it could be the time of another file, as no descriptor has that of a link
        times = (found.st_atime_ns, found.st_mtime_ns)
        os.utime(other.name, ns=times, dir_fd=other.folder.descriptor, follow_symlinks=False)


def _copied_file(one: Place, other: Place) -> None:
    with open(one.descriptor(), "rb") as source, open(other.create(), "wb") as target:  # noqa: PTH123 - descriptors
        found = os.fstat(source.fileno())
        left = found.st_size  # what is written meanwhile comes with the next round
        while left and (piece := source.read(min(left, _PIECE))):
            target.write(piece)
            left -= len(piece)
        target.flush()
        _resemble_open(source.fileno(), found, target.fileno())


def _resemble(source: Folder, target: Folder) -> None:
    if target.ruler is not None and target.stat().st_uid != target.ruler.number:
        return  # they may write in it, but it is not theirs
    with source.readable() as one, target.readable() as other:
        _resemble_open(one, os.fstat(one), other)


def _resemble_open(one: int, found: os.stat_result, other: int) -> None:
    """Owner, extended attributes and mode; the time last, since it tells that all is done. A Windows drive has only
    some of them."""
    now = os.fstat(other)
    if os.geteuid() == 0 and (found.st_uid, found.st_gid) != (now.st_uid, now.st_gid):
        os.fchown(other, found.st_uid, found.st_gid)
    copy_attributes(one, other)
    mode = stat.S_IMODE(found.st_mode)
    if stat.S_ISREG(found.st_mode):
        mode &= 0o777  # what a file ran as belongs to the bytes that it had when that was set
    if mode != stat.S_IMODE(os.fstat(other).st_mode):
        os.fchmod(other, mode)
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
