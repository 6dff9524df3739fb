"""The GUI toolkit that a Go program imports, and the session variables it needs."""

from collections.abc import Iterable
from typing import NamedTuple

from wslgo.golang.package import BuildTarget, GoFile, Package
from wslgo.golang.project import Project
from wslgo.knowledge import gui
from wslgo.knowledge.gui import Toolkit
from wslgo.text.span import Span


class ToolkitImport(NamedTuple):
    """The import of a toolkit: the evidence that a program opens windows."""

    path: str
    span: Span
    what: str
    toolkit: Toolkit


def toolkit_of(project: Project, package: Package, files: Iterable[GoFile]) -> ToolkitImport | None:
    """Return the first toolkit import in a program built from these files: its own package, then the imports."""
    for _, built in project.packages_of_program(package, files):
        found = _first(built)
        if found is not None:
            return found
    return None


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
