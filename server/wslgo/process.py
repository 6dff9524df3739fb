"""Running a program that may hang, flood or leave children behind: it costs at most its time and some memory."""

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

from wslgo.effects import Ran

_LARGEST = 4 << 20  # bytes of output: no program that we ask says a hundredth of it
_PIECE = 1 << 16
_ORPHANED = 0.1  # seconds of silence after which the streams of a program that has ended belong to its children
_GRACE = 0.5  # seconds for the kernel to end a killed program; one that waits for a dead drive cannot be ended


def run(
    words: Sequence[str],
    seconds: float,
    folder: str | None = None,
    environment: Mapping[str, str] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Ran | None:
    """What the program says; None when it cannot start, takes longer, floods, or nobody wants to know any more.

    Words begin with an absolute path: what a folder or PATH would choose is never run.
    """
    if not words[0].startswith("/"):
        return None
    try:
        process = subprocess.Popen(
            list(words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    try:
        return _finished(process, time.monotonic() + seconds, is_cancelled)
    finally:
        _end(process)


def _finished(process: subprocess.Popen[bytes], deadline: float, is_cancelled: Callable[[], bool]) -> Ran | None:
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
    """Its children, too, when it is still there: all are in a session of their own."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
    for stream in filter(None, (process.stdout, process.stderr)):
        stream.close()
