"""What one rule after the other asks about the same file is answered once."""

from collections.abc import Callable
from typing import TypeVar

Subject = TypeVar("Subject")
Answer = TypeVar("Answer")


def of_last(answer: Callable[[Subject], Answer]) -> Callable[[Subject], Answer]:
    """The same function, which remembers its last answer as long as it is asked about the very same object."""
    last: tuple[Subject, Answer] | None = None

    def remembered(subject: Subject) -> Answer:
        nonlocal last
        known = last
        if known is None or known[0] is not subject:
            known = last = (subject, answer(subject))
        return known[1]

    return remembered
