"""Go: the go command, its variables, and where each of them is set."""

import json
from collections.abc import Iterator, Mapping

from wslgo.knowledge import go_variable_names
from wslgo.machine.host import Go, Variable
from wslgo.machine.probe import programs
from wslgo.machine.probe.context import ProbeContext
from wslgo.syntax.go import env_file
from wslgo.system.programs import ASKED, GO_ENV, LOCAL, WITHHELD
from wslgo.system.world import Ran
from wslgo.text.source import decode

# The folder of Go's installation instructions, and those that vscode-go tries last.
USUAL_FOLDERS = ("/usr/local/go/bin", "/usr/local/bin", "/usr/lib/go/bin", "/snap/bin")
ENVIRONMENT, DEFAULT = "environment", "default"

# Variables that wslgo sets or removes itself, so that go downloads nothing and ignores flags and commands of the user.
OVERRIDDEN = LOCAL.keys() | WITHHELD

# Defaults that go.env lacks (cmd/go/internal/cfg, go1.27.3); the output has all others.
DEFAULTS = {"GOTOOLCHAIN": "auto"}


def path(machine: ProbeContext) -> str | None:
    """Return the path of the go command."""
    return programs.find(machine, "go", after=USUAL_FOLDERS)


def go(machine: ProbeContext) -> Go | None:
    """Return the go command with its version and GOROOT."""
    found = machine.ask(path)
    if found is None:
        return None
    reported = machine.ask(_reported_variables)
    if reported is None:
        return _go_from_files(machine, found)._replace(problem=machine.ask(_problem))
    version = reported.get("GOVERSION", "").removeprefix("go").partition(" ")[0]
    return Go(found, version or None, reported.get("GOROOT") or None)


def go_without_running(machine: ProbeContext) -> Go | None:
    """Return the go command with its version and GOROOT, without running it."""
    found = machine.ask(path)
    return _go_from_files(machine, found) if found is not None else None


def goenv_path(machine: ProbeContext) -> str | None:
    """Return the file that `go env -w` writes; None if it is disabled or unknown."""
    named = machine.environment.get("GOENV", "")
    if named:
        return named if named.startswith("/") else None
    folder = machine.environment.get("XDG_CONFIG_HOME", "")
    if folder:
        return f"{folder.rstrip('/')}/go/env" if folder.startswith("/") else None
    home = machine.ask(programs.home)
    return f"{home}/.config/go/env" if home else None


def variables(machine: ProbeContext) -> tuple[Variable, ...] | None:
    """Return the variables that have a value; without a go command, only those that are set."""
    reported = machine.ask(_reported_variables) or {}
    sources = [*_sources(machine, reported)]
    names = sorted(go_variable_names.KNOWN & {*reported, *(name for _, values in sources for name in values)})
    found = (_variable(name, sources, reported) for name in names)
    return tuple(variable for variable in found if variable.value)


def _variable(name: str, sources: list[tuple[str, Mapping[str, str]]], reported: Mapping[str, str]) -> Variable:
    """Return a variable: its origin is the first source that sets it, its value what `go env` reports."""
    for origin, values in sources:
        if name in values:
            value = values[name] if name in OVERRIDDEN else reported.get(name, values[name])
            return Variable(name, value, origin)
    return Variable(name, DEFAULTS.get(name, "") if name in LOCAL else reported[name], DEFAULT)


def _sources(machine: ProbeContext, reported: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the sources in order of precedence; an empty variable counts in a file, but not in the environment."""
    yield (
        ENVIRONMENT,
        {name: value for name, value in machine.environment.items() if value and name in go_variable_names.KNOWN},
    )
    place = machine.ask(goenv_path)
    if place:
        yield place, _lines(machine, place)
    folder = reported.get("GOROOT")
    if folder:
        yield f"{folder}/go.env", _lines(machine, f"{folder}/go.env")


def _lines(machine: ProbeContext, place: str) -> dict[str, str]:
    tree = env_file.parse(decode(machine.world.read(place) or b""))
    return {line.key: line.value for line in tree.lines if line.use is env_file.LineStatus.TAKEN}


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


def _problem(machine: ProbeContext) -> str | None:
    """Return the first line of the error that `go env` prints."""
    ran = machine.ask(_go_env)
    lines = ran.err.decode("utf-8", "replace").strip().splitlines() if ran else []
    return lines[0] if lines else None


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
