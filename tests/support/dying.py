"""Processes that die at a chosen point, as by `kill -9`: before a call that raises a Python audit event.

`python dying.py LINE before|after provision ...` is the command line, killed before it writes that line of its ledger,
or right after it.
"""

import os
import runpy
import signal
import sys

# Beside files that are opened to be written.
_ACTIONS = {
    *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.link", "os.symlink", "os.utime"),
    *("os.truncate", "os.setxattr", "fcntl.flock", "shutil.copyfile"),
}


def die_at(number: int) -> None:
    """Die before the action of that number."""
    done = 0

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if _changes(event, arguments):
            done += 1
            if done == number:
                _die()

    sys.addaudithook(hear)


def die_at_line(line: int, *, is_after: bool) -> None:
    """Die before a line of the ledger is written, or before the first action after it."""
    lines = 0

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal lines
        if not _changes(event, arguments):
            return
        if is_after and lines == line:
            _die()
        if event == "open" and str(arguments[0]).endswith("/provision/ledger.jsonl"):
            lines += 1
            if lines == line and not is_after:
                _die()

    sys.addaudithook(hear)


def _changes(event: str, arguments: tuple[object, ...]) -> bool:
    return event in _ACTIONS or (event == "open" and _writes(arguments))


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    _, number, when, *sys.argv[1:] = sys.argv
    die_at_line(int(number), is_after=when == "after")
    runpy.run_module("wslgo", run_name="__main__", alter_sys=True)
