"""The dependency rule of the design, held by reading the imports."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

SERVER = Path(__file__).resolve().parents[1] / "server"
MODULES = {
    ".".join(path.relative_to(SERVER).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SERVER.rglob("*.py"))
}

# Nothing of the outside world: what these read comes in through their parameters.
PURE = (
    *("text", "source", "message", "finding", "family", "nearest", "host", "hostjson", "variables", "version"),
    *("settings", "places", "hints", "running", "rulepage", "healthpage", "markdown", "templates", "preferences"),
    *(
        "passwords",
        "programs",
        "doctor",
        "filediff",
        "redaction",
        "assignments",
        "workspace",
        "govariables",
        "gowalk",
        "inforce",
    ),
    *(
        "suppression",
        "syntax",
        "knowledge",
        "scene",
        "rules",
        "check",
        "repair",
        "goproject",
        "gocuda",
        "gogui",
        "goservice",
        "goterminal",
        "gocontainer",
        "golist",
        "launchfile",
        "launchchanges",
        "launchdoubt",
        "launchmarks",
        "launchmerge",
        "launchnames",
        "launchprogram",
        "launchrun",
        "launchhover",
        "launchexplain",
        "lenses",
        "delve",
        *(
            "provision." + name
            for name in (
                *(
                    "block",
                    "dpkg",
                    "found",
                    "installing",
                    "layout",
                    "mending",
                    "merge",
                    "pem",
                    "plan",
                    "planned",
                    "planpage",
                    "record",
                ),
                *("shellfiles", "step", "steps", "wish"),
            )
        ),
        *("provision.toolchain." + name for name in ("archive", "note", "ed25519", "policy", "release", "tlog")),
    ),
)
OUTSIDE = {
    *("asyncio", "ctypes", "datetime", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "platform"),
    *("psutil", "pwd", "random", "shutil", "signal", "socket", "ssl", "subprocess", "sys", "tempfile", "threading"),
    *("time", "urllib", "yaml"),
}
RIMS = {
    "wslgo.cli",
    "wslgo.lsp",
    "wslgo.system.files",
    "wslgo.machine.probe",
    "wslgo.system.process",
    "wslgo.machine.start_snapshot",
    "wslgo.linter.team_file",
    "wslgo.golang.disk",
    "wslgo.system.repository",
    "wslgo.golang.go_command",
}
PROTOCOL = {"pygls", "lsprotocol"}

# The list of rules is the list of their files, which somebody has to read.
EXCEPTIONS = {("wslgo.linter.rules", "os")}


def imports(path: Path, name: str) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(name: str, packages: Iterable[str]) -> bool:
    """Whether a module is one of these packages or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def is_pure(name: str) -> bool:
    return is_in(name, [f"wslgo.{one}" for one in PURE])


@pytest.mark.parametrize("name", list(filter(is_pure, MODULES)))
def test_the_core_is_pure(name: str) -> None:
    used = {one for one in imports(MODULES[name], name) if is_in(one, OUTSIDE | RIMS | PROTOCOL)}
    assert not {one for one in used if (name, one) not in EXCEPTIONS}


@pytest.mark.parametrize("name", [name for name in MODULES if not is_in(name, ["wslgo.lsp"])])
def test_only_the_server_imports_the_protocol(name: str) -> None:
    assert not {one for one in imports(MODULES[name], name) if is_in(one, PROTOCOL)}


@pytest.mark.parametrize(("rim", "other"), [("wslgo.cli", "wslgo.lsp"), ("wslgo.lsp", "wslgo.cli")])
def test_the_two_rims_know_nothing_of_each_other(rim: str, other: str) -> None:
    for name in MODULES:
        if is_in(name, [rim]):
            assert not {one for one in imports(MODULES[name], name) if is_in(one, [other])}, name


@pytest.mark.parametrize(
    "name", [name for name in MODULES if name.count(".") == 3 and is_in(name, ["wslgo.linter.rules"])]
)
def test_a_rule_imports_no_other_rule(name: str) -> None:
    others = {one for one in imports(MODULES[name], name) if is_in(one, ["wslgo.linter.rules"])}
    assert others <= {"wslgo.linter.rules.rule", "wslgo.linter.rules.assignment_rule", "wslgo.linter.rules.Subject"}


@pytest.mark.parametrize("name", [name for name in MODULES if is_in(name, ["wslgo.syntax", "wslgo.knowledge"])])
def test_parsers_and_tables_know_no_rule(name: str) -> None:
    above = {
        "wslgo.linter.rules",
        "wslgo.linter.check",
        "wslgo.linter.fix",
        "wslgo.linter.scene",
        "wslgo.linter.settings",
        "wslgo.linter.suppression",
    }
    assert not {one for one in imports(MODULES[name], name) if is_in(one, above)}


@pytest.mark.parametrize(
    "module", ["wslgo.cli", "wslgo.cli.commands.check", "wslgo.cli.commands.parse", "wslgo.cli.commands.launch"]
)
def test_the_command_line_loads_nothing_slow(module: str) -> None:
    slow = {
        "lsprotocol",
        "pygls",
        "dataclasses",
        "yaml",
        "psutil",
        "difflib",
        "inspect",
        "asyncio",
        "pathlib",
        "shutil",
    }
    code = f"import sys; sys.path.insert(0, {str(SERVER)!r}); import {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert not slow & set(done.stdout.split())


# Who opens a file to read it without `wslgo.system.reader`, and why. A pipe or a device in its place would hold us up.
READERS = {
    "wslgo.system.reader": "the one reader",
    "wslgo.system.jsonlines": "files of our own, which are locked and appended to",
    "wslgo.system.journal": "its lock, and versions of files in a folder that is this user's alone",
    "wslgo.system.place": "folders that are held open",
    "wslgo.provision.apply.ledger": "its lock",
    "wslgo.provision.apply.move_folder": "descriptors of the reader",
    "wslgo.provision.toolchain.archive.writer": "files that it makes",
    # Files of downloads: they are being moved to the reader.
    **dict.fromkeys(
        (
            "wslgo.provision.survey.authority",
            "wslgo.provision.net.download",
            "wslgo.provision.toolchain.sumdb.client",
            "wslgo.provision.net.http",
        ),
        "not yet",
    ),
}


def opened_to_read(path: Path) -> Iterator[str]:
    """Every call in a file that opens another one by its path, other than to write it alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _reads(ast.unparse(node.func), node):
            yield ast.unparse(node)


def _reads(name: str, call: ast.Call) -> bool:
    words = [*call.args, *(one.value for one in call.keywords)]
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
