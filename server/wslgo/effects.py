"""What reaches the disk: every file that wslgo writes is written here, whole or not at all."""

import contextlib
import os
import stat
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Replace what a file holds, through its symbolic links; mode, owner and extended attributes are kept.

    Raises OSError when the file may not be written. A reader sees the old bytes or the new ones, never a part.
    """
    target = Path(os.path.realpath(path))
    # Renaming over a read-only file would succeed wherever its directory is writable; its owner said no.
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13), str(target))
    temporary = target.parent / f".{target.name[:64]}.{os.urandom(6).hex()}.wslgo"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
            file.write(data)
            file.flush()
            _resemble(target, descriptor)
            os.fsync(descriptor)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _resemble(target: Path, descriptor: int) -> None:
    """Give the new file what the old one has; drives of Windows refuse even a change that changes nothing."""
    new = os.fstat(descriptor)
    try:
        old = target.stat()
    except FileNotFoundError:
        os.fchmod(descriptor, 0o666 & ~_umask())
        return
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        os.fchown(descriptor, old.st_uid, old.st_gid)
    if stat.S_IMODE(old.st_mode) != stat.S_IMODE(new.st_mode):
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
    for name in _attributes(target):
        with contextlib.suppress(OSError):
            os.setxattr(descriptor, name, os.getxattr(target, name))


def _attributes(target: Path) -> list[str]:
    try:
        return os.listxattr(target)
    except (OSError, AttributeError):  # a file system, or a system, without them
        return []


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """The rename itself reaches the disk; some file systems cannot sync a folder."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
