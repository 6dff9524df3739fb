"""The folders with C libraries: where linker, compiler and pkg-config look by themselves, and where CUDA is.

No program is asked: a folder is listed, and of its names only those that wslgo knows are kept.
"""

from collections.abc import Iterable, Iterator

from wslgo.knowledge import c_names
from wslgo.knowledge.c_libraries import HEADER_FOLDERS, LINKER_FOLDERS, PKG_CONFIG_FOLDERS
from wslgo.knowledge.nvidia import FOLDER
from wslgo.machine.host import CFolder
from wslgo.machine.probe.context import ProbeContext

_MOST_TOOLKITS = 10
_LIBRARY_FOLDERS = ("lib64", "lib", "targets/x86_64-linux/lib", "targets/sbsa-linux/lib")
_STUBS = "stubs"  # for the linker only


def c_folders(machine: ProbeContext) -> tuple[CFolder, ...] | None:
    """Return the folders that have any known library or header; None if the folders of the system cannot be seen."""
    if not machine.world.exists("/usr"):
        return None
    found = (*_searched(machine), *_of_cuda(machine))
    return tuple(folder for folder in dict.fromkeys(found) if folder.names)


def _searched(machine: ProbeContext) -> Iterator[CFolder]:
    environment = machine.environment
    for folder in (*_listed(environment.get("LIBRARY_PATH", "")), *_absolute(LINKER_FOLDERS)):
        yield CFolder(folder, _linked(machine, folder))
    headers = (*_listed(environment.get("CPATH", "")), *_listed(environment.get("C_INCLUDE_PATH", "")))
    for folder in (*headers, *_absolute(HEADER_FOLDERS)):
        yield CFolder(folder, _headers(machine, folder))
    instead = environment.get("PKG_CONFIG_LIBDIR")
    usual = _absolute(PKG_CONFIG_FOLDERS) if instead is None else _listed(instead)
    for folder in (*_listed(environment.get("PKG_CONFIG_PATH", "")), *usual):
        names = (name.removesuffix(".pc") for name in machine.world.names(folder) if name.endswith(".pc"))
        yield CFolder(folder, tuple(sorted(c_names.PKG_CONFIG.intersection(names))))


def _of_cuda(machine: ProbeContext) -> Iterator[CFolder]:
    """Yield the folders of Windows' driver and of CUDA toolkits, where nothing looks by itself."""
    yield CFolder(FOLDER, _linked(machine, FOLDER), False)
    names = (name for name in machine.world.names("/usr/local") if name.startswith("cuda"))
    toolkits = [f"/usr/local/{name}" for name in names][:_MOST_TOOLKITS]
    for toolkit in (*toolkits, "/opt/cuda"):
        for name in _LIBRARY_FOLDERS:
            for folder in (f"{toolkit}/{name}", f"{toolkit}/{name}/{_STUBS}"):
                yield CFolder(folder, _linked(machine, folder), False)
        yield CFolder(f"{toolkit}/include", _headers(machine, f"{toolkit}/include"), False)


def _linked(machine: ProbeContext, folder: str) -> tuple[str, ...]:
    """Return the known libraries that `-l` finds in a folder: a link that leads nowhere does not count."""
    found: dict[str, str] = {}
    for name in machine.world.names(folder):
        base, dot, suffix = name.removeprefix("lib").rpartition(".")
        if name.startswith("lib") and dot and suffix in ("so", "a") and f"-l{base}" in c_names.LINKED:
            found.setdefault(f"-l{base}", name)
    return tuple(sorted(flag for flag, name in found.items() if machine.world.exists(f"{folder}/{name}")))


def _headers(machine: ProbeContext, folder: str) -> tuple[str, ...]:
    here = frozenset(machine.world.names(folder))
    known = (name[1:-1] for name in c_names.HEADERS)
    found = (name for name in known if name.partition("/")[0] in here and machine.world.exists(f"{folder}/{name}"))
    return tuple(sorted(f"<{name}>" for name in found))


def _listed(value: str) -> Iterator[str]:
    """Yield the absolute folders of a list; a relative one is seen from wherever a build starts."""
    return (folder.rstrip("/") for folder in value.split(":") if folder.startswith("/"))


def _absolute(folders: Iterable[str]) -> Iterator[str]:
    return (f"/{folder}" for folder in folders)
