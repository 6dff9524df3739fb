"""Work in worker threads, whose results come back on the event loop.

Jobs are started, and their results taken, on the event loop alone: what it keeps about them needs no lock.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

IsCancelled = Callable[[], bool]
Result = TypeVar("Result")
Request = TypeVar("Request")

Work = Callable[[IsCancelled], Result]


class Job(Generic[Result]):
    """Work for a worker thread, and the functions that take its result or its error on the event loop."""

    def __init__(self, work: Work[Result], done: Callable[[Result], None], failed: Callable[[Exception], None]) -> None:
        self._work = work
        self._done = done
        self._failed = failed
        self._is_cancelled = threading.Event()
        self._delivery: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Ask the work to end early; what it then returns or raises is delivered all the same."""
        self._is_cancelled.set()

    def run(self) -> None:
        """Do the work, in a worker thread."""
        try:
            self._delivery = partial(self._done, self._work(self._is_cancelled.is_set))
        except Exception as error:  # noqa: BLE001 - the event loop gets it
            self._delivery = partial(self._failed, error)

    def deliver(self) -> None:
        """Hand over what the work returned or raised, on the event loop."""
        if self._delivery is not None:
            self._delivery()


# Runs a job, and then has the event loop deliver it.
Start = Callable[[Job[Any]], None]


def in_thread(job: Job[Any], delay: float = 0.0) -> None:
    """Run a job after `delay` seconds, in a thread that does not hold up the exit: a Windows program may hang."""
    loop = asyncio.get_running_loop()

    def run() -> None:
        job.run()
        with contextlib.suppress(RuntimeError):  # the loop is closed: the client has left
            loop.call_soon_threadsafe(job.deliver)

    loop.call_later(delay, threading.Thread(target=run, daemon=True, name="job").start)


async def result_of(start: Start, work: Work[Result], is_cancelled: IsCancelled = lambda: False) -> Result:
    """Return or raise what `work` does; it is cancelled with this request, or if `is_cancelled` says so."""
    future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

    def settle(set_outcome: Callable[[Any], None], outcome: object) -> None:
        if not future.done():
            set_outcome(outcome)

    job = Job(
        lambda is_stopped: work(lambda: is_stopped() or is_cancelled()),
        partial(settle, future.set_result),
        partial(settle, future.set_exception),
    )
    start(job)
    try:
        return await future
    finally:
        job.cancel()


class Queue(Generic[Request, Result]):
    """Jobs of one kind, one at a time: at most one request waits, and later ones are merged into it.

    `work_for` returns the work of a request when its turn comes.
    """

    def __init__(
        self,
        start: Start,
        work_for: Callable[[Request], Work[Result]],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        merge: Callable[[Request, Request], Request],
    ) -> None:
        self._start = start
        self._work_for = work_for
        self._done = done
        self._failed = failed
        self._merge = merge
        self._is_busy = False
        self._waiting: Request | None = None

    def put(self, request: Request) -> None:
        """Have a request served now, or after the job that is running."""
        self._waiting = request if self._waiting is None else self._merge(self._waiting, request)
        self._next()

    def _next(self) -> None:
        if self._is_busy or self._waiting is None:
            return
        request, self._waiting = self._waiting, None
        self._is_busy = True
        self._start(Job(self._work_for(request), partial(self._end, self._done), partial(self._end, self._failed)))

    def _end(self, take: Callable[[Any], None], outcome: object) -> None:
        self._is_busy = False
        try:
            take(outcome)
        finally:
            self._next()
