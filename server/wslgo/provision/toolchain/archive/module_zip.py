"""The reader of a module zip: its list is checked before any file is inflated.

Our own reader instead of `zipfile`: see `docs/decisions/0015-own-archive-readers.md`. The central directory counts, for
the hash as for unpacking, as in Go's `archive/zip`. No byte is inflated before the whole list is checked: sizes,
positions, names, and that each file's own header agrees with the list.
"""

import hashlib
import mmap
import os
import struct
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from stat import S_ISLNK, S_ISREG
from typing import BinaryIO, NamedTuple, TypeVar

from wslgo.provision.errors import CancelledError, ProvisionError
from wslgo.provision.net import digest
from wslgo.provision.net.progress import Meter
from wslgo.provision.toolchain.archive.guard import (
    DEVICE,
    MOST_FILES,
    ODD,
    SYMBOLIC_LINK,
    Guard,
    Placed,
    broken,
    mode,
    shortened,
)
from wslgo.provision.toolchain.archive.writer import ArchiveWriter, write

MOST_BYTES = 500 << 20  # of the zip, and of what is in it: MaxZipFile of golang.org/x/mod/zip, go1.27

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1 | 1 << 6 | 1 << 13  # the file, strongly, and the list itself
_SIZES_FOLLOW = 8  # a file's own header was written before its sizes were known
_UNIX = 3
_ZIP64, _ZIP64_COUNT = 0xFFFFFFFF, 0xFFFF
_LARGEST_LIST = 16 << 20  # bytes; that of 2026 has 1.6 MB
_LARGEST_COMMENT = 0xFFFF
_TIME = struct.Struct("<HHBl")  # the extra field of Info-ZIP: seconds since 1970
_TIME_ID = 0x5455
_RAW = -15  # zlib's word for a stream without a head
_PIECE = 1 << 20  # bytes that are read or inflated at once
_THREADS = 2
_BATCH = 256

Result = TypeVar("Result")


class ZipMember(NamedTuple):
    """A file of a zip: offsets of header and bytes, packed and unpacked size, CRC-32, time."""

    name: str
    header: int
    start: int
    packed: int
    size: int
    crc: int
    method: int
    seconds: float

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


class Zip:
    """An open zip whose list was checked: all of it may be written under `prefix`."""

    def __init__(self, data: mmap.mmap, prefix: str) -> None:
        self._data = data
        self.entries = tuple(self._members())
        _check_apart(self.entries)
        guard = Guard(prefix, len(data), MOST_BYTES)
        self._folders: list[str] = []
        self._places: dict[ZipMember, Placed] = {}
        for entry in self.entries:
            guard.grow(entry.size)
            if entry.is_folder:
                self._folders.append(guard.enter(entry.name))
            else:
                self._places[entry] = guard.place(entry.name)

    def h1(self, meter: Meter, cancelled: Callable[[], bool]) -> str:
        """Return the hash as in the checksum database; raise ProvisionError if the zip is damaged."""

        def name_and_hash(entry: ZipMember) -> tuple[str, str]:
            total = hashlib.sha256()
            for piece in self._content(entry):
                total.update(piece)
            return entry.name, total.hexdigest()

        return digest.h1(self._each(name_and_hash, self.entries, meter, cancelled))

    def unpack(self, tree: ArchiveWriter, meter: Meter, cancelled: Callable[[], bool]) -> None:
        """Write all files."""
        for folder in self._folders:
            tree.folder(folder)
        for place in self._places.values():  # before the threads start: two would make the same folder
            tree.folder(place.folder)

        def write_file(entry: ZipMember) -> None:
            def fill(file: int) -> None:
                for piece in self._content(entry):
                    write(file, piece)

            place = self._places[entry]
            tree.file(place, mode(place.path), entry.seconds, fill)

        for _ in self._each(write_file, tuple(self._places), meter, cancelled):
            pass

    def _each(
        self,
        work: Callable[[ZipMember], Result],
        entries: Sequence[ZipMember],
        meter: Meter,
        cancelled: Callable[[], bool],
    ) -> Iterator[Result]:
        """Yield the result of `work` for each entry, in order; progress is in packed bytes."""
        done, rest = 0, iter(entries)
        with ThreadPoolExecutor(_THREADS) as pool:
            while batch := list(islice(rest, _BATCH)):
                if cancelled():
                    raise CancelledError
                yield from pool.map(work, batch)
                done += sum(entry.packed for entry in batch)
                meter.at(done)
        meter.end(done)

    def _content(self, entry: ZipMember) -> Iterator[bytes]:
        """Yield the content of a file in pieces; raise ProvisionError unless it is exactly as listed."""
        size = crc = 0
        try:
            for piece in self._inflate(entry):
                size += len(piece)
                if size > entry.size:
                    break
                crc = zlib.crc32(piece, crc)
                yield piece
        except zlib.error:
            raise broken(f"{shortened(entry.name)} cannot be inflated") from None
        if size != entry.size or crc != entry.crc:
            raise broken(f"{shortened(entry.name)} differs from the list")

    def _inflate(self, entry: ZipMember) -> Iterator[bytes]:
        """Yield the inflated bytes of a file, even if they are more than listed."""
        end = entry.start + entry.packed
        pieces = (self._data[at : min(at + _PIECE, end)] for at in range(entry.start, end, _PIECE))
        if entry.method == _STORED:
            yield from pieces
            return
        inflater = zlib.decompressobj(_RAW)
        for packed in pieces:
            while packed and not inflater.eof:
                yield inflater.decompress(packed, _PIECE)
                packed = inflater.unconsumed_tail
        while not inflater.eof and (piece := inflater.decompress(b"", _PIECE)):
            yield piece

    def _members(self) -> Iterator[ZipMember]:
        """Yield the entries of the central directory."""
        at = self._data.rfind(b"PK\5\6", max(0, len(self._data) - _END.size - _LARGEST_COMMENT))
        if at < 0 or at + _END.size > len(self._data):
            raise broken("it has no list of files")
        _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(self._data, at)
        if _ZIP64 in (size, start) or count == _ZIP64_COUNT:
            raise broken("larger than a module may be")
        if disk or first_disk or here != count or start + size > at or at + _END.size + comment != len(self._data):
            raise broken("list of files")
        if size > _LARGEST_LIST or count > MOST_FILES:
            raise broken(f"list of files with {count} entries in {size} bytes")
        first, end = start, start + size
        for _ in range(count):
            entry, start = self._entry(start, first, end)
            yield entry
        if start != end:
            raise broken("list of files")

    def _entry(self, at: int, first: int, end: int) -> tuple[ZipMember, int]:
        """Return the entry at an offset of the list, which extends from `first` to `end`, and the next offset."""
        if at + _ENTRY.size > end:
            raise broken("list of files")
        fields = _ENTRY.unpack_from(self._data, at)
        mark, maker, _, flags, method, clock, day, crc, packed, size = fields[:10]
        name_size, extra_size, comment_size, disk, _, attributes, local = fields[10:]
        name_end = at + _ENTRY.size + name_size
        extra_end = name_end + extra_size
        if mark != b"PK\1\2" or disk or extra_end + comment_size > end:
            raise broken("entry of the list")
        if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
            raise broken(f"entry of the list, encrypted or packed with method {method}")
        if _ZIP64 in (packed, size, local):
            raise broken("larger than a module may be")
        raw_name = self._data[at + _ENTRY.size : name_end]
        name = raw_name.decode("utf-8", "surrogateescape")
        _check_kind(name, size, maker >> 8, attributes >> 16)
        if method == _STORED and packed != size:
            raise broken(f"{shortened(name)} has two sizes")
        seconds = _modification_time(self._data[name_end:extra_end], day, clock)
        start = self._start(local, (raw_name, flags, method, crc, packed, size))
        if start + packed > first:
            raise broken("it ends too early")
        return ZipMember(name, local, start, packed, size, crc, method, seconds), extra_end + comment_size

    def _start(self, local: int, listed: tuple[bytes, int, int, int, int, int]) -> int:
        """Return where the bytes of a file begin: after its own header, which must agree with the list."""
        if local + _LOCAL.size > len(self._data):
            raise broken("header of a file")
        mark, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL.unpack_from(self._data, local)
        name_end = local + _LOCAL.size + name_size
        if mark != b"PK\3\4":
            raise broken("header of a file")
        if _ZIP64 in (packed, size):  # a small file whose writer did not know that it would be small
            packed, size = _zip64(self._data[name_end : name_end + extra_size])
        same = (self._data[local + _LOCAL.size : name_end], flags, method, crc, packed, size)
        sizes_follow = flags & _SIZES_FOLLOW and (crc, packed, size) == (0, 0, 0)
        if same != listed and not (sizes_follow and same[:3] == listed[:3]):
            raise broken("header of a file, which differs from the list")
        start: int = name_end + extra_size
        return start


@contextmanager
def open_zip(file: BinaryIO, prefix: str) -> Iterator[Zip]:
    """Open the zip in a file, with everything under `prefix`; raise ProvisionError if it is not a valid zip."""
    size = os.fstat(file.fileno()).st_size
    if not size:
        raise broken("it is empty")
    if size > MOST_BYTES:
        raise broken("larger than a module may be")
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield Zip(data, prefix)


def _check_apart(entries: Iterable[ZipMember]) -> None:
    """Raise ProvisionError if two files share bytes: a small zip could unpack to a large tree."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header):
        if entry.header < end:
            raise broken(f"{shortened(entry.name)} overlaps another file")
        end = entry.start + entry.packed


def _check_kind(name: str, size: int, maker: int, unix_mode: int) -> None:
    """Raise ProvisionError for anything but a file or a folder: a zip made on Unix has the kind of each entry."""
    if name.endswith("/"):
        if size:
            raise broken(f"{shortened(name)} is a folder with content")
        return
    if maker == _UNIX and unix_mode >> 12 and not S_ISREG(unix_mode):
        raise ProvisionError(ODD(name=shortened(name), kind=SYMBOLIC_LINK if S_ISLNK(unix_mode) else DEVICE))


def _zip64(extra: bytes) -> tuple[int, int]:
    """Return packed and unpacked size from the start of the extra field in a file's own header."""
    if len(extra) < 20 or extra[:2] != b"\1\0":
        raise broken("header of a file")
    size, packed = struct.unpack_from("<QQ", extra, 4)
    return packed, size


def _modification_time(extra: bytes, day: int, clock: int) -> float:
    """Return when a file was changed, in seconds since 1970; the old fields have no time zone and count as UTC."""
    if len(extra) >= _TIME.size:
        identity, _, _, seconds = _TIME.unpack_from(extra)
        if identity == _TIME_ID:
            return float(seconds)
    import calendar

    date = (1980 + (day >> 9), day >> 5 & 15, day & 31, clock >> 11, clock >> 5 & 63, (clock & 31) * 2)
    return float(calendar.timegm((*date, 0, 0, 0))) if 1 <= date[1] <= 12 and date[2] else time.time()
