"""Folders that appear whole or not at all, and links that are switched in one step.

A folder that grows is for its maker alone until everything in it has its owner: it is only then that others get in.
"""

import contextlib
import ctypes
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from wslgo.provision.errors import ProvisionError
from wslgo.system.errors import RefusedError
from wslgo.system.lock import try_lock
from wslgo.system.place import Access, Folder, Place
from wslgo.system.walk import place_of
from wslgo.text.message import Message

NO_LINK = Message(
    en="{path} is no symbolic link, so it is not replaced; move it away to let Go be switched there",
    zh="{path} 不是符号链接，因此不会被替换；请先将其移走，再在此切换 Go",
)
SWAPPED = Message(en="Something else was put in its place", zh="它已被替换为其他内容")

_END = ".wslgo"


@contextlib.contextmanager
def growing(final: Path | Place) -> Iterator[Folder]:
    """A new folder beside `final`, `.NAME.RANDOM.wslgo`, for this process alone; gone at the end unless it was renamed.

    A lock on it, which ends with its process, tells what is alive from what a killed run has left.
    """
    place = place_of(final, follows=False)
    folder, lock = _made(place)
    try:
        yield folder
    finally:
        remove(_beside(place, folder))
        os.close(lock)


def sweep(final: Path | Place) -> None:
    """Remove what killed runs have left of this folder."""
    for place in _left(place_of(final, follows=False)):
        with contextlib.suppress(OSError):
            lock = _locked(place.enter())
            if lock is not None:
                remove(place)
                os.close(lock)


def settle(folder: Folder, final: Path | Place, access: Access) -> None:
    """Give a folder its owner, mode and name, once everything in it is on the disk and has its owner, too. Raises
    OSError where there is one already."""
    place = place_of(final, follows=False)
    if os.geteuid() == 0:
        _give(folder, access)
    sync(folder)
    folder.ready(access)
    _beside(place, folder).rename(place)
    place.folder.sync()


def sync(folder: Folder) -> None:
    """Wait until everything in a folder is on the disk."""
    with folder.readable() as descriptor:
        # One call for 15,000 files; Python has none for a single file system, and `os.sync` waits for all of them.
        ctypes.CDLL(None).syncfs(descriptor)


def discard(final: Path | Place) -> None:
    """Remove a folder so that nobody ever sees a part of it under its name."""
    place = place_of(final, follows=False)
    folder, lock = _made(place)
    try:
        place.rename(_beside(place, folder))
        remove(_beside(place, folder))
    finally:
        os.close(lock)


def switch(link: Path | Place, target: str, access: Access | None = None) -> str | None:
    """Let a symbolic link point to `target`, in one rename; what it said before, None if there was none. A new one
    belongs to whom `access` says.

    Raises ProvisionError where something else has its name.
    """
    place = place_of(link, follows=False)
    before = place.link_target()
    if before is None and place.stat() is not None:
        raise ProvisionError(NO_LINK(path=place.path))
    if before != target:
        temporary = place.beside(f".{place.name}.{os.urandom(6).hex()}{_END}")
        temporary.link(target, access)
        temporary.rename(place)
        place.folder.sync()
    return before


def sweep_links(link: Place) -> None:
    """Remove the links that killed runs were about to rename to this one."""
    for place in _left(link):
        if place.link_target() is not None:
            with contextlib.suppress(OSError):
                place.remove()


def state(place: Place) -> list[int]:
    """How many things a folder holds, and when the last of them was changed (nanoseconds): who adds, edits or removes
    one changes that."""
    folder = place.enter()
    times = [folder.stat().st_mtime_ns, *_times(folder)]
    return [len(times), max(times)]


def remove(place: Place, entered: Folder | None = None) -> None:
    """Whatever is left of a folder, which may be `entered` already, goes, read-only folders in it too. What cannot go
    stays: for root that is a folder in which those who could have put it there may change nothing."""
    with contextlib.suppress(OSError):
        if os.geteuid() and place.is_folder:
            os.chmod(place.name, 0o700, dir_fd=place.folder.descriptor)
        folder = entered or place.enter()
        if folder.is_theirs:
            for name, is_folder in _entries(folder):
                if is_folder:
                    remove(folder.place(name))
                else:
                    with contextlib.suppress(OSError):
                        folder.place(name).remove()
        place.remove_folder()


def _give(folder: Folder, access: Access) -> None:
    """Give everything in a folder to its owner. Nobody else gets into the folder, so names are safe here."""
    for name, is_folder in _entries(folder):
        if is_folder:
            _give(folder.enter(name), access)
        os.chown(name, access.owner, access.group, dir_fd=folder.descriptor, follow_symlinks=False)


def _times(folder: Folder) -> Iterator[int]:
    with folder.readable() as descriptor, os.scandir(descriptor) as entries:
        found = [
            (entry.name, entry.is_dir(follow_symlinks=False), entry.stat(follow_symlinks=False)) for entry in entries
        ]
    for name, is_folder, status in found:
        yield status.st_mtime_ns
        if is_folder:
            yield from _times(folder.enter(name))


def _entries(folder: Folder) -> list[tuple[str, bool]]:
    """The names in a folder, and whether they are folders."""
    with folder.readable() as descriptor, os.scandir(descriptor) as entries:
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]


def _beside(place: Place, folder: Folder) -> Place:
    """The place of a folder that was made beside another one."""
    return place.beside(folder.path.rpartition("/")[2])


def _left(place: Place) -> Iterator[Place]:
    """What killed runs may have left beside a name."""
    try:
        names = place.folder.names() if not place.missing else []
    except OSError:
        return
    for name in names:
        if name.startswith(f".{place.name}.") and name.endswith(_END):
            yield place.beside(name)


def _made(final: Place) -> tuple[Folder, int]:
    """A new folder and the lock on it."""
    while True:
        folder = final.beside(f".{final.name}.{os.urandom(6).hex()}{_END}").make()
        if not folder.is_unready and folder.ruler is not None:  # the files in it are named, so it is ours alone
            raise RefusedError(errno.ESTALE, SWAPPED(), folder.path)
        lock = _locked(folder)
        if lock is not None:  # else somebody who sweeps was quicker
            return folder, lock


def _locked(folder: Folder) -> int | None:
    """A lock on a folder; None where a process has it, or it is gone."""
    descriptor = folder.reopen()
    if try_lock(descriptor) and os.fstat(descriptor).st_nlink:
        return descriptor
    os.close(descriptor)
    return None
