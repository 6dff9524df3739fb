"""The messages in a stream of bytes, and their JSON."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

_LONGEST_HEADER = 1 << 16

_HEADER_END = re.compile(rb"\r?\n\r?\n")

# Not anchored: after a malformed header, the next one follows the old body on the same line.
_LENGTH = re.compile(rb"content-length:[ \t]*([0-9]{1,12})[ \t]*\r?(?:\n|\Z)", re.IGNORECASE)


class Frames:
    """A stream of bytes, cut into the bodies of messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._missing = 0  # bytes of a body still to come

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._buffer += data
        while (body := self._next()) is not None:
            yield body

    def _next(self) -> bytes | None:
        while not self._missing:
            end = _HEADER_END.search(self._buffer)
            if end is None:
                del self._buffer[: max(0, len(self._buffer) - _LONGEST_HEADER)]
                return None
            # Of several lengths, the last is next to the body.
            lengths = _LENGTH.findall(bytes(self._buffer[: end.start()]))
            del self._buffer[: end.end()]
            self._missing = int(lengths[-1]) if lengths else 0
        if len(self._buffer) < self._missing:
            return None
        body = bytes(self._buffer[: self._missing])
        del self._buffer[: self._missing]
        self._missing = 0
        return body


class NotJson(NamedTuple):
    """A body that is not JSON, in the place of its message."""

    reason: str


def json_of(body: bytes) -> object:
    """Return the JSON of a body, or why there is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        return NotJson(f"Parse Error: {error}")


def framed(body: str) -> bytes:
    """Return a message with its header."""
    data = body.encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(data), data)
