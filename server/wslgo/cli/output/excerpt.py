"""The line of a finding with the culprit underlined, safe for any terminal."""

from wslgo.cli.terminal import Painter, shown
from wslgo.text.secrets import without_secrets
from wslgo.text.span import Lines, Span
from wslgo.text.typing import NamedTuple

WIDTH = 100  # code points of a line that are shown
BEFORE = 40  # of them before the culprit, where the line is longer
TAB = " " * 4
CUT = "..."


class _Shown(NamedTuple):
    """The part of a line that is shown, in code points."""

    start: int
    end: int
    line_start: int
    line_end: int


def excerpt(lines: Lines, span: Span, style: str, paint: Painter) -> tuple[str, str]:
    """Return the line and the underline; both begin with a gutter of the same width."""
    number = lines.line_of(span.start)
    part = _part(lines, number, span)
    text = _masked(lines.text, part)
    first, last = span.start - part.start, min(span.end, part.end) - part.start
    before, culprit, after = (_displayed(piece) for piece in (text[:first], text[first:last], text[last:]))
    cut_before = CUT if part.start > part.line_start else ""
    cut_after = CUT if part.end < part.line_end else ""
    gutter = f"{number + 1:5} | "
    blank = f"{'| ':>{len(gutter)}}"
    underline = "^" + "~" * (width(culprit) - 1)
    line = f"{paint('hint', gutter)}{cut_before}{before}{culprit}{after}{cut_after}".rstrip()
    return line, f"{paint('hint', blank)}{' ' * width(cut_before + before)}{paint(style, underline)}"


def _part(lines: Lines, number: int, span: Span) -> _Shown:
    """Return the whole line, or what surrounds the culprit; a line end is shown only when it is the culprit."""
    start, end = lines.span(number)
    if span.start >= end:
        end = min(max(span.end, end), lines.full_span(number).end)
    if end - start <= WIDTH:
        return _Shown(start, end, start, end)
    first = max(start, min(span.start - BEFORE, end - WIDTH))
    return _Shown(first, min(end, first + WIDTH), start, end)


def _masked(text: str, part: _Shown) -> str:
    """Return the part without its secrets; what surrounds it tells which they are."""
    start = max(part.line_start, part.start - 10 * WIDTH)
    end = min(part.line_end, part.end + 10 * WIDTH)
    masked = without_secrets(text[start:end])
    return masked[part.start - start : part.end - start]


def _displayed(text: str) -> str:
    return shown(text.replace("\t", TAB))


def width(text: str) -> int:
    """Columns on a terminal: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width  # a library to be loaded, for lines that are not ASCII

    seen = [character for character in text if category(character) not in ("Mn", "Me")]
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in seen)
