"""An ELF file as a debugger and the loader see it, read by pyelftools.

A hostile file costs little: tables are read up to a limit, and sizes are those of the file, not of its headers.
"""

import os

from elftools.elf.dynamic import DynamicSegment
from elftools.elf.elffile import ELFFile

from wslgo.machine.binary import DeviceCode
from wslgo.machine.probe.binary import debug_info
from wslgo.machine.probe.binary.build_info import BuildInfo, build_info
from wslgo.machine.probe.binary.contents import Reads, Region, limited
from wslgo.machine.probe.binary.device_code import SECTIONS, device_code
from wslgo.machine.probe.binary.libraries import Loading
from wslgo.machine.probe.executable import PROCESSORS
from wslgo.system.reader import open_regular
from wslgo.text.typing import IO, NamedTuple

_MOST_READS = 300_000
_MOST_SECTIONS = 65_536
_MOST_SEGMENTS = 1_024
_LARGEST_DATA = 64 << 20  # bytes that are searched for the build information
_LONGEST_NAME = 4096

# EI_OSABI, and sections of systems that do not set it.
_SYSTEMS = {2: "netbsd", 3: "linux", 6: "solaris", 9: "freebsd", 12: "openbsd"}
_NOTES = {".note.netbsd.ident": "netbsd", ".note.openbsd.ident": "openbsd"}
# The attribute with the text of a tag.
_TEXTS = {"DT_NEEDED": "needed", "DT_RUNPATH": "runpath", "DT_RPATH": "rpath"}
_BUILD_INFO = ".go.buildinfo"
_DEBUG_FOLDER = "/usr/lib/debug"
_WRITABLE = 2
# As Go names processors whose two byte orders differ.
_LITTLE = {"mips": "mipsle", "mips64": "mips64le", "ppc64": "ppc64le"}


class ElfProgram(NamedTuple):
    """The statements of an ELF file about itself; None where it has none."""

    system: str
    processor: str
    build: BuildInfo | None
    has_dwarf: bool
    debug_links: tuple[str, ...]
    compiled: debug_info.Compiled
    loading: Loading
    cuda: DeviceCode | None


def elf_program(file: IO[bytes], path: str) -> ElfProgram:
    """Read an ELF file; raises whatever pyelftools raises for a damaged one."""
    elf = ELFFile(limited(file, Reads(_MOST_READS)))
    if elf.num_sections() > _MOST_SECTIONS or elf.num_segments() > _MOST_SEGMENTS:
        raise ValueError("too many sections")
    has_dwarf = debug_info.has_debug_info(elf)
    return ElfProgram(
        _system(elf),
        _processor(elf),
        _build_info(elf),
        has_dwarf,
        _debug_links(elf, path),
        debug_info.compiled(elf) if has_dwarf else debug_info.Compiled(),
        _loading(elf, path),
        _device_code(elf),
    )


def has_build_information(file: IO[bytes]) -> bool:
    """Return whether an ELF file has the section for it, as every Go program has since 1.13."""
    if file.read(4) != b"\x7fELF":
        return False
    try:
        return ELFFile(limited(file, Reads(_MOST_READS))).get_section_by_name(_BUILD_INFO) is not None
    except Exception:  # noqa: BLE001 - pyelftools raises a dozen kinds of errors for a damaged file
        return False


def loading_of(path: str) -> Loading | None:
    """Return the parts of a library that the loader uses; None for a file that cannot be read."""
    try:
        with os.fdopen(open_regular(path), "rb") as file:
            return _loading(ELFFile(limited(file, Reads(_MOST_READS))), path)
    except Exception:  # noqa: BLE001 - pyelftools raises a dozen kinds of errors for a damaged file
        return None


def _region(elf: ELFFile, name: str) -> Region | None:
    section = elf.get_section_by_name(name)
    if section is None or section["sh_type"] == "SHT_NOBITS":
        return None
    return Region(elf.stream, section["sh_offset"], section["sh_size"])


def _system(elf: ELFFile) -> str:
    number = Region(elf.stream, 7, 1).read()
    noted = (name for section, name in _NOTES.items() if elf.get_section_by_name(section) is not None)
    return _SYSTEMS.get(number[0] if number else 0) or next(noted, "linux")


def _processor(elf: ELFFile) -> str:
    raw = Region(elf.stream, 18, 2).read()
    number = int.from_bytes(raw, "little" if elf.little_endian else "big")
    name = PROCESSORS.get(number, f"processor {number}")
    name = "mips64" if name == "mips" and elf.elfclass == 64 else name
    return _LITTLE.get(name, name) if elf.little_endian else name


def _build_info(elf: ELFFile) -> BuildInfo | None:
    def by_address(address: int, size: int) -> bytes:
        for number in range(elf.num_segments()):
            segment = elf.get_segment(number)
            place = address - segment["p_vaddr"]
            if segment["p_type"] == "PT_LOAD" and 0 <= place < segment["p_filesz"]:
                return Region(elf.stream, segment["p_offset"], segment["p_filesz"]).read(place, size)
        return b""

    region = _region(elf, _BUILD_INFO)
    if region is not None:
        return build_info(region.read(0, _LARGEST_DATA), by_address)
    # Without its own section it is at the start of the data, as it was before Go 1.13 and is after some packers.
    for number in range(elf.num_segments()):
        segment = elf.get_segment(number)
        if segment["p_type"] == "PT_LOAD" and segment["p_flags"] & _WRITABLE:
            data = Region(elf.stream, segment["p_offset"], segment["p_filesz"]).read(0, _LARGEST_DATA)
            return build_info(data, by_address)
    return None


def _debug_links(elf: ELFFile, path: str) -> tuple[str, ...]:
    """Return where Delve looks for a separate file with the debug information: by the build ID, and by its name."""
    places: list[str] = []
    region = _region(elf, ".note.gnu.build-id")
    number = region.read(16, 64).hex() if region is not None else ""
    if len(number) > 2:
        places.append(f"{_DEBUG_FOLDER}/.build-id/{number[:2]}/{number[2:]}.debug")
    region = _region(elf, ".gnu_debuglink")
    name = region.read(0, _LONGEST_NAME).partition(b"\0")[0].decode("utf-8", "replace") if region is not None else ""
    if name and "/" not in name:
        folder = path.rpartition("/")[0]
        places += [f"{place}/{name}" for place in (folder, f"{folder}/.debug", f"{_DEBUG_FOLDER}{folder}")]
    return tuple(place for place in places if place != path)


def _loading(elf: ELFFile, path: str) -> Loading:
    loader, needed, runpath, rpath = "", list[str](), "", ""
    for number in range(elf.num_segments()):
        segment = elf.get_segment(number)
        if segment["p_type"] == "PT_INTERP":
            raw = Region(elf.stream, segment["p_offset"], min(segment["p_filesz"], _LONGEST_NAME)).read()
            loader = raw.partition(b"\0")[0].decode("utf-8", "replace")
        if isinstance(segment, DynamicSegment) and segment["p_filesz"]:
            for tag in segment.iter_tags():
                kind = tag.entry.d_tag
                text: str = getattr(tag, _TEXTS.get(kind, ""), "")[:_LONGEST_NAME]
                if kind == "DT_NEEDED":
                    needed.append(text)
                elif kind == "DT_RUNPATH":
                    runpath = text
                elif kind == "DT_RPATH":
                    rpath = text
    beginning = Region(elf.stream, 0, 64).read()
    return Loading(path, beginning, loader, tuple(dict.fromkeys(needed)), rpath, runpath)


def _device_code(elf: ELFFile) -> DeviceCode | None:
    regions = [region for name in SECTIONS if (region := _region(elf, name)) is not None]
    return device_code(regions) if regions else None
