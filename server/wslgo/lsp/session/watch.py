"""Keeps the session's view of the world fresh: surveys in the background, one at a time."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future

from wslgo.lsp.session.surroundings import Survey, ask, is_stale, survey
from wslgo.system.world import World

Work = Callable[[], Callable[[], None]]
Start = Callable[[Work], None]

FIRST = 0.3  # seconds: the diagnostics of what is already open go first


class Watch:
    """Asks for surveys and hands them over; whoever asks during one gets another one behind it.

    `start` runs a function elsewhere and then, here, the one that it returns.
    """

    def __init__(self, world: World, start: Start, take: Callable[[Survey], None]) -> None:
        self._world = world
        self._start = start
        self._take = take
        self._is_busy = False
        self._is_wanted = False
        self._wants_machine = False
        self._is_fresh = False
        self.roots: tuple[str, ...] = ()
        self.is_trusted = False
        self.known = Survey()
        self._first: Future[None] = Future()

    async def first_look(self) -> None:
        """Wait for the first survey, whatever comes of it: the programs that it runs have their own limits."""
        await asyncio.shield(asyncio.wrap_future(self._first))

    def _has_looked(self) -> None:
        if not self._first.done():
            self._first.set_result(None)

    def look(self, *, is_fresh: bool = False) -> None:
        """Survey the world; `is_fresh` asks Windows again, too."""
        self._is_wanted = self._wants_machine = True
        self._is_fresh |= is_fresh
        self._next()

    def look_at_workspace(self) -> None:
        """Survey the workspace alone: no program runs."""
        self._is_wanted = True
        self._next()

    def glance(self) -> None:
        """Survey the world if a file of the machine has changed: drives of Windows give no events."""
        if self.is_trusted and not self._is_busy:
            self._is_busy = True
            self._start(self._freed(self._glanced))

    def _next(self) -> None:
        if self._is_wanted and not self._is_busy:
            self._is_busy, self._is_wanted = True, False
            self._start(self._freed(self._surveyed))

    def _freed(self, work: Work) -> Work:
        """The work, after whose failure the next can begin."""

        def run() -> Callable[[], None]:
            try:
                return work()
            except BaseException:
                self._is_busy = False
                self._has_looked()
                raise

        return run

    def _glanced(self) -> Callable[[], None]:
        stale = is_stale(self._world, self.known)

        def done() -> None:
            self._is_busy = False
            self._is_wanted |= stale
            self._wants_machine |= stale
            self._next()

        return done

    def _surveyed(self) -> Callable[[], None]:
        is_fresh, self._is_fresh = self._is_fresh, False
        wants_machine, self._wants_machine = self._wants_machine, False
        machine = None
        if not wants_machine:
            machine = self.known.machine
        elif self.is_trusted:
            machine = ask(self._world, self.roots, is_fresh=is_fresh)
        found = survey(self.roots, machine, is_trusted=self.is_trusted)

        def done() -> None:
            self._is_busy = False
            self.known = found
            self._take(found)
            self._has_looked()
            self._next()

        return done


def in_thread(complain: Callable[[Exception], None], delay: float = FIRST) -> Start:
    """Work in a thread that nobody waits for at the end: a program of Windows that hangs must not hold the exit.

    It begins after `delay` seconds.
    """

    def start(work: Work) -> None:
        loop = asyncio.get_running_loop()

        def run() -> None:
            try:
                done = work()
            except Exception as error:  # noqa: BLE001 - the rim: the editor goes on without a survey
                done = _complaint(complain, error)
            with contextlib.suppress(RuntimeError):  # the loop is closed: the client has left
                loop.call_soon_threadsafe(done)

        loop.call_later(delay, threading.Thread(target=run, daemon=True, name="survey").start)

    return start


def _complaint(complain: Callable[[Exception], None], error: Exception) -> Callable[[], None]:
    return lambda: complain(error)
