"""Hostile archives and answers: every number and name of an honest one replaced, field by field.

The places are found by walking the structure, so that no field is forgotten; the outcome is judged by readers that
others wrote.
"""

import gzip
import io
import os
import random
import socket
import struct
import tarfile
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from smallgo import PREFIX
from wslgo.provision.net.http import never
from wslgo.provision.net.progress import UNPACK, Meter, silent
from wslgo.provision.toolchain.archive import module_zip, tarball
from wslgo.provision.toolchain.archive.guard import Placed

FILES = {
    "VERSION": b"go1.99.3\n",
    "bin/go": b"#!/bin/sh\n",
    "src/go.mod": b"module std\n",
    "src/fmt/print.go": b"package fmt\n" * 100,
    f"src/{'long/' * 40}name.go": b"package name\n",
}

# Texts in place of a number.
NUMBERS = (
    *(b"-1", b"-1536", b"+5", b"1_0", b" 7 ", b"0x10", b"0o17", b"1.5", b"1e300", b"nan", b"inf", b"-inf", b"", b"x"),
    *(b"9" * 20, b"9" * 5000, b"0" * 5000 + b"1", b"18446744073709551616", b"9223372036854775808"),
    *("\u0663".encode(), "\u00b2".encode(), b"7\0", b"7\r\n", b"7;"),
)
NAMES = (
    *(b"", b".", b"..", b"/", b"/etc/passwd", b"go/../../evil", b"go/a\0b", b"go/\xff\xfe", "go/\u202egnp".encode()),
    *(b"go/" + b"a/" * 5000 + b"b", b"go/" + b"a" * 5000, b"go/bin/GO", b"go/bin/go/below", b"go/src", b"go/a\\b"),
)


class Read(NamedTuple):
    """The content of an archive: its files by their paths."""

    files: dict[str, bytes]


class Kept:
    """A tree that keeps written files in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def folder(self, path: str) -> None:
        assert not path.startswith("/")
        assert ".." not in path.split("/")

    def file(self, place: Placed, _mode: int, seconds: float, write: Callable[[int], None]) -> None:
        self.folder(place.path)
        assert place.path not in self.files
        descriptor = os.memfd_create("file")
        try:
            write(descriptor)
            os.utime(descriptor, (seconds, seconds))
            self.files[place.path] = os.pread(descriptor, os.fstat(descriptor).st_size, 0)
        finally:
            os.close(descriptor)


def meter() -> Meter:
    return Meter(silent, UNPACK, None)


def unpacked_tarball(packed: bytes) -> dict[str, bytes]:
    """Return the files that wslgo reads from a tarball."""
    tree = Kept()
    tarball.unpack(io.BytesIO(packed), len(packed), tree, meter(), never)  # type: ignore[arg-type]
    return tree.files


def unpacked_module(packed: bytes) -> dict[str, bytes]:
    """Return the files that wslgo reads from a module zip, hashed first."""
    tree = Kept()
    with tempfile.TemporaryFile() as file:
        file.write(packed)
        file.flush()
        with module_zip.open_zip(file, PREFIX) as archive:
            archive.h1(meter(), never)
            archive.unpack(tree, meter(), never)  # type: ignore[arg-type]
    return tree.files


def honest_tarball(packed: bytes) -> dict[str, bytes]:
    """Return the files that Python's own reader finds."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(packed))) as archive:
        for entry in archive:
            if entry.isreg():
                read = archive.extractfile(entry)
                assert read is not None
                found[entry.name.removeprefix("go/")] = read.read()
    return found


def honest_module(packed: bytes) -> dict[str, bytes]:
    found = {}
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                path = name.removeprefix(PREFIX)
                folder, _, last = path.rpartition("/")
                last = "go.mod" if last == "_go.mod" else last
                found[f"{folder}/{last}" if folder else last] = archive.read(name)
    return found


# Tarballs

_FIELDS = {
    "name": (0, 100),
    "mode": (100, 8),
    "size": (124, 12),
    "mtime": (136, 12),
    "checksum": (148, 8),
    "kind": (156, 1),
    "link": (157, 100),
    "magic": (257, 8),
    "prefix": (345, 155),
}
_BINARY = (b"\x80" + bytes(10) + b"\x07", b"\xff" * 12, b"\x80" + b"\xff" * 11)


def hostile_tars(tar: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a tar with one field of one header replaced, and the checksum corrected."""
    for at in _headers(tar):
        for field, (start, length) in _FIELDS.items():
            kinds = [bytes((kind,)) for kind in range(256)] if field == "kind" and at == 0 else ()
            values = (*(NAMES if field in ("name", "prefix", "link") else NUMBERS), *_BINARY, *kinds)
            for value in values:
                block = bytearray(tar[at : at + 512])
                block[start : start + length] = value[:length].ljust(length, b"\0")
                fixed = _summed(block) if field != "checksum" else bytes(block)
                yield f"{field} at {at}: {value[:20]!r}", tar[:at] + fixed + tar[at + 512 :]
        yield f"nothing after {at}", tar[:at]


def described(tar: bytes, entries: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return a tar whose first entry is preceded by others, each of a kind and with content."""
    front = b""
    for kind, data in entries:
        block = bytearray(512)
        block[0:6] = b"header"
        block[124:136] = b"%011o\0" % len(data)
        block[136:148] = b"%011o\0" % 0
        block[156:157] = kind
        block[257:265] = b"ustar\x0000"
        front += _summed(block) + data + bytes(-len(data) % 512)
    return front + tar


def record(key: bytes, value: bytes) -> bytes:
    """Return a PAX record."""
    rest = b" " + key + b"=" + value + b"\n"
    length = len(rest)
    while len(b"%d" % length) + len(rest) != length:
        length = len(b"%d" % length) + len(rest)
    return b"%d" % length + rest


def hostile_records(tar: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a tar with one hostile PAX record, or a hostile long name."""
    for kind in (b"x", b"g"):
        for key in (b"size", b"mtime", b"path", b"linkpath", b"GNU.sparse.major", b"GNU.sparse.realsize", b"uid"):
            for value in (*NUMBERS, *NAMES):
                yield f"{kind!r} {key!r}={value[:20]!r}", described(tar, [(kind, record(key, value))])
        for length in (b"-1", b"0", b"3", b"9" * 5000, b"99999999", b"x", b""):
            yield f"{kind!r} length {length[:10]!r}", described(tar, [(kind, length + b" path=go/a\n")])
        for data in (b"", b"\n", b"=", b"10 =", b"6 a=b\n" * 1000, b"\0" * 600):
            yield f"{kind!r} {data[:10]!r}", described(tar, [(kind, data)])
        yield f"{kind!r} many", described(tar, [(kind, record(b"comment", b"c" * 60_000))] * 50)
    for name in NAMES:
        yield f"L {name[:20]!r}", described(tar, [(b"L", name + b"\0")])
    yield "L many", described(tar, [(b"L", b"go/" + b"a" * 60_000)] * 50)
    yield "L and nothing", described(b"", [(b"L", b"go/name")]) + bytes(1024)


def _headers(tar: bytes) -> Iterator[int]:
    at = 0
    while tar[at : at + 512].strip(b"\0"):
        yield at
        at += 512 + -(-int(tar[at + 124 : at + 135], 8) // 512) * 512


def _summed(block: bytearray) -> bytes:
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


# gzip


def hostile_gzips(packed: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a gzip file with one byte of its head or end replaced, or with something after its end."""
    for at in (*range(10), *range(len(packed) - 8, len(packed))):
        for value in (0, 1, 0x7F, 0x80, 0xFF):
            yield f"byte {at}: {value}", packed[:at] + bytes((value,)) + packed[at + 1 :]
    head, rest = packed[:3], packed[10:]
    yield "a name that does not end", head + b"\x08" + packed[4:10] + b"n" * 300_000
    yield "a name", head + b"\x08" + packed[4:10] + b"n" * 70_000 + b"\0" + rest
    yield "an extra field", head + b"\x04" + packed[4:10] + b"\xff\xff" + b"e" * 65535 + rest
    yield "an extra field that does not end", head + b"\x04" + packed[4:10] + b"\xff\xff" + b"e" * 100
    yield "a second member", packed + gzip.compress(bytes(512))
    yield "an empty member behind it", packed + gzip.compress(b"")
    yield "zeros behind it", packed + bytes(512)
    yield "empty blocks", _empty_blocks(packed)


def _empty_blocks(packed: bytes) -> bytes:
    """Return deflated data that starts with a hundred thousand empty blocks; only the work must be bounded."""
    return packed[:10] + b"\0\0\0\xff\xff" * 100_000 + packed[10:]


# Zips

_WIDTHS = {"B": 1, "H": 2, "L": 4}
_END = "4sHHHHLLH"
_ENTRY = "4sHHHHHHLLLHHHHHLL"
_LOCAL = "4sHHHHHLLLHH"
_NASTY = (0, 1, 2, 5, 0x7F, 0xFF, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)


def hostile_zips(packed: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield zips with one number of one structure replaced."""
    for label, at, shape in structures(packed):
        for index, (place, letter) in enumerate(_numbers(shape)):
            width = _WIDTHS[letter]
            old = int.from_bytes(packed[at + place : at + place + width], "little")
            for value in {*_NASTY, old - 1, old + 1}:
                if 0 <= value < 1 << 8 * width and value != old:
                    changed = value.to_bytes(width, "little")
                    start = at + place
                    yield f"{label} field {index}: {value}", packed[:start] + changed + packed[start + width :]


def structures(packed: bytes) -> Iterator[tuple[str, int, str]]:
    """Where the end, each entry of the list and each header of a file is."""
    end = packed.rfind(b"PK\5\6")
    yield "end", end, _END
    count, _, at = struct.unpack_from("<HLL", packed, end + 10)
    for number in range(count):
        yield f"entry {number}", at, _ENTRY
        sizes = struct.unpack_from("<HHH", packed, at + 28)
        yield f"header {number}", struct.unpack_from("<L", packed, at + 42)[0], _LOCAL
        at += 46 + sum(sizes)


def _numbers(shape: str) -> Iterator[tuple[int, str]]:
    place = 4
    for letter in shape.removeprefix("4s"):
        yield place, letter
        place += _WIDTHS[letter]


def zip_of(
    entries: Iterable[tuple[str, bytes, int, int]], listed: "list[int] | None" = None, comment: bytes = b""
) -> bytes:
    """Return a zip of names with their deflated bytes, and the size and CRC that are claimed.

    `listed` are the numbers of the files in the list; without it each is there once.
    """
    made, places = bytearray(), []
    known = list(entries)
    for name, deflated, size, crc in known:
        places.append(len(made))
        raw = name.encode()
        made += (
            struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(deflated), size, len(raw), 0) + raw + deflated
        )
    start = len(made)
    numbers = range(len(known)) if listed is None else listed
    for number in numbers:
        name, deflated, size, crc = known[number]
        raw = name.encode()
        made += struct.pack(
            "<4s6H3L5H2L",
            b"PK\1\2",
            20,
            20,
            0,
            8,
            0,
            33,
            crc,
            len(deflated),
            size,
            len(raw),
            0,
            0,
            0,
            0,
            0,
            places[number],
        )
        made += raw
    count = len(numbers) & 0xFFFF
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(made) - start, start, len(comment))
    return bytes(made + end + comment)


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zeros_deflated(count: int) -> tuple[bytes, int]:
    """Return deflated zeros, and their CRC-32."""
    packer, crc, packed = zlib.compressobj(9, zlib.DEFLATED, -15), 0, []
    piece = bytes(1 << 20)
    for _ in range(count >> 20):
        packed.append(packer.compress(piece))
        crc = zlib.crc32(piece, crc)
    return b"".join(packed) + packer.flush(), crc


# Bytes at random


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some of them changed, removed, repeated or exchanged."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 5, 20))):
        at, length = chance.randrange(len(changed) or 1), chance.choice((1, 1, 2, 4, 8, 100, 512))
        match chance.randrange(6):
            case 0:
                changed[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                changed[at : at + 1] = bytes((changed[at] ^ 1 << chance.randrange(8),)) if changed else b""
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = changed[at : at + length]
            case 4:
                value = chance.choice((b"\0", b"\xff", b"7", b"9", b"-", b" ", b"\n", b"/"))
                changed[at : at + length] = value * length
            case _:
                other = chance.randrange(len(changed) or 1)
                changed[at : at + length] = changed[other : other + length]
    return bytes(changed)


# Servers


class Raw:
    """A server that answers every request with exactly these bytes; an answer may be an endless generator."""

    def __init__(self, answer: "Callable[[bytes], bytes | Iterator[bytes]]") -> None:
        self._answer = answer
        self.port = 0
        self.asked: list[bytes] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connected, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connected,), daemon=True).start()

    def _one(self, connected: socket.socket) -> None:
        with connected:
            try:
                request = b""
                while b"\r\n\r\n" not in request:
                    piece = connected.recv(65536)
                    if not piece:
                        return
                    request += piece
                self.asked.append(request)
                answer = self._answer(request)
                for piece in [answer] if isinstance(answer, bytes) else answer:
                    connected.sendall(piece)
            except OSError:  # the client closes the connection, as it should
                return


@contextmanager
def saying(answer: "bytes | Callable[[bytes], bytes | Iterator[bytes]]") -> Iterator[Raw]:
    """Run a raw server on a free port."""
    server = Raw((lambda _: answer) if isinstance(answer, bytes) else answer)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        thread = threading.Thread(target=server.serve, args=(listening,), daemon=True)
        thread.start()
        yield server
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()
