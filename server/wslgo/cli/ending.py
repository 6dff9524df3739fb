"""The end of a command by a signal, which leaves its folders removed and its programs ended."""

import contextlib
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end this command as Ctrl-C does: its folders are removed."""

    def end(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    ends = [number for number in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(number) is not signal.SIG_IGN]
    old = {number: signal.signal(number, end) for number in ends}  # those that nohup ignores stay ignored
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
