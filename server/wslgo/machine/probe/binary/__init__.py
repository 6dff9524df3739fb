"""Facts about a program file, for `wslgo inspect` and the launch entries that debug one: never started, only read."""

import os

from wslgo.knowledge.nvidia import LIBRARY
from wslgo.machine.binary import DEPENDENCIES, OPTIMIZED, UNOPTIMIZED, Binary, Library
from wslgo.machine.probe.binary.elf import ElfProgram, elf_program, has_build_information, loading_of
from wslgo.machine.probe.binary.foreign import foreign_program
from wslgo.machine.probe.binary.libraries import found_libraries, missing_libraries
from wslgo.system.reader import open_regular
from wslgo.system.world import World
from wslgo.text.message import Message, Text

NOT_A_PROGRAM = Message(
    en="is not a program: it has no ELF, PE or Mach-O header", zh="不是程序：没有 ELF、PE 或 Mach-O 文件头"
)
DAMAGED = Message(
    en="is damaged or cut off: its ELF headers cannot be read", zh="已损坏或被截断：无法读取其 ELF 文件头"
)

_ELF = b"\x7fELF"


def read_binary(path: str, world: World, library_path: str = "") -> Binary | Text:
    """Return the facts about a program, or why it is none. Raises OSError if the file cannot be read.

    `library_path` is the LD_LIBRARY_PATH that it will be started with.
    """
    with os.fdopen(open_regular(path), "rb") as file:
        beginning = file.read(4)
        if beginning != _ELF:
            found = foreign_program(file)
            return NOT_A_PROGRAM() if found is None else found._replace(path=path)
        try:
            program = elf_program(file, world.real(path))
        except Exception:  # noqa: BLE001 - pyelftools raises a dozen kinds of errors for a damaged file
            return DAMAGED()
    return _binary(program, world, library_path)._replace(path=path)


def read_go_program(path: str, world: World) -> Binary | None:
    """Return the facts about a program of Go; None for any other file. Raises OSError if the file cannot be read."""
    with os.fdopen(open_regular(path), "rb") as file:
        if not has_build_information(file):
            return None
    found = read_binary(path, world)
    return found if isinstance(found, Binary) and found.go else None


def _binary(program: ElfProgram, world: World, library_path: str) -> Binary:
    build, compiled, loader = program.build, program.compiled, program.loading.loader
    debug_file = next(filter(world.exists, program.debug_links), None)
    needed = found_libraries(program.loading, world, library_path)
    found = Binary(
        path="",
        system=program.system,
        processor=program.processor,
        dwarf=program.has_dwarf or debug_file is not None,
        debug_file=None if program.has_dwarf else debug_file,
        optimized=compiled.optimized,
        has_split_dwarf=compiled.has_split_dwarf,
        loader=Library(loader, loader if world.exists(loader) else None) if loader else None,
        needed=needed,
        missing=missing_libraries(program.loading, needed, world, library_path, loading_of),
        driver=_driver(program, world, library_path),
        cuda=program.cuda,
    )
    if build is None:
        return found
    found = found._replace(go=build.go, package=build.package, module=build.module, settings=build.settings)
    return found._replace(
        system=found.setting("GOOS") or found.system,
        processor=found.setting("GOARCH") or found.processor,
        optimized=found.optimized or _optimization(found),
        is_c_optimized=_is_c_optimized(found.setting("CGO_CFLAGS")) if compiled.has_c else None,
    )


def _driver(program: ElfProgram, world: World, library_path: str) -> Library | None:
    """Return what the loader finds when CUDA's runtime, which is part of most programs, asks for the driver."""
    if program.cuda is None or not program.loading.loader:
        return None
    found = found_libraries(program.loading._replace(needed=(LIBRARY,)), world, library_path)
    return next(iter(found))


def _optimization(program: Binary) -> str | None:
    """Return which packages are optimized by the flags of the build; go records them since 1.18."""
    if not program.settings:
        return None
    patterns, _, words = (program.setting("-gcflags") or "").rpartition("=")
    if not {"-N", "-l"} <= set(words.split()):
        return OPTIMIZED
    return UNOPTIMIZED if patterns.strip() == "all" else DEPENDENCIES


def _is_c_optimized(flags: str | None) -> bool | None:
    """Return whether cgo had C code optimized; it uses `-O2 -g` if CGO_CFLAGS is empty, and `-trimpath` hides it."""
    if not flags:
        return None if flags is None else True
    levels = [word for word in flags.split() if word.startswith("-O")]
    return bool(levels) and levels[-1] not in ("-O0", "-Og")
