"""Queries of several hosts in parallel with one deadline."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from wslgo.provision.errors import ProvisionError, in_words
from wslgo.provision.net.progress import Clock

Source = TypeVar("Source")
Answer = TypeVar("Answer")

THREAD = "wslgo-source"  # the name of the threads
_THREADS = 16  # a GOPROXY may name thousands
_POLL = 0.05  # seconds between two looks at the clock


def answers_of(
    ask: Callable[[Source], Answer],
    sources: Iterable[Source],
    seconds: float,
    otherwise: Callable[[Source, ProvisionError], Answer],
    clock: Clock = time.monotonic,
) -> dict[Source, Answer]:
    """Return the answer of each source that answers within `seconds` of `clock`.

    If asking a source raises, `otherwise` turns the error into its answer.
    """
    answers: dict[Source, Answer] = {}
    waiting = list(sources)
    count = len(waiting)
    waiting.reverse()

    def work() -> None:
        while waiting:
            try:
                source = waiting.pop()
            except IndexError:  # another thread was quicker
                return
            try:
                answers[source] = ask(source)
            except Exception as error:  # noqa: BLE001 - the end of a thread: the error becomes an answer
                answers[source] = otherwise(source, in_words(error))

    # Daemon threads: a source that sends its answer byte by byte must not delay the end of the program.
    threads = [threading.Thread(target=work, name=THREAD, daemon=True) for _ in range(min(count, _THREADS))]
    deadline = clock() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive() and clock() < deadline:
            thread.join(_POLL)
    waiting.clear()
    return dict(answers)
