"""The reader of a `.tar.gz`: one thread inflates, this one writes the files.

Our own reader instead of `tarfile`: see `docs/decisions/0015-own-archive-readers.md`. It accepts only what Go's
archives consist of (USTAR, PAX, and GNU's long names), and checks each number before it is used.
"""

import queue
import re
import threading
import zlib
from collections.abc import Callable, Mapping
from typing import BinaryIO, NamedTuple

from wslgo.provision.errors import CancelledError, ProvisionError, in_words
from wslgo.provision.net.progress import Meter
from wslgo.provision.toolchain.archive.guard import (
    DEVICE,
    HARD_LINK,
    ODD,
    SYMBOLIC_LINK,
    Guard,
    broken,
    mode,
    shortened,
)
from wslgo.provision.toolchain.archive.writer import ArchiveWriter, write

PREFIX = "go/"

_BLOCK = 512
_READ = 1 << 18
_PIECE = 1 << 20
_WAITING = 16  # pieces between the two threads
_LARGEST_LONG = 1 << 16  # bytes of an entry that describes the next one
_MOST_LONG = 4  # such entries in a row
_LATEST = 1 << 34  # seconds since 1970: the year 2514
_GZIP = 31  # zlib's word for a gzip stream, whose checksum and length it then checks
_EMPTY = bytes(_BLOCK)
_DESCRIBE_NEXT = (b"x", b"L", b"g")
_ODD = {b"1": HARD_LINK, b"2": SYMBOLIC_LINK, b"3": DEVICE, b"4": DEVICE, b"6": DEVICE}
_RECORD = re.compile(rb"([0-9]{1,7}) ([^=\n]+)=")
_OCTAL = re.compile(rb"[ \0]*([0-7]*)[ \0]*")
_SIZE = re.compile(r"[0-9]{1,15}")
_SECONDS = re.compile(r"[0-9]{1,15}(?:\.[0-9]{0,15})?")
# These describe one file, so they are not accepted in a header for all files.
_OF_ONE_FILE = re.compile(r"path|size|mtime|linkpath|GNU\.sparse\..*", re.DOTALL)


class _Header(NamedTuple):
    name: str
    size: int
    seconds: float
    kind: bytes


def unpack(file: BinaryIO, size: int, tree: ArchiveWriter, meter: Meter, cancelled: Callable[[], bool]) -> None:
    """Write the files under `go/` in a tarball of `size` bytes. Raises ProvisionError or OSError."""
    guard = Guard(PREFIX, size)
    stream = _Inflated(file, guard, meter)
    stream.start()
    try:
        records, count = dict[str, str](), 0
        while (block := stream.take(_BLOCK)) != _EMPTY:
            if cancelled():
                raise CancelledError
            header = _header(block, records)
            if header.kind in _DESCRIBE_NEXT:
                count += 1
                if count > _MOST_LONG:
                    raise broken(f"more than {_MOST_LONG} headers for one file")
                records |= _records_of_next(stream, header)
            else:
                _unpack_entry(stream, header, guard, tree)
                records, count = {}, 0
        if count:
            raise broken("it ends in the middle")
        stream.drain()
    finally:
        stream.stop()


def _records_of_next(stream: "_Inflated", header: _Header) -> dict[str, str]:
    """Return the records of an entry that describes the next one."""
    data = _long(stream, header.size)
    if header.kind == b"L":
        return {"path": _text(data.rstrip(b"\0"))}
    records = _records(data)
    if any(key.startswith("GNU.sparse.") for key in records):
        raise broken("sparse file")
    if header.kind == b"x":
        return records
    if any(map(_OF_ONE_FILE.fullmatch, records)):
        raise broken("header for all files")
    return {}


def _unpack_entry(stream: "_Inflated", header: _Header, guard: Guard, tree: ArchiveWriter) -> None:
    """Write the file or folder of one entry."""
    if header.kind in _ODD:
        raise ProvisionError(ODD(name=shortened(header.name), kind=_ODD[header.kind]))
    if header.kind == b"5":
        if header.size:
            raise broken(f"{shortened(header.name)} is a folder with content")
        tree.folder(guard.enter(header.name))
    elif header.kind in (b"0", b"\0"):
        place = guard.place(header.name)
        tree.file(place, mode(place.path), header.seconds, lambda file: stream.copy(file, header.size))
    else:
        raise broken(f"entry of kind {header.kind!r}")


def _header(block: bytes, described: Mapping[str, str]) -> _Header:
    """Parse a header block; `described` are the records of the entries before it."""
    name, prefix = block[:100].partition(b"\0")[0], block[345:500].partition(b"\0")[0]
    if prefix and block[257:263] == b"ustar\0":
        name = prefix + b"/" + name
    if _number(block[148:156]) != sum(block) - sum(block[148:156]) + 8 * ord(" "):
        raise broken("checksum of a header")
    kind = block[156:157]
    if kind in _DESCRIBE_NEXT:  # the records describe the file that follows
        described = {}
    size = _record(described["size"], _SIZE, int) if "size" in described else _number(block[124:136])
    seconds = _record(described["mtime"], _SECONDS, float) if "mtime" in described else _number(block[136:148])
    if seconds > _LATEST:
        raise broken("number in a header")
    return _Header(described["path"] if "path" in described else _text(name), int(size), seconds, kind)


def _record(text: str, shape: re.Pattern[str], convert: Callable[[str], float]) -> float:
    if not shape.fullmatch(text):
        raise broken("number in a header")
    return convert(text)


def _number(field: bytes) -> int:
    """Parse an octal number; GNU's binary numbers are only for sizes above the limits."""
    match = _OCTAL.fullmatch(field)
    if match is None:
        raise broken("number in a header")
    return int(match[1] or b"0", 8)


def _long(stream: "_Inflated", size: int) -> bytes:
    if size > _LARGEST_LONG:
        raise broken(f"header of {size} bytes")
    data = stream.take(size)
    stream.skip_padding(size)
    return data


def _records(data: bytes) -> dict[str, str]:
    """Parse the records of a PAX entry, `LENGTH KEY=VALUE`; the length is that of the whole record."""
    found = {}
    while data:
        match = _RECORD.match(data)
        length = int(match[1]) if match else 0
        if not match or not match.end() < length <= len(data) or data[length - 1 : length] != b"\n":
            raise broken("PAX header")
        if match.end() == length - 1:  # Go then uses the header's own value, other readers an empty name
            raise broken("PAX header with an empty value")
        found[_text(match[2])] = _text(data[match.end() : length - 1])
        data = data[length:]
    return found


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


class _Inflated:
    """The inflated bytes of a gzip file, in order; a thread inflates ahead of the reader."""

    def __init__(self, file: BinaryIO, guard: Guard, meter: Meter) -> None:
        self._file = file
        self._guard = guard
        self._meter = meter
        self._pieces: queue.Queue[bytes | Exception] = queue.Queue(_WAITING)
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._piece = b""
        self._at = 0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread; it may be waiting for room in the queue, so empty the queue until it notices."""
        self._left.set()
        while self._thread.is_alive():
            try:
                self._pieces.get(timeout=0.01)
            except queue.Empty:
                continue

    def take(self, count: int) -> bytes:
        """Return the next bytes; raise ProvisionError if there are fewer."""
        end = self._at + count
        if end <= len(self._piece):
            taken = self._piece[self._at : end]
            self._at = end
            return taken
        parts = []
        while count:
            part = self._next(count)
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def copy(self, file: int, size: int) -> None:
        """Copy the next bytes into a file, and skip the padding after them."""
        left = size
        while left:
            part = self._next(left)
            write(file, part)
            left -= len(part)
        self.skip_padding(size)

    def skip_padding(self, size: int) -> None:
        self.take(-size % _BLOCK)

    def drain(self) -> None:
        """Read to the end, where the checksum is; nothing after the last entry is written."""
        while self._fill():
            pass

    def _next(self, most: int) -> memoryview:
        """Return some of the next bytes."""
        if self._at == len(self._piece) and not self._fill():
            raise broken("it ends in the middle")
        part = memoryview(self._piece)[self._at : self._at + most]
        self._at += len(part)
        return part

    def _fill(self) -> bool:
        piece = self._pieces.get()
        if isinstance(piece, Exception):
            raise piece
        self._piece, self._at = piece, 0
        return bool(piece)

    def _run(self) -> None:
        """Inflate in the thread; put an empty piece at the end, or the exception that stopped it."""
        try:
            self._inflate()
        except zlib.error:
            self._pieces.put(broken("it cannot be inflated, or its checksum is wrong"))
        except OSError as error:
            self._pieces.put(error)
        except Exception as error:  # noqa: BLE001 - the end of a thread: the reader raises it
            self._pieces.put(in_words(error))
        else:
            self._pieces.put(b"")

    def _inflate(self) -> None:
        inflater = zlib.decompressobj(_GZIP)
        read = 0
        while not inflater.eof and not self._left.is_set():
            data = inflater.unconsumed_tail
            if not data:
                data = self._file.read(_READ)
                read += len(data)
                self._meter.at(read)
            piece = inflater.decompress(data, _PIECE)
            if not data and not piece and not inflater.eof:
                raise broken("it ends too early")
            self._guard.grow(len(piece))
            if piece:
                self._pieces.put(piece)
        if inflater.unused_data or (inflater.eof and self._file.read(1)):
            raise broken("something follows its end")
        self._meter.end(read)
