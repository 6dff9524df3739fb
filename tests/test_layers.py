"""The rooms of the package and their order, checked by reading the imports."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tree import SERVER

MODULES = {
    ".".join(path.relative_to(SERVER).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SERVER.rglob("*.py"))
}

# A room imports only rooms before it.
ROOMS = (
    "text",
    "knowledge",
    "system",
    "syntax",
    "machine",
    "golang",
    "goenv",
    "topics",
    "launch",
    "linter",
    "doctor",
    "ide",
    "provision",
    "mirror",
    "network",
    "bench",
    "ci",
    "lsp",
    "cli",
)
# Modules that access the outside world; all others get it through their parameters.
TOUCHING = (
    *("system", "machine.probe", "machine.start_snapshot", "machine.wsl_exe", "golang.disk", "golang.go_command"),
    *(
        "linter.team_edit",
        "linter.team_file",
        "linter.team_places",
        "linter.team_policy",
        "provision",
        "mirror",
        "network",
        "bench",
        *("ci.record_files", "ci.run_copy", "ci.run_steps"),
        *("ci.workflow_files", "ci.workflow_gitlab", "ci.workflow_repository"),
        "lsp",
        "cli",
    ),
)
PURE = (
    *("system.errors", "system.programs", "system.world"),
    *("provision.errors", "provision.model", "provision.plan", "provision.report.plan_page"),
    *("provision.inventory.item", "provision.report.inventory"),
    *(
        "provision.report.text",
        "provision.net.pem",
        "provision.toolchain.policy",
        "provision.toolchain.release",
        "mirror.pinned",
    ),
    *("network.report", "network.drill.go_command"),
    *("bench.model", "bench.intervals", "bench.action_graph", "bench.sample", "bench.places", "bench.report"),
)
OUTSIDE = {
    *("asyncio", "ctypes", "datetime", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "platform"),
    *("psutil", "pwd", "random", "shutil", "signal", "socket", "ssl", "subprocess", "sys", "tempfile", "threading"),
    *("elftools", "time", "urllib", "yaml"),
}
PROTOCOL = {"pygls", "lsprotocol"}

# The list of rules is the list of their files, which has to be read.
EXCEPTIONS = {("wslgo.linter.rules", "os"), ("wslgo.system.world", "os"), ("wslgo.system.errors", "os")}
EXCEPTIONS |= {("wslgo.linter.team_yaml", "yaml"), ("wslgo.linter.team_yaml", "yaml.MarkedYAMLError")}


@cache
def imports(path: Path, name: str) -> tuple[str, ...]:
    """Return every module that a file imports, wherever in the file."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports relatively"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(found)


def is_in(name: str, packages: Iterable[str]) -> bool:
    """Return whether a module is one of these packages, or in one of them."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def is_pure(name: str) -> bool:
    parts = name.partition(".")[2]
    return is_in(parts, PURE) or not (is_in(parts, TOUCHING) or parts in ("", "__main__"))


def room_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def modules_of(name: str) -> set[str]:
    """Return the wslgo modules that a module imports, anywhere in it, also for types only."""
    found = {module if module in MODULES else module.rpartition(".")[0] for module in imports(MODULES[name], name)}
    return found & set(MODULES) - {"wslgo"}


def circles(arrows: dict[str, set[str]]) -> list[set[str]]:
    """Return the sets of modules that import each other in a circle."""
    left = dict(arrows)
    while free := [name for name, others in left.items() if not others & set(left)]:
        for name in free:
            del left[name]
    while bare := [name for name in left if not any(name in others for others in left.values())]:
        for name in bare:
            del left[name]
    return [set(left)] if left else []


def test_every_module_is_in_a_room() -> None:
    flat = {path.name for path in (SERVER / "wslgo").iterdir() if path.name != "__pycache__"}
    assert flat == {*ROOMS, "__init__.py", "__main__.py", "py.typed"}


@pytest.mark.parametrize("name", [name for name in MODULES if room_of(name) in ROOMS])
def test_a_room_imports_only_rooms_before_it(name: str) -> None:
    order = {room: number for number, room in enumerate(ROOMS)}
    after = {module for module in modules_of(name) if order[room_of(module)] > order[room_of(name)]}
    assert not after


def test_no_imports_form_a_circle() -> None:
    assert not circles({name: modules_of(name) for name in MODULES})


def test_a_circle_is_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [{"b", "c"}]
    assert not circles({"a": {"b"}, "b": {"c"}, "c": set()})


@pytest.mark.parametrize("name", list(filter(is_pure, MODULES)))
def test_the_core_is_pure(name: str) -> None:
    used = {module for module in imports(MODULES[name], name) if is_in(module, OUTSIDE | PROTOCOL)}
    touching = {module for module in modules_of(name) if not is_pure(module)}
    assert not {module for module in used | touching if (name, module) not in EXCEPTIONS}


@pytest.mark.parametrize("name", [name for name in MODULES if room_of(name) != "lsp"])
def test_only_the_server_imports_the_protocol(name: str) -> None:
    assert not {module for module in imports(MODULES[name], name) if is_in(module, PROTOCOL)}


def test_the_command_line_starts_the_server_and_knows_nothing_else_of_it() -> None:
    found = {
        module for name in MODULES if room_of(name) == "cli" for module in modules_of(name) if room_of(module) == "lsp"
    }
    assert found <= {"wslgo.lsp"}


@pytest.mark.parametrize(
    "name", [name for name in MODULES if name.count(".") == 4 and is_in(name, ["wslgo.linter.rules"])]
)
def test_a_rule_imports_no_other_rule(name: str) -> None:
    others = {module for module in imports(MODULES[name], name) if is_in(module, ["wslgo.linter.rules"])}
    assert {module.removeprefix("wslgo.linter.rules.") for module in others} <= {
        *("rule", "assignment_rule", "machine_rule", "binary_rule", "RuleSubject", "BAD_LINE"),
    }


SLOW = {
    *(
        "lsprotocol",
        "pygls",
        "dataclasses",
        "yaml",
        "psutil",
        "elftools",
        "difflib",
        "inspect",
        "asyncio",
        "pathlib",
        "shutil",
    ),
}


@pytest.mark.parametrize(
    "module", ["wslgo.cli", "wslgo.cli.commands.check", "wslgo.cli.commands.parse", "wslgo.cli.commands.launch"]
)
def test_the_command_line_loads_nothing_slow(module: str) -> None:
    code = f"import sys; sys.path.insert(0, {str(SERVER)!r}); import {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert not SLOW & set(done.stdout.split())


# Modules that open a file without `wslgo.system.reader`, and why. A pipe or a device in its place would block wslgo.
READERS = {
    "wslgo.system.reader": "the one reader",
    "wslgo.system.jsonlines": "files of our own, which are locked and appended to",
    "wslgo.system.lock": "lock files",
    "wslgo.system.place": "folders that are held open",
    "wslgo.system.walk": "the root folder, held open",
    "wslgo.provision.apply.copy_workspace": "descriptors of the reader",
    "wslgo.provision.apply.move_folder": "descriptors of the reader",
    "wslgo.provision.toolchain.archive.writer": "files that it makes",
}


def opened_to_read(path: Path) -> Iterator[str]:
    """Yield every call in a module that opens a file by its path, except only to write it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _reads(ast.unparse(node.func), node):
            yield ast.unparse(node)


def _reads(name: str, call: ast.Call) -> bool:
    words = [*call.args, *(keyword.value for keyword in call.keywords)]
    if name in ("os.open", "io.open", "open", "io.FileIO"):
        said = " ".join(map(ast.unparse, words))
        is_only_written = any(flag in said for flag in ("O_WRONLY", "'wb'", "'w'", "'ab'", "'a'", "'xb'", "'x'"))
        return not is_only_written
    last = name.rpartition(".")[2]
    if last == "open" and "." in name:  # that of a path takes a mode or nothing
        return all(isinstance(word, ast.Constant) and "r" in str(word.value) for word in call.args)
    return last in ("read_bytes", "read_text", "copyfile", "copy2", "copytree", "getlines") and "." in name


@pytest.mark.parametrize("name", list(MODULES))
def test_files_are_read_by_the_one_reader(name: str) -> None:
    assert name in READERS or not list(opened_to_read(MODULES[name]))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("open(path)", True),
        ("open(path, 'rb')", True),
        ("Path(path).open()", True),
        ("path.open('r', encoding='utf-8')", True),
        ("path.read_text()", True),
        ("os.open(path, os.O_RDONLY)", True),
        ("os.open(path, os.O_RDWR | os.O_CREAT)", True),
        ("shutil.copyfile(a, b)", True),
        ("open(path, 'wb')", False),
        ("path.open('w')", False),
        ("os.open(path, os.O_WRONLY | os.O_CREAT)", False),
        ("session.open(uri, language, version, text)", False),
        ("read_regular(path)", False),
    ],
)
def test_a_read_beside_the_reader_is_seen(tmp_path: Path, text: str, is_found: bool) -> None:
    (tmp_path / "a.py").write_text(text, encoding="utf-8")
    assert bool(list(opened_to_read(tmp_path / "a.py"))) == is_found
