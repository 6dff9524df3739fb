"""Work that takes seconds: in a thread, with a progress that its user can stop, where the client shows one."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from lsprotocol import types

from wslgo.message import Text

if TYPE_CHECKING:
    from wslgo.lsp.languageserver import WslgoServer

IsCancelled = Callable[[], bool]
T = TypeVar("T")


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


def _settle(settle: Callable[[T], None], outcome: T, is_done: Callable[[], bool]) -> None:
    if not is_done():
        settle(outcome)


@asynccontextmanager
async def progress(server: "WslgoServer", title: Text) -> AsyncIterator[IsCancelled]:
    """While it lasts, the client shows the title with a button that cancels; yields whether that was pressed."""
    if not server.session.client.shows_progress:
        yield lambda: False
        return
    token, shown = uuid4().hex, server.work_done_progress
    await shown.create_async(token)
    words = title.render(server.session.language)
    shown.begin(token, types.WorkDoneProgressBegin(words, cancellable=True))
    try:
        yield shown.tokens[token].cancelled
    finally:
        shown.end(token, types.WorkDoneProgressEnd())
        del shown.tokens[token]
