"""Files of JSON lines that only grow: a line is on the disk before anything else happens.

Other programs of the user can write there, too, and a disk can fail: what is read is checked, and a line that does not
pass is counted and skipped.
"""

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from wslgo.system.reader import open_regular
from wslgo.text.message import Message, Text
from wslgo.text.typing import IO, Any, NamedTuple

LONGEST = 32 << 20  # bytes of a line: a plan contains the files that it changes

UNREADABLE = Message(
    en="{path}: {count} unreadable lines are ignored: {lines}",
    zh="{path}：有 {count} 行无法理解，已忽略：{lines}",
)
_LISTED = 10  # line numbers in a message


class JsonLine(NamedTuple):
    """A line with its number. Without a value it is not JSON, not an object, or too long."""

    number: int
    value: dict[str, Any] | None


def append(path: Path, said: Mapping[str, Any]) -> None:
    """Append a line, also after a line that was cut off. Raises OSError if it is not written as a whole."""
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
    """Yield each line that is not empty; a missing file has none."""
    try:
        descriptor = open_regular(path)
    except FileNotFoundError:
        return
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor
        for number, line in enumerate(_lines(file), 1):
            if line is None or line.strip():
                yield JsonLine(number, _object(line or b""))


def _lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the lines, None for a line that is too long."""
    while line := file.readline(LONGEST + 1):
        is_long = len(line) > LONGEST
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1)
        yield None if is_long else line


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def unreadable_lines(path: Path, numbers: Sequence[int]) -> Text:
    """Return a message with the numbers of unreadable lines."""
    listed = ", ".join(map(str, numbers[:_LISTED])) + (", ..." if len(numbers) > _LISTED else "")
    return UNREADABLE(path=str(path), count=len(numbers), lines=listed)


# Values of a line. Each function raises ValueError for anything else.


def text(value: object) -> str:
    """Return a text that can be printed and written."""
    if not isinstance(value, str):
        raise ValueError("not a text")
    value.encode("utf-8", "surrogateescape")
    return value


def texts(value: object) -> list[str]:
    """Return a list of such texts."""
    if not isinstance(value, list):
        raise ValueError("not a list")
    return [text(member) for member in value]


def target(value: object) -> str:
    """Return a valid target of a symbolic link."""
    place = text(value)
    if not place or "\0" in place:
        raise ValueError("not a path")
    return place


def path(value: object) -> str:
    """Return an absolute path without `.` and `..`."""
    place = target(value)
    if not place.startswith("/") or os.path.normpath(place) != place:
        raise ValueError("not an absolute path")
    return place


def number(value: object, least: int, most: int) -> int:
    """Return an integer in a range."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"not a number from {least} to {most}")
    return value


def numbers(count: int, least: int, most: int) -> Callable[[object], list[int]]:
    """Return the reader of a list of `count` such integers."""

    def read_numbers(value: object) -> list[int]:
        if not isinstance(value, list) or len(value) != count:
            raise ValueError(f"not {count} numbers")
        return [number(member, least, most) for member in value]

    return read_numbers


def optional(read_value: Callable[[object], object]) -> Callable[[object], object]:
    """Return the reader of a value that may be null."""
    return lambda value: None if value is None else read_value(value)
