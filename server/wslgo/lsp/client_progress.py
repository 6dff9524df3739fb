"""The progress of long-running commands, which the user can cancel where the client shows it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import uuid4

from lsprotocol import types

from wslgo.lsp.jobs import IsCancelled
from wslgo.lsp.words import notice
from wslgo.text.message import Text

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

T = TypeVar("T")


class Progress(NamedTuple):
    """A progress that the client shows: `say` adds a line under its title, from any thread."""

    is_cancelled: IsCancelled
    say: Callable[[Text], None]
    button: "asyncio.Future[None]"  # done when the user has cancelled

    async def unless_cancelled(self, work: Awaitable[T]) -> T | None:
        """Return what `work` does, or None once the user cancels: `work` is then left alone, so it must not write."""
        task = asyncio.ensure_future(work)
        try:
            ends: set[asyncio.Future[Any]] = {task, self.button}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() and not self.is_cancelled() else None
        finally:
            task.cancel()


@contextlib.asynccontextmanager
async def progress(server: "WslgoServer", title: Text) -> AsyncIterator[Progress]:
    """Show the title with a Cancel button for as long as the context lasts."""
    loop = asyncio.get_running_loop()
    if not server.session.client.shows_progress:
        yield Progress(lambda: False, lambda _: None, loop.create_future())
        return
    token, shown = uuid4().hex, server.work_done_progress
    await shown.create_async(token)
    shown.begin(token, types.WorkDoneProgressBegin(notice(title, server.session.language), cancellable=True))
    # pygls cancels this future when the user does.
    cancelled = shown.tokens[token]

    def report(text: Text) -> None:
        if token in shown.tokens:
            shown.report(token, types.WorkDoneProgressReport(message=notice(text, server.session.language)))

    try:
        yield Progress(cancelled.cancelled, partial(_from_thread, loop, report), asyncio.wrap_future(cancelled))
    finally:
        shown.end(token, types.WorkDoneProgressEnd())
        del shown.tokens[token]


def _from_thread(loop: asyncio.AbstractEventLoop, say: Callable[[Text], None], text: Text) -> None:
    with contextlib.suppress(RuntimeError):  # the loop is closed: the client has left
        loop.call_soon_threadsafe(say, text)
