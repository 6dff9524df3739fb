"""The go command that builds a module, for rules: its version, and the variables that choose a toolchain."""

import posixpath
import re
from collections.abc import Callable

from wslgo.linter.scene import Scene
from wslgo.machine.host import Host, Variable
from wslgo.syntax.family import GOMOD, GOWORK
from wslgo.syntax.file import File
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.syntax.memo import of_last
from wslgo.text.pattern import pattern
from wslgo.text.typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:  # where the go command is not known, a go.mod needs none of them
    from wslgo.goenv.assignment import Assignment
    from wslgo.golang.toolchain import GoCommand, Lines

# The facts that the go command of a module depends on.
NEEDS = ("go", "go_variables", "goenv_path", "home")

_TEST_DATA = "/testdata/"
_MODULE = pattern(r"^module[ \t]+([^\s\"`]+)", re.MULTILINE)


class Setting(NamedTuple):
    """The value of a variable in effect, None if unknown, and the assignment in a file that sets it."""

    value: str | None
    assignment: "Assignment | None" = None


def lines_of(tree: GoMod | GoWork) -> "Lines":
    """Return the lines that choose a toolchain."""
    from wslgo.golang.toolchain import Lines  # see above

    return Lines(tree.go.version if tree.go else "", tree.toolchain.name if tree.toolchain else "")


def decides(scene: Scene) -> bool:
    """Return whether go reads the lines of this file: not those of a module in a go.work, nor those of test data."""
    if _TEST_DATA in f"/{_path(scene.file)}":
        return False
    return scene.file.family.name == GOWORK or not works_using(scene)


def works_using(scene: Scene) -> bool:
    """Return whether a go.work in the workspace uses the module of this file."""
    return posixpath.dirname(_path(scene.file)) in _used_folders(scene.others)


@of_last
def modules_beside(others: tuple[File, ...]) -> dict[str, File]:
    """Return the go.mod files among some files by the path of their module; test data and copies do not count.

    Their text is searched, since parsing all modules of a large workspace would take seconds.
    """
    found: dict[str, list[File]] = {}
    for file in others:
        if file.family.name == GOMOD and not any(name in f"/{_path(file)}" for name in (_TEST_DATA, "/vendor/")):
            module = _MODULE.search(file.source.text)
            if module is not None:
                found.setdefault(module[1], []).append(file)
    return {path: files[0] for path, files in found.items() if len(files) == 1}


def command_for(scene: Scene) -> "GoCommand | None":
    """Return the go command in effect in the folder of a file; None if its version is unknown."""
    return _command(scene.host, lambda name: setting_of(name, scene).value)


def command_on(host: Host) -> "GoCommand | None":
    """Return the go command of a machine; None if its version is unknown."""
    return _command(host, host.go_values().get)


def setting_of(name: str, scene: Scene) -> Setting:
    """Return what sets a Go variable in the folder of a file."""
    from wslgo.goenv import reach, readers  # see above
    from wslgo.goenv.assignment import NARROW
    from wslgo.goenv.precedence import assignment_in_effect

    assignments = [
        assignment
        for file in reach.setters(scene.others)
        if readers.is_read_on(file, scene.host)
        for assignment in readers.assignments(file)
        if assignment.name == name
    ]
    found = assignment_in_effect(name, assignments, scene.host) if assignments else None
    if found is None:
        is_open = any(assignment.scope not in NARROW for assignment in assignments)
        return Setting(None if is_open else scene.host.go_values().get(name))
    return Setting(found.value, None if isinstance(found, Variable) else found)


def _command(host: Host, value_of: Callable[[str], str | None]) -> "GoCommand | None":
    text = host.go.version or "" if host.go is not None else ""
    if not text:
        return None
    from wslgo.golang.toolchain import GoCommand  # see above
    from wslgo.knowledge.version import go_version

    version = go_version(text.removeprefix("go"))
    if version is None or (host.go is not None and host.go.problem):  # `machine/go-fails`
        return None
    module_mode = value_of("GO111MODULE") or ""
    return GoCommand(version, value_of("GOTOOLCHAIN"), value_of("GOPROXY"), value_of("GOSUMDB"), module_mode)


@of_last
def _used_folders(others: tuple[File, ...]) -> frozenset[str]:
    """Return the folders that the go.work files among some files use."""
    works = (file for file in others if file.family.name == GOWORK)
    return frozenset(
        posixpath.normpath(posixpath.join(posixpath.dirname(_path(work)), use.path))
        for work in works
        for use in cast("GoWork", work.tree).use
    )


def _path(file: File) -> str:
    return posixpath.normpath(file.place or file.path)
