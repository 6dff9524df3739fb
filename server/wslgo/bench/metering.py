"""The cost of a program with all its processes, as the kernel counts it.

When a process is waited for, the kernel adds what it and its children have used to its parent: the numbers are exact,
also for compilers that run for 20 ms, which looking at the processes from time to time would miss.
"""

import contextlib
import resource
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import psutil

from wslgo.bench.model import Cost

Result = TypeVar("Result")


class _Counters(NamedTuple):
    clock: float
    used: resource.struct_rusage
    io: tuple[int, int, int, int] | None
    io_wait: float | None


def metered(run: Callable[[], Result]) -> tuple[Result, Cost]:
    """Return the result of a call that runs a program to its end, and the cost of that program."""
    before = _counters()
    result = run()
    after = _counters()
    used, base = after.used, before.used
    reads = writes = read_bytes = written_bytes = None
    if before.io is not None and after.io is not None:
        reads, writes, read_bytes, written_bytes = (new - old for new, old in zip(after.io, before.io, strict=True))
    waited = None if after.io_wait is None or before.io_wait is None else max(0.0, after.io_wait - before.io_wait)
    cost = Cost(
        after.clock - before.clock,
        used.ru_utime - base.ru_utime,
        used.ru_stime - base.ru_stime,
        waited,
        reads,
        writes,
        read_bytes,
        written_bytes,
        used.ru_nvcsw - base.ru_nvcsw,
    )
    return result, cost


def _counters() -> _Counters:
    io = io_wait = None
    with contextlib.suppress(psutil.Error, OSError, AttributeError, NotImplementedError):
        found = psutil.Process().io_counters()
        io = (found.read_count, found.write_count, found.read_bytes, found.write_bytes)
    with contextlib.suppress(OSError, AttributeError):
        io_wait = psutil.cpu_times().iowait
    return _Counters(time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN), io, io_wait)
