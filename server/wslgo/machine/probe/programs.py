"""Programs of developers: found where editors and shells look, never in a folder that a workspace brings along."""

import re
import stat
from collections.abc import Iterable, Iterator

from wslgo.machine.host import Tool
from wslgo.machine.probe.context import Machine
from wslgo.system.programs import COMPILER, TOOL, Program, is_within
from wslgo.system.world import Ran

LIMIT = 10.0  # seconds: the first `gopls version` after a start reads 30 MB
NEUTRAL = "/"  # no go.mod, no .tool-versions, nothing that a repository has put there

_NUMBERS = re.compile(r"\bv?([0-9]+(?:\.[0-9]+)+(?:-[0-9A-Za-z.]+)?)")


def home(machine: Machine) -> str | None:
    """The home folder of the user."""
    value = machine.environment.get("HOME", "")
    return value.rstrip("/") or None if value.startswith("/") else None


def search_path(machine: Machine) -> tuple[str, ...] | None:
    """PATH as it is."""
    value = machine.environment.get("PATH")
    return None if value is None else tuple(value.split(":"))


def find(machine: Machine, name: str, before: Iterable[str] = (), after: Iterable[str] = ()) -> str | None:
    """The absolute path of a program: in the folders `before`, in PATH, in the folders `after`."""
    for folder in (*before, *(machine.ask(search_path) or ()), *after):
        path = f"{folder.rstrip('/')}/{name}"
        if folder.startswith("/") and _is_program(machine, path) and not is_in_workspace(machine, path):
            return path
    return None


def is_in_workspace(machine: Machine, path: str) -> bool:
    """Whether a repository could have put it there; links into one count."""
    return any(is_within(one, machine.workspaces, machine.world.real) for one in (path, path.rpartition("/")[0]))


def run(machine: Machine, program: Program, *words: str) -> Ran | None:
    """Run a program of the table in a neutral folder, in words that do not depend on the language of its user."""
    environment = program.environment(machine.environment, machine.workspaces, machine.world.real)
    return machine.world.run(words, LIMIT, NEUTRAL, environment)


def delve(machine: Machine) -> Tool | None:
    """`Version: 1.25.2` in its second line."""
    return _tool(machine, TOOL, "dlv", ("version",), "Version:", _go_folders(machine))


def gopls(machine: Machine) -> Tool | None:
    """`golang.org/x/tools/gopls v0.20.0`."""
    return _tool(machine, TOOL, "gopls", ("version",), "golang.org/x/tools/gopls", _go_folders(machine))


def compiler(machine: Machine) -> Tool | None:
    """What cgo uses."""
    found = (
        _tool(machine, COMPILER, name, ("-dumpfullversion", "-dumpversion"), "") for name in ("gcc", "clang", "cc")
    )
    return next(filter(None, found), None)


def _tool(
    machine: Machine,
    program: Program,
    name: str,
    words: tuple[str, ...],
    marker: str,
    before: Iterable[str] = (),
) -> Tool | None:
    path = find(machine, name, before)
    if path is None:
        return None
    ran = run(machine, program, path, *words)
    said = ran.out.decode("utf-8", "replace").splitlines() if ran and not ran.code else []
    versions = (_NUMBERS.search(line.partition(marker)[2]) if marker else _NUMBERS.search(line) for line in said)
    return Tool(path, next((found[1] for found in versions if found), None))


def _go_folders(machine: Machine) -> Iterator[str]:
    """Where `go install` puts programs, and where vscode-go looks before PATH (0.58, utils/pathUtils.ts)."""
    environment, folder = machine.environment, machine.ask(home)
    yield environment.get("GOBIN", "")
    yield from (f"{one}/bin" for one in environment.get("GOPATH", "").split(":") if one)
    if folder and not environment.get("GOPATH"):
        yield f"{folder}/go/bin"


def _is_program(machine: Machine, path: str) -> bool:
    found = machine.world.stat(path)
    return found is not None and stat.S_ISREG(found.st_mode) and bool(found.st_mode & 0o111)
