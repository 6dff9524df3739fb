"""Go: the go command, its variables, and where each of them is set.

What the user's own go says counts: `go version` runs with the user's variables. `go env` runs without those
that break it, and so tells what the others are.
"""

import json
import signal
import stat
from collections.abc import Mapping

from wslgo.knowledge import go_variable_names
from wslgo.machine import go_env
from wslgo.machine.go_env import GoEnvironment
from wslgo.machine.host import DEFAULT, Go, GoPrograms, Variable
from wslgo.machine.probe import executable, programs
from wslgo.machine.probe.context import ProbeContext
from wslgo.system.programs import ASKED, GO_ENV, GO_VERSION, LOCAL, NOWHERE, WITHHELD
from wslgo.system.world import Ran
from wslgo.text.source import Source, decode

# Variables that wslgo sets or removes itself, so that go downloads nothing and ignores flags and commands of the user.
OVERRIDDEN = LOCAL.keys() | WITHHELD

# Of a go that would download a toolchain, which it must not do for us: whether that works is unknown.
_OFFLINE = ("toolchain not available", "GOPROXY=off", NOWHERE)
_PROGRESS = "go: downloading "
_NO_ANSWER = f"does not start, or does not answer within {programs.LIMIT:g} seconds"

# Empty it acts like `local`, while a machine on which it is unknown lacks it.
_COUNTS_EMPTY = "GOTOOLCHAIN"


def path(machine: ProbeContext) -> str | None:
    """Return the path of the go command."""
    return machine.ask(programs.go_command)


def go(machine: ProbeContext) -> Go | None:
    """Return the go command with its version and GOROOT, and the error of every go command."""
    found = machine.ask(path)
    if found is None:
        return _without_permission(machine)
    reported = machine.ask(_reported_variables)
    if reported is None:
        return _with_failure(machine, _go_from_files(machine, found), machine.ask(_go_env))
    version = reported.get("GOVERSION", "").removeprefix("go").partition(" ")[0]
    known = Go(found, version or None, reported.get("GOROOT") or None, processor=reported.get("GOHOSTARCH") or None)
    plain = machine.ask(_go_version)
    words = _words(plain)
    if any(word in words for word in _OFFLINE):
        return known._replace(version=None)
    if plain is None:  # it started for `go env`
        return known._replace(problem=_NO_ANSWER, starts=False)
    return known if _has_answered(plain) else _with_failure(machine, known, plain)


def go_without_running(machine: ProbeContext) -> Go | None:
    """Return the go command with its version and GOROOT, without running it."""
    found = machine.ask(path)
    return _go_from_files(machine, found) if found is not None else None


def other_go(machine: ProbeContext) -> Go | None:
    """Return the first other go command, in PATH or the usual folders, whose files tell its version; it never runs."""
    used = machine.ask(path)
    if used is None:
        return None
    for place in programs.find_all(machine, "go", after=programs.USUAL_FOLDERS):
        if machine.world.real(place) != machine.world.real(used):
            found = _go_from_files(machine, place)
            if found.version is not None:
                return found
    return None


def goenv_path(machine: ProbeContext) -> str | None:
    """Return the file that `go env -w` writes; None if it is disabled or unknown."""
    found = go_env.path_of_file(machine.environment)
    return found if found and found.startswith("/") else None


def variables(machine: ProbeContext) -> tuple[Variable, ...] | None:
    """Return the variables that have a value, and an empty GOTOOLCHAIN; without a go command, only those that are set.

    Without GOROOT it is not known what `go.env` says about GOTOOLCHAIN.
    """
    reported = machine.ask(_reported_variables) or {}
    setters = _setters(machine, reported)
    exported = (name for name, value in setters.environment.items() if value)
    names = sorted(go_variable_names.KNOWN & {*reported, *exported, *setters.user, *setters.shipped})
    found = (_variable(name, setters, reported) for name in names)
    is_whole = bool(setters.shipped_path)
    return tuple(variable for variable in found if variable.value or (variable.name == _COUNTS_EMPTY and is_whole))


def go_programs(machine: ProbeContext) -> GoPrograms | None:
    """Return the folder of `go install` with its number of programs; None without one, or in a workspace."""
    values = {variable.name: variable.value for variable in machine.ask(variables) or ()}
    path, home = values.get("GOPATH", "").partition(":")[0], machine.ask(programs.home)
    folder = values.get("GOBIN") or (f"{path.rstrip('/')}/bin" if path else f"{home}/go/bin" if home else "")
    if not folder.startswith("/") or programs.is_in_workspace(machine, folder):
        return None
    return GoPrograms(folder, programs.number_in(machine, folder))


def _variable(name: str, setters: GoEnvironment, reported: Mapping[str, str]) -> Variable:
    """Return a variable: its origin is what sets it, its value what `go env` reports."""
    found = setters.set_value(name)
    if found is None or (name in reported and setters.is_default(name)):
        return Variable(name, "" if name in LOCAL else reported[name], DEFAULT)
    return found if name in OVERRIDDEN else found._replace(value=reported.get(name, found.value))


def _setters(machine: ProbeContext, reported: Mapping[str, str]) -> GoEnvironment:
    """Return what sets variables: the environment, the go env file, and `go.env`."""
    place = machine.ask(goenv_path)
    user = go_env.lines_of(_text(machine, place)) if place else {}
    folder = go_env.shipped_folder(machine.environment, user, None) if reported else None
    folder = folder or reported.get("GOROOT")
    shipped = f"{folder}/go.env" if folder else ""
    values = go_env.shipped_lines_of(_text(machine, shipped)) if shipped else {}
    return GoEnvironment(machine.environment, user, values, place or "", shipped)


def _text(machine: ProbeContext, path: str) -> Source:
    return decode(machine.world.read(path) or b"")


def _reported_variables(machine: ProbeContext) -> dict[str, str] | None:
    """Return the variables that `go env -json NAME...` prints; None if it fails."""
    ran = machine.ask(_go_env)
    if ran is None or ran.code:
        return None
    try:
        found = json.loads(ran.out)
    except (ValueError, RecursionError):
        return None
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else None


def _go_env(machine: ProbeContext) -> Ran | None:
    found = machine.ask(path)
    return programs.run(machine, GO_ENV, found, "env", "-json", *ASKED) if found else None


def _go_version(machine: ProbeContext) -> Ran | None:
    """Ask as the user's own go would be asked.

    A module cache in a workspace can hold a toolchain that GOTOOLCHAIN chooses: no program of a workspace runs.
    """
    found, reported = machine.ask(path), machine.ask(_reported_variables) or {}
    if found is None:
        return None
    is_foreign = programs.is_in_workspace(machine, reported.get("GOMODCACHE", ""))
    program = GO_VERSION._replace(sets={**GO_VERSION.sets, "GOTOOLCHAIN": "local"}) if is_foreign else GO_VERSION
    return programs.run(machine, program, found, "version")


def _has_answered(ran: Ran | None) -> bool:
    return ran is not None and ran.code == 0 and bool(ran.out.strip())


def _words(ran: Ran | None) -> str:
    """Return the first line of an error."""
    lines = ran.err.decode("utf-8", "replace").splitlines() if ran else []
    return next((line.strip() for line in lines if line.strip() and not line.startswith(_PROGRESS)), "")


def _with_failure(machine: ProbeContext, known: Go, ran: Ran | None) -> Go:
    """Return the go command with its error: its own words, or why it has none."""
    words = _words(ran)
    if words:
        return known._replace(problem=words, starts=True)
    if ran is not None:
        return known._replace(problem=_silence(ran), starts=False)
    if machine.ask(executable.processor) is None:  # the files of a tree: none of its programs run
        return known
    data = machine.world.read(known.path) or b""
    return known._replace(problem=_obstacle(machine, data), starts=False, processor=executable.processor_of(data))


def _silence(ran: Ran) -> str:
    """Return how a program ended that printed nothing."""
    if ran.code >= 0:
        return f"exit status {ran.code}, no output"
    names = {member.value: member.name for member in signal.Signals}
    return f"ended by {names.get(-ran.code, f'signal {-ran.code}')}"


def _obstacle(machine: ProbeContext, data: bytes) -> str:
    """Return why a program does not start, in the words of the system."""
    processor, loader = executable.processor_of(data), executable.loader_of(data)
    if not executable.is_program(data) or processor not in (None, machine.ask(executable.processor)):
        return "Exec format error"
    if loader is not None and not machine.world.exists(loader):
        return f"{loader}: No such file or directory"
    return _NO_ANSWER


def _without_permission(machine: ProbeContext) -> Go | None:
    """Return a go command in PATH that lacks the permission to run; it is passed over, as if there were none."""
    for folder in machine.ask(programs.search_path) or ():
        place = f"{folder.rstrip('/')}/go"
        found = machine.world.stat(place) if folder.startswith("/") else None
        if found and stat.S_ISREG(found.st_mode) and not programs.is_in_workspace(machine, place):
            return _go_from_files(machine, place)._replace(problem="Permission denied", starts=False)
    return None


def _go_from_files(machine: ProbeContext, found: str) -> Go:
    folder = _folder_of(machine, found)
    return Go(found, _installed_version(machine, folder), folder)


def _folder_of(machine: ProbeContext, found: str) -> str | None:
    """Return GOROOT as a go command finds it: two levels above its file, symbolic links resolved."""
    folder = machine.world.real(found).rpartition("/bin/")[0]
    return folder if folder and machine.world.exists(f"{folder}/src") else None


def _installed_version(machine: ProbeContext, folder: str | None) -> str | None:
    """Return the version in GOROOT's file VERSION: `1.25.3` for `go1.25.3`."""
    first = (machine.text(f"{folder}/VERSION") or "").partition("\n")[0] if folder else ""
    return first.removeprefix("go").strip() or None
