"""The words of an error, short enough for a message."""

from collections.abc import Callable
from typing import TypeVar

from wslgo.provision.errors import ProvisionError

Said = TypeVar("Said")


def short(ask: Callable[[], Said]) -> Said | str:
    """Return an answer, or words that fit a message."""
    try:
        return ask()
    except ProvisionError as error:
        words = [error.text.render("en"), error.text.render("zh")]
    assert all(words)
    assert len(words[0]) < 1000
    return words[0]
