"""A text that is put together from pieces of another, which knows where each place of it comes from.

A piece that is not in the other text (a section that a fragment lacks, the braces around it) leads nowhere: what is
about it is dropped.
"""

from bisect import bisect_right

from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Lines, Span
from wslgo.text.typing import NamedTuple

NOWHERE = -1
_NOT_BLANK = pattern(r"[^ \t>]")


class _Piece(NamedTuple):
    """A part of the excerpt: where it begins there and in the other text, and whether it is a line end."""

    start: int
    origin: int
    is_line_end: bool = False


class Excerpt:
    """The text so far, and where each part of it comes from."""

    def __init__(self, whole: Lines) -> None:
        self._whole = whole
        self._parts: list[str] = []
        self._pieces: list[_Piece] = []
        self._size = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def is_empty(self) -> bool:
        return self._size == 0

    def add(self, span: Span, instead: str = "") -> "Excerpt":
        """Append a part of the other text; `instead` is another spelling of the same length."""
        return self._append(instead or self._whole.text[span.start : span.end], span.start)

    def add_line(self, span: Span, instead: str = "") -> "Excerpt":
        """Append a line, and a line end whatever it is in the other text."""
        self.add(span, instead)
        return self._append("\n", span.end, is_line_end=True)

    def add_own(self, text: str) -> "Excerpt":
        """Append a text that is not in the other one."""
        return self._append(text, NOWHERE)

    def close(self, end: int) -> "Excerpt":
        """Say where a line that is appended to the excerpt belongs in the other text."""
        self._pieces.append(_Piece(self._size, end))
        return self

    def _append(self, text: str, origin: int, *, is_line_end: bool = False) -> "Excerpt":
        self._pieces.append(_Piece(self._size, origin, is_line_end))
        self._parts.append(text)
        self._size += len(text)
        return self

    def span(self, span: Span) -> Span | None:
        """Return where a span of the excerpt is in the other text; None if it begins or ends nowhere."""
        start = self._origin(span.start)
        end = start if span.end == span.start else self._end(span.end)
        return Span(start, end) if NOWHERE not in (start, end) and start <= end else None

    def edit(self, edit: Edit) -> Edit | None:
        """Return an edit of the excerpt as one of the other text; new lines are quoted and indented like the others."""
        span = self.span(edit.span)
        if edit.path or span is None or any(self._is_own(piece) for piece in self._inside(edit.span)):
            return None
        new = edit.new.replace("\r\n", "\n")
        if "\n" in new:
            line = self._whole.line_of(span.start)
            begin = self._whole.span(line).start
            new = new.replace("\n", self._line_end(line) + self._before(begin, span.start))
        return Edit(span, new)

    def _before(self, begin: int, at: int) -> str:
        """Return what the lines of the block begin with: quote signs and spaces."""
        start = min((piece.origin for piece in self._pieces if begin <= piece.origin <= at), default=at)
        return _NOT_BLANK.sub(" ", self._whole.text[begin:start])

    def _line_end(self, line: int) -> str:
        text = self._whole.text[slice(*self._whole.full_span(line))]
        return "\r\n" if text.endswith("\r\n") else "\n"

    def _number(self, offset: int) -> int:
        return bisect_right(self._pieces, offset, key=lambda piece: piece.start) - 1

    def _origin(self, offset: int) -> int:
        number = self._number(offset)
        if number < 0:
            return NOWHERE
        piece = self._pieces[number]
        return NOWHERE if piece.origin == NOWHERE else piece.origin + offset - piece.start

    def _end(self, offset: int) -> int:
        piece = self._pieces[self._number(offset - 1)]
        if piece.is_line_end:
            return self._origin(offset)
        return NOWHERE if piece.origin == NOWHERE else piece.origin + offset - piece.start

    def _inside(self, span: Span) -> list[_Piece]:
        first, last = self._number(span.start), self._number(max(span.end - 1, span.start))
        return self._pieces[max(first, 0) : last + 1]

    @staticmethod
    def _is_own(piece: _Piece) -> bool:
        return piece.origin == NOWHERE
