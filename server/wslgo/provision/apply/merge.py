"""Taking one change back out of a text that others have changed since; by lines, pure."""

from difflib import SequenceMatcher
from typing import NamedTuple


class _Change(NamedTuple):
    """Lines `start` to `end` of what both began with, and what stands in their place."""

    start: int
    end: int
    new: tuple[bytes, ...]


def merged(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """`base` with the changes that lead to `ours` and those that lead to `theirs`; None where they touch each other.

    To take a write back, what it wrote is `base`, what was there before is `ours`, what is there now `theirs`.
    """
    lines = _lines(base)
    changes = [*_changes(lines, _lines(ours)), *_changes(lines, _lines(theirs))]
    changes.sort(key=lambda one: (one.start, one.end))
    parts: list[bytes] = []
    at = 0
    for number, change in enumerate(changes):
        if number and _collide(changes[number - 1], change):
            return None
        parts += (*lines[at : change.start], *change.new)
        at = change.end
    return b"".join((*parts, *lines[at:]))


def _changes(old: list[bytes], new: list[bytes]) -> list[_Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [_Change(i, j, tuple(new[k:m])) for kind, i, j, k, m in matcher.get_opcodes() if kind != "equal"]


def _collide(one: _Change, other: _Change) -> bool:
    """Whether they share a line, or put different lines into the same place."""
    if other.start < one.end:
        return True
    return other.start == one.end and bool(one.new) and bool(other.new)


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    ended = [line + b"\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended
