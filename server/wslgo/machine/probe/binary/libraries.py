"""The search of the dynamic loader for the libraries that a program names.

Source: ld.so(8) of glibc 2.39 and its `cache.c`; musl's `dynlink.c`. The order is that of the loader: RPATH (unless
there is a RUNPATH), LD_LIBRARY_PATH, RUNPATH, the cache of ldconfig, the folders of the system.
"""

import struct
from collections.abc import Callable, Iterable, Iterator

from wslgo.machine.binary import Dependency, Library
from wslgo.machine.probe.executable import processor_of
from wslgo.system.reader import read_beginning
from wslgo.system.world import World
from wslgo.text.typing import NamedTuple

CACHE = "/etc/ld.so.cache"

_NEW = b"glibc-ld.so.cache1.1"
_OLD = b"ld.so-1.7.0"
_HEADER, _ENTRY = struct.Struct("<II"), struct.Struct("<iIIIQ")
_OLD_HEADER, _OLD_ENTRY = 16, 12
_NEW_HEADER = 48
_MOST_ENTRIES = 100_000
_LONGEST_NAME = 4096
_MOST_FOLDERS = 200
_MOST_LIBRARIES = 300
_MUSL = "/ld-musl-"
_CLASS = 4
_ELF_HEADER = 64


class Loading(NamedTuple):
    """The parts of a program that its loader uses; `beginning` is that of the file, with class and processor."""

    path: str
    beginning: bytes
    loader: str
    needed: tuple[str, ...] = ()
    rpath: str = ""
    runpath: str = ""


# Reads the parts of a library that the loader uses; None if it cannot.
Read = Callable[[str], "Loading | None"]


def missing_libraries(
    program: Loading, found: Iterable[Library], world: World, library_path: str, read: Read
) -> tuple[Dependency, ...]:
    """Return what the libraries of a program need and the loader does not find, each once."""
    seen = {library.name for library in found}
    waiting = [(library.found, _rpath(program)) for library in found if library.found is not None]
    missing: list[Dependency] = []
    for _ in range(_MOST_LIBRARIES):
        if not waiting:
            break
        path, inherited = waiting.pop(0)
        library = read(path)
        if library is None:
            continue
        # The loader also looks where the RPATH of those that load a library leads.
        rpath = ":".join(filter(None, (_rpath(library), inherited)))
        new = library._replace(rpath=rpath, needed=tuple(name for name in library.needed if name not in seen))
        for other in found_libraries(new, world, library_path):
            seen.add(other.name)
            if other.found is not None:
                waiting.append((other.found, rpath))
            else:
                missing.append(Dependency(other.name, path))
    return tuple(missing)


def _rpath(program: Loading) -> str:
    """Return the RPATH with its tokens expanded; a RUNPATH is for the libraries that a file names itself."""
    entries = () if program.runpath else filter(None, program.rpath.split(":"))
    return ":".join(_expanded(entry, program) for entry in entries)


def found_libraries(program: Loading, world: World, library_path: str) -> tuple[Library, ...]:
    """Return each library that the program names, with the file that the loader of this machine finds."""
    folders = list(_folders(program, library_path))
    cache = {} if _MUSL in program.loader else _cache(world.read(CACHE) or b"")
    system = list(_system_folders(program, world))
    return tuple(Library(name, _found(name, program, folders, cache.get(name, ()), system)) for name in program.needed)


def _found(
    name: str,
    program: Loading,
    folders: Iterable[str],
    cached: Iterable[str],
    system: Iterable[str],
) -> str | None:
    if "/" in name:
        places: list[str] = [name] if name.startswith("/") else []
    else:
        places = [*(f"{folder}/{name}" for folder in folders), *cached, *(f"{folder}/{name}" for folder in system)]
    return next((place for place in places if _fits(place, program)), None)


def _fits(path: str, program: Loading) -> bool:
    """Return whether a file is a library for the processor of the program; the loader passes over others."""
    try:
        data = read_beginning(path, _ELF_HEADER)
    except OSError:
        return False
    if len(data) <= _CLASS:
        return False
    same_class = data[_CLASS] == program.beginning[_CLASS]
    return same_class and processor_of(data) is not None and processor_of(data) == processor_of(program.beginning)


def _folders(program: Loading, library_path: str) -> Iterator[str]:
    """Yield the folders before the cache; an empty entry, the current folder, is not known here."""
    rpath = "" if program.runpath else program.rpath
    entries = (*rpath.split(":"), *library_path.replace(";", ":").split(":"), *program.runpath.split(":"))
    for entry in list(filter(None, entries))[:_MOST_FOLDERS]:
        folder = _expanded(entry, program)
        if folder.startswith("/"):
            yield folder.rstrip("/")


def _expanded(entry: str, program: Loading) -> str:
    origin = program.path.rpartition("/")[0] or "/"
    library = "lib64" if program.beginning[_CLASS] == 2 else "lib"
    for token, value in (("ORIGIN", origin), ("LIB", library)):
        entry = entry.replace(f"${{{token}}}", value).replace(f"${token}", value)
    return entry


def _system_folders(program: Loading, world: World) -> Iterator[str]:
    if _MUSL in program.loader:
        name = program.loader.rpartition(_MUSL)[2].partition(".")[0]
        listed = (world.read(f"/etc/ld-musl-{name}.path") or b"").decode("utf-8", "replace")
        folders = filter(None, listed.replace("\n", ":").split(":"))
        yield from folders if listed else ("/lib", "/usr/local/lib", "/usr/lib")
        return
    yield from ("/lib64", "/usr/lib64") if program.beginning[_CLASS] == 2 else ()
    yield from ("/lib", "/usr/lib")


def _cache(data: bytes) -> dict[str, list[str]]:
    """Return the files in the cache of ldconfig by the names of libraries; those for better processors are last."""
    start = 0
    if data.startswith(_OLD):
        (count,) = struct.unpack_from("<I", data.ljust(_OLD_HEADER, b"\0"), 12)
        start = _OLD_HEADER + _OLD_ENTRY * min(count, _MOST_ENTRIES)
        start += -start % 8
    if data[start : start + len(_NEW)] != _NEW or len(data) < start + _NEW_HEADER:
        return {}
    count, _ = _HEADER.unpack_from(data, start + len(_NEW))
    found: dict[str, list[tuple[bool, str]]] = {}
    for number in range(min(count, _MOST_ENTRIES)):
        place = start + _NEW_HEADER + number * _ENTRY.size
        if place + _ENTRY.size > len(data):
            break
        _, name, path, _, better = _ENTRY.unpack_from(data, place)
        found.setdefault(_name(data, start + name), []).append((better != 0, _name(data, start + path)))
    return {name: [path for _, path in sorted(paths, key=lambda pair: pair[0])] for name, paths in found.items()}


def _name(data: bytes, place: int) -> str:
    end = data.find(b"\0", place, place + _LONGEST_NAME)
    return data[place : max(end, place)].decode("utf-8", "surrogateescape")
