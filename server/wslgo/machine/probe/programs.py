"""Developer programs, found in the folders that editors and shells search, never inside a workspace."""

import re
import stat
from collections.abc import Iterable, Iterator

from wslgo.knowledge.packages import PROGRAMS
from wslgo.machine.host import Tool
from wslgo.machine.probe.context import ProbeContext
from wslgo.system.programs import COMPILER, GO_BUILD_INFO, TOOL, Program, is_within
from wslgo.system.world import Ran

LIMIT = 10.0  # seconds: the first `gopls version` after a start reads 30 MB
NEUTRAL = "/"  # without go.mod, .tool-versions or any other file of a repository

# The folder of Go's installation instructions, and those that vscode-go tries last.
USUAL_FOLDERS = ("/usr/local/go/bin", "/usr/local/bin", "/usr/lib/go/bin", "/snap/bin")

_BUILT_BY = re.compile(r": go([0-9]\S*)")  # of `go version -m FILE`
_NUMBERS = re.compile(r"\bv?([0-9]+(?:\.[0-9]+)+(?:-[0-9A-Za-z.]+)?)")


def home(machine: ProbeContext) -> str | None:
    """Return the user's home folder."""
    value = machine.environment.get("HOME", "")
    return value.rstrip("/") or None if value.startswith("/") else None


def search_path(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the folders of PATH, unchanged."""
    value = machine.environment.get("PATH")
    return None if value is None else tuple(value.split(":"))


def find(machine: ProbeContext, name: str, before: Iterable[str] = (), after: Iterable[str] = ()) -> str | None:
    """Return the absolute path of a program, searched in the folders `before`, in PATH, and in the folders `after`."""
    return next(find_all(machine, name, before, after), None)


def find_all(machine: ProbeContext, name: str, before: Iterable[str] = (), after: Iterable[str] = ()) -> Iterator[str]:
    """Yield every path of a program in these folders."""
    for folder in (*before, *(machine.ask(search_path) or ()), *after):
        path = f"{folder.rstrip('/')}/{name}"
        if folder.startswith("/") and _is_program(machine, path) and not is_in_workspace(machine, path):
            yield path


def is_in_workspace(machine: ProbeContext, path: str) -> bool:
    """Return whether a path is in a workspace, or a symbolic link into one."""
    places = (path, path.rpartition("/")[0])
    return any(is_within(place, machine.workspaces, machine.world.real) for place in places)


def run(machine: ProbeContext, program: Program, *words: str) -> Ran | None:
    """Run a program of the table in a neutral folder, with output that does not depend on the user's language."""
    environment = program.environment(machine.environment, machine.workspaces, machine.world.real)
    return machine.world.run(words, LIMIT, NEUTRAL, environment)


def go_command(machine: ProbeContext) -> str | None:
    """Return the path of the go command."""
    return find(machine, "go", after=USUAL_FOLDERS)


def delve(machine: ProbeContext) -> Tool | None:
    """Return Delve; its second line is `Version: 1.25.2`."""
    return _with_builder(machine, _tool(machine, TOOL, "dlv", ("version",), "Version:", _go_folders(machine)))


def gopls(machine: ProbeContext) -> Tool | None:
    """Return gopls, which prints `golang.org/x/tools/gopls v0.20.0`."""
    marker = "golang.org/x/tools/gopls"
    return _with_builder(machine, _tool(machine, TOOL, "gopls", ("version",), marker, _go_folders(machine)))


def compiler(machine: ProbeContext) -> Tool | None:
    """Return the C compiler that cgo uses."""
    found = (
        _tool(machine, COMPILER, name, ("-dumpfullversion", "-dumpversion"), "") for name in ("gcc", "clang", "cc")
    )
    return next(filter(None, found), None)


def build_programs(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the compilers, git and pkg-config in PATH; None if PATH is unknown."""
    if machine.ask(search_path) is None:
        return None
    names = dict.fromkeys(name for names in PROGRAMS.values() for name in names)
    return tuple(name for name in names if find(machine, name) is not None)


def number_in(machine: ProbeContext, folder: str) -> int:
    """Return how many programs are in a folder."""
    return sum(_is_program(machine, f"{folder}/{name}") for name in machine.world.names(folder))


def _tool(
    machine: ProbeContext,
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
    lines = ran.out.decode("utf-8", "replace").splitlines() if ran and not ran.code else []
    versions = (_NUMBERS.search(line.partition(marker)[2]) if marker else _NUMBERS.search(line) for line in lines)
    return Tool(path, next((found[1] for found in versions if found), None))


def _with_builder(machine: ProbeContext, tool: Tool | None) -> Tool | None:
    """Return a tool with the Go that built it, which go reads from its file without starting it."""
    go = machine.ask(go_command)
    ran = run(machine, GO_BUILD_INFO, go, "version", "-m", tool.path) if tool is not None and go else None
    if tool is None or ran is None or ran.code:
        return tool
    found = _BUILT_BY.search(ran.out.decode("utf-8", "replace").partition("\n")[0])
    return tool._replace(built_by=found[1] if found else None)


def _go_folders(machine: ProbeContext) -> Iterator[str]:
    """Yield the folders of `go install`, which vscode-go searches before PATH (0.58, utils/pathUtils.ts)."""
    environment, folder = machine.environment, machine.ask(home)
    yield environment.get("GOBIN", "")
    yield from (f"{workspace}/bin" for workspace in environment.get("GOPATH", "").split(":") if workspace)
    if folder and not environment.get("GOPATH"):
        yield f"{folder}/go/bin"


def _is_program(machine: ProbeContext, path: str) -> bool:
    found = machine.world.stat(path)
    return found is not None and stat.S_ISREG(found.st_mode) and bool(found.st_mode & 0o111)
