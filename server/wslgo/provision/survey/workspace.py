"""The Go modules around a folder: the Go they ask for, and what else it takes to build and run them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, cast

from wslgo.golang import c_libraries, cuda_links
from wslgo.golang.containers.gpu import gpu_files
from wslgo.golang.disk import Disk, project_of
from wslgo.golang.package import BuildTarget, Package
from wslgo.golang.project import Project
from wslgo.golang.uses import cuda, gui
from wslgo.golang.workspace import Library, Workspace
from wslgo.knowledge import c_libraries as known_libraries
from wslgo.knowledge.gui import Toolkit
from wslgo.provision.survey.checkouts import compares_modes
from wslgo.provision.survey.outside_module import outside_module
from wslgo.provision.survey.repository_owner import rejected
from wslgo.provision.target import Target
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File
from wslgo.syntax.go import goflags, mod_file
from wslgo.syntax.go.command_line import tags_in
from wslgo.syntax.go.flag_value import tags_of
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.launch import configurations
from wslgo.system import repository
from wslgo.system.reader import leads_out, read_regular
from wslgo.text.source import decode

_CGO = BuildTarget(has_cgo=True)
_ALSA = ("alsa", "-lasound")
_OF_DRIVER = "-lcuda"  # comes with the Windows driver, without any toolkit


class WorkspaceFacts(NamedTuple):
    """The needs of the workspace; None without Go code."""

    workspace: Workspace | None


def module_texts(folder: Path) -> Iterator[str]:
    """Yield the texts of the nearest go.work and go.mod; the search ends at the root of a repository."""
    for path in module_files(folder):
        yield read_regular(path).decode("utf-8", "replace")


class Surroundings(NamedTuple):
    """The variables that a survey depends on, and whether the libraries of the machine can be looked for.

    `module_cache` is the path of GOMODCACHE on the machine, "" if unknown; `pkg_config_path` is PKG_CONFIG_PATH.
    """

    goflags: str = ""
    module_cache: str = ""
    pkg_config_path: str = ""
    has_libraries: bool = True
    environment: Mapping[str, str] = {}


_NOTHING_KNOWN = Surroundings()


def surroundings(values: Mapping[str, str], environment: Mapping[str, str], *, has_libraries: bool) -> Surroundings:
    """Return what a survey depends on, from the values of Go variables and the environment."""
    return Surroundings(
        values.get("GOFLAGS", ""),
        values.get("GOMODCACHE", ""),
        environment.get("PKG_CONFIG_PATH", ""),
        has_libraries,
        environment,
    )


def workspace_facts(folder: Path, target: Target, around: Surroundings = _NOTHING_KNOWN) -> WorkspaceFacts:
    """Find out what the modules around a folder need."""
    return WorkspaceFacts(workspace_of(folder, target, around))


def workspace_of(folder: Path, target: Target, around: Surroundings = _NOTHING_KNOWN) -> Workspace | None:
    """Return what the modules around a folder need; None without Go code."""
    if not module_files(folder):
        found = outside_module(folder)
        return None if found is None else Workspace(outside_module=found)
    project = project_of(str(folder / ".vscode" / "launch.json"))
    packages = tuple(project.packages(_CGO))
    toolkits = tuple({toolkit.name: toolkit for toolkit in _toolkits(project, packages)}.values())
    tags = goflags.tags(around.goflags) | _tags_of_editor(folder)
    build, cache = _CGO._replace(tags=tags), _module_cache(target, around)
    libraries = tuple(sorted(c_libraries.libraries(project, cache, build)))
    links = tuple(cuda_links.cuda_links(project, cache, build))
    missing = tuple(_missing_libraries(libraries, target, around))
    uses_cgo = any(package.uses_cgo for package in packages) or any(toolkit.needs_cgo for toolkit in toolkits)
    uses_cgo = uses_cgo or bool(missing)
    uses_cuda = any(cuda.could_use(project, package) for package in packages)
    containers = gpu_files(project)
    return Workspace(
        _folder(folder, target),
        uses_cgo,
        uses_cuda,
        any(_needs_cuda_toolkit(project, package) for package in packages),
        tuple(toolkit.name for toolkit in toolkits),
        tuple(sorted({name for toolkit in toolkits for name in gui.packages(toolkit, tags)})),
        missing,
        *_lines(module_files(folder)[0]),
        rejected(folder, around.environment) if _asks_git(packages, target, around) else None,
        any(library.name in _ALSA for library in libraries),
        gpu_containers=containers.with_gpu,
        plain_containers=containers.without if uses_cuda else (),
        cuda_links=links,
        compares_modes=compares_modes(folder),
    )


def _asks_git(packages: tuple[Package, ...], target: Target, around: Surroundings) -> bool:
    """Return whether go asks git of this machine for the commit, which it writes into programs."""
    is_here = around.has_libraries and not target.is_tree
    return is_here and any(package.is_main for package in packages) and not goflags.is_off(around.goflags, "buildvcs")


def _module_cache(target: Target, around: Surroundings) -> Project | None:
    """Return the modules that go has downloaded."""
    folder = str(target.root / around.module_cache.lstrip("/")) if around.module_cache else ""
    # A link in a tree must not lead to the module cache of this machine.
    within = (str(target.root.resolve()),)
    return Project(Disk(folder, within)) if folder and Path(folder).is_dir() else None


def _missing_libraries(libraries: tuple[Library, ...], target: Target, around: Surroundings) -> Iterator[Library]:
    """Yield those that are not where pkg-config and the linker look."""
    machine = Disk(str(target.root)) if around.has_libraries else None
    configured = tuple(path.lstrip("/") for path in around.pkg_config_path.split(":") if path.startswith("/"))
    for library in libraries:
        if machine is None or not _is_installed(library.name, machine, configured):
            yield library


def _is_installed(name: str, machine: Disk, configured: tuple[str, ...]) -> bool:
    if name.startswith("-l"):
        names = {f"lib{name[2:]}.so", f"lib{name[2:]}.a"}
        return any(names & {*machine.entries(folder).files} for folder in known_libraries.LINKER_FOLDERS)
    folders = (*configured, *known_libraries.PKG_CONFIG_FOLDERS)
    return any(f"{name}.pc" in machine.entries(folder).files for folder in folders)


def _lines(path: Path) -> tuple[str, str]:
    """Return the go and the toolchain line of a go.mod or go.work."""
    source = decode(read_regular(str(path)))
    tree = mod_file.parse_work(source) if path.name == "go.work" else mod_file.parse(source)
    return tree.go.version if tree.go else "", tree.toolchain.name if tree.toolchain else ""


def is_inside(path: Path) -> bool:
    """Return whether a path is a file of the repository, and not a link out of it."""
    return not leads_out(str(path), repository.around(str(path.parent))) and path.is_file()


def module_files(folder: Path) -> list[Path]:
    """Return the nearest go.work and go.mod; a link that leads out of the repository is not followed."""
    for parent in repository.upwards(str(folder.absolute())):
        files = [path for path in (Path(parent, "go.work"), Path(parent, "go.mod")) if is_inside(path)]
        if files:
            return files
    return []


def _needs_cuda_toolkit(project: Project, package: Package) -> bool:
    """Return whether nvcc compiles parts of a package, or cgo needs headers and libraries of the toolkit."""
    evidence = cuda.evidence_in_package(project, package) if package.uses_cgo else ()
    kernels = (sign.what for sign in evidence if sign.use is cuda.CudaUse.KERNELS)
    return bool(package.cuda_files) or any(
        what.startswith("-l") or what.endswith(".h") for what in kernels if what != _OF_DRIVER
    )


def _toolkits(project: Project, packages: tuple[Package, ...]) -> Iterator[Toolkit]:
    for package in packages:
        found = gui.toolkit_of(project, package, package.files) if package.is_main else None
        if found is not None:
            yield found.toolkit


def _tags_of_editor(folder: Path) -> frozenset[str]:
    """Return the build tags in the settings and launch configurations of a folder."""
    found: set[str] = set()
    for name in ("settings.json", "launch.json"):
        path = folder / ".vscode" / name
        family = family_of(f".vscode/{name}")
        if family is None or not is_inside(path):
            continue
        file = File(str(path), family, decode(read_regular(path)))
        root = cast("Jsonc", file.tree).root
        tags, flags = (root.get(f"go.{key}") if root else None for key in ("buildTags", "buildFlags"))
        found |= tags_of(tags.string or "") if tags else set()
        found |= tags_in(tuple(node.string or "" for node in flags.elements)) if flags else set()
        for configuration in configurations(file):
            found |= configuration.build_tags()
    return frozenset(found)


def _folder(folder: Path, target: Target) -> str:
    """Return the path of the folder on the machine; "" outside of it."""
    real = folder.resolve()
    return target.inner(real) if real.is_relative_to(target.root) else ""
