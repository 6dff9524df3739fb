"""The Go modules around a folder: which Go they ask for, and what else building and running them takes."""

from collections.abc import Iterator
from pathlib import Path

from wslgo.golang.disk import project_of
from wslgo.golang.package import BuildTarget, Package
from wslgo.golang.project import Project
from wslgo.golang.uses import cuda, gui
from wslgo.knowledge.gui import Toolkit
from wslgo.provision.model.facts import Workspace
from wslgo.provision.target import Target
from wslgo.system.reader import read_regular

_CGO = BuildTarget(has_cgo=True)
_OF_DRIVER = "-lcuda"  # what the driver of Windows brings, without any toolkit


def module_texts(folder: Path) -> Iterator[str]:
    """The nearest go.work and go.mod; the search ends at the root of a repository."""
    for path in _module_files(folder):
        yield read_regular(path).decode("utf-8", "replace")


def workspace_of(folder: Path, target: Target) -> Workspace | None:
    """What the modules around a folder need; None where there is no module."""
    if not _module_files(folder):
        return None
    project = project_of(str(folder / ".vscode" / "launch.json"))
    packages = tuple(project.packages(_CGO))
    toolkits = tuple({one.name: one for one in _toolkits(project, packages)}.values())
    uses_cgo = any(one.uses_cgo for one in packages) or any(one.needs_cgo for one in toolkits)
    return Workspace(
        _folder(folder, target),
        uses_cgo,
        any(cuda.could_use(project, one) for one in packages),
        any(_takes_toolkit(project, one) for one in packages),
        tuple(one.name for one in toolkits),
        tuple(sorted({name for one in toolkits for name in one.packages})),
    )


def _module_files(folder: Path) -> list[Path]:
    for one in (folder, *folder.parents):
        found = [path for path in (one / "go.work", one / "go.mod") if path.is_file()]
        if found or (one / ".git").exists():
            return found
    return []


def _takes_toolkit(project: Project, package: Package) -> bool:
    """Whether nvcc compiles parts of a package, or cgo takes headers and libraries that come with it."""
    shown = cuda.evidence_in_package(project, package) if package.uses_cgo else ()
    kernels = (one.what for one in shown if one.use is cuda.CudaUse.KERNELS)
    return bool(package.cuda_files) or any(
        what.startswith("-l") or what.endswith(".h") for what in kernels if what != _OF_DRIVER
    )


def _toolkits(project: Project, packages: tuple[Package, ...]) -> Iterator[Toolkit]:
    for package in packages:
        found = gui.toolkit_of(project, package, package.files) if package.is_main else None
        if found is not None:
            yield found.toolkit


def _folder(folder: Path, target: Target) -> str:
    """The folder as the machine knows it."""
    real = folder.resolve()
    return target.inner(real) if real.is_relative_to(target.root) else ""
