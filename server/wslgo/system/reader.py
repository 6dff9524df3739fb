"""The one reader of files that other programs may have put there: regular files only, without waiting, up to a limit.

A pipe never ends, a device may never stop, and opening either can block: such a file is an error like a missing one.
For a caller that searches certain folders, a link that leads out of them is an error, too. The place of the file that
was really opened decides, so a link that is changed after a check changes nothing.
"""

import errno
import os
import stat
from collections.abc import Sequence

from wslgo.system.errors import RefusedError
from wslgo.text.message import Message

LARGEST = 4 << 20  # bytes: more than any configuration file has
LARGEST_PROGRAM = 256 << 20  # bytes: gopls has 50 MiB

# Files made by the kernel are never configuration, but can be secret: `/proc/self/environ`.
KERNEL = ("/proc/", "/sys/", "/dev/")
ANYWHERE = ("/",)  # except the kernel's folders
GIT = ".git"  # part of no folder that is searched: in CI its `config` holds the token of the checkout

_PIECE = 1 << 16

_NOT_A_FILE = Message(en="Not a regular file", zh="不是普通文件")
_TOO_LARGE = Message(en="Larger than {bytes} bytes", zh="大于 {bytes} 字节")
_LEADS_OUT = Message(en="The link leads out of the folder", zh="该链接指向文件夹之外")


class LeadsOutError(RefusedError):
    """A file that is really outside the folders that were searched."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EXDEV, _LEADS_OUT(), path)


def is_within(place: str, folders: Sequence[str]) -> bool:
    """Return whether a path is in one of some folders, all of them without links.

    Files of the kernel and of git do not count, unless the folder itself is theirs.
    """
    for folder in folders:
        start = folder if folder.endswith("/") else f"{folder}/"
        if f"{place}/".startswith(start) and not _is_others(place[len(start) :], place, start):
            return True
    return False


def _is_others(rest: str, place: str, folder: str) -> bool:
    """Return whether the file `rest` in a folder belongs to git or the kernel, and the folder does not."""
    is_kernels = place.startswith(KERNEL) and not folder.startswith(KERNEL)
    return is_kernels or GIT in rest.lower().split("/")


def leads_out(path: str | os.PathLike[str], folders: Sequence[str]) -> bool:
    """Return whether the links of a path lead out of some folders, which have no links."""
    return not is_within(os.path.realpath(path), folders)


def open_regular(
    path: str | os.PathLike[str],
    *,
    folder: int | None = None,
    follows: bool = True,
    within: Sequence[str] | None = None,
) -> int:
    """Return a descriptor for reading a regular file, relative to the open `folder` if there is one.

    Raises OSError if it cannot be opened, is not a regular file, or is a link that must not be followed. With `within`,
    folders without links, it raises LeadsOutError for a file that is really outside them.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    try:
        if within is not None:
            descriptor = _opened_within(path, flags, within)
        else:
            descriptor = os.open(path, flags | (0 if follows else os.O_NOFOLLOW), dir_fd=folder)
    except ValueError as error:  # a NUL
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(path)) from error
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket
            raise RefusedError(errno.EINVAL, _NOT_A_FILE(), os.fspath(path)) from error
        raise
    _check_regular(descriptor, path)
    return descriptor


def open_own(path: str | os.PathLike[str]) -> int:
    """Return a descriptor for reading and writing a file of our own, which is created if it is missing.

    Raises OSError for a symbolic link, and for anything but a regular file.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
    descriptor = os.open(path, flags, 0o600)
    _check_regular(descriptor, path)
    return descriptor


def _check_regular(descriptor: int, path: str | os.PathLike[str]) -> None:
    """Close what is not a regular file, and raise OSError."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    raise RefusedError(errno.EINVAL, _NOT_A_FILE(), os.fspath(path))


def open_folder(path: str, within: Sequence[str]) -> int:
    """Return a descriptor of a folder that is really in one of the folders `within`; raises OSError."""
    return _opened_within(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NONBLOCK | os.O_CLOEXEC, within)


def read_beginning(
    path: str | os.PathLike[str],
    limit: int = LARGEST,
    *,
    folder: int | None = None,
    follows: bool = True,
    within: Sequence[str] | None = None,
) -> bytes:
    """Return the first `limit` bytes of a regular file. Raises OSError as `open_regular` does."""
    return beginning_of(open_regular(path, folder=folder, follows=follows, within=within), limit)


def read_regular(
    path: str | os.PathLike[str],
    limit: int = LARGEST,
    *,
    folder: int | None = None,
    follows: bool = True,
    within: Sequence[str] | None = None,
) -> bytes:
    """Return all bytes of a regular file. Raises OSError as `open_regular` does, and with EFBIG above `limit` bytes."""
    return read_open(open_regular(path, folder=folder, follows=follows, within=within), path, limit)


def read_open(descriptor: int, path: str | os.PathLike[str], limit: int = LARGEST) -> bytes:
    """Return all bytes of the file that `open_regular` has opened, and close it. Raises OSError as `read_regular`."""
    data = beginning_of(descriptor, limit + 1)
    if len(data) > limit:
        raise RefusedError(errno.EFBIG, _TOO_LARGE(bytes=limit), os.fspath(path))
    return data


def beginning_of(descriptor: int, limit: int) -> bytes:
    """Return the first `limit` bytes of the file that `open_regular` has opened, and close it."""
    try:
        pieces, left = [], limit
        while left and (piece := os.read(descriptor, min(left, _PIECE))):  # a file of /proc comes in pieces
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def _opened_within(path: str | os.PathLike[str], flags: int, folders: Sequence[str]) -> int:
    """Open a file in some folders.

    The target of a link is checked before it is opened, because opening a device can have effects. Afterwards the
    descriptor shows where the file really is.
    """
    try:
        descriptor = os.open(path, flags | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.ENOTDIR):
            raise
        place = os.path.realpath(path)
        if not is_within(place, folders):
            raise LeadsOutError(os.fspath(path)) from None
        descriptor = os.open(place, flags | os.O_NOFOLLOW)
    if is_within(_place_of(descriptor, path), folders):
        return descriptor
    os.close(descriptor)
    raise LeadsOutError(os.fspath(path))


def _place_of(descriptor: int, path: str | os.PathLike[str]) -> str:
    """Return where an open file is; a system without `/proc` can only look at the path again."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 - pathlib takes 3 ms
    except OSError:
        return os.path.realpath(path)
