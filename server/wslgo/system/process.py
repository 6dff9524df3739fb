"""The one door to other programs. `programs.py` is the table of permitted programs and makes their environments.

A program is started by its absolute path. If root starts it, only root may be able to change what that path means, and
PATH has only folders for which the same is true. A program may hang, flood its output or leave children behind: that
costs at most its time limit and some memory.
"""

import contextlib
import os
import selectors
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

from wslgo.system.programs import SYSTEM_PATH
from wslgo.system.world import Ran

_LARGEST = 4 << 20  # bytes of output: a hundred times more than any of the programs prints
_PIECE = 1 << 16
_ORPHANED = 0.1  # seconds of silence after which the streams of a program that has ended belong to its children
_LINKS = 40  # symbolic links on the path of a program, as in Linux
_GRACE = 0.5  # seconds for the kernel to end a killed program; a program that waits for a dead drive does not end


def run(
    words: Sequence[str],
    seconds: float,
    folder: str | None = None,
    environment: Mapping[str, str] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Ran | None:
    """Return the result of a program; None if it may not or cannot start, takes too long, floods, or is cancelled.

    Without an environment it gets only the PATH of the system.
    """
    if not may_start(words[0]):
        return None
    try:
        process = subprocess.Popen(
            list(words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=_safe(environment),
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    try:
        return _result(process, time.monotonic() + seconds, is_cancelled)
    finally:
        _end(process)


def run_in_terminal(
    words: Sequence[str], folder: str, environment: Mapping[str, str], payload: bytes | None = None
) -> tuple[int, bytes]:
    """Run a program to its end that may ask its user for a password, and return its exit code and output.

    The output is only captured if there is a payload for its standard input. A negative code means it may not start.

    Ctrl-C reaches it through the terminal. It is not killed then: we may not kill root's process, and apt must finish.
    """
    if not may_start(words[0]):
        return -1, b""
    pipe = None if payload is None else subprocess.PIPE
    with subprocess.Popen(list(words), stdin=pipe, stdout=pipe, cwd=folder, env=_safe(environment)) as process:
        said, _ = process.communicate(payload)
    return process.returncode, said or b""


def may_start(program: str) -> bool:
    """Return whether a program has an absolute path that no other user controls.

    Modes say nothing about Windows drives: Windows decides who may write there, and System32 is its own.
    """
    if not program.startswith("/"):
        return False
    is_of_windows = "/Windows/System32/" in program and program.endswith(".exe")
    return os.geteuid() != 0 or is_of_windows or is_kept_from_others(program)


def is_kept_from_others(path: str) -> bool:
    """Return whether only root and this user can change what a path means: its end, and all folders and links before.

    In a folder with the sticky bit, such as /tmp, others cannot replace what belongs to root or to this user.
    """
    ours = (0, os.geteuid())
    rest, here, links = path.split("/")[::-1], "/", 0
    try:
        above = os.stat(here)  # noqa: PTH116 - called for each program: no pathlib
        while rest:
            name = rest.pop()
            if name in ("", "."):
                continue
            place = os.path.normpath(f"{here}/{name}")  # `here` has no links, so `..` may be taken literally
            found = os.lstat(place)
            is_sticky = bool(above.st_mode & stat.S_ISVTX)
            if found.st_uid not in ours or not (_is_closed(above) or is_sticky):
                return False
            if stat.S_ISLNK(found.st_mode):
                links += 1
                target = os.readlink(place)  # noqa: PTH115
                here = "/" if target.startswith("/") else here
                rest += target.split("/")[::-1]
                if links > _LINKS:
                    return False
            else:
                here = place
            above = os.stat(here)  # noqa: PTH116
        return above.st_uid in ours and _is_closed(above)
    except (OSError, ValueError):
        return False


def _is_closed(found: os.stat_result) -> bool:
    """Return whether the mode forbids all others to write."""
    by_group = found.st_mode & stat.S_IWGRP and found.st_gid not in (0, os.getegid())
    return not by_group and not found.st_mode & stat.S_IWOTH


def _safe(environment: Mapping[str, str] | None) -> dict[str, str]:
    """Return the environment with a PATH into which others cannot put programs."""
    safe = {"LC_ALL": "C", "PATH": SYSTEM_PATH} if environment is None else dict(environment)
    if "PATH" in safe:
        safe["PATH"] = ":".join(filter(_is_safe_folder, safe["PATH"].split(":"))) or SYSTEM_PATH
    return safe


def _is_safe_folder(path: str) -> bool:
    if os.geteuid() == 0:
        return path.startswith("/") and is_kept_from_others(path)
    try:
        return path.startswith("/") and not os.stat(path).st_mode & stat.S_IWOTH  # noqa: PTH116
    except (OSError, ValueError):
        return False


def _result(process: subprocess.Popen[bytes], deadline: float, is_cancelled: Callable[[], bool]) -> Ran | None:
    streams = [stream.fileno() for stream in (process.stdout, process.stderr) if stream]
    said = {stream: bytearray() for stream in streams}
    with selectors.DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0 or sum(map(len, said.values())) > _LARGEST or is_cancelled():
                return None
            ready = selector.select(min(left, _ORPHANED))
            for key, _ in ready:
                piece = os.read(key.fd, _PIECE)
                said[key.fd] += piece
                if not piece:
                    selector.unregister(key.fd)
            if not ready and process.poll() is not None:
                break
    try:
        code = process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return None
    out, err = (bytes(said[stream]) for stream in streams)
    return Ran(code, out, err)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the program if it still runs, with its children: they share a session."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
    for stream in filter(None, (process.stdout, process.stderr)):
        stream.close()
