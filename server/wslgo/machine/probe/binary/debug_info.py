"""DWARF as a debugger needs it: whether there is any, and how the compilers were called for it.

Only the first entry of each unit is read: its name and the compiler. A section may be compressed, in three ways; no
more than a limit is unpacked, whatever its header claims.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from elftools.dwarf.dwarfinfo import DebugSectionDescriptor, DwarfConfig, DWARFInfo
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import Section

from wslgo.machine.binary import DEPENDENCIES, OPTIMIZED, UNOPTIMIZED
from wslgo.machine.probe.binary.contents import Reads, Region, limited_bytes
from wslgo.machine.probe.binary.zstd import zstd_frame
from wslgo.text.typing import NamedTuple

INFO = ".debug_info"
# What the names of units and compilers need.
SECTIONS = (INFO, ".debug_abbrev", ".debug_str", ".debug_line_str", ".debug_str_offsets")

_LARGEST = 128 << 20  # bytes of a section
_LARGEST_ZSTD = 2 << 20  # our own decoder reads a megabyte in three seconds
_MOST_READS = 600_000  # a unit takes about fifty
_ZLIB, _ZSTD = 1, 2
_COMPRESSED = 0x800  # SHF_COMPRESSED
_OLD_HEADER = 12  # `ZLIB` and the size

_GO = "Go cmd/compile"
_C = ("GNU C", "clang", "Ubuntu clang", "Debian clang")
# Files of package runtime/cgo, which every program with cgo has, and what cgo writes.
_OF_GO_ITSELF = re.compile(r"(?:\A|/)(?:gcc_\w+\.[cS]|linux_syscall\.c|cgo\.cgo2\.c|_cgo_export\.c|_cgo_main\.c)\Z")


class Unit(NamedTuple):
    """A compiled package of Go or file of C: its name, the compiler with its flags, and whether its DWARF is apart."""

    name: str
    producer: str
    is_split: bool


class Compiled(NamedTuple):
    """The statements of all units; `has_c`: C code beside that of Go itself has debug information."""

    optimized: str | None = None
    has_c: bool | None = None
    has_split_dwarf: bool | None = None


def has_debug_info(file: ELFFile) -> bool:
    """Return whether there is a section of DWARF with anything in it."""
    section = _section(file, INFO)
    return section is not None and section["sh_type"] != "SHT_NOBITS" and section["sh_size"] > 0


def compiled(file: ELFFile) -> Compiled:
    """Return how the packages were compiled, as far as the units can be read."""
    units = list(_units(file))
    of_go = [unit for unit in units if unit.producer.startswith(_GO)]
    # cgo calls the compiler with -gno-record-gcc-switches, so its flags are not here.
    of_c = [unit for unit in units if unit.producer.startswith(_C) and not _OF_GO_ITSELF.search(unit.name)]
    return Compiled(
        optimization(of_go),
        bool(of_c) if units else None,
        any(unit.is_split for unit in units) if units else None,
    )


def optimization(units: list[Unit]) -> str | None:
    """Return which packages of Go are optimized, as Delve sees it; None if the main package was not read.

    The compiler ignores `-N` for the runtime and keeps `-l`.
    """
    flags = [(unit.name, _flags(unit.producer)) for unit in units]
    own = [words for name, words in flags if name == "main"]
    if not own:
        return None
    if not all({"-N", "-l"} <= words for words in own):
        return OPTIMIZED
    return UNOPTIMIZED if all(words & {"-N", "-l"} for _, words in flags) else DEPENDENCIES


def _flags(producer: str) -> set[str]:
    return set(producer.partition(";")[2].split())


def _units(file: ELFFile) -> Iterator[Unit]:
    contents = {name: unpacked(file, section) for name in SECTIONS if (section := _section(file, name)) is not None}
    if not contents.get(INFO) or ".debug_abbrev" not in contents:
        return
    reads = Reads(_MOST_READS)
    read = {
        name: DebugSectionDescriptor(limited_bytes(data, reads), name, 0, len(data), 0)
        for name, data in contents.items()
    }
    config = DwarfConfig(file.little_endian, file.get_machine_arch(), file.elfclass // 8)
    nothing = dict.fromkeys(
        (
            *("debug_aranges_sec", "debug_frame_sec", "eh_frame_sec", "debug_loc_sec", "debug_ranges_sec"),
            *("debug_line_sec", "debug_pubtypes_sec", "debug_pubnames_sec", "debug_addr_sec", "debug_loclists_sec"),
            *("debug_rnglists_sec", "debug_sup_sec", "gnu_debugaltlink_sec", "debug_types_sec"),
        )
    )
    wanted = {f"{name[1:]}_sec": read.get(name) for name in SECTIONS}
    try:
        for unit in DWARFInfo(config=config, **wanted, **nothing).iter_CUs():
            top = unit.get_top_DIE().attributes
            texts = {name: top[name].value if name in top else b"" for name in ("DW_AT_name", "DW_AT_producer")}
            is_split = "DW_AT_dwo_name" in top or "DW_AT_GNU_dwo_name" in top
            yield Unit(_text(texts["DW_AT_name"]), _text(texts["DW_AT_producer"]), is_split)
    except Exception:  # noqa: BLE001 - pyelftools raises a dozen kinds of errors for a damaged file
        return


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _section(file: ELFFile, name: str) -> Section | None:
    """Return a section, by its name or by that of the old way to compress it."""
    return file.get_section_by_name(name) or file.get_section_by_name(f".z{name[1:]}")


def unpacked(file: ELFFile, section: Section) -> bytes:
    """Return the beginning of a section up to a limit; what is damaged or unknown is empty."""
    if section["sh_type"] == "SHT_NOBITS":
        return b""
    region = Region(file.stream, section["sh_offset"], section["sh_size"])
    if section["sh_flags"] & _COMPRESSED:
        header = 24 if file.elfclass == 64 else 12
        order = "<" if file.little_endian else ">"
        (kind,) = struct.unpack_from(f"{order}I", region.read(0, header).ljust(4, b"\0"))
        (size,) = struct.unpack_from(
            f"{order}{'8xQ' if header == 24 else '4xI'}", region.read(0, header).ljust(24, b"\0")
        )
        if kind == _ZSTD:
            packed = region.read(header)
            return zstd_frame(packed, min(size, _LARGEST_ZSTD)) or b""
        return _inflated(region, header) if kind == _ZLIB else b""
    if section.name.startswith(".z"):
        return _inflated(region, _OLD_HEADER)
    return region.read(0, _LARGEST)


def _inflated(region: Region, start: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(region.read(start, _LARGEST), _LARGEST)
    except zlib.error:
        return b""
