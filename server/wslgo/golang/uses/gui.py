"""Which toolkit a Go program opens windows with, told from its imports, and what it needs of the session for that."""

from collections.abc import Iterable
from typing import NamedTuple

from wslgo.golang.project import GoFile, Package, Project, Target
from wslgo.knowledge import gui
from wslgo.knowledge.gui import Toolkit
from wslgo.text.span import Span


class Windows(NamedTuple):
    """A place that shows that a program opens windows: an import of a toolkit."""

    path: str
    span: Span
    what: str
    toolkit: Toolkit


def toolkit_of(project: Project, package: Package, files: Iterable[GoFile]) -> Windows | None:
    """What a program made of these files opens windows with, its own package before those it imports."""
    for _, built in project.reached(package, files):
        found = _first(built)
        if found is not None:
            return found
    return None


def displays(toolkit: Toolkit, target: Target) -> tuple[str, ...]:
    """What a toolkit built for a target talks to, its first choice first."""
    left = (toolkit.tags[tag] for tag in toolkit.tags if tag in target.tags)
    return next(left, toolkit.displays)


def tags_needed(toolkit: Toolkit, target: Target) -> tuple[str, ...]:
    """The tag without which a program builds and then refuses to run: with Wails 2 that for development."""
    return () if target.tags & {*toolkit.modes} else toolkit.modes[:1]


def variables(toolkit: Toolkit, target: Target, folder: str) -> dict[str, str]:
    """What a session must set for windows and sound, as WSLg does that is mounted at `folder`."""
    wanted = {name: value for one in displays(toolkit, target) for name, value in gui.DISPLAY_VARIABLES[one].items()}
    wanted |= gui.SOUND_VARIABLES if toolkit.has_sound else {}
    return {name: value.replace("{folder}", folder) for name, value in wanted.items()}


def _first(files: tuple[GoFile, ...]) -> Windows | None:
    """The import of a package that comes first in the table of toolkits."""
    for toolkit in gui.TOOLKITS:
        for file in files:
            for path, span, _ in file.head.imports:
                if _opens(path, toolkit):
                    return Windows(file.path, span, path, toolkit)
    return None


def _opens(path: str, toolkit: Toolkit) -> bool:
    return path in toolkit.imports or (toolkit.is_deep and any(path.startswith(f"{one}/") for one in toolkit.imports))
