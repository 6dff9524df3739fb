"""The differences between a tree and the tree that it was copied from."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

What = tuple[object, ...]  # bytes or target, mode, owner and group; empty for a removed path
Changes = Mapping[str, What]


def changes(root: Path, pristine: Path) -> Changes:
    """Return the differences from the pristine tree, by path."""
    return dict(_in("", root, pristine))


def what(path: Path) -> What:
    """Return everything about a path of a tree but its times."""
    found = path.lstat()
    content: object = None
    if stat.S_ISLNK(found.st_mode):
        content = str(path.readlink())
    elif stat.S_ISREG(found.st_mode):
        content = path.read_bytes()
    return content, stat.filemode(found.st_mode), found.st_uid, found.st_gid


def _in(folder: str, root: Path, pristine: Path) -> Iterator[tuple[str, What]]:
    here, there = _names(root / folder), _names(pristine / folder)
    for name in sorted(here | there):
        path = f"{folder}/{name}".lstrip("/")
        one, other = root / path, pristine / path
        if name not in here:
            yield path, ()
            continue
        if name not in there or not _is_same(one, other):
            yield path, what(one)
        if one.is_dir() and not one.is_symlink():
            yield from _in(path, root, pristine)


def _names(folder: Path) -> set[str]:
    try:
        return set(os.listdir(folder))  # noqa: PTH208 - the names alone
    except (FileNotFoundError, NotADirectoryError):
        return set()


def _is_same(one: Path, other: Path) -> bool:
    """Files that are as old as each other to the nanosecond are unchanged copies."""
    here, there = one.lstat(), other.lstat()
    if (here.st_mode, here.st_uid, here.st_gid) != (there.st_mode, there.st_uid, there.st_gid):
        return False
    return (here.st_mtime_ns, here.st_size) == (there.st_mtime_ns, there.st_size) or what(one) == what(other)
