"""The C libraries that the packages of a workspace and their dependencies are built against.

Read from `#cgo` lines in the workspace, in `vendor` and in the module cache. Where the source of a dependency is not on
the machine, what is known of its import path counts.
"""

from collections.abc import Iterable, Iterator, Mapping

from wslgo.golang.package import BuildTarget, Package
from wslgo.golang.paths import ancestors, joined_path, resolved_path
from wslgo.golang.project import GO_MOD, Module, Project
from wslgo.golang.workspace import Library
from wslgo.knowledge import c_libraries
from wslgo.syntax.go import build_constraint
from wslgo.syntax.go.escaped_path import escaped
from wslgo.syntax.go.file_head import Flags
from wslgo.text.typing import NamedTuple

_MOST_PACKAGES = 3000
_LONGEST_PATH = 1000


class _Dependency(NamedTuple):
    """The source of a package: the project that holds it, and its folder there; no project if it is not here."""

    module: str
    project: Project | None
    folder: str
    root: str = ""  # the folder of its module in the module cache


class BuiltPackage(NamedTuple):
    """A package of a build, and the module that brings it; `package` is None if its source is not here."""

    path: str
    module: str
    package: Package | None
    project: Project | None


def libraries(project: Project, cache: Project | None, target: BuildTarget) -> Iterator[Library]:
    """Yield each C library that a build of the workspace needs and a package is known for; `cache` has the modules."""
    found: dict[str, Library] = {}
    for built in built_packages(project, cache, target):
        if built.package is None:
            for library in _known_libraries(built.path):
                found.setdefault(library.name, library)
            continue
        for name in _names_in(built.package):
            found.setdefault(name, Library(name, c_libraries.package_of(name), built.module))
    return (library for library in found.values() if library.package)


def built_packages(project: Project, cache: Project | None, target: BuildTarget) -> Iterator[BuiltPackage]:
    """Yield the packages of a workspace, and then all that they import; `cache` has the modules."""
    packages = tuple(project.packages(target))
    for package in packages:
        module = project.module_of(package.folder)
        yield BuiltPackage("", module.path if module else "", package, project)
    for module in {project.module_of(package.folder) for package in packages}:
        if module is not None:
            own = (package for package in packages if project.module_of(package.folder) == module)
            yield from _dependencies(_Search(project, cache, module), own, target)


def _dependencies(search: "_Search", packages: Iterable[Package], target: BuildTarget) -> Iterator[BuiltPackage]:
    waiting = [(path, "") for package in packages for path in _imports(package)]
    seen: set[str] = set()
    for path, importer in waiting:
        if path in seen or len(seen) == _MOST_PACKAGES:
            continue
        seen.add(path)
        dependency = search.dependency(path, importer)
        package = None
        if dependency is not None and dependency.project is not None:
            package = dependency.project.package(dependency.folder, target)
        if package is None or dependency is None:
            yield BuiltPackage(path, path, None, None)
            continue
        yield BuiltPackage(path, dependency.module, package, dependency.project)
        waiting += ((other, dependency.root) for other in _imports(package))


class _Search:
    """The dependencies of a module: its requirements decide versions, and then those of the importing module."""

    def __init__(self, project: Project, cache: Project | None, module: Module) -> None:
        self._project = project
        self._cache = cache
        self._module = module
        self._versions = _versions(module)
        self._replaced = {replacement.old.path: replacement.new for replacement in module.file.replace}
        self._own = tuple(other.path for other in project.modules())

    def dependency(self, path: str, importer: str) -> _Dependency | None:
        """Return where an imported package is; None for the standard library and the workspace."""
        if "." not in path.partition("/")[0] or len(path) > _LONGEST_PATH or self._is_own(path):
            return None
        vendored = joined_path(self._module.folder, f"vendor/{path}")
        if self._project.package(vendored) is not None:
            return _Dependency(path, self._project, vendored)
        for name in ancestors(path):
            version = self._versions.get(name) or self._of_importer(importer).get(name)
            if version is not None:
                return self._in_cache(name, version, path[len(name) :].lstrip("/"))
        return None

    def _is_own(self, path: str) -> bool:
        return any(path == own or path.startswith(f"{own}/") for own in self._own if own)

    def _in_cache(self, name: str, version: str, inside: str) -> _Dependency:
        new = self._replaced.get(name)
        if new is not None and not new.version:
            folder = resolved_path(self._module.folder, new.path)
            return _Dependency(name, self._project if folder is not None else None, joined_path(folder or "", inside))
        if new is not None:
            root = f"{escaped(new.path)}@{escaped(new.version)}"
        else:
            root = f"{escaped(name)}@{escaped(version)}"
        return _Dependency(name, self._cache, joined_path(root, inside), root)

    def _of_importer(self, root: str) -> Mapping[str, str]:
        """Return the requirements of a module in the cache: a go.mod that is not tidy lacks those of others."""
        if not root or self._cache is None or not self._cache.has(joined_path(root, GO_MOD)):
            return {}
        module = self._cache.module_of(root)
        return {} if module is None else _versions(module)


def _versions(module: Module) -> dict[str, str]:
    return {requirement.target.path: requirement.target.version for requirement in module.file.require}


def _imports(package: Package) -> Iterator[str]:
    return (imported.path for file in package.files for imported in file.head.imports if imported.path != "C")


def _names_in(package: Package) -> Iterator[str]:
    """Yield the libraries that the `#cgo` lines of a package name, if it does not bring some of its own."""
    lines = (line for file in package.files for line in _lines(file.head.flags, package.target))
    words = [(line.verb, word) for line in lines for word, _ in line.words]
    brings_own = any(verb == "LDFLAGS" and _names_folder(word) for verb, word in words)
    for verb, word in words:
        if (verb == "pkg-config" and not word.startswith("-")) or (
            verb == "LDFLAGS" and word.startswith("-l") and not brings_own
        ):
            yield word


def _names_folder(word: str) -> bool:
    """Return whether a flag for the linker names a folder that is not one of the system."""
    return "${SRCDIR}" in word or (word.startswith("-L") and not word.startswith("-L/usr/"))


def _lines(flags: Iterable[Flags], target: BuildTarget) -> Iterator[Flags]:
    for line in flags:
        if not line.conditions or any(build_constraint.holds(condition, target.has) for condition in line.conditions):
            yield line


def _known_libraries(path: str) -> Iterator[Library]:
    module = next((above for above in ancestors(path) if above in c_libraries.IMPORTS), "")
    for name in c_libraries.IMPORTS.get(module, ()):
        yield Library(name, c_libraries.package_of(name), module)
