"""The Go variables that a file sets, whatever its syntax.

`assignments` looks at one file; whether an env file counts depends on the launch configurations next to it
(`effective_assignments`).
"""

import re

from wslgo.goenv.assignment import FOLDERS, LIKE_GO, Assignment, Scope, is_go_variable
from wslgo.goenv.editor_json import OF_USER, OF_WINDOWS, env_files, names_files, of_editor
from wslgo.goenv.line_files import of_dotenv, of_goenv, of_shell
from wslgo.goenv.mention import mentions_variable
from wslgo.machine.host import Host
from wslgo.syntax.family import (
    COMPOSE,
    DEVCONTAINER,
    DOCKERFILE,
    DOTENV,
    ENVIRONMENT,
    ENVRC,
    FISH,
    GITLAB,
    GOENV,
    LAUNCH,
    MAKEFILE,
    MISE,
    SERVICES,
    SETTINGS,
    SHELL,
    SHIPPED,
    TASKS,
    WORKFLOW,
    WORKSPACE,
)
from wslgo.syntax.file import File
from wslgo.syntax.memo import of_last
from wslgo.text.pattern import pattern
from wslgo.text.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # most files need no parser
    from wslgo.syntax.shell.script import Shell

_INCLUDE = pattern(r"^[ ]*[-s]?include[ \t]+([^\n#]*)", re.MULTILINE)
_SPECIAL = pattern(r"['\"$#\\~`%;&|<>()]")
# The settings of the machine, which Remote-WSL and Remote-SSH keep with VS Code's server.
_OF_MACHINE = pattern(r"/\.vscode-server[^/]*/data/(?:Machine|User)/settings\.json\Z")
_OF_HOME = (".config/", ".local/", ".vscode-server")

_READERS = {
    LAUNCH: of_editor,
    TASKS: of_editor,
    DEVCONTAINER: of_editor,
    SETTINGS: of_editor,
    WORKSPACE: of_editor,
    GOENV: of_goenv,
    SHIPPED: of_goenv,
    DOTENV: of_dotenv,
    SHELL: of_shell,
    FISH: of_shell,
    ENVIRONMENT: of_shell,
    SERVICES: of_shell,
    ENVRC: of_shell,
    MAKEFILE: of_shell,
    DOCKERFILE: of_shell,
    COMPOSE: of_shell,
    WORKFLOW: of_shell,
    GITLAB: of_shell,
    MISE: of_shell,
}


def assignments(file: File) -> tuple[Assignment, ...]:
    """Return the assignments of Go variables in a file, in the order of the text."""
    return file.ask(_assignments)


def _assignments(file: File) -> tuple[Assignment, ...]:
    name = file.family.name
    if file.is_too_large or name not in _READERS or not mentions_variable(file.source.text):
        return ()
    return tuple(found for found in file.ask(_all_assignments) if is_go_variable(found.name))


def other_assignments(file: File) -> tuple[Assignment, ...]:
    """Return the assignments of variables with a name like those of Go, which the go command does not read."""
    if file.is_too_large or file.family.name not in _READERS or not mentions_variable(file.source.text):
        return ()
    found = file.ask(_all_assignments)
    return tuple(each for each in found if LIKE_GO.match(each.name) and not is_go_variable(each.name))


def every_assignment(file: File) -> tuple[Assignment, ...]:
    """Return the assignments of a file whatever their names; in the JSON of editors those of names that wslgo knows."""
    return () if file.is_too_large or file.family.name not in _READERS else file.ask(_all_assignments)


def _all_assignments(file: File) -> tuple[Assignment, ...]:
    return tuple(_READERS[file.family.name](file))


def effective_assignments(file: File, others: tuple[File, ...]) -> tuple[Assignment, ...]:
    """Return the assignments of a file that act.

    An env file counts when a launch configuration names it, and a shell variable when it is exported, perhaps by
    another file: to go it does not exist otherwise.
    """
    if file.family.name == DOTENV and not is_named(file, others):
        return ()
    found = assignments(file)
    if all(assignment.is_exported for assignment in found):
        return found
    exported = _names_of_make(file, others) if file.family.name == MAKEFILE else exported_names(others)
    return tuple(assignment for assignment in found if assignment.is_exported or assignment.name in exported)


def assignments_without_reader(file: File, others: tuple[File, ...]) -> tuple[Assignment, ...]:
    """Return the assignments of an env file that nothing names, as far as they mean the same to every program.

    A folder can be one outside of a container.
    """
    if file.family.name != DOTENV or is_named(file, others):
        return ()
    plain = (found for found in assignments(file) if found.name not in FOLDERS and _is_plain(found))
    return tuple(found._replace(scope=Scope.UNNAMED, removal=None) for found in plain)


def _is_plain(assignment: Assignment) -> bool:
    value = assignment.value
    is_bare = assignment.is_literal and assignment.word_span == assignment.value_span
    return value is not None and is_bare and not _SPECIAL.search(value) and value.strip() == value


@of_last
def exported_names(files: tuple[File, ...]) -> frozenset[str]:
    """Return the Go variables that shell files export, also without a value."""
    return frozenset(name for file in files if file.family.name in (SHELL, FISH) for name in file.ask(_exported))


def _exported(file: File) -> frozenset[str]:
    if file.is_too_large or not mentions_variable(file.source.text):
        return frozenset()
    listed = cast("Shell", file.tree).exported
    return frozenset(
        (
            *(found.name for found in assignments(file) if found.is_exported),
            *(name for name in listed if is_go_variable(name)),
        )
    )


def _names_of_make(file: File, others: tuple[File, ...]) -> frozenset[str]:
    """Return the Go variables of a makefile that one beside it exports, which includes it or is included."""
    beside = [other for other in others if other.family.name == MAKEFILE and _is_included(file, other)]
    names = frozenset(name for other in beside for name in cast("Shell", other.tree).exported)
    return frozenset(found.name for found in assignments(file)) if "*" in names else names


def _is_included(file: File, other: File) -> bool:
    pairs = ((file, other), (other, file))
    return any(
        inner.path.rpartition("/")[2] in line.split()
        for outer, inner in pairs
        for line in _INCLUDE.findall(outer.source.text)
    )


def is_named(file: File, others: tuple[File, ...]) -> bool:
    """Return whether a launch configuration or `go.testEnvFile` names an env file."""
    return any(path in (file.path, file.place) for other in others if names_files(other) for path in env_files(other))


def is_read_on(file: File, host: Host) -> bool:
    """Return whether this machine reads a file: a user's file in a dotfiles repository can be for another machine.

    Files of the workspace are always read. Without a place or a home the answer is unknown, and counts as yes.
    """
    if not _is_personal(file) or not file.place or host.home is None or OF_WINDOWS in file.place:
        return True
    return is_own(file, host)


def is_own(file: File, host: Host) -> bool:
    """Return whether a file is known to be this machine's own, and not one that is on its way to others.

    The machine's own files are those of its user and of `/etc`, in the places where programs read them.
    """
    if not file.place or not (_is_personal(file) or _OF_MACHINE.search(file.place)):
        return False
    if host.home is None:
        return False
    folder = file.place.rpartition("/")[0]
    homes = tuple(f"{host.home}/{name}" for name in _OF_HOME)
    return folder == host.home or file.place == host.goenv_path or f"{folder}/".startswith(("/etc/", *homes))


def _is_personal(file: File) -> bool:
    """Return whether a file sets variables for a user or a whole machine, and not for a workspace."""
    return file.family.name in (SHELL, FISH, ENVIRONMENT, SERVICES, GOENV) or bool(OF_USER.search(file.place))
