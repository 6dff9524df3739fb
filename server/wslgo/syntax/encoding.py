"""Conversion of a file to UTF-8 without a byte order mark."""

from wslgo.text.pattern import pattern
from wslgo.text.source import BOM, Source
from wslgo.text.span import Edit, Span

_UNPAIRED = pattern("[\ud800-\udfff]")


def to_utf8(source: Source) -> tuple[Edit, ...] | None:
    """Return the edits for writing a UTF-16 file as UTF-8; None if UTF-8 cannot represent it."""
    if source.tail or _UNPAIRED.search(source.text):
        return None
    return (Edit(mark_of(source), ""),)


def mark_of(source: Source) -> Span:
    """Return the span of the byte order mark, empty without one."""
    return Span(0, len(BOM) if source.has_bom else 0)
