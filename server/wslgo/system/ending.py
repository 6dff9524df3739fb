"""The end of a process, by its id and its start: the id alone may mean another process by now."""

import contextlib
import os
import select
import signal

from wslgo.system.errors import reason
from wslgo.system.reader import read_beginning
from wslgo.text.message import Message, Text

_PATIENCE = 3.0  # seconds after which a process that does not end is killed

OTHER = Message(
    en="process {pid} has ended, or another process has its id", zh="进程 {pid} 已结束，或其编号已属于另一个进程"
)
STAYS = Message(en="process {pid} does not end", zh="进程 {pid} 没有结束")
FAILS = Message(en="process {pid} cannot be ended: {reason}", zh="无法结束进程 {pid}：{reason}")


def started_of(pid: int) -> int | None:
    """Return when a process started, in ticks since the boot; None if it does not exist."""
    try:
        return int(read_beginning(f"/proc/{pid}/stat").rpartition(b")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return None


def end_process(pid: int, started: int) -> Text | None:
    """End the process with this id and this start; return why it still runs, None if it has ended."""
    try:
        handle = os.pidfd_open(pid)  # means this process for good, even if its id is given to another one
    except ProcessLookupError:
        return OTHER(pid=pid)
    except OSError as error:
        return FAILS(pid=pid, reason=reason(error))
    try:
        if started_of(pid) != started:
            return OTHER(pid=pid)
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, number)
            if select.select([handle], [], [], _PATIENCE)[0]:
                return None
        return STAYS(pid=pid)
    except OSError as error:
        return FAILS(pid=pid, reason=reason(error))
    finally:
        os.close(handle)
