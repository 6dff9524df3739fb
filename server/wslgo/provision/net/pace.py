"""Limits of time and size for a response: a server that drips or floods would never end."""

import http.client
import io
import socket
from typing import Any, cast

from wslgo.provision.errors import ProvisionError
from wslgo.provision.net.progress import Clock
from wslgo.text.message import Text

# Bytes around the body of a response: its headers, or the frame of one chunk.
_LARGEST_FRAME = 1 << 18


class Pace:
    """A minimum speed: `least` bytes within each `seconds`, else ProvisionError with `text`.

    Without `least` everything must arrive within `seconds`. Several connections may share one pace.
    """

    def __init__(self, clock: Clock, seconds: float, text: Text, least: int | None = None) -> None:
        self._clock = clock
        self._seconds = seconds
        self._text = text
        self._least = least
        self._since = clock()
        self._count = 0

    def check(self) -> None:
        """Raise ProvisionError if it takes too long."""
        if self._clock() - self._since > self._seconds:
            raise ProvisionError(self._text)

    def count(self, size: int) -> None:
        """Count bytes of the body."""
        self._count += size
        if self._least is not None and self._count >= self._least:
            self._since, self._count = self._clock(), 0


class Response(http.client.HTTPResponse):
    """A response that keeps to a pace, also in its headers; read its body with `read1` only."""

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
    """The bytes of a connection, `left` at most."""

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
