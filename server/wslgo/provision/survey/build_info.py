"""What a Go program says of itself: the package it was built from, in which version, and by which Go.

It is in the program (debug/buildinfo, as linkers write it since Go 1.18), so nothing has to be run: programs of a tree
tell it too.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from wslgo.provision.model.facts import Built
from wslgo.system.place import Place, held
from wslgo.system.reader import LARGEST_PROGRAM

_MAGIC = b"\xff Go buildinf:"
_ALIGNED = 16  # bytes
_FLAGS = 15  # the place of the byte whose second bit says that texts stand in the header
_INLINE = 2
_HEADER = 32  # bytes before the texts
_FENCE = 16  # bytes of a mark on either side of the list of modules
_LONGEST = 1 << 20  # bytes of a text

_GO = re.compile(r"go([0-9]\S*)")


def read(place: Path | Place) -> Built | None:
    """None for what is no Go program, or tells nothing. Raises OSError for what cannot be read."""
    data = held(place).content(LARGEST_PROGRAM)
    return None if data is None else next(_built(data), None)


def _built(data: bytes) -> Iterator[Built]:
    """A program may carry the mark elsewhere, too, such as one that reads others."""
    at = data.find(_MAGIC)
    while at >= 0:
        if at % _ALIGNED == 0 and data[at + _FLAGS : at + _FLAGS + 1] == bytes((_INLINE,)):
            version, end = _text(data, at + _HEADER)
            found = _GO.match(version.decode("utf-8", "replace"))
            if found:
                yield _described(found[1], _text(data, end)[0])
        at = data.find(_MAGIC, at + 1)


def _described(go: str, modules: bytes) -> Built:
    rows = [line.split("\t") for line in modules[_FENCE:-_FENCE].decode("utf-8", "replace").split("\n")]
    package = next((row[1] for row in rows if row[0] == "path" and len(row) > 1), "")
    version = next((row[2] for row in rows if row[0] == "mod" and len(row) > 2), "")
    return Built(package, version, go)


def _text(data: bytes, at: int) -> tuple[bytes, int]:
    """A text behind its length, and where it ends; empty where none can stand there, or the file ends within."""
    length, shift = 0, 0
    for byte in data[at : at + 4]:
        at += 1
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    text = data[at : at + length] if length <= _LONGEST else b""
    return (text, at + length) if len(text) == length else (b"", at)
