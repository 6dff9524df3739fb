"""The outcome of a command."""

from typing import NamedTuple

from wslgo.text.message import Text

WRITER = "editor"  # the author of an entry in the journal


class Outcome(NamedTuple):
    """The outcome of a command: whether it did its work, and what to tell the user."""

    is_done: bool
    message: Text | None = None
