"""The place in a `wslgo.yaml` that is written right now: the keys around it, by indentation, and what is before it.

A text that someone is typing is often no YAML, so it is not parsed here. Keys in braces count on their own line only.
"""

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_LINE = pattern(r"( *)(- +)?(?:([A-Za-z][\w./-]*|\*|\"[^\"]*\"|'[^']*')[ ]*:(?:[ ]+|$))?([^\n]*)")
_WORD = pattern(r"[\w./*:@+-]*")


class TeamPlace(NamedTuple):
    """A place: the keys above it, the key on its own line ("" without), the word at it, and whether it is in a list."""

    above: tuple[str, ...]
    key: str
    word: Span
    is_item: bool
    key_span: Span | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The key that the word is a value of, or the keys whose next one it is."""
        return (*self.above, self.key) if self.key else self.above


def place_at(text: str, offset: int) -> TeamPlace | None:
    """Return the place of an offset; None in a comment."""
    offset = min(max(offset, 0), len(text))
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : len(text) if end < 0 else end].rstrip("\r")
    before = text[start:offset]
    if before.lstrip().startswith("#") or " #" in before:
        return None
    found = _LINE.match(line)
    if found is None:
        return None
    backwards, rest = _WORD.match(before[::-1]), _WORD.match(text, offset)
    left = offset - (backwards.end() if backwards is not None else 0)
    whole = Span(left, rest.end() if rest is not None else offset)
    indent = len(found[1]) + len(found[2] or "")
    has_key = found[3] is not None
    value_start = found.start(4) if has_key else indent
    is_in_value = has_key and len(before) >= value_start
    key_span = Span(start + found.start(3), start + found.end(3)) if has_key else None
    is_item = bool(found[2]) or (is_in_value and "[" in before[value_start:])
    above = _above(text, start, len(found[1]) + (1 if found[2] else 0))
    key = found[3].strip("\"'") if is_in_value and found[3] else ""
    return TeamPlace(above, key, whole, is_item, key_span)


def _above(text: str, start: int, indent: int) -> tuple[str, ...]:
    """Return the keys of the lines above with less indentation, the outermost first."""
    keys: list[str] = []
    while start > 0 and indent > 0:
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].rstrip("\r")
        found = _LINE.match(line)
        if found is None or not line.strip() or line.lstrip().startswith("#") or found[3] is None:
            continue
        if len(found[1]) < indent:
            keys.append(found[3].strip("\"'"))
            indent = len(found[1])
    return tuple(reversed(keys))
