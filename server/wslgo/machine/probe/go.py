"""Go: which one, what its variables are, and which place has set each of them."""

import json
from collections.abc import Iterator, Mapping

from wslgo.knowledge import go_variable_names
from wslgo.machine.host import Go, Variable
from wslgo.machine.probe import programs
from wslgo.machine.probe.context import Machine
from wslgo.syntax.go import env_file
from wslgo.system.programs import ASKED, GO_ENV, LOCAL, WITHHELD
from wslgo.system.world import Ran
from wslgo.text.source import decode

# Where the installation instructions and vscode-go's last resort put it.
USUAL_FOLDERS = ("/usr/local/go/bin", "/usr/local/bin", "/usr/lib/go/bin", "/snap/bin")
ENVIRONMENT, DEFAULT = "environment", "default"

# What we set ourselves or do not hand on: nothing is downloaded, and no flag or command of the user counts.
OURS = LOCAL.keys() | WITHHELD

# Where go.env, too, is silent (cmd/go/internal/cfg, go1.27.3); all others are in the output.
DEFAULTS = {"GOTOOLCHAIN": "auto"}


def path(machine: Machine) -> str | None:
    """The go command."""
    return programs.find(machine, "go", after=USUAL_FOLDERS)


def go(machine: Machine) -> Go | None:
    """The go command, and what it is."""
    found = machine.ask(path)
    if found is None:
        return None
    told = machine.ask(_told)
    if told is None:
        return _by_files(machine, found)._replace(problem=machine.ask(_problem))
    version = told.get("GOVERSION", "").removeprefix("go").partition(" ")[0]
    return Go(found, version or None, told.get("GOROOT") or None)


def unasked(machine: Machine) -> Go | None:
    """The go command, and what its files tell without running it."""
    found = machine.ask(path)
    return _by_files(machine, found) if found is not None else None


def goenv_path(machine: Machine) -> str | None:
    """The file that `go env -w` writes; None when it is switched off or cannot be told."""
    named = machine.environment.get("GOENV", "")
    if named:
        return named if named.startswith("/") else None
    folder = machine.environment.get("XDG_CONFIG_HOME", "")
    if folder:
        return f"{folder.rstrip('/')}/go/env" if folder.startswith("/") else None
    home = machine.ask(programs.home)
    return f"{home}/.config/go/env" if home else None


def variables(machine: Machine) -> tuple[Variable, ...] | None:
    """The variables that have a value; without a go command only those that somebody has set."""
    told = machine.ask(_told) or {}
    sources = [*_sources(machine, told)]
    names = sorted(go_variable_names.KNOWN & {*told, *(name for _, values in sources for name in values)})
    found = (_variable(name, sources, told) for name in names)
    return tuple(variable for variable in found if variable.value)


def _variable(name: str, sources: list[tuple[str, Mapping[str, str]]], told: Mapping[str, str]) -> Variable:
    """The first place that names it wins; `go env` knows what becomes of its value."""
    for origin, values in sources:
        if name in values:
            value = values[name] if name in OURS else told.get(name, values[name])
            return Variable(name, value, origin)
    return Variable(name, DEFAULTS.get(name, "") if name in LOCAL else told[name], DEFAULT)


def _sources(machine: Machine, told: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The places in the order of precedence; an empty variable counts in a file, but not in the environment."""
    yield (
        ENVIRONMENT,
        {name: value for name, value in machine.environment.items() if value and name in go_variable_names.KNOWN},
    )
    place = machine.ask(goenv_path)
    if place:
        yield place, _lines(machine, place)
    folder = told.get("GOROOT")
    if folder:
        yield f"{folder}/go.env", _lines(machine, f"{folder}/go.env")


def _lines(machine: Machine, place: str) -> dict[str, str]:
    tree = env_file.parse(decode(machine.world.read(place) or b""))
    return {line.key: line.value for line in tree.lines if line.use is env_file.LineStatus.TAKEN}


def _told(machine: Machine) -> dict[str, str] | None:
    """What `go env -json NAME...` prints; None when it fails."""
    ran = machine.ask(_asked)
    if ran is None or ran.code:
        return None
    try:
        found = json.loads(ran.out)
    except (ValueError, RecursionError):
        return None
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else None


def _asked(machine: Machine) -> Ran | None:
    found = machine.ask(path)
    return programs.run(machine, GO_ENV, found, "env", "-json", *ASKED) if found else None


def _problem(machine: Machine) -> str | None:
    """The first line that the go command complains with."""
    ran = machine.ask(_asked)
    said = ran.err.decode("utf-8", "replace").strip().splitlines() if ran else []
    return said[0] if said else None


def _by_files(machine: Machine, found: str) -> Go:
    folder = _folder_of(machine, found)
    return Go(found, _installed(machine, folder), folder)


def _folder_of(machine: Machine, found: str) -> str | None:
    """GOROOT as a go command finds it: two levels above the file that a link may lead to."""
    folder = machine.world.real(found).rpartition("/bin/")[0]
    return folder if folder and machine.world.exists(f"{folder}/src") else None


def _installed(machine: Machine, folder: str | None) -> str | None:
    """What the file VERSION in GOROOT says: `go1.25.3`."""
    first = (machine.text(f"{folder}/VERSION") or "").partition("\n")[0] if folder else ""
    return first.removeprefix("go").strip() or None
