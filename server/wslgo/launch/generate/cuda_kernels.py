"""The `.cu` files of a program: nvcc compiles them into libraries that `go build` links."""

from collections.abc import Iterable, Iterator

from wslgo.golang.package import GoFile, Package
from wslgo.golang.paths import joined_path, parent, resolved_path
from wslgo.knowledge import cuda
from wslgo.launch.generate.programs import LaunchWorkspace, PackageEvidence, Program
from wslgo.text.typing import NamedTuple

SOURCE = ".cu"
SOURCE_FOLDER = "${SRCDIR}"

# System libraries that programs link in addition to libraries of the project.
SYSTEM = frozenset(("c", "m", "dl", "rt", "pthread", "stdc++", "gcc", "gomp", "z"))


class Kernels(NamedTuple):
    """The `.cu` files in a folder, and the library that `#cgo` lines expect; None if unknown."""

    folder: str
    sources: tuple[str, ...]
    library: str | None

    @property
    def is_shared(self) -> bool:
        return self.library is not None and self.library.endswith(".so")


def of_program(program: Program) -> tuple[Kernels, ...]:
    """Return the kernels of a program in the workspace, by folder."""
    found = _by_folder(kernels for shown in program.evidence for kernels in _of_package(shown))
    return tuple(kernels for kernels in found if program.workspace.holds(kernels.folder))


def of_workspace(workspace: LaunchWorkspace) -> tuple[Kernels, ...]:
    """Return the kernels of all programs and tests of a workspace."""
    programs = (*workspace.cuda_programs, *workspace.tests)
    return _by_folder(kernels for program in programs for kernels in of_program(program))


def _by_folder(several: Iterable[Kernels]) -> tuple[Kernels, ...]:
    """Return the kernels of each folder once, preferably with a known library."""
    found: dict[str, Kernels] = {}
    for kernels in several:
        if kernels.folder not in found or found[kernels.folder].library is None:
            found[kernels.folder] = kernels
    return tuple(found.values())


def _of_package(shown: PackageEvidence) -> Iterator[Kernels]:
    folders: dict[str, list[str]] = {}
    for place in shown.places:
        if place.path.endswith(SOURCE):
            folders.setdefault(parent(place.path), []).append(place.path.rpartition("/")[2])
    for folder, sources in folders.items():
        # With several folders the library of each one is unknown.
        yield Kernels(folder, tuple(sources), _library(shown.package, shown.built) if len(folders) == 1 else None)


def _is_library(word: str) -> bool:
    """Return whether a word is the path of a library."""
    name, _, suffix = word.rpartition("/")[2].rpartition(".")
    return suffix in ("a", "so") and "lib" in name[:-1]


def _library(package: Package, built: tuple[GoFile, ...]) -> str | None:
    """Return the only library of the workspace that a package links; None if there is none or several."""
    words = [word for file in built for line in file.head.flags if line.verb == "LDFLAGS" for word, _ in line.words]
    named = {word[2:] for word in words if word.startswith("-l") and not _is_foreign(word[2:])}
    files = {path for word in words if _is_library(word) and (path := _listing_path(package, word))}
    folders = [
        path for word in words if word.startswith("-L") and (path := _listing_path(package, word[2:])) is not None
    ]
    if len(files) == 1 and not named:
        return files.pop()
    suffix = _suffix(words)
    if len(named) != 1 or files or not folders or suffix is None:
        return None
    return joined_path(folders[0], f"lib{named.pop()}{suffix}")


def _suffix(words: list[str]) -> str | None:
    """Return `.so` if the program has an rpath, `.a` if it links the CUDA runtime itself; None if neither."""
    if any("-rpath" in word for word in words):
        return ".so"
    return ".a" if any(word.startswith("-lcudart") for word in words) else None


def _is_foreign(name: str) -> bool:
    known = cuda.LIBRARIES | cuda.MONITORING_LIBRARIES | SYSTEM
    return name.removesuffix("_static") in known or name.startswith(":")


def _listing_path(package: Package, path: str) -> str | None:
    """Return the path of a flag as a path of the listing."""
    return resolved_path(package.folder, path.replace(SOURCE_FOLDER, "."))
