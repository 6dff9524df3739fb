"""Locks that one process holds; the kernel releases them when that process ends, however it ends."""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

_POLL = 0.1  # seconds between two attempts


def acquire(
    path: Path, waits: Callable[[], None] = lambda: None, is_cancelled: Callable[[], bool] = lambda: False
) -> int | None:
    """Lock a lock file, which is created if it does not exist, and return its descriptor: closing it releases the lock.

    `waits` is called once if another process holds the lock. Return None if the wait is cancelled; raise OSError if the
    file cannot be opened.
    """
    is_waiting = False
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            # The last holder may have removed the file; then the lock is another file of that name.
            if try_lock(descriptor) and _is_at(descriptor, path):
                return os.dup(descriptor)  # which holds the same lock
        finally:
            os.close(descriptor)
        if not is_waiting:
            is_waiting = True
            waits()
        if is_cancelled():
            return None
        time.sleep(_POLL)


def try_lock(descriptor: int) -> bool:
    """Lock an open file or folder, and return whether that worked: no other process holds its lock."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
