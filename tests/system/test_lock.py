"""A lock is held by one process at a time, and a wait for it can be announced and cancelled."""

import os
import subprocess
import sys
from pathlib import Path

from wslgo.system import lock

HOLDER = "import os, sys; from wslgo.system import lock; lock.acquire(__import__('pathlib').Path(sys.argv[1]))"


def test_a_second_holder_waits_and_its_wait_can_be_cancelled(tmp_path: Path) -> None:
    path, waits = tmp_path / "lock", []
    held = lock.acquire(path)
    assert held is not None
    assert lock.acquire(path, lambda: waits.append("waits"), lambda: True) is None
    os.close(held)
    again = lock.acquire(path, lambda: waits.append("waits"), lambda: True)
    assert again is not None
    os.close(again)
    assert waits == ["waits"]


def test_a_process_that_is_killed_releases_its_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    code = f"{HOLDER}; print('held', flush=True); sys.stdin.read()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", code, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert lock.acquire(path, is_cancelled=lambda: True) is None
        holder.kill()
    descriptor = lock.acquire(path, is_cancelled=lambda: True)
    assert descriptor is not None
    os.close(descriptor)


def test_a_lock_file_that_its_holder_removes_is_not_the_lock_of_the_next(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held = lock.acquire(path)
    assert held is not None
    removed = iter([False, True])

    def remove_and_release() -> None:
        path.unlink()
        os.close(held)

    descriptor = lock.acquire(path, remove_and_release, lambda: next(removed))
    assert descriptor is not None
    assert os.path.samestat(os.fstat(descriptor), path.stat())
    os.close(descriptor)


def test_a_folder_can_be_locked(tmp_path: Path) -> None:
    first, second = (os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY) for _ in range(2))
    assert lock.try_lock(first)
    assert not lock.try_lock(second)
    os.close(first)
    assert lock.try_lock(second)
    os.close(second)
