"""/etc/fstab as libmount reads it (util-linux 2.39, libmount/src/tab_parse.c; fstab(5)).

Fields are separated by spaces and tabs, and a line whose first character is `#` is a comment. A line with fewer than
three fields is skipped.
"""

from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_LINE = pattern(r"[^\n]+")
_FIELD = pattern(r"[^ \t\r]+")
_OPTIONS = 3


class FstabEntry(NamedTuple):
    """A mount: what is mounted and where, its file system, and its options with their place."""

    device: str
    target: str
    kind: str
    options: str
    options_span: Span


class Fstab(NamedTuple):
    """The mounts of a file in order, and its comments."""

    entries: tuple[FstabEntry, ...]
    comments: tuple[Span, ...]


def parse(source: Source) -> Fstab:
    """Return the mounts of a file; in UTF-16 mount finds none."""
    text = source.text if source.encoding == UTF8 else ""
    entries: list[FstabEntry] = []
    comments: list[Span] = []
    for line in _LINE.finditer(text):
        fields = [Span(*field.span()) for field in _FIELD.finditer(text, *line.span())]
        if fields and text[fields[0].start] == "#":
            comments.append(Span(fields[0].start, line.end()))
        elif len(fields) > _OPTIONS:
            device, target, kind, options = (text[span.start : span.end] for span in fields[: _OPTIONS + 1])
            entries.append(FstabEntry(device, target, kind, options, fields[_OPTIONS]))
    return Fstab(tuple(entries), tuple(comments))
