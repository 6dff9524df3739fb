"""Ends the server after its client, also while it is busy: a killed editor must not leave a process that computes."""

import os
import select
import threading
import time
from collections.abc import Callable

# Seconds that the server has for ending by itself, twice: first it is asked, then it is ended.
GRACE = 10.0


def end_with(client: int | None, incoming: int, leave: Callable[[], None]) -> None:
    """Watch the process `client` and the other end of `incoming` from a thread of their own.

    When either is gone, `leave` is called after `GRACE` seconds, and after as many more this process exits.
    """
    ends = select.poll()
    ends.register(incoming, 0)  # a hang-up is told in any case
    if client is not None:
        _register(client, ends)

    def watch() -> None:
        ends.poll()
        time.sleep(GRACE)
        leave()
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent").start()


def _register(client: int, ends: select.poll) -> None:
    try:
        descriptor = os.pidfd_open(client)
    except (OSError, OverflowError):  # an old kernel, WSL 1, or a number of another container
        return
    ends.register(descriptor, select.POLLIN)
