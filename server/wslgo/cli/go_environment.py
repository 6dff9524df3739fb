"""The Go variables of a machine with the files that set them: this machine, or a recorded one."""

import os
from collections.abc import Iterator, Mapping

from wslgo.cli.files import Trouble, read_bytes
from wslgo.cli.machine import read_own_files
from wslgo.goenv.editor_json import env_files
from wslgo.goenv.provenance import Files, Kind, Provenance, provenance
from wslgo.knowledge.go_variable_names import FIXED, KNOWN, OF_ENVIRONMENT
from wslgo.machine import go_env
from wslgo.machine.go_env import GoEnvironment
from wslgo.machine.host import DEFAULT, Host, Variable
from wslgo.machine.probe import probe
from wslgo.syntax.family import DOTENV, GOENV, LAUNCH, SETTERS, SETTINGS, WORKSPACE, Family, by_name, family_of
from wslgo.syntax.file import File, read
from wslgo.system.programs import ASKED
from wslgo.system.repository import around, current_folder, root_of, upwards, workspaces
from wslgo.system.this_machine import ThisMachine
from wslgo.text.source import decode
from wslgo.text.typing import NamedTuple

# What `wslgo env` shows without names: all that files and the environment can set, and what tells why.
LISTED = (*sorted(KNOWN | OF_ENVIRONMENT | {"GOMOD", "GOVERSION"}),)
# Where files that set variables are, in the folder that an editor opens.
_FOLDERS = (".vscode", ".devcontainer", ".github/workflows")
FACTS = frozenset(("go_variables", "goenv_path", "home", "editors", "go", "processor", "windows.profile"))


class GoVariables(NamedTuple):
    """A machine and what sets its variables; `defaults` is None if they are not computed."""

    host: Host
    files: Files
    defaults: GoEnvironment | None = None

    def provenance(self, name: str) -> Provenance:
        """Return where the value of a variable comes from."""
        return provenance(name, self.files, self.host)

    def is_changed(self, found: Provenance) -> bool:
        """Return whether a value is not the default; one that is not known counts if something sets it."""
        if found.set_by is None or found.value is None:
            return bool(found.also) and any(place.kind is not Kind.SHIPPED for place in found.also)
        if found.set_by.kind in (Kind.DEFAULT, Kind.SHIPPED) or (found.name, found.value) == ("GO111MODULE", "on"):
            return False
        return self.defaults is None or found.value != self._default(found.name)

    def _default(self, name: str) -> str | None:
        if self.defaults is None:
            return None
        return self.defaults.shipped.get(name, self.defaults.default(name))


def live(environment: Mapping[str, str], folder: str | None = None, more: frozenset[str] = frozenset()) -> GoVariables:
    """Return the variables of this machine, as a program in this terminal and in a folder has them.

    The folder is the current one by default; `more` are facts of the machine to learn as well.
    """
    world, here = ThisMachine(), current_folder() if folder is None else os.path.abspath(folder)
    foreign = workspaces((folder,) if folder else (), environment.get("HOME", ""), here=current_folder())
    host = probe(world, FACTS | more, foreign)
    place = go_env.path_of_file(world.environment)
    if place and host.goenv_path is None and here:
        host = host._replace(goenv_path=os.path.join(here, place))
    own = read_own_files(world, host)
    user = next((go_env.lines_of(file.source) for file in own if file.path == host.goenv_path), {})
    folder = go_env.shipped_folder(world.environment, user, host.go.folder if host.go else None)
    shipped = _go_env_file(world, f"{folder}/go.env") if folder else None
    defaults = GoEnvironment(
        world.environment,
        user,
        go_env.shipped_lines_of(shipped.source) if shipped else {},
        host.goenv_path or "",
        shipped.path if shipped else "",
        host.go.folder if host.go else None,
        host.processor,
        has_compiler=_has_compiler(world.environment.get("PATH", "")),
    )
    files = Files((*own, *_workspace_files(here)), shipped, world.environment.get("TERM_PROGRAM") == "vscode")
    return GoVariables(_with_defaults(host, defaults, here), files, defaults)


def recorded(host: Host, folder: str | None = None) -> GoVariables:
    """Return the variables of a recorded machine, with the files of a folder, by default the current one."""
    variables = host.go_variables or ()
    # Only go reports defaults: what it was asked for and did not report is empty.
    is_reported = any(variable.origin == DEFAULT for variable in variables)
    names = {variable.name for variable in variables}
    empty = (Variable(name, "", DEFAULT) for name in ASKED if is_reported and name in KNOWN - names)
    if host.go_variables is not None:
        host = host._replace(go_variables=(*variables, *empty))
    here = current_folder() if folder is None else os.path.abspath(folder)
    return GoVariables(host, Files(_workspace_files(here)))


def _with_defaults(host: Host, defaults: GoEnvironment, here: str) -> Host:
    """Return the machine with every value that can be computed.

    Of defaults, only constants are those that go reports: it is asked without what leads into a workspace.
    """
    found = {variable.name: variable for variable in _of_folder(defaults, here)}
    if host.go is not None and host.go.version:
        found["GOVERSION"] = Variable("GOVERSION", f"go{host.go.version}", DEFAULT)
    reported = {variable.name: variable for variable in host.go_variables or ()}
    for variable in filter(None, map(defaults.variable, sorted(KNOWN | FIXED))):
        is_reported = variable.origin == DEFAULT and variable.name in go_env.CONSTANTS and variable.name in reported
        if not is_reported and variable.name not in found:
            found[variable.name] = variable
    return host._replace(go_variables=tuple((reported | found).values()))


def _of_folder(defaults: GoEnvironment, here: str) -> Iterator[Variable]:
    """Yield the files that the go command finds from a folder upwards (`go env GOMOD GOWORK`)."""
    mode, module = defaults.value("GO111MODULE"), _upwards(here, "go.mod")
    without = "" if mode == "auto" else os.devnull
    yield Variable("GOMOD", "" if mode == "off" else module or without, DEFAULT)
    if not defaults.set_value("GOWORK"):
        yield Variable("GOWORK", _upwards(here, "go.work"), DEFAULT)


def _upwards(folder: str, name: str) -> str:
    """Return the nearest file of a name in a folder or above it, "" without one."""
    while folder:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        folder = above if above != folder else ""
    return ""


def _go_env_file(world: ThisMachine, path: str) -> File | None:
    """Return `$GOROOT/go.env`, which has the syntax of a go env file."""
    data, family = world.read(path), by_name(GOENV)
    return None if data is None or family is None else read(path, family, decode(data), path)


def _has_compiler(search_path: str) -> bool:
    """Return whether the compiler that go calls by default is in PATH."""
    from shutil import which  # the command line does without, elsewhere

    return which("gcc", path=search_path) is not None


def _workspace_files(here: str) -> tuple[File, ...]:
    """Return the files that set variables in the folder that an editor would open here."""
    if not here:
        return ()
    folder, within = _editor_folder(here), around(here)
    found = [
        file
        for parent in (folder, *(os.path.join(folder, name) for name in _FOLDERS))
        for name in _names(parent)
        for file in _read(os.path.join(parent, name), family_of(os.path.join(parent, name)), within)
    ]
    dotenv, seen = by_name(DOTENV), {file.place for file in found}
    holders = [file for file in found if file.family.name in (LAUNCH, SETTINGS, WORKSPACE)]
    named = dict.fromkeys(path for file in holders for path in env_files(file) if os.path.isabs(path))
    found += [file for path in named if path not in seen for file in _read(path, dotenv, within)]
    return tuple(found)


def _editor_folder(here: str) -> str:
    """Return the nearest folder of a repository with a `.vscode`, else the current one."""
    if root_of(here) is None:
        return here
    return next((folder for folder in upwards(here) if os.path.isdir(os.path.join(folder, ".vscode"))), here)


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _read(path: str, family: Family | None, within: tuple[str, ...]) -> Iterator[File]:
    """Yield a file, unless a link leads out of the repository, or it cannot be read."""
    if family is None or family.name not in SETTERS or not os.path.isfile(path):
        return
    import io  # `read_bytes` reads standard input for others

    data = read_bytes(path, io.BytesIO(), within)
    if not isinstance(data, Trouble):
        yield read(os.path.relpath(path), family, decode(data), path)
