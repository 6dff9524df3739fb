"""The outside world: what reads a machine and starts programs does it through `World`, and tests hand in another one.

Every file that wslgo writes is written here, whole or not at all.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from wslgo.system.place import Access, Place, held, is_for_root
from wslgo.system.reader import read_beginning


class Ran(NamedTuple):
    """What a program left behind."""

    code: int
    out: bytes
    err: bytes = b""


class World(Protocol):
    """What can be asked of a machine. Nothing here raises: what cannot be had is None, empty or False."""

    @property
    def environment(self) -> Mapping[str, str]: ...

    def read(self, path: str) -> bytes | None:
        """The first 4 MiB of a regular file."""

    def names(self, folder: str) -> tuple[str, ...]:
        """What a folder holds, sorted."""

    def stat(self, path: str) -> os.stat_result | None:
        """Behind symbolic links."""

    def exists(self, path: str) -> bool:
        """Whether there is something behind symbolic links."""

    def link(self, path: str) -> str | None:
        """What a symbolic link says."""

    def real(self, path: str) -> str:
        """The path without symbolic links."""

    def run(
        self,
        words: Sequence[str],
        seconds: float,
        folder: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran | None:
        """Run a program by its absolute path, without input, through the door of `process.py`; the environment is that
        of a row in `programs.py`. None when it may not or cannot start, or takes too long."""

    def keep(self, path: str, data: bytes) -> bool:
        """Write a file of our own for this user alone, with the folders it needs; whether it worked."""


class ThisMachine:
    """The machine that we run on."""

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ

    def read(self, path: str) -> bytes | None:
        try:
            return read_beginning(path)
        except OSError:
            return None

    def names(self, folder: str) -> tuple[str, ...]:
        try:
            return tuple(sorted(os.listdir(folder)))  # noqa: PTH208 - the names alone
        except (OSError, ValueError):
            return ()

    def stat(self, path: str) -> os.stat_result | None:
        try:
            return os.stat(path)  # noqa: PTH116
        except (OSError, ValueError):
            return None

    def exists(self, path: str) -> bool:
        return self.stat(path) is not None

    def link(self, path: str) -> str | None:
        try:
            return os.readlink(path)  # noqa: PTH115
        except (OSError, ValueError):
            return None

    def real(self, path: str) -> str:
        try:
            return os.path.realpath(path)
        except (OSError, ValueError):
            return path

    def run(
        self,
        words: Sequence[str],
        seconds: float,
        folder: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran | None:
        from wslgo.system.process import run  # subprocess costs 8 ms, and most commands start no program

        return run(words, seconds, folder, environment)

    def keep(self, path: str, data: bytes) -> bool:
        if not is_for_root(path):
            return False
        try:
            Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(Path(path), data)
            Path(path).chmod(0o600)
        except (OSError, ValueError):
            return False
        return True


ROOTS = Access(0o644, 0, 0)  # what a new file of root's gets


def access_of(found: os.stat_result) -> Access:
    return Access(stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid)


def write_atomically(
    path: str | os.PathLike[str] | Place,
    data: bytes,
    access: Access | None = None,
    before_rename: Callable[[], None] = lambda: None,
) -> None:
    """Replace what a file holds, through its symbolic links; extended attributes are kept, and mode and owner, too,
    unless `access` names others.

    Raises OSError when the file may not be written. A reader sees the old bytes or the new ones, never a part.
    """
    target = held(path)
    old = target.found()
    folder = target.folder
    # Renaming over a read-only file would succeed wherever its directory is writable; its owner said no.
    if old is not None and not os.access(target.name, os.W_OK, dir_fd=folder.descriptor):
        number = errno.EROFS if os.statvfs(folder.descriptor).f_flag & os.ST_RDONLY else errno.EACCES
        raise OSError(number, os.strerror(number), target.path)
    temporary = target.beside(f"{_beginning(target)}{os.urandom(6).hex()}{_END}")
    descriptor = temporary.create()
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
            file.write(data)
            file.flush()
            _resemble(target, old, descriptor, access)
            os.fsync(descriptor)
        before_rename()
        temporary.rename(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.remove()
        raise
    folder.sync()


def sweep(path: str | os.PathLike[str] | Place) -> None:
    """Remove what writers of a file have left beside it when they were killed; those that still run have one, too."""
    with contextlib.suppress(OSError):
        target = held(path)
        for name in target.folder.names():
            if name.startswith(_beginning(target)) and name.endswith(_END):
                target.beside(name).remove()


_END = ".wslgo"


def _beginning(target: Place) -> str:
    return f".{target.name[:64]}."


def _resemble(target: Place, old: os.stat_result | None, descriptor: int, access: Access | None) -> None:
    """Give the new file what the old one has; drives of Windows refuse even a change that changes nothing."""
    new = access_of(os.fstat(descriptor))
    wanted = access or (access_of(old) if old else Access(0o666 & ~umask(), os.geteuid(), os.getegid()))
    if (wanted.owner, wanted.group) != (new.owner, new.group):
        os.fchown(descriptor, wanted.owner, wanted.group)
    mode = wanted.mode & 0o777  # other bytes have no right to what the old ones ran as
    if mode != stat.S_IMODE(os.fstat(descriptor).st_mode):
        os.fchmod(descriptor, mode)
    with contextlib.suppress(OSError):
        kept = target.descriptor()
        try:
            copy_attributes(kept, descriptor)
        finally:
            os.close(kept)


def copy_attributes(source: int, target: int) -> None:
    """Give an open file the extended attributes of another one but those that let programs do more than their user."""
    try:
        names = os.listxattr(source)
    except (OSError, AttributeError):  # a file system, or a system, without them
        return
    for name in names:
        if name != "security.capability":
            with contextlib.suppress(OSError):
                os.setxattr(target, name, os.getxattr(source, name))


def umask() -> int:
    """What new files and folders of ours may not have."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
