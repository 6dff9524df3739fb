"""What it takes to write a file as UTF-8 without a byte order mark."""

from wslgo.text.pattern import pattern
from wslgo.text.source import BOM, Source
from wslgo.text.span import Edit, Span

_UNPAIRED = pattern("[\ud800-\udfff]")


def to_utf8(source: Source) -> tuple[Edit, ...] | None:
    """The edits that go with writing a UTF-16 file as UTF-8, or None when the file holds what UTF-8 cannot."""
    if source.tail or _UNPAIRED.search(source.text):
        return None
    return (Edit(mark_of(source), ""),)


def mark_of(source: Source) -> Span:
    """The byte order mark, empty when there is none."""
    return Span(0, len(BOM) if source.has_bom else 0)
