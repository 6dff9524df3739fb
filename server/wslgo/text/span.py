"""Spans, edits and lines of a text.

Offsets are code points and spans are half-open. Lines end at `\\n`, `\\r\\n` and a lone `\\r` only, as in LSP
(`str.splitlines` also splits at U+2028, form feed and others, which shifts every later line).
"""

from collections.abc import Iterable
from itertools import accumulate

from wslgo.text.pattern import pattern
from wslgo.text.typing import Literal, NamedTuple

Unit = Literal["utf-8", "utf-16", "utf-32"]

_LINE_END = pattern(r"\r\n?|\n")
_FEW = 16  # up to this many lookups cost less than a table of the lines


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    def contains(self, offset: int) -> bool:
        """Return whether the character at `offset` belongs to the span."""
        return self.start <= offset < self.end

    def touches(self, offset: int) -> bool:
        """Return whether a cursor at `offset` is in the span or at one of its ends."""
        return self.start <= offset <= self.end

    def covers(self, other: "Span") -> bool:
        """Return whether all of `other` is in the span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return whether both have a character in common."""
        return self.start < other.end and other.start < self.end

    def meets(self, other: "Span") -> bool:
        """Return whether both overlap or are next to each other."""
        return self.start <= other.end and other.start <= self.end


class Edit(NamedTuple):
    """A replacement; an empty span inserts. An empty `path` means the file of the finding."""

    span: Span
    new: str
    path: str = ""


class Position(NamedTuple):
    """A zero-based line, and a character counted in the requested unit."""

    line: int
    character: int


class Lines:
    """The line starts of a text, which turn offsets into positions and back."""

    __slots__ = ("_has_lone_cr", "_is_ascii", "_looked_up", "_table", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._table: list[int] | None = None
        self._looked_up = 0
        self._is_ascii = text.isascii()
        self._has_lone_cr = text.count("\r") != text.count("\r\n")

    @property
    def _starts(self) -> list[int]:
        if self._table is None:
            self._table = _line_starts(self.text, has_lone_cr=self._has_lone_cr)
        return self._table

    def __len__(self) -> int:
        return len(self._starts)

    def span(self, line: int) -> Span:
        """Return line `line` without its line end."""
        start = self._starts[line]
        if line + 1 == len(self._starts):
            return Span(start, len(self.text))
        end = self._starts[line + 1]
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def full_span(self, line: int) -> Span:
        """Return line `line` with its line end."""
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        return Span(self._starts[line], end)

    def line_of(self, offset: int) -> int:
        """Return the zero-based line that contains `offset`."""
        return self._line(offset)[0]

    def position(self, offset: int, unit: Unit = "utf-32") -> Position:
        """Return the position of `offset`, which is clamped to the text."""
        offset = min(max(offset, 0), len(self.text))
        line, start = self._line(offset)
        if unit == "utf-32" or self._is_ascii:
            return Position(line, offset - start)
        return Position(line, _width(self.text[start:offset], unit))

    def offset(self, position: Position, unit: Unit = "utf-32") -> int:
        """Return the offset of `position`, clamped to the end of its line and of the text."""
        line, character = position
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self.text)
        start, end = self.span(line)
        if unit == "utf-32" or self._is_ascii:
            return min(start + max(character, 0), end)
        return start + _code_points(self.text[start:end], character, unit)

    def _line(self, offset: int) -> tuple[int, int]:
        """Return the line that contains `offset`, and where it starts."""
        if self._table is None and self._looked_up < _FEW and not self._has_lone_cr:
            # A file has few findings: counting for each is cheaper than a table of all lines on every keystroke.
            self._looked_up += 1
            return self.text.count("\n", 0, offset), self.text.rfind("\n", 0, offset) + 1
        from bisect import bisect_right  # a library of its own, and small files need no table

        line = bisect_right(self._starts, offset) - 1
        return line, self._starts[line]


def _line_starts(text: str, *, has_lone_cr: bool) -> list[int]:
    if has_lone_cr:
        return [0, *(end.end() for end in _LINE_END.finditer(text))]
    # Every line ends with LF: four times as fast as the expression.
    return list(accumulate([len(line) + 1 for line in text.split("\n")[:-1]], initial=0))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after `edits`, which must not overlap; an edit of another file raises ValueError.

    Insertions at the same offset keep their order, as in LSP.
    """
    parts: list[str] = []
    at = 0
    for span, new, path in sorted(edits, key=lambda edit: edit.span):
        if path or span.start < at:
            raise ValueError(f"edit at {span.start} overlaps the previous one or belongs to {path or 'this file'}")
        parts += (text[at : span.start], new)
        at = span.end
    return "".join((*parts, text[at:]))


def _width(text: str, unit: Unit) -> int:
    if text.isascii():
        return len(text)
    if unit == "utf-16":
        return len(text) + sum(character > "\uffff" for character in text)
    return len(text.encode("utf-8", "surrogatepass"))


def _code_points(line: str, character: int, unit: Unit) -> int:
    """Return how many code points of `line` come before `character`, rounded down inside a code point."""
    count = 0
    for code_point in line:
        character -= _width(code_point, unit)
        if character < 0:
            break
        count += 1
    return count
