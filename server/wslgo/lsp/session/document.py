"""A document: what the client shows of a file, what the file holds, and positions in both."""

from collections.abc import Sequence
from typing import NamedTuple

from wslgo.syntax.family import Family
from wslgo.syntax.file import File
from wslgo.system.reader import read_beginning
from wslgo.text.source import UTF8, decode
from wslgo.text.span import Lines, Position, Span, Unit

_HEAD = 512

# This much text is checked between two messages, in less than a tenth of a second; more is checked in a job.
LARGE = 1 << 16


class Disk(NamedTuple):
    """The properties of a file that an editor hides: its encoding and its byte order mark."""

    encoding: str = UTF8
    has_bom: bool = False


class OpenDocument(NamedTuple):
    """A document as the client has it; `stamp` differs after each change."""

    uri: str
    path: str
    family: Family | None
    version: int | None
    text: str
    disk: Disk
    stamp: int


class Positions:
    """Offsets of the source and positions of the client; the client does not see the first `hidden` code points."""

    def __init__(self, text: str, unit: Unit, hidden: int) -> None:
        self._lines = Lines(text[hidden:])
        self._unit = unit
        self._hidden = hidden

    def position(self, offset: int) -> Position:
        return self._lines.position(offset - self._hidden, self._unit)

    def offset(self, position: Position) -> int:
        return self._lines.offset(position, self._unit) + self._hidden

    def span(self, start: Position, end: Position) -> Span:
        """Return the span of a range, in order even if the range is reversed."""
        return Span(*sorted((self.offset(start), self.offset(end))))


class Document:
    """One version of a document, parsed once."""

    __slots__ = ("_hidden", "_positions", "_unit", "file", "stamp", "uri", "version")

    def __init__(self, uri: str, version: int | None, file: File, unit: Unit, hidden: int, stamp: int) -> None:
        self.uri = uri
        self.version = version
        self.file = file
        self.stamp = stamp
        self._unit = unit
        self._hidden = hidden
        self._positions: Positions | None = None

    @property
    def text(self) -> str:
        return self.file.source.text

    @property
    def positions(self) -> Positions:
        # Only documents with findings need them.
        if self._positions is None:
            self._positions = Positions(self.text, self._unit, self._hidden)
        return self._positions


def disk_of(path: str) -> Disk:
    """Return the encoding of a file, read from its first bytes."""
    head = content(path, _HEAD)
    if head is None:
        return Disk()
    source = decode(head)
    return Disk(source.encoding, source.has_bom)


def content(path: str, size: int, within: Sequence[str] | None = None) -> bytes | None:
    """Return the first bytes of a regular file; None if it is unreadable or outside the folders `within`."""
    try:
        return read_beginning(path, size, within=within)
    except OSError:
        return None
