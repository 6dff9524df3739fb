"""Asking several at once, of whom some may never answer."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from wslgo.provision.errors import ProvisionError, in_words

One = TypeVar("One")
Said = TypeVar("Said")

_THREADS = 16  # a GOPROXY may name thousands


def answers_of(
    ask: Callable[[One], Said],
    everybody: Iterable[One],
    seconds: float,
    otherwise: Callable[[One, ProvisionError], Said],
) -> dict[One, Said]:
    """Return what each of them says; who says nothing within `seconds` is not in it.

    Where asking ends in an error, `otherwise` makes an answer of its words.
    """
    said: dict[One, Said] = {}
    waiting = list(everybody)
    count = len(waiting)
    waiting.reverse()

    def hear() -> None:
        while waiting:
            try:
                one = waiting.pop()
            except IndexError:  # another thread was quicker
                return
            try:
                said[one] = ask(one)
            except Exception as error:  # noqa: BLE001 - the end of a thread: the one that waits for it must hear of it
                said[one] = otherwise(one, in_words(error))

    # Daemons, since one that drips an answer must not hold the end of the program.
    threads = [threading.Thread(target=hear, daemon=True) for _ in range(min(count, _THREADS))]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0, deadline - time.monotonic()))
    waiting.clear()
    return dict(said)
