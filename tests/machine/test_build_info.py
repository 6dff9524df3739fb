"""The build information of Go programs, in both formats."""

import struct

import pytest

from wslgo.machine.binary import Setting
from wslgo.machine.probe.binary.build_info import MAGIC, BuildInfo, build_info

MODULES = (
    "path\texample.com/app/cmd\nmod\texample.com/app\tv1.2.3\th1:x=\ndep\tgolang.org/x/sys\tv0.1.0\th1:y=\n"
    'build\t-gcflags="all=-N -l"\nbuild\tCGO_ENABLED=1\nbuild\tCGO_CFLAGS=\n'
    'build\t"a b"=c\nbuild\t-ldflags=`-X "a=b"`\n'
)
READ = BuildInfo(
    "go1.26.8",
    "example.com/app/cmd",
    "example.com/app v1.2.3",
    (
        Setting("-gcflags", "all=-N -l"),
        Setting("CGO_ENABLED", "1"),
        Setting("CGO_CFLAGS", ""),
        Setting("a b", "c"),
        Setting("-ldflags", '-X "a=b"'),
    ),
)
FRAMED = bytes(16) + MODULES.encode() + bytes(16)


def varint(number: int) -> bytes:
    out = b""
    while number >= 0x80:
        out += bytes((number & 0x7F | 0x80,))
        number >>= 7
    return out + bytes((number,))


def inline(go: bytes, modules: bytes) -> bytes:
    """Return what Go writes since 1.18."""
    return MAGIC + b"\x08\x02" + bytes(16) + varint(len(go)) + go + varint(len(modules)) + modules


def test_texts_behind_the_header() -> None:
    assert build_info(bytes(32) + inline(b"go1.26.8", FRAMED) + bytes(100)) == READ


@pytest.mark.parametrize(("size", "order"), [(8, "<"), (4, "<"), (8, ">"), (4, ">")])
def test_addresses_of_texts_as_before_go_1_18(size: int, order: str) -> None:
    """debug/buildinfo reads an address of a string, which is an address and a length."""
    number = f"{order}{'Q' if size == 8 else 'I'}"
    texts = {0x2000: b"go1.26.8", 0x3000: FRAMED}
    memory = {
        0x1000: struct.pack(number, 0x2000) + struct.pack(number, len(texts[0x2000])),
        0x1100: struct.pack(number, 0x3000) + struct.pack(number, len(texts[0x3000])),
        **texts,
    }
    flags = 0 if order == "<" else 1
    data = (MAGIC + bytes((size, flags)) + struct.pack(number, 0x1000) + struct.pack(number, 0x1100)).ljust(32, b"\0")
    assert build_info(data, lambda address, length: memory.get(address, b"")[:length]) == READ


@pytest.mark.parametrize(
    "data",
    [
        b"",
        MAGIC,
        MAGIC + b"\x08\x02",
        bytes(8) + inline(b"go1.26.8", FRAMED),  # not aligned
        inline(b"", b""),
        MAGIC + b"\x08\x02" + bytes(16) + b"\xff" * 20,
        MAGIC + b"\x08\x02" + bytes(16) + b"\xff\xff\xff\xff\x7f" + b"go1.26.8",
        MAGIC + b"\x03\x00" + bytes(16),
        MAGIC + b"\x08\x00" + b"\xff" * 16,
    ],
)
def test_what_is_not_build_information_is_none(data: bytes) -> None:
    assert build_info(data.ljust(64, b"\0") if data else data, lambda *_: b"") is None


def test_a_program_without_modules_has_its_version() -> None:
    assert build_info(inline(b"go1.20", b"")) == BuildInfo("go1.20")


def test_a_false_start_is_passed_by() -> None:
    assert build_info(MAGIC + bytes(18) + bytes(32) + inline(b"go1.26.8", FRAMED)) == READ
