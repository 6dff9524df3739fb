"""The `.cu` files of a program: `go build` links what nvcc has made of them, and does not make it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.golang.package import GoFile, Package
from wslgo.golang.paths import joined_path, parent, resolved_path
from wslgo.knowledge import cuda
from wslgo.launch.generate.programs import LaunchWorkspace, PackageEvidence, Program

SOURCE = ".cu"
SOURCE_FOLDER = "${SRCDIR}"

# Libraries of the system that stand beside those of a project.
SYSTEM = frozenset(("c", "m", "dl", "rt", "pthread", "stdc++", "gcc", "gomp", "z"))


class Kernels(NamedTuple):
    """The `.cu` files of a folder by their names, and the library of them that `#cgo` lines expect, None if unknown."""

    folder: str
    sources: tuple[str, ...]
    library: str | None

    @property
    def is_shared(self) -> bool:
        return self.library is not None and self.library.endswith(".so")


def of_program(program: Program) -> tuple[Kernels, ...]:
    """The kernels of a program, folder by folder, as far as they lie in the workspace."""
    found = _by_folder(kernels for shown in program.evidence for kernels in _of_package(shown))
    return tuple(kernels for kernels in found if program.workspace.holds(kernels.folder))


def of_workspace(workspace: LaunchWorkspace) -> tuple[Kernels, ...]:
    """The kernels of all programs and tests of a workspace."""
    programs = (*workspace.cuda_programs, *workspace.tests)
    return _by_folder(kernels for program in programs for kernels in of_program(program))


def _by_folder(several: Iterable[Kernels]) -> tuple[Kernels, ...]:
    """Each folder once; who says which library is made of it counts more than who does not."""
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
        # Of several folders nobody knows which one makes which library.
        yield Kernels(folder, tuple(sources), _library(shown.package, shown.built) if len(folders) == 1 else None)


def _is_library(word: str) -> bool:
    """Whether a word is the path of a library."""
    name, _, suffix = word.rpartition("/")[2].rpartition(".")
    return suffix in ("a", "so") and "lib" in name[:-1]


def _library(package: Package, built: tuple[GoFile, ...]) -> str | None:
    """The one library that a package links from the workspace; None where there is none, or more than one."""
    words = [word for file in built for line in file.head.flags if line.verb == "LDFLAGS" for word, _ in line.words]
    named = {word[2:] for word in words if word.startswith("-l") and not _is_foreign(word[2:])}
    files = {path for word in words if _is_library(word) and (path := _inside(package, word))}
    folders = [path for word in words if word.startswith("-L") and (path := _inside(package, word[2:])) is not None]
    if len(files) == 1 and not named:
        return files.pop()
    suffix = _suffix(words)
    if len(named) != 1 or files or not folders or suffix is None:
        return None
    return joined_path(folders[0], f"lib{named.pop()}{suffix}")


def _suffix(words: list[str]) -> str | None:
    """Shared if the program knows where to look when it starts, else static, which needs the runtime of CUDA beside."""
    if any("-rpath" in word for word in words):
        return ".so"
    return ".a" if any(word.startswith("-lcudart") for word in words) else None


def _is_foreign(name: str) -> bool:
    known = cuda.LIBRARIES | cuda.MONITORING_LIBRARIES | SYSTEM
    return name.removesuffix("_static") in known or name.startswith(":")


def _inside(package: Package, path: str) -> str | None:
    """A path of a flag as one of the listing."""
    return resolved_path(package.folder, path.replace(SOURCE_FOLDER, "."))
