"""Cache for a question that several rules ask about the same file."""

from collections.abc import Callable

from wslgo.text.typing import TypeVar

Subject = TypeVar("Subject")
Answer = TypeVar("Answer")


def of_last(answer: Callable[[Subject], Answer]) -> Callable[[Subject], Answer]:
    """Return the same function with a cache of one answer, which is valid for the same object."""
    last: tuple[Subject, Answer] | None = None

    def remembered(subject: Subject) -> Answer:
        nonlocal last
        known = last
        if known is None or known[0] is not subject:
            known = last = (subject, answer(subject))
        return known[1]

    return remembered
