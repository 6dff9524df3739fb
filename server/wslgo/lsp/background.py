"""Work that takes seconds: in a thread, with a progress that its user can stop, where the client shows one."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from uuid import uuid4

from lsprotocol import types

from wslgo.lsp.words import notice
from wslgo.text.message import Text

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

IsCancelled = Callable[[], bool]
T = TypeVar("T")

_GLANCE = 0.1  # seconds between two looks at whether somebody has cancelled


class Shown(NamedTuple):
    """A progress that the client shows: whether its button was pressed, and a line below its title, from any thread."""

    is_cancelled: IsCancelled
    say: Callable[[Text], None]


async def in_background(server: "WslgoServer", work: Callable[[IsCancelled], T], is_cancelled: IsCancelled) -> T:
    """What `work` returns or raises; it is told to stop when the request is cancelled or `is_cancelled` says so."""
    stopped = threading.Event()
    future = asyncio.get_running_loop().create_future()

    def run() -> Callable[[], None]:
        try:
            return partial(_settle, future.set_result, work(lambda: stopped.is_set() or is_cancelled()), future.done)
        except Exception as error:  # noqa: BLE001 - it is raised again, where it is waited for
            return partial(_settle, future.set_exception, error, future.done)

    server.start_now(run)
    try:
        return await future  # type: ignore[no-any-return]
    finally:
        stopped.set()


async def unless_cancelled(work: Awaitable[T], is_cancelled: IsCancelled) -> T | None:
    """What `work` returns, None as soon as somebody has cancelled: it is left to itself, so it must not write."""
    task = asyncio.ensure_future(work)
    try:
        while not is_cancelled():
            done, _ = await asyncio.wait({task}, timeout=_GLANCE)
            if done and not is_cancelled():
                return task.result()
    finally:
        task.cancel()
    return None


def _settle(settle: Callable[[T], None], outcome: T, is_done: Callable[[], bool]) -> None:
    if not is_done():
        settle(outcome)


@contextlib.asynccontextmanager
async def progress(server: "WslgoServer", title: Text) -> AsyncIterator[Shown]:
    """While it lasts, the client shows the title with a button that cancels."""
    if not server.session.client.shows_progress:
        yield Shown(lambda: False, lambda _: None)
        return
    token, shown = uuid4().hex, server.work_done_progress
    await shown.create_async(token)
    shown.begin(token, types.WorkDoneProgressBegin(notice(title, server.session.language), cancellable=True))
    loop = asyncio.get_running_loop()

    def report(text: Text) -> None:
        if token in shown.tokens:
            shown.report(token, types.WorkDoneProgressReport(message=notice(text, server.session.language)))

    try:
        yield Shown(shown.tokens[token].cancelled, lambda text: _from_thread(loop, report, text))
    finally:
        shown.end(token, types.WorkDoneProgressEnd())
        del shown.tokens[token]


def _from_thread(loop: asyncio.AbstractEventLoop, say: Callable[[Text], None], text: Text) -> None:
    with contextlib.suppress(RuntimeError):  # the loop is closed: the client has left
        loop.call_soon_threadsafe(say, text)
