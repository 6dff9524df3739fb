"""A copy of a workspace, which is only read: without git's data, without links that lead out, up to a size."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from wslgo.golang.project import SKIPPED
from wslgo.system.errors import RefusedError
from wslgo.system.reader import LARGEST_PROGRAM, read_regular
from wslgo.text.message import Message

LARGEST = 2 << 30  # bytes of all files
_LEFT_OUT = (SKIPPED - {"vendor", "testdata"}) | {".git", ".hg", ".svn", ".jj"}

TOO_LARGE = Message(
    en="The workspace has more than {limit} GiB; name the folder of one module",
    zh="工作区超过 {limit} GiB；请指定单个模块的文件夹",
)


def copied_files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files of a workspace that are copied, by their relative path, in a fixed order. Raises OSError."""
    for here, folders, names in os.walk(folder, onerror=_fail):
        kept = (name for name in folders if name not in _LEFT_OUT and not Path(here, name).is_symlink())
        folders[:] = sorted(kept)
        for path in (Path(here, name) for name in sorted(names)):
            found = path.lstat()
            if stat.S_ISREG(found.st_mode):
                yield str(path.relative_to(folder)), found


def size_of(folder: str) -> int:
    """Return the bytes of the files that are copied. Raises OSError for more than are allowed."""
    size = 0
    for _, found in copied_files(folder):
        size += found.st_size
        if size > LARGEST:
            raise RefusedError(errno.EFBIG, TOO_LARGE(limit=LARGEST >> 30), folder)
    return size


def copy(folder: str, target: str) -> str:
    """Copy a workspace into a new folder; return a digest of its files. Raises OSError."""
    digest, within = hashlib.sha256(), (os.path.realpath(folder),)
    for path, _ in copied_files(folder):
        data = read_regular(Path(folder, path), LARGEST_PROGRAM, follows=False, within=within)
        digest.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
        place = Path(target, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return digest.hexdigest()[:16]


def _fail(error: OSError) -> None:
    raise error
