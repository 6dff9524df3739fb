"""The time and the bytes that a server gets for an answer: one that drips, or floods, would have no end otherwise."""

import http.client
import io
import socket
from collections.abc import Callable
from typing import Any, cast

from wslgo.provision.errors import ProvisionError
from wslgo.text.message import Text

Clock = Callable[[], float]

# Bytes that are not of the answer itself: its head, or what frames one piece of it.
_LARGEST_FRAME = 1 << 18


class Pace:
    """A rule about time: at least `least` bytes within each `seconds`, else ProvisionError with `text`.

    Without `least` all of it must come within `seconds`. One pace may be that of several connections.
    """

    def __init__(self, clock: Clock, seconds: float, text: Text, least: int | None = None) -> None:
        self._clock = clock
        self._seconds = seconds
        self._text = text
        self._least = least
        self._since = clock()
        self._count = 0

    def check(self) -> None:
        """Raise ProvisionError where it takes too long."""
        if self._clock() - self._since > self._seconds:
            raise ProvisionError(self._text)

    def count(self, size: int) -> None:
        """Count bytes of the answer itself."""
        self._count += size
        if self._least is not None and self._count >= self._least:
            self._since, self._count = self._clock(), 0


class Response(http.client.HTTPResponse):
    """An answer that keeps to a pace, also while its head is read; of its body only `read1` is for use."""

    def __init__(self, connected: socket.socket, *words: Any, pace: Pace, **named: Any) -> None:
        super().__init__(connected, *words, **named)
        self._pace = pace
        self._wire = _Wire(self.fp.detach(), pace)
        self.fp = io.BufferedReader(self._wire)

    def read1(self, n: int = -1) -> bytes:
        self._wire.left = n + _LARGEST_FRAME
        piece = super().read1(n)
        if self.chunked and (self.chunk_left or 0) < 0:
            raise http.client.HTTPException("chunk of a negative size")
        self._pace.count(len(piece))
        return piece


class _Wire(io.RawIOBase):
    """What comes from a connection: `left` bytes at most."""

    def __init__(self, raw: io.RawIOBase, pace: Pace) -> None:
        self._raw = raw
        self._pace = pace
        self.left = _LARGEST_FRAME

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._pace.check()
        count = self._raw.readinto(buffer)
        self.left -= count or 0
        if self.left < 0:
            raise http.client.HTTPException(f"more than {_LARGEST_FRAME} bytes around the answer")
        return cast("int | None", count)

    def close(self) -> None:
        self._raw.close()
        super().close()
