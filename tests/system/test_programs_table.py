"""The table of programs, and the code that uses it."""

import ast
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recordingprogram import recording
from tree import PACKAGE as SERVER
from wslgo.system import programs, repository
from wslgo.system.programs import PROGRAMS

pytestmark = pytest.mark.slow

STARTERS = {
    *(
        "subprocess",
        "pty",
        "multiprocessing",
        "asyncio.subprocess",
        "asyncio.create_subprocess_exec",
        "popen2",
        "pexpect",
    ),
    *("concurrent.futures.ProcessPoolExecutor", "asyncio.create_subprocess_shell", "commands", "sh", "invoke"),
}
CALLS = ("system", "popen", "fork", "forkpty", "startfile", "subprocess_exec", "subprocess_shell")
DOOR = SERVER / "system/process.py"


def starts(path: Path) -> Iterator[str]:
    """Yield the code in a file that could start a program."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] in STARTERS)
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            yield from named & STARTERS
            yield from (alias.name for alias in node.names if node.module == "os" and _is_start(alias.name))
        elif isinstance(node, ast.Attribute) and _is_start(node.attr) and _is_of(node.value):
            yield node.attr
        elif isinstance(node, ast.Constant) and node.value == "subprocess":
            yield "subprocess by its name"


def _is_of(value: ast.expr) -> bool:
    """Return whether it is a module or a loop that can start programs."""
    return isinstance(value, ast.Name) and value.id in ("os", "posix", "asyncio", "loop", "nt")


def _is_start(name: str) -> bool:
    return name.startswith(("exec", "spawn", "posix_spawn", "create_subprocess")) or name in CALLS


def test_only_the_door_starts_programs() -> None:
    found = {path.relative_to(SERVER): [*starts(path)] for path in SERVER.rglob("*.py") if path != DOOR}
    assert {path: names for path, names in found.items() if names} == {}
    assert "subprocess" in [*starts(DOOR)]


ROWS = {id(value): name for name, value in vars(programs).items() if isinstance(value, programs.Program)}
OF_VSCODE = {"IN_VSCODE", "PYTHON"}  # started by TypeScript


def test_every_row_of_the_table_is_a_program_that_the_code_starts() -> None:
    assert sorted(ROWS[id(row)] for row in PROGRAMS) == sorted(ROWS.values())
    assert len({row.name for row in PROGRAMS}) == len(PROGRAMS)
    code = [
        path.read_text(encoding="utf-8")
        for path in SERVER.rglob("*.py")
        if path.name != "programs.py" or path.parent != SERVER / "system"
    ]
    names = {
        word.attr if isinstance(word, ast.Attribute) else word.id
        for text in code
        for word in ast.walk(ast.parse(text))
        if isinstance(word, (ast.Attribute, ast.Name))
    }
    assert set(ROWS.values()) - names == OF_VSCODE


def test_the_extension_starts_only_pythons_and_the_terminal_of_root() -> None:
    """TypeScript has three doors: each in one file. That of the task starts the Python of the server."""
    sources = {
        path.name: path.read_text(encoding="utf-8") for path in (SERVER.parents[1] / "extension/src").glob("*.ts")
    }
    words = {
        "child_process": {"python.ts"},
        "ProcessExecution": {"terminal.ts", "tasks.ts"},
        "vscode.Task(": {"terminal.ts", "tasks.ts"},
        "ShellExecution": set[str](),
        "createTerminal": set[str](),
        "sendText": set[str](),
    }
    found = {word: {name for name, text in sources.items() if word in text} for word in words}
    assert found == words


def test_each_module_that_uses_the_door_takes_its_environments_from_the_table() -> None:
    """Each module that calls `run`, except the door itself, takes a row of the table."""
    calling = [
        path for path in SERVER.rglob("*.py") if "wslgo.system.process import" in path.read_text(encoding="utf-8")
    ]
    without = [path for path in calling if "programs" not in path.read_text(encoding="utf-8")]
    passing = {SERVER / "system/this_machine.py", SERVER / "provision/survey/tools.py"}
    passing.add(SERVER / "bench/folders.py")  # starts nothing: it asks who can change a path
    assert set(without) <= passing


def test_the_extension_knows_projects_as_the_server_does() -> None:
    text = (SERVER.parents[1] / "extension/src/python.ts").read_text(encoding="utf-8")
    listed = text.partition("const MARKS = [")[2].partition("];")[0]
    assert tuple(re.findall(r"'([^']+)'", listed)) == repository._MARKS


def test_the_extensions_command_line_does_not_search_path_for_its_python(tmp_path: Path) -> None:
    bundled = tmp_path / "extension"
    (bundled / "bin").mkdir(parents=True)
    command = bundled / "bin/wslgo"
    shutil.copy(SERVER.parents[1] / "extension/bin/wslgo", command)
    (bundled / "start.py").write_text("print('started')\n")
    planted = tmp_path / "planted"
    for name in ("dirname", "readlink", "python3"):
        recording(planted, name)
    environment = {"PATH": f"{planted}:/usr/bin:/bin", "WSLGO_PYTHON": sys.executable}
    done = subprocess.run(["/bin/sh", command], env=environment, capture_output=True, check=True)
    assert done.stdout == b"started\n"
    assert not (planted / "environment").exists()
    assert command.stat().st_mode & stat.S_IXUSR
