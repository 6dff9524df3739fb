"""Conversion of a file to UTF-8 without a byte order mark."""

import re

from wslgo.text.pattern import pattern
from wslgo.text.source import BOM, UTF8, UTF16_LE, Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple

# Letters of ASCII as UTF-16 has them, perhaps after a byte order mark; two at least.
_RUN = re.compile(rb"(?:\xff\xfe)?(?:[\x01-\x7f]\x00){2,}")
# One such letter, or the mark.
_LETTER = re.compile(rb"(?:\xff\xfe)?([\x01-\x7f])\x00")
# Lines of ASCII as UTF-8 has them, after the end of a line in UTF-16.
_ASCII_LINES = re.compile(rb"\n\x00([\t\r\n -~]{4,})\Z")
_UNPAIRED = pattern("[\ud800-\udfff]")


def to_utf8(source: Source) -> tuple[Edit, ...] | None:
    """Return the edits for writing a UTF-16 file as UTF-8; None if UTF-8 cannot represent it."""
    if source.tail or _UNPAIRED.search(source.text):
        return None
    return (Edit(mark_of(source), ""),)


def mark_of(source: Source) -> Span:
    """Return the span of the byte order mark, empty without one."""
    return Span(0, len(BOM) if source.has_bom else 0)


class Mixture(NamedTuple):
    """A file that changes its encoding at `start`, where a program appended in another one than the file has.

    `text` is the rest of the file from there, as its author wrote it.
    """

    start: int
    text: str


def mixture(source: Source) -> Mixture | None:
    """Return the part of a file in another encoding, None without one and if it cannot be read.

    Windows PowerShell 5.1 appends UTF-16 to any file, and a Linux shell UTF-8.
    """
    if source.encoding == UTF16_LE and source.has_bom:
        return _appended_utf8(source)
    if source.encoding != UTF8 or "\0" not in source.text:
        return None
    try:
        data = source.encode()
    except UnicodeEncodeError:  # half of a character, which a document in an editor can have and a file cannot
        return None
    start = _first_run(data)
    if start is None:
        return None
    head, rest = _decoded(data[:start], UTF8), data[start:]
    text = _decoded(_LETTER.sub(lambda letter: letter[1], rest), UTF8) or _decoded(rest, UTF16_LE)
    if not head or not text or 2 * sum(map(str.isascii, text)) < len(text):
        return None
    text = text.removeprefix(BOM)
    # `>>` begins where the file ends, which may be in the middle of a line.
    joint = "" if head.endswith("\n") else "\r\n" if "\r\n" in head + text else "\n"
    return Mixture(len(head), joint + text)


def _appended_utf8(source: Source) -> Mixture | None:
    """Return the lines of ASCII at the end of a file in UTF-16."""
    found = _ASCII_LINES.search(source.encode())
    if found is None:
        return None
    return Mixture(found.start(1) // 2, found[1].decode())


def _first_run(data: bytes) -> int | None:
    """Return where UTF-16 begins, None if it begins the file; that of a line may begin with other letters."""
    run = _RUN.search(data)
    # The line end before big-endian letters would be the first of these.
    if run is None or run.start() == 0 or run[0].startswith(b"\n"):
        return None
    line = data.rfind(b"\n", 0, run.start()) + 1
    other_letters = data[line : run.start()]
    return run.start() if other_letters.isascii() or len(other_letters) % 2 else line


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return the text of the bytes, None if they are in another encoding or have zeros in them."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
