"""A belief as a subject and what is wrongly said of it, by which its sentences are recognized."""

import re

from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple


class Claim(NamedTuple):
    """One way to say a belief: expressions that are all in one sentence, in any order.

    `about` is in the sentence, before it in its paragraph, or in a heading above; `unless` is not in its paragraph, `elsewhere` neither there nor in a heading above.
    `is_typed`: a command can say it, too. `is_negative`: the parts hold a negation ("has no limit").
    """

    parts: tuple[re.Pattern[str], ...]
    about: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    elsewhere: re.Pattern[str] | None = None
    is_typed: bool = False
    is_negative: bool = False


class Belief(NamedTuple):
    """A belief: the topic that answers it, what is true instead, and how people say it.

    A document without one of the `words`, in small letters, does not say it: these are fast to find.
    """

    topic: str
    words: tuple[str, ...]
    truth: Message
    claims: tuple[Claim, ...]


def said(
    *parts: str,
    about: str = "",
    unless: str = "",
    elsewhere: str = "",
    is_typed: bool = False,
    is_negative: bool = False,
) -> Claim:
    """Return a way to say a belief; upper and lower case are the same."""
    return Claim(
        tuple(pattern(part, re.IGNORECASE) for part in parts),
        pattern(about, re.IGNORECASE) if about else None,
        pattern(unless, re.IGNORECASE) if unless else None,
        pattern(elsewhere, re.IGNORECASE) if elsewhere else None,
        is_typed,
        is_negative,
    )
