"""Asking several at once, of whom some may never answer."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

One = TypeVar("One")
Said = TypeVar("Said")


def answers_of(ask: Callable[[One], Said], everybody: Iterable[One], seconds: float) -> dict[One, Said]:
    """What each of them says; who says nothing within `seconds` is not in it."""
    said: dict[One, Said] = {}

    def hear(one: One) -> None:
        said[one] = ask(one)

    # Daemons, since one that drips an answer must not hold the end of the program.
    threads = [threading.Thread(target=hear, args=(one,), daemon=True) for one in everybody]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0, deadline - time.monotonic()))
    return dict(said)
