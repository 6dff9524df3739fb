"""Parts of a program file, and streams of them for pyelftools: a header can claim any size, and a table any length."""

import io
import os

from wslgo.text.typing import IO, cast


class Region:
    """A part of a file; what is after its end or after that of the file is empty."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self.size = max(0, min(size, file.seek(0, os.SEEK_END) - start)) if start >= 0 else 0
        self._file = file
        self._start = start

    def read(self, start: int = 0, size: int | None = None) -> bytes:
        """Return bytes from a place in this part on."""
        size = self.size - start if size is None else min(size, self.size - start)
        if start < 0 or size <= 0:
            return b""
        self._file.seek(self._start + start)
        return self._file.read(size)


class ExhaustedError(Exception):
    """A stream was read more often than any honest program needs."""


class Reads:
    """How many times streams may still be read."""

    def __init__(self, left: int) -> None:
        self._left = left

    def count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise ExhaustedError


def limited(file: IO[bytes], reads: Reads) -> IO[bytes]:
    """Return a stream whose reads are counted: whatever a parser loops over, it reads."""
    return cast("IO[bytes]", _Limited(file, reads))


def limited_bytes(data: bytes, reads: Reads) -> IO[bytes]:
    return limited(io.BytesIO(data), reads)


class _Limited:
    """The part of a stream that pyelftools uses; a size is cut to that of the file before memory is taken for it."""

    def __init__(self, file: IO[bytes], reads: Reads) -> None:
        self._file = file
        self._reads = reads
        self._size = file.seek(0, os.SEEK_END)
        file.seek(0)

    def read(self, size: int = -1) -> bytes:
        self._reads.count()
        return self._file.read(min(size, self._size) if size >= 0 else -1)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()
