"""The outside world: what reads a machine and starts programs does it through `World`, and tests hand in another one.

Every file that wslgo writes is written here, whole or not at all.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Callable

from wslgo.system.place import Access, Place
from wslgo.system.walk import place_of

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
    target = place_of(path)
    old = target.stat()
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
        target = place_of(path)
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
