"""The part of a program that `CGO_ENABLED=0` leaves without any file."""

from wslgo.golang.package import BuildTarget, GoFile, Package
from wslgo.golang.project import Project
from wslgo.knowledge import cuda
from wslgo.launch.program import target_of
from wslgo.syntax.json.launch import Configuration
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class EmptyPackage(NamedTuple):
    """A package that cannot be built without cgo: a folder of the workspace, or an import from another module.

    `path` and `span` are the import of the other module, "" for a folder.
    """

    name: str
    path: str = ""
    span: Span = Span(0, 0)


def empty_package(configuration: Configuration, project: Project, workspace: str) -> EmptyPackage | None:
    """Return the first package of an entry's program that has only files with cgo; None if the build succeeds.

    `workspace` is the absolute path of the folder that holds `.vscode`.
    """
    enabled, path = configuration.variable("CGO_ENABLED"), configuration.text("program")
    folder = project.resolved_path(path, workspace) if path else None
    if enabled is None or enabled.string != "0" or folder is None or folder.endswith(".go"):
        return None
    target = target_of(configuration)
    package = project.package(folder, target)
    if package is None:
        return None
    if _is_emptied(package, project, target):
        return EmptyPackage(project.shown_path(folder) or ".")
    tests = package.tests if configuration.mode == "test" else ()
    for built, files in project.packages_of_program(package, (*package.files, *tests)):
        if _is_emptied(built, project, target):
            return EmptyPackage(project.shown_path(built.folder) or ".")
        found = next((each for file in files for each in _imports(file)), None)
        if found is not None:
            return found
    return None


def empty_package_of_workspace(project: Project) -> EmptyPackage | None:
    """Return a program, or a package that a built one imports, which has no file without cgo; None if all have some."""
    target = project.target._replace(has_cgo=False)
    for package in project.packages(target):
        if _is_emptied(package, project, target):
            with_cgo = project.package(package.folder, target._replace(has_cgo=True))
            # `./...` silently leaves out a package that nothing imports.
            if with_cgo is not None and with_cgo.is_main:
                return EmptyPackage(project.shown_path(package.folder) or ".")
        for imported in project.imported_packages(package, package.files):
            if _is_emptied(imported, project, target):
                return EmptyPackage(project.shown_path(imported.folder) or ".")
    return None


def _is_emptied(package: Package, project: Project, target: BuildTarget) -> bool:
    """Return whether a package has files with cgo, and none without."""
    if package.files or package.tests:
        return False
    with_cgo = project.package(package.folder, target._replace(has_cgo=True))
    return with_cgo is not None and bool(with_cgo.files)


def _imports(file: GoFile) -> "list[EmptyPackage]":
    """Return the imports of packages of other modules that need cgo."""
    return [
        EmptyPackage(imported.path, file.path, imported.span)
        for imported in file.head.imports
        if _needs_cgo(imported.path)
    ]


def _needs_cgo(path: str) -> bool:
    if any(path == name or path.startswith(f"{name}/") for name in cuda.IMPORTS_WITH_CGO):
        return True
    from wslgo.knowledge import gui  # a large table, needed only where cgo is off

    return any(path in toolkit.imports for toolkit in gui.TOOLKITS if toolkit.needs_cgo)
