"""Atomic folder installs and symlink switches.

A new folder is closed to other users until everything in it has its owner.
"""

import contextlib
import ctypes
import errno
import hashlib
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from wslgo.provision.errors import ProvisionError
from wslgo.provision.net import digest
from wslgo.system.errors import RefusedError
from wslgo.system.lock import try_lock
from wslgo.system.place import Access, Folder, Place
from wslgo.system.reader import LARGEST_PROGRAM
from wslgo.system.walk import place_of
from wslgo.text.message import Message

NO_LINK = Message(
    en="{path} is not a symbolic link, so wslgo does not replace it. Move it away to switch Go there",
    zh="{path} 不是符号链接，因此 wslgo 不会替换它。请先将其移走，再在此切换 Go",
)
SWAPPED = Message(en="Another program replaced it", zh="它已被其他程序替换")

_END = ".wslgo"
_MOST = 100_000  # files; a toolchain has 16,000


@contextlib.contextmanager
def growing(final: Path | Place) -> Iterator[Folder]:
    """Yield a new folder beside `final`, `.NAME.RANDOM.wslgo`, for this process alone; remove it unless it was renamed.

    The lock on it ends with its process, so leftovers of a killed run can be told from folders in use.
    """
    place = place_of(final, follows=False)
    folder, lock = _make(place)
    try:
        yield folder
    finally:
        remove(_beside(place, folder))
        os.close(lock)


def sweep(final: Path | Place) -> None:
    """Remove what killed runs have left of this folder."""
    for place in _leftovers(place_of(final, follows=False)):
        with contextlib.suppress(OSError):
            lock = _lock(place.enter())
            if lock is not None:
                remove(place)
                os.close(lock)


def settle(folder: Folder, final: Path | Place, access: Access) -> None:
    """Give a folder its owner, mode and name, once everything in it is on the disk and has its owner.

    Raises OSError if the name is taken.
    """
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
    """Remove a folder; no part of it is ever visible under its name."""
    place = place_of(final, follows=False)
    folder, lock = _make(place)
    try:
        place.rename(_beside(place, folder))
        remove(_beside(place, folder))
    finally:
        os.close(lock)


def switch(link: Path | Place, target: str, access: Access | None = None) -> str | None:
    """Point a symbolic link to `target` with one rename; return its old target, None if it is new.

    `access` names the owner of a new link. Raises ProvisionError if the path is not a link.
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
    for place in _leftovers(link):
        if place.link_target() is not None:
            with contextlib.suppress(OSError):
                place.remove()


def state(place: Place) -> list[int]:
    """Return the number of entries in a folder and their newest change (nanoseconds); every edit changes that."""
    folder = place.enter()
    times = [folder.stat().st_mtime_ns, *_times(folder)]
    return [len(times), max(times)]


def content_hash(place: Place) -> str:
    """Return a hash (dirhash.Hash1) of the names and the content of everything in a folder.

    A link has its target as content. Raises OSError for what cannot be read, and for more files than a toolchain has.
    """
    return digest.h1(hashes(place.enter()))


def hashes(folder: Folder, leaves_out: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return the path and the SHA-256 of everything in a folder, without the folders in it that are left out."""
    found = list(islice(_hashes(folder, "", leaves_out), _MOST + 1))
    if len(found) > _MOST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), folder.path)
    return found


def _hashes(folder: Folder, above: str, leaves_out: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for name, is_folder in _entries(folder):
        path = f"{above}{name}"
        if is_folder and name in leaves_out:
            continue
        if is_folder:
            yield from _hashes(folder.enter(name), f"{path}/")
            continue
        place = folder.place(name)
        target = place.link_target()
        if target is not None:
            yield f"{path} ->", hashlib.sha256(target.encode("utf-8", "surrogateescape")).hexdigest()
            continue
        yield path, hashlib.sha256(place.content(LARGEST_PROGRAM) or b"").hexdigest()


def remove(place: Place, entered: Folder | None = None) -> None:
    """Remove what is left of a folder, which may be `entered` already, with the read-only folders in it.

    What cannot be removed stays: for root that is a folder its users cannot change.
    """
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
    """Give everything in a folder to its owner; names are safe, because no other user can enter the folder."""
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
    """Return the names in a folder, and whether they are folders."""
    with folder.readable() as descriptor, os.scandir(descriptor) as entries:
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]


def _beside(place: Place, folder: Folder) -> Place:
    """Return the place of a folder that was made beside another one."""
    return place.beside(folder.path.rpartition("/")[2])


def _leftovers(place: Place) -> Iterator[Place]:
    """Yield what killed runs may have left beside a name."""
    try:
        names = place.folder.names() if not place.missing else []
    except OSError:
        return
    for name in names:
        if name.startswith(f".{place.name}.") and name.endswith(_END):
            yield place.beside(name)


def _make(final: Place) -> tuple[Folder, int]:
    """Make a folder; return it and the lock on it."""
    while True:
        folder = final.beside(f".{final.name}.{os.urandom(6).hex()}{_END}").make()
        if not folder.is_unready and folder.ruler is not None:  # only a folder of our own is safe to write into by name
            raise RefusedError(errno.ESTALE, SWAPPED(), folder.path)
        lock = _lock(folder)
        if lock is not None:  # else another run has swept it away
            return folder, lock


def _lock(folder: Folder) -> int | None:
    """Lock a folder; return None if another process has the lock, or the folder is gone."""
    descriptor = folder.reopen()
    if try_lock(descriptor) and os.fstat(descriptor).st_nlink:
        return descriptor
    os.close(descriptor)
    return None
