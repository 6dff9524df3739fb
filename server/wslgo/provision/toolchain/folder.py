"""Folders that appear whole or not at all, and links that are switched in one step."""

import contextlib
import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from wslgo.effects import sync_folder
from wslgo.message import Message
from wslgo.provision.toolchain.trouble import TroubleError

NO_LINK = Message(
    en="{path} is no symbolic link, so it is not replaced; move it away to let Go be switched there",
    zh="{path} 不是符号链接，因此不会被替换；请先将其移走，再在此切换 Go",
)

_END = ".wslgo"


@contextlib.contextmanager
def growing(final: Path) -> Iterator[Path]:
    """A new folder beside `final`, `.NAME.RANDOM.wslgo`, for this process alone; gone at the end unless it was renamed.

    A lock on it, which ends with its process, tells what is alive from what a killed run has left.
    """
    path, descriptor = _made(final)
    try:
        yield path
    finally:
        if path.exists():
            remove(path)
        os.close(descriptor)


def sweep(final: Path) -> None:
    """Remove what killed runs have left of this folder."""
    for path in final.parent.glob(f".{final.name}.*{_END}"):
        descriptor = _locked(path)
        if descriptor is not None:
            remove(path)
            os.close(descriptor)


def settle(path: Path, final: Path) -> None:
    """Give a folder its name, once everything in it is on the disk. Raises OSError where there is one already."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        # One call for 15,000 files; Python has none for a single file system, and `os.sync` waits for all of them.
        ctypes.CDLL(None).syncfs(descriptor)
    finally:
        os.close(descriptor)
    path.rename(final)
    sync_folder(final.parent)


def discard(final: Path) -> None:
    """Remove a folder so that nobody ever sees a part of it under its name."""
    path, descriptor = _made(final)
    try:
        final.rename(path)
        remove(path)
    finally:
        os.close(descriptor)


def switch(link: Path, target: str) -> str | None:
    """Let a symbolic link point to `target`, in one rename; what it said before, None if there was none.

    Raises TroubleError where something else has its name.
    """
    before = points_to(link)
    if before is None and link.exists():
        raise TroubleError(NO_LINK(path=str(link)))
    if before != target:
        temporary = link.with_name(f".{link.name}.{os.urandom(6).hex()}{_END}")
        temporary.symlink_to(target)
        temporary.replace(link)
        sync_folder(link.parent)
    return before


def all_in(path: Path) -> Iterator[Path]:
    """A folder with everything in it."""
    yield path
    for parent, folders, files in os.walk(path):
        yield from (Path(parent, name) for name in (*folders, *files))


def state(path: Path) -> list[int]:
    """How many things a folder holds, and when the last of them was changed (nanoseconds): who adds, edits or removes
    one changes that."""
    times = [one.lstat().st_mtime_ns for one in all_in(path)]
    return [len(times), max(times)]


def points_to(link: Path) -> str | None:
    """What a symbolic link says; None where there is no link."""
    return str(link.readlink()) if link.is_symlink() else None


def sweep_links(link: Path) -> None:
    """Remove the links that killed runs were about to rename to this one."""
    for path in link.parent.glob(f".{link.name}.*{_END}"):
        if path.is_symlink():
            with contextlib.suppress(OSError):
                path.unlink()


def remove(path: Path) -> None:
    """Whatever is left of a folder goes, read-only folders in it too."""
    for folder, _, _ in os.walk(path):
        with contextlib.suppress(OSError):
            os.chmod(folder, 0o700)  # noqa: PTH101
    shutil.rmtree(path, ignore_errors=True)


def _made(final: Path) -> tuple[Path, int]:
    """A new folder and the lock on it."""
    while True:
        path = final.with_name(f".{final.name}.{os.urandom(6).hex()}{_END}")
        path.mkdir(0o755)
        descriptor = _locked(path)
        if descriptor is not None:  # else somebody who sweeps was quicker
            return path, descriptor


def _locked(path: Path) -> int | None:
    """A lock on a folder; None where a process has it, or it is gone."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_nlink:
            return descriptor
    except BlockingIOError:
        pass
    os.close(descriptor)
    return None
