"""The end of the server after its client, even if it is busy: a killed editor must not leave a running process."""

import os
import select
import threading
import time
from collections.abc import Callable

# Seconds before the server is asked to end, and again before the process is ended.
GRACE = 10.0


def end_with(client: int | None, incoming: int, leave: Callable[[], None]) -> None:
    """Watch the process `client` and the other end of `incoming` in a thread.

    When either is gone, call `leave` after `GRACE` seconds, and exit the process after as many more.
    """
    ends = select.poll()
    ends.register(incoming, 0)  # a hang-up is reported in any case
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
