"""The one reader of files that anyone may have put there: regular files only, without waiting, and up to a limit.

A pipe never ends, a device may never stop, and opening either can block: such a file is an error like a missing one.
"""

import errno
import os
import stat

from wslgo.message import Message
from wslgo.reasons import RefusedError

LARGEST = 4 << 20  # bytes: more than any configuration file has

_NOT_A_FILE = Message(en="Not a regular file", zh="不是普通文件")
_TOO_LARGE = Message(en="Larger than {bytes} bytes", zh="大于 {bytes} 字节")


def open_regular(path: str | os.PathLike[str], *, folder: int | None = None, follows: bool = True) -> int:
    """Return a descriptor for reading a regular file, relative to the open `folder` where there is one.

    Raises OSError for what cannot be opened, is not a regular file, or is a link that must not be followed.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC | (0 if follows else os.O_NOFOLLOW)
    try:
        descriptor = os.open(path, flags, dir_fd=folder)
    except ValueError as error:  # a NUL
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(path)) from error
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    raise RefusedError(errno.EINVAL, _NOT_A_FILE(), os.fspath(path))


def read_beginning(
    path: str | os.PathLike[str], limit: int = LARGEST, *, folder: int | None = None, follows: bool = True
) -> bytes:
    """Return the first `limit` bytes of a regular file. Raises OSError as `open_regular` does."""
    with open(open_regular(path, folder=folder, follows=follows), "rb", buffering=0) as file:
        pieces, left = [], limit
        while left and (piece := file.read(left)):  # a file of /proc comes in pieces
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)


def read_regular(
    path: str | os.PathLike[str], limit: int = LARGEST, *, folder: int | None = None, follows: bool = True
) -> bytes:
    """Return all bytes of a regular file. Raises OSError as `open_regular` does, and with EFBIG above `limit` bytes."""
    data = read_beginning(path, limit + 1, folder=folder, follows=follows)
    if len(data) > limit:
        raise RefusedError(errno.EFBIG, _TOO_LARGE(bytes=limit), os.fspath(path))
    return data
