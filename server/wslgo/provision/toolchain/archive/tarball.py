"""A `.tar.gz` unpacked as it is inflated: one thread inflates, this one makes files.

Our own reader, since `tarfile` spends on each of 15,000 entries more than the disk does. It knows what Go's archives
are made of (USTAR and PAX, and GNU's long names); anything else is refused, and each number before it is used.
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
# What these say of a file would have to be obeyed; in what all files share they have no place.
_WEIGHTY = re.compile(r"path|size|mtime|linkpath|GNU\.sparse\..*", re.DOTALL)


class _Header(NamedTuple):
    name: str
    size: int
    seconds: float
    kind: bytes


def unpack(file: BinaryIO, size: int, tree: ArchiveWriter, meter: Meter, cancelled: Callable[[], bool]) -> None:
    """Write what a tarball of `size` bytes holds below `go/` to a tree. Raises ProvisionError or OSError."""
    guard = Guard(PREFIX, size)
    stream = _Inflated(file, guard, meter)
    stream.start()
    try:
        told, count = dict[str, str](), 0
        while (block := stream.take(_BLOCK)) != _EMPTY:
            if cancelled():
                raise CancelledError
            header = _header(block, told)
            if header.kind in _DESCRIBE_NEXT:
                count += 1
                if count > _MOST_LONG:
                    raise broken(f"more than {_MOST_LONG} headers for one file")
                told |= _described(stream, header)
            else:
                _entry(stream, header, guard, tree)
                told, count = {}, 0
        if count:
            raise broken("it ends in the middle")
        stream.drain()
    finally:
        stream.stop()


def _described(stream: "_Inflated", header: _Header) -> dict[str, str]:
    """Return what an entry tells about the next one."""
    data = _long(stream, header.size)
    if header.kind == b"L":
        return {"path": _text(data.rstrip(b"\0"))}
    records = _records(data)
    if any(key.startswith("GNU.sparse.") for key in records):
        raise broken("sparse file")
    if header.kind == b"x":
        return records
    if any(map(_WEIGHTY.fullmatch, records)):
        raise broken("header for all files")
    return {}


def _entry(stream: "_Inflated", header: _Header, guard: Guard, tree: ArchiveWriter) -> None:
    """Deal with one entry."""
    if header.kind in _ODD:
        raise ProvisionError(ODD(name=shortened(header.name), kind=_ODD[header.kind]))
    if header.kind == b"5":
        if header.size:
            raise broken(f"{shortened(header.name)} is a folder with bytes in it")
        tree.folder(guard.enter(header.name))
    elif header.kind in (b"0", b"\0"):
        place = guard.place(header.name)
        tree.file(place, mode(place.path), header.seconds, lambda file: stream.copy(file, header.size))
    else:
        raise broken(f"entry of kind {header.kind!r}")


def _header(block: bytes, told: Mapping[str, str]) -> _Header:
    """Return the entry that a block announces; `told` is what the entries before it say of it."""
    name, prefix = block[:100].partition(b"\0")[0], block[345:500].partition(b"\0")[0]
    if prefix and block[257:263] == b"ustar\0":
        name = prefix + b"/" + name
    if _number(block[148:156]) != sum(block) - sum(block[148:156]) + 8 * ord(" "):
        raise broken("checksum of a header")
    kind = block[156:157]
    if kind in _DESCRIBE_NEXT:  # what is told is about the file that follows them
        told = {}
    size = _judged(told["size"], _SIZE, int) if "size" in told else _number(block[124:136])
    seconds = _judged(told["mtime"], _SECONDS, float) if "mtime" in told else _number(block[136:148])
    if seconds > _LATEST:
        raise broken("number in a header")
    return _Header(told["path"] if "path" in told else _text(name), int(size), seconds, kind)


def _judged(text: str, shape: re.Pattern[str], convert: Callable[[str], float]) -> float:
    if not shape.fullmatch(text):
        raise broken("number in a header")
    return convert(text)


def _number(field: bytes) -> int:
    """Return an octal number; GNU's binary numbers are for sizes that are refused anyway."""
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
    """What a PAX entry says: records of `LENGTH KEY=VALUE`, the length counting all of the record."""
    found = {}
    while data:
        match = _RECORD.match(data)
        length = int(match[1]) if match else 0
        if not match or not match.end() < length <= len(data) or data[length - 1 : length] != b"\n":
            raise broken("PAX header")
        if match.end() == length - 1:  # to Go that is what the header says, to others no name at all
            raise broken("PAX header with an empty value")
        found[_text(match[2])] = _text(data[match.end() : length - 1])
        data = data[length:]
    return found


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


class _Inflated:
    """The bytes inside a gzip file, in order, inflated by a thread ahead of who takes them."""

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
        """The thread may wait for room in the queue: give it some until it has seen that nobody listens."""
        self._left.set()
        while self._thread.is_alive():
            try:
                self._pieces.get(timeout=0.01)
            except queue.Empty:
                continue

    def take(self, count: int) -> bytes:
        """The next bytes; raises ProvisionError where there are not so many."""
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
        """The next bytes into a file, and over the padding behind them."""
        left = size
        while left:
            part = self._next(left)
            write(file, part)
            left -= len(part)
        self.skip_padding(size)

    def skip_padding(self, size: int) -> None:
        self.take(-size % _BLOCK)

    def drain(self) -> None:
        """To the end, where the checksum is; of what follows the last entry nothing is written."""
        while self._fill():
            pass

    def _next(self, most: int) -> memoryview:
        """Some of the next bytes."""
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
        """Inflates; an empty piece is the end, an exception is what went wrong."""
        try:
            self._inflate()
        except zlib.error:
            self._pieces.put(broken("it cannot be inflated, or its checksum is wrong"))
        except OSError as error:
            self._pieces.put(error)
        except Exception as error:  # noqa: BLE001 - the end of a thread: the one that waits for it must hear of it
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
