"""The libraries of CUDA that a build of a workspace links, and those that the linker will not find."""

from collections.abc import Iterable, Iterator

from wslgo.golang import c_search
from wslgo.golang.c_libraries import BuiltPackage, built_packages
from wslgo.golang.package import BuildTarget, Package
from wslgo.golang.paths import ancestors, joined_path, resolved_path
from wslgo.golang.project import Project
from wslgo.golang.workspace import CudaLink
from wslgo.knowledge import c_names, cuda
from wslgo.machine.host import Host
from wslgo.syntax.go import build_constraint
from wslgo.syntax.go.cgo_file import SOURCE_FOLDER
from wslgo.syntax.go.file_head import Flags

DEFAULT_FLAGS = "-O2 -g"  # of CGO_LDFLAGS


def cuda_links(project: Project, cache: Project | None, target: BuildTarget) -> Iterator[CudaLink]:
    """Yield each library of CUDA that packages link, once for each set of folders."""
    found: dict[CudaLink, None] = {}
    for built in built_packages(project, cache, target):
        found |= dict.fromkeys(_of_import(built.path) if built.package is None else _of_package(built, built.package))
    return iter(found)


def unlinked(links: Iterable[CudaLink], host: Host) -> Iterator[tuple[CudaLink, str]]:
    """Yield those that the linker of a machine will not find, each with the folder that holds it."""
    flags = host.go_values().get("CGO_LDFLAGS", "").split()
    of_variable = c_search.named_folders(flags, "-L")
    for link in links:
        search = c_search.search(host, (*link.folders, *of_variable), _is_unknown)
        folder = search.holder(link.name) if search is not None else None
        if folder is not None:
            yield link, folder


def _is_unknown(_path: str) -> bool | None:
    return None


def _of_package(built: BuiltPackage, package: Package) -> Iterator[CudaLink]:
    words = [(line.verb, word) for line in _lines(package) for word, _ in line.words]
    names = dict.fromkeys(word for verb, word in words if verb == "LDFLAGS" and word in c_names.CUDA)
    if not names or any(verb == "pkg-config" for verb, _ in words):
        return
    folders = tuple(c_search.named_folders((word for verb, word in words if verb == "LDFLAGS"), "-L"))
    for name in names:
        if not any(_holds(built.project, package.folder, folder, name) for folder in folders):
            absolute = tuple(folder for folder in folders if folder.startswith("/"))
            yield CudaLink(name, built.module, absolute)


def _lines(package: Package) -> Iterator[Flags]:
    for line in (line for file in package.files for line in file.head.flags):
        if not line.conditions or any(build_constraint.holds(each, package.target.has) for each in line.conditions):
            yield line


def _holds(project: Project | None, package: str, folder: str, name: str) -> bool:
    """Return whether a folder beside the code has the library."""
    inside = resolved_path(package, folder.replace(SOURCE_FOLDER, "."))
    if project is None or inside is None:
        return False
    return any(project.has(joined_path(inside, f"lib{name[2:]}{suffix}")) for suffix in (".so", ".a"))


def _of_import(path: str) -> Iterator[CudaLink]:
    module = next((above for above in ancestors(path) if above in cuda.LINKED_BY), "")
    yield from (CudaLink(name, module, (), True) for name in cuda.LINKED_BY.get(module, ()))


def linker_flags(host: Host, folders: Iterable[str]) -> str:
    """Return the value of CGO_LDFLAGS with these folders; it replaces the default value, which stays first."""
    kept = host.go_values().get("CGO_LDFLAGS") or DEFAULT_FLAGS
    return " ".join((kept, *(f"-L{folder}" for folder in folders)))
