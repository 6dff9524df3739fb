"""Atomic writes of files; every file that wslgo writes outside a tree is written here.

The file is replaced as a whole or stays as it was.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Callable

from wslgo.system.place import Access, Place
from wslgo.system.walk import place_of

ROOTS = Access(0o644, 0, 0)  # of a new file of root


def access_of(found: os.stat_result) -> Access:
    return Access(stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid)


def write_atomically(
    path: str | os.PathLike[str] | Place,
    data: bytes,
    access: Access | None = None,
    before_rename: Callable[[], None] = lambda: None,
) -> None:
    """Replace the content of a file, through its symbolic links.

    Extended attributes are kept, and mode and owner, too, unless `access` is given. Raises OSError if the file may not
    be written. A reader sees the old bytes or the new ones, never a part.
    """
    target = place_of(path)
    old = target.stat()
    folder = target.folder
    # Renaming over a read-only file would succeed wherever its folder is writable, against the will of its owner.
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
    """Remove temporary files that interrupted writers of a file have left, and those of running writers, too."""
    with contextlib.suppress(OSError):
        target = place_of(path)
        for name in target.folder.names():
            if name.startswith(_beginning(target)) and name.endswith(_END):
                target.beside(name).remove()


_END = ".wslgo"


def _beginning(target: Place) -> str:
    return f".{target.name[:64]}."


def _resemble(target: Place, old: os.stat_result | None, descriptor: int, access: Access | None) -> None:
    """Give the new file the mode, owner and attributes of the old one, but only if they differ."""
    new = access_of(os.fstat(descriptor))
    wanted = access or (access_of(old) if old else Access(0o666 & ~umask(), os.geteuid(), os.getegid()))
    if (wanted.owner, wanted.group) != (new.owner, new.group):
        os.fchown(descriptor, wanted.owner, wanted.group)
    mode = wanted.mode & 0o777  # new bytes must not inherit setuid or setgid
    if mode != stat.S_IMODE(os.fstat(descriptor).st_mode):
        os.fchmod(descriptor, mode)
    with contextlib.suppress(OSError):
        kept = target.descriptor()
        try:
            copy_attributes(kept, descriptor)
        finally:
            os.close(kept)


def copy_attributes(source: int, target: int) -> None:
    """Copy the extended attributes of an open file, except those that give programs more rights than their user."""
    try:
        names = os.listxattr(source)
    except (OSError, AttributeError):  # a file system, or a system, without them
        return
    for name in names:
        if name != "security.capability":
            with contextlib.suppress(OSError):
                os.setxattr(target, name, os.getxattr(source, name))


def umask() -> int:
    """Return the permissions that new files and folders do not get."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
