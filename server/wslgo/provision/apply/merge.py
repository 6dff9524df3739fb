"""A three-way merge by lines, to undo one change in a text that was edited since."""

from difflib import SequenceMatcher
from typing import NamedTuple


class _Change(NamedTuple):
    """Lines `start` to `end` of the common base, and what replaces them."""

    start: int
    end: int
    new: tuple[bytes, ...]


def merge(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return `base` with the changes of `ours` and of `theirs`; None if they overlap.

    To undo a write, `base` is what it wrote, `ours` what was there before, `theirs` what is there now.
    """
    lines = _lines(base)
    changes = [*_changes(lines, _lines(ours)), *_changes(lines, _lines(theirs))]
    changes.sort(key=lambda change: (change.start, change.end))
    parts: list[bytes] = []
    position = 0
    for number, change in enumerate(changes):
        if number and _collide(changes[number - 1], change):
            return None
        parts += (*lines[position : change.start], *change.new)
        position = change.end
    return b"".join((*parts, *lines[position:]))


def _changes(old: list[bytes], new: list[bytes]) -> list[_Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [_Change(i, j, tuple(new[k:m])) for kind, i, j, k, m in matcher.get_opcodes() if kind != "equal"]


def _collide(first: _Change, second: _Change) -> bool:
    """Return whether two changes share a line, or insert lines at the same place."""
    if second.start < first.end:
        return True
    return second.start == first.end and bool(first.new) and bool(second.new)


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    ended = [line + b"\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended
