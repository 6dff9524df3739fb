"""Sets of characters of parsed regular expressions, as `re` compiles them."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

if sys.version_info >= (3, 11):
    from re import _constants as sre
else:
    import sre_constants as sre

MANY = 64  # a higher bound counts as unbounded


def is_unbounded(op: Any, argument: Any) -> bool:
    return op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and (argument[1] is sre.MAXREPEAT or argument[1] > MANY)


IGNORECASE, MULTILINE, DOTALL, ASCII = 2, 8, 16, 256  # the flags of `re`


def pieces(parsed: Any) -> Iterator[tuple[Any, Any]]:
    """Yield all pieces of a parsed expression, inner ones too."""
    for op, argument in parsed:
        yield op, argument
        if op is sre.SUBPATTERN:
            yield from pieces(argument[3])
        elif op is sre.BRANCH:
            for branch in argument[1]:
                yield from pieces(branch)
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            yield from pieces(argument[2])
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from pieces(argument[1])


def in_category(category: Any, sign: str, flags: int, is_bytes: bool) -> bool:
    ascii_only = is_bytes or bool(flags & ASCII)
    plain = sign.isascii() or not ascii_only
    found = {
        sre.CATEGORY_DIGIT: plain and sign.isdecimal(),
        sre.CATEGORY_SPACE: plain and (sign in " \t\n\r\f\v" if ascii_only else sign.isspace()),
        sre.CATEGORY_WORD: is_word(sign, flags, is_bytes),
    }
    if category in found:
        return found[category]
    opposite = {
        sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
        sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
        sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
    }
    return not found[opposite[category]]


def is_word(sign: str, flags: int, is_bytes: bool) -> bool:
    return (sign.isalnum() or sign == "_") and (sign.isascii() or not (is_bytes or flags & ASCII))


def bits(mask: int, count: int) -> Iterator[int]:
    return (number for number in range(count) if mask >> number & 1)


def union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
