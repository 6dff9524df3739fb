"""The build information in a Go program: its package, its version, and the Go that built it.

Linkers write it into the program since Go 1.18 (debug/buildinfo), so the program need not run, which also serves the
programs of a tree.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from wslgo.provision.model.facts import BuildInfo
from wslgo.system.place import Place
from wslgo.system.reader import LARGEST_PROGRAM
from wslgo.system.walk import place_of

_MAGIC = b"\xff Go buildinf:"
_ALIGNED = 16  # bytes
_FLAGS = 15  # the place of the byte whose second bit says that texts are in the header
_INLINE = 2
_HEADER = 32  # bytes before the texts
_FENCE = 16  # bytes of a mark on either side of the list of modules
_LONGEST = 1 << 20  # bytes of a text

_GO = re.compile(r"go([0-9]\S*)")


def read(place: Path | Place) -> BuildInfo | None:
    """Return the build information; None for any other file, or without it. Raises OSError for an unreadable file."""
    data = place_of(place).content(LARGEST_PROGRAM)
    return None if data is None else next(_build_infos(data), None)


def _build_infos(data: bytes) -> Iterator[BuildInfo]:
    """Yield what follows each mark: a program that reads others contains the mark elsewhere, too."""
    at = data.find(_MAGIC)
    while at >= 0:
        if at % _ALIGNED == 0 and data[at + _FLAGS : at + _FLAGS + 1] == bytes((_INLINE,)):
            version, end = _text(data, at + _HEADER)
            go = _GO.match(version.decode("utf-8", "replace"))
            if go:
                yield _build(go[1], _text(data, end)[0])
        at = data.find(_MAGIC, at + 1)


def _build(go: str, modules: bytes) -> BuildInfo:
    rows = [line.split("\t") for line in modules[_FENCE:-_FENCE].decode("utf-8", "replace").split("\n")]
    package = next((row[1] for row in rows if row[0] == "path" and len(row) > 1), "")
    module = next((row[1:] for row in rows if row[0] == "mod"), [])
    path, version, hashed, *_ = (*module, "", "", "")
    return BuildInfo(package, version, go, path, hashed)


def _text(data: bytes, at: int) -> tuple[bytes, int]:
    """Return a text, which follows its length, and where it ends; empty if it is too long or cut off."""
    length, shift = 0, 0
    for byte in data[at : at + 4]:
        at += 1
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    text = data[at : at + length] if length <= _LONGEST else b""
    return (text, at + length) if len(text) == length else (b"", at)
