"""The GUI toolkit that a Go program imports, and the session variables it needs."""

from collections.abc import Collection, Iterable, Iterator

from wslgo.golang.package import BuildTarget, GoFile, Package
from wslgo.golang.project import Module, Project
from wslgo.knowledge import gui
from wslgo.knowledge.gui import Release, Toolkit
from wslgo.knowledge.version import module_version
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class ToolkitImport(NamedTuple):
    """The import of a toolkit: the evidence that a program opens windows."""

    path: str
    span: Span
    what: str
    toolkit: Toolkit


def toolkit_of(project: Project, package: Package, files: Iterable[GoFile]) -> ToolkitImport | None:
    """Return the first toolkit import in a program built from these files: its own package, then the imports."""
    module = project.module_of(package.folder)
    for _, built in project.packages_of_program(package, files):
        found = _first(built)
        if found is not None:
            return found._replace(toolkit=_in_release(found.toolkit, module))
    return None


def packages(toolkit: Toolkit, tags: Collection[str] = ()) -> tuple[str, ...]:
    """Return the packages of apt that a build with these tags needs."""
    spared = {name for tag, names in toolkit.spare.items() if tag in tags for name in names}
    return tuple(name for name in toolkit.packages if name not in spared)


def displays(toolkit: Toolkit, target: BuildTarget) -> tuple[str, ...]:
    """Return the display servers that a toolkit built for a target supports, preferred first."""
    chosen_by_tag = (toolkit.tags[tag] for tag in toolkit.tags if tag in target.tags)
    return next(chosen_by_tag, toolkit.displays)


def tags_needed(toolkit: Toolkit, target: BuildTarget) -> tuple[str, ...]:
    """Return the tag a program needs to start after it was built: with Wails 2 the one for development."""
    return () if target.tags & {*toolkit.modes} else toolkit.modes[:1]


def variables(toolkit: Toolkit, target: BuildTarget, folder: str) -> dict[str, str]:
    """Return the variables that a session needs for windows and sound, with WSLg mounted at `folder`."""
    wanted = {
        name: value for display in displays(toolkit, target) for name, value in gui.DISPLAY_VARIABLES[display].items()
    }
    wanted |= gui.SOUND_VARIABLES if toolkit.has_sound else {}
    return {name: value.replace("{folder}", folder) for name, value in wanted.items()}


def _first(files: tuple[GoFile, ...]) -> ToolkitImport | None:
    """Return the import that is first in the table of toolkits."""
    for toolkit in gui.TOOLKITS:
        for file in files:
            for path, span, _ in file.head.imports:
                if _opens(path, toolkit):
                    return ToolkitImport(file.path, span, path, toolkit)
    return None


def _opens(path: str, toolkit: Toolkit) -> bool:
    return path in toolkit.imports or (
        toolkit.is_deep and any(path.startswith(f"{toolkit_path}/") for toolkit_path in toolkit.imports)
    )


def _in_release(toolkit: Toolkit, module: Module | None) -> Toolkit:
    """Return the toolkit in the release that a module requires; the known one if that is not in its go.mod."""
    newer, older = toolkit.newer, toolkit.older
    if newer is not None and any(_compared(newer, module, is_newer=True)):
        kept = (*toolkit.packages, *(name for name in newer.packages if name not in toolkit.packages))
        return toolkit._replace(displays=newer.displays, packages=kept, tags=newer.tags)
    if older is not None and any(_compared(older, module, is_newer=False)):
        return toolkit._replace(displays=older.displays, packages=older.packages)
    return toolkit


def _compared(release: Release, module: Module | None, *, is_newer: bool) -> Iterator[bool]:
    """Yield for each requirement of a module whether it is of a release, or newer; or else whether it is older."""
    least = {path: module_version(version) for path, version in release.modules}
    for requirement in module.file.require if module is not None else ():
        since, version = least.get(requirement.target.path), module_version(requirement.target.version)
        if since is not None and version is not None:
            yield (version >= since) is is_newer
