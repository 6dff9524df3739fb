"""Files of JSON lines that only grow: a line is on the disk before anything else happens.

Other programs of the user can write there, too, and a disk can fail: what is read is checked, and a line that does not
fit is counted and passed over.
"""

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from wslgo.system.reader import open_regular
from wslgo.text.message import Message, Text

LONGEST = 32 << 20  # bytes of a line: a plan holds the files that it changes

STRANGE = Message(
    en="{path}: {count} lines cannot be understood and are ignored: {lines}",
    zh="{path}：有 {count} 行无法理解，已忽略：{lines}",
)
_NAMED = 10  # numbers of lines that are told


class JsonLine(NamedTuple):
    """A line by its number. Without a value it is not JSON, not an object, or too long."""

    number: int
    value: dict[str, Any] | None


def append(path: Path, said: Mapping[str, Any]) -> None:
    """One line more, behind whatever a cut-off line has left. Raises OSError where it is not whole."""
    words = json.dumps(said).encode()
    if len(words) > LONGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    with open(descriptor, "r+b", buffering=0) as file:  # noqa: PTH123 - a descriptor
        size = file.seek(0, os.SEEK_END)
        is_whole = size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
        line = (b"" if is_whole else b"\n") + words + b"\n"
        if file.write(line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        os.fsync(descriptor)


def read(path: Path) -> Iterator[JsonLine]:
    """Yield each line that is not blank; no file has none."""
    try:
        descriptor = open_regular(path)
    except FileNotFoundError:
        return
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor
        for number, line in enumerate(_lines(file), 1):
            if line is None or line.strip():
                yield JsonLine(number, _said(line or b""))


def _lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the lines, None for one that is too long."""
    while line := file.readline(LONGEST + 1):
        is_long = len(line) > LONGEST
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1)
        yield None if is_long else line


def _said(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def unreadable_lines(path: Path, numbers: Sequence[int]) -> Text:
    """Say which lines cannot be understood."""
    named = ", ".join(map(str, numbers[:_NAMED])) + (", ..." if len(numbers) > _NAMED else "")
    return STRANGE(path=str(path), count=len(numbers), lines=named)


# Values of a line. Each of these raises ValueError for anything else.


def text(value: object) -> str:
    """Return a text that can be printed and written."""
    if not isinstance(value, str):
        raise ValueError("not a text")
    value.encode("utf-8", "surrogateescape")
    return value


def texts(value: object) -> list[str]:
    """Return a list of them."""
    if not isinstance(value, list):
        raise ValueError("not a list")
    return [text(one) for one in value]


def target(value: object) -> str:
    """Return a path that a link can have."""
    place = text(value)
    if not place or "\0" in place:
        raise ValueError("not a path")
    return place


def path(value: object) -> str:
    """Return an absolute path without detours."""
    place = target(value)
    if not place.startswith("/") or os.path.normpath(place) != place:
        raise ValueError("not an absolute path")
    return place


def number(value: object, least: int, most: int) -> int:
    """Return a number that lies between two others."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"not a number from {least} to {most}")
    return value


def numbers(count: int, least: int, most: int) -> Callable[[object], list[int]]:
    """Return the reader of a list of so many such numbers."""

    def read_numbers(value: object) -> list[int]:
        if not isinstance(value, list) or len(value) != count:
            raise ValueError(f"not {count} numbers")
        return [number(one, least, most) for one in value]

    return read_numbers


def optional(read_value: Callable[[object], object]) -> Callable[[object], object]:
    """Return the reader of a value that may be null."""
    return lambda value: None if value is None else read_value(value)
