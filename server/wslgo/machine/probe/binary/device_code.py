"""CUDA code inside a program: the containers ("fat binaries") that nvcc puts into `.nv_fatbin` and `__nv_relfatbin`.

NVIDIA does not document the format. What is here was seen in objects of nvcc 12.9 and 13.5 with each compression and
kind of code (`tests/machine/test_device_code.py` compiles them). A container has a header (magic, version, size of the
header, size of the rest) and entries, each with a header of its own: kind, size, GPU, version, flags.
"""

import re
import struct
from collections.abc import Iterator

from elftools.elf.elffile import ELFFile

from wslgo.machine.binary import DeviceCode
from wslgo.machine.probe.binary.contents import Reads, Region, limited_bytes
from wslgo.machine.probe.binary.lz4 import lz4_block
from wslgo.machine.probe.binary.zstd import zstd_frame

SECTIONS = (".nv_fatbin", "__nv_relfatbin")

_MAGIC = 0xBA55ED50
_CONTAINER = struct.Struct("<IHHQ")
_ENTRY = struct.Struct("<HHIQIIHHI")
_ENTRY_SIZE = 64
_FLAGS = 40
_UNPACKED_SIZE = 56
_PTX, _CUBIN = 1, 2
_LZ4, _ZSTD = 0x2000, 0x8000
# `sm_90a` runs on GPUs of 9.0 only, `sm_100f` on those of its family.
_SUFFIXES = ((0x100000, "a"), (0x200000, "f"))

_MOST_ENTRIES = 10_000
_MOST_KERNELS = 5_000
_MOST_READS = 300_000  # of the ELF files in all entries
_LARGEST = 32 << 20  # bytes of one entry
_LARGEST_ZSTD = 4 << 20  # bytes in all entries: our own decoder needs three seconds for a megabyte
_ALIGNMENT = 8
_LARGEST_GAP = 1 << 16  # bytes between containers

_KERNEL_SECTION = ".nv.constant0."
_KERNEL_IN_PTX = re.compile(rb"\.entry\s{1,16}([\w$]{1,4096})")


def device_code(regions: list[Region]) -> DeviceCode | None:
    """Return the CUDA code in these parts of a program."""
    collected = _Collected()
    for region in regions:
        for kind, header, start, size in _entries(region, collected):
            collected.take(kind, header, region, start, size)
    if not collected.sm and not collected.targets:
        return None
    return collected.result()


class _Collected:
    def __init__(self) -> None:
        self.sm: dict[str, None] = {}
        self.ptx: dict[str, None] = {}
        self.targets: dict[str, None] = {}
        self.kernels: dict[str, None] = {}
        self.is_complete = True
        self._reads = Reads(_MOST_READS)
        self._zstd_left = _LARGEST_ZSTD

    def take(self, kind: int, header: bytes, region: Region, start: int, size: int) -> None:
        _, _, _, _, packed, _, minor, major, gpu = _ENTRY.unpack_from(header)
        (flags,) = struct.unpack_from("<Q", header, _FLAGS)
        name = f"{gpu}{next((suffix for bit, suffix in _SUFFIXES if flags & bit), '')}"
        if kind == _CUBIN:
            self.sm[name] = None
        else:
            self.targets[name] = None
            self.ptx[f"{major}.{minor}"] = None
        if len(self.kernels) >= _MOST_KERNELS:
            self.is_complete = False
            return
        data = self._unpacked(region, start, min(size, packed) if packed else size, header, flags)
        names = None if data is None else self._kernels(kind, data)
        if names is None:
            self.is_complete = False
        else:
            self.kernels.update(dict.fromkeys(names))

    def _unpacked(self, region: Region, start: int, size: int, header: bytes, flags: int) -> bytes | None:
        """Return the content of an entry; None if it is too large, damaged, or compressed in an unknown way."""
        (unpacked,) = struct.unpack_from("<Q", header, _UNPACKED_SIZE)
        if max(size, unpacked) > _LARGEST:
            return None
        data = region.read(start, size)
        if flags & _ZSTD:
            self._zstd_left -= unpacked
            return zstd_frame(data, unpacked) if self._zstd_left >= 0 else None
        return lz4_block(data, unpacked) if flags & _LZ4 else data

    def _kernels(self, kind: int, data: bytes) -> list[str] | None:
        """Return the kernels of an entry; None if it is damaged."""
        try:
            return list(_kernels_of_cubin(data, self._reads) if kind == _CUBIN else _kernels_of_ptx(data))
        except Exception:  # noqa: BLE001 - pyelftools raises a dozen kinds of errors for a damaged file
            return None

    def result(self) -> DeviceCode:
        return DeviceCode(
            tuple(sorted(self.sm, key=_number)),
            tuple(sorted(self.ptx, key=_number)),
            tuple(sorted(self.targets, key=_number)),
            tuple(sorted(self.kernels)[:_MOST_KERNELS]),
            self.is_complete,
        )


def _entries(region: Region, collected: _Collected) -> Iterator[tuple[int, bytes, int, int]]:
    """Yield kind, header, and place of each entry of PTX or machine code."""
    place = count = gap = 0
    while place + _CONTAINER.size <= region.size and gap <= _LARGEST_GAP:
        magic, _, header_size, size = _CONTAINER.unpack(region.read(place, _CONTAINER.size))
        if magic != _MAGIC:
            place, gap = place + _ALIGNMENT, gap + _ALIGNMENT
            continue
        gap = 0
        entry, end = place + max(header_size, _CONTAINER.size), min(place + header_size + size, region.size)
        while entry + _ENTRY_SIZE <= end:
            header = region.read(entry, _ENTRY_SIZE)
            kind, _, entry_header, length, *_ = _ENTRY.unpack_from(header)
            if entry_header < _ENTRY_SIZE or count >= _MOST_ENTRIES:
                collected.is_complete = False
                break
            start = entry + entry_header
            if kind in (_PTX, _CUBIN):
                count += 1
                yield kind, header, start, min(length, max(end - start, 0))
            entry = start + length
        place += max(header_size + size, _CONTAINER.size)
        place += -place % _ALIGNMENT


def _kernels_of_cubin(data: bytes, reads: Reads) -> Iterator[str]:
    """Yield the kernels in machine code: each has a bank of constants for its arguments."""
    file = ELFFile(limited_bytes(data, reads))
    for number in range(file.num_sections()):
        name = file.get_section(number).name
        if name.startswith(_KERNEL_SECTION):
            yield name[len(_KERNEL_SECTION) :]


def _kernels_of_ptx(data: bytes) -> Iterator[str]:
    return (name.decode("ascii", "replace") for name in _KERNEL_IN_PTX.findall(data))


def _number(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", name))
