"""Folder moves: one rename, or a complete copy before the source is removed.

Three names show how far an interrupted move has come. The copy grows as `.NAME.wslgo-copy` beside its target. When it
is complete, the source becomes `.NAME.wslgo-moved`, so that no program finds it any more. Then what was written into it
in the meantime is copied too, the copy gets its final name, and the source is removed.
"""

import errno
import os
import stat

from wslgo.provision.apply.context import DriftError
from wslgo.provision.apply.ledger import COPIED, MOVED, ActionRecord
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import MoveFolder
from wslgo.provision.toolchain import folder
from wslgo.system.files import copy_attributes
from wslgo.system.place import Access, Folder, Place
from wslgo.text.message import Message

IN_THE_WAY = Message(
    en="{path} exists and is not empty, so nothing was moved there", zh="{path} 已存在且不为空，因此未向其移动任何内容"
)
GONE = Message(
    en="The drive of {path} is not mounted, so wslgo moves nothing to or from it. Mount it and retry",
    zh="{path} 所在的驱动器未挂载，因此 wslgo 不会移入或移出任何内容。请挂载后重试",
)
STRANGE = Message(
    en="{path} is neither a file, a folder nor a link, so it cannot be moved to another disk",
    zh="{path} 不是文件、文件夹或链接，无法移到另一磁盘",
)

_PIECE = 1 << 20  # bytes


def move(action: MoveFolder, step_run: StepRun) -> None:
    """Perform or finish a move. Raises ProvisionError or OSError; then everything is in one of the two places."""
    machine = step_run.context.target
    source, target = machine.open(action.source, follows=False), machine.open(action.target, follows=False)
    begun = step_run.run.record_of(MOVED, source=source.path, target=target.path)
    if begun is None:
        if not source.is_folder:
            raise DriftError(action.source)
        if _is_occupied(target):
            raise ProvisionError(IN_THE_WAY(path=action.target))
        target = step_run.make_folders(target)
        is_apart = _is_apart(source, target)
        facts = {"is_apart": is_apart, "number": [source.enter().stat().st_ino], **_emptiness(target)}
        step_run.note(MOVED, source=source.path, target=target.path, **facts)
    else:
        _reach(begun, source, target)
    _carry(source, target, step_run)


def put_back(begun: ActionRecord, step_run: StepRun) -> None:
    """Undo a move, including one that was interrupted while moving or undoing.

    Raises ProvisionError if something new is in its place, or a disk is missing.
    """
    source, target = step_run.recorded_place(begun, "source"), step_run.recorded_place(begun, "target")
    _reach(begun, source, target)
    aside = _aside_place(source)
    if aside.stat() is not None and source.stat() is None:
        if _copy_place(target).stat() is not None or target.stat() is None:
            aside.rename(source)  # it is complete: only a source whose copy has its final name is removed
        else:
            folder.remove(aside, _ours(aside, step_run))
    if _copy_place(target).stat() is not None:
        folder.remove(_copy_place(target))
    if _aside_place(target).stat() is not None or (target.stat() is not None and source.stat() is None):
        _carry(target, source, step_run)
    elif _is_occupied(target):
        raise ProvisionError(IN_THE_WAY(path=source.path))
    if "empty" in begun.facts and target.stat() is None:
        target.make(Access(*begun.facts["empty"]))


def _reach(begun: ActionRecord, source: Place, target: Place) -> None:
    """Raise ProvisionError if a move has two disks and one of them is missing.

    Its files would look as if they had moved already, and whatever is written there is hidden once it is mounted.
    """
    if begun.facts.get("is_apart") and not _is_apart(source, target):
        raise ProvisionError(GONE(path=source.path))


def _carry(source: Place, target: Place, step_run: StepRun) -> None:
    """Move a folder, or what is left of it, to a place that is empty or has it already."""
    for place in (source, target):
        place.folder.demand()
    aside, copy = _aside_place(source), _copy_place(target)
    if not _is_occupied(target):
        if aside.stat() is None and _rename(source, target):
            return
        _copy_whole(source, aside, copy, target, step_run)
    if aside.stat() is not None:
        if copy.stat() is not None:
            raise ProvisionError(IN_THE_WAY(path=target.path))
        folder.remove(aside, _ours(aside, step_run))


def _copy_whole(source: Place, aside: Place, copy: Place, target: Place, step_run: StepRun) -> None:
    """Copy a folder beside its target, and give the copy its name.

    Until then no other user can enter the copy; one that others could enter is not trusted.
    """
    if copy.stat() is not None and not copy.enter().is_unready:
        folder.remove(copy)
    if copy.stat() is None:
        copy.make()
    grown = copy.enter()
    if grown.stat().st_ino not in _numbers(step_run):
        step_run.note(COPIED, path=target.path, number=[grown.stat().st_ino])
    if aside.stat() is None:
        for _ in range(2):  # the second time for what was written during the first
            _fill(_ours(source, step_run), grown)
        source.rename(aside)
    left = _ours(aside, step_run)
    _fill(left, grown)
    folder.sync(grown)
    _resemble(left, grown)
    copy.rename(target)
    target.folder.sync()


def _ours(place: Place, step_run: StepRun) -> Folder:
    """Return the folder of a place; the one that the run recorded is trusted, whatever its owner and content."""
    entered = place.enter()
    return entered.trust() if entered.stat().st_ino in _numbers(step_run) else entered


def _numbers(step_run: StepRun) -> list[int]:
    """Return the inode numbers of the folders that the run moves, and of their copies."""
    run = step_run.context.ledger.run(step_run.run.id)
    records = (record for record in run.records if record.kind in (MOVED, COPIED))
    return [number for record in records for number in record.facts.get("number", ())]


def _aside_place(source: Place) -> Place:
    return source.beside(f".{source.name}.wslgo-moved")


def _copy_place(target: Place) -> Place:
    return target.beside(f".{target.name}.wslgo-copy")


def _is_apart(source: Place, target: Place) -> bool:
    """Return whether two places are on different disks."""
    return source.folder.stat().st_dev != target.folder.stat().st_dev


def _is_occupied(place: Place) -> bool:
    """Return whether there is anything but an empty folder."""
    found = place.stat()
    if found is None:
        return False
    return not stat.S_ISDIR(found.st_mode) or bool(place.enter().names())


def _emptiness(target: Place) -> dict[str, object]:
    """Return mode and owner of an empty folder that is in the place of the moved one."""
    found = target.stat()
    return {} if found is None else {"empty": [stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid]}


def _rename(source: Place, target: Place) -> bool:
    """Move with one rename, and return whether that worked; it does not across file systems."""
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
        old, new = source.place(name), target.place(name)
        found = old.stat()
        if found is None:
            continue  # removed in the meantime
        if stat.S_ISDIR(found.st_mode):
            below, into = old.enter(), new.make() if new.stat() is None else new.enter()
            _fill(below, into)
            _resemble(below, into)
        elif not _is_same(found, new):
            _copy_entry(old, new, found)


def _is_same(found: os.stat_result, other: Place) -> bool:
    there = other.stat()
    if there is None:
        return False
    of_kind = stat.S_IFMT(found.st_mode) == stat.S_IFMT(there.st_mode)
    return of_kind and (found.st_size, found.st_mtime_ns) == (there.st_size, there.st_mtime_ns)


def _copy_entry(old: Place, new: Place, found: os.stat_result) -> None:
    """Copy a file or link; it gets its time last, so an interrupted copy differs and is repeated."""
    says = old.link_target()
    if says is None and not stat.S_ISREG(found.st_mode):
        raise ProvisionError(STRANGE(path=old.path))
    if new.stat() is not None:
        new.remove()
    if says is None:
        _copy_file(old, new)
        return
    new.link(says, Access(0, found.st_uid, found.st_gid))
    if new.folder.ruler is None:  # else it could be the time of another file, as no descriptor has that of a link
        times = (found.st_atime_ns, found.st_mtime_ns)
        os.utime(new.name, ns=times, dir_fd=new.folder.descriptor, follow_symlinks=False)


def _copy_file(old: Place, new: Place) -> None:
    with open(old.descriptor(), "rb") as source, open(new.create(), "wb") as target:  # noqa: PTH123 - descriptors
        found = os.fstat(source.fileno())
        left = found.st_size  # what is appended in the meantime is copied in the next round
        while left and (piece := source.read(min(left, _PIECE))):
            target.write(piece)
            left -= len(piece)
        target.flush()
        _resemble_open(source.fileno(), found, target.fileno())


def _resemble(source: Folder, target: Folder) -> None:
    if target.ruler is not None and target.stat().st_uid != target.ruler.number:
        return  # its users may write in it, but do not own it
    with source.readable() as old, target.readable() as new:
        _resemble_open(old, os.fstat(old), new)


def _resemble_open(old: int, found: os.stat_result, new: int) -> None:
    """Copy owner, extended attributes and mode, and last the time, which marks the copy as complete.

    A Windows drive supports only some of them.
    """
    now = os.fstat(new)
    if os.geteuid() == 0 and (found.st_uid, found.st_gid) != (now.st_uid, now.st_gid):
        os.fchown(new, found.st_uid, found.st_gid)
    copy_attributes(old, new)
    mode = stat.S_IMODE(found.st_mode)
    if stat.S_ISREG(found.st_mode):
        mode &= 0o777  # setuid and setgid were meant for the bytes the file had when they were set
    if mode != stat.S_IMODE(os.fstat(new).st_mode):
        os.fchmod(new, mode)
    os.utime(new, ns=(found.st_atime_ns, found.st_mtime_ns))
