"""`wslgo launch`: what it shows, what it writes into `.vscode`, and that it asks first."""

import json
import re
from pathlib import Path

import pytest

import machines
from commandline import Outcome, identity, process, write, wslgo

HOST = str(machines.HOSTS / "ubuntu-24.04-nat.json")
GPU = str(machines.HOSTS / "nvidia-gpu.json")

MAIN = "package main\n\nfunc main() {}\n"
TEST = 'package store\n\nimport "testing"\n\nfunc TestStore(t *testing.T) {}\n'
KERNEL = """package main

/*
#cgo LDFLAGS: -L${SRCDIR}/../../kernels -lkernels -lcudart
#include <cuda_runtime.h>
void add(int n);
*/
import "C"

func main() { C.add(3) }
"""


@pytest.fixture
def workspace(folder: Path) -> Path:
    write(folder / "go.mod", "module example.com/shop\n\ngo 1.24\n")
    write(folder / "cmd/api/main.go", MAIN)
    write(folder / "store/store_test.go", TEST)
    return folder


def launch(*arguments: str, host: str = HOST, stdin: bytes = b"", is_interactive: bool = False) -> Outcome:
    environment = {"XDG_STATE_HOME": str(Path("state").absolute())}
    arguments = ("launch", *arguments, "--host", host)
    return wslgo(*arguments, stdin=stdin, environment=environment, is_interactive=is_interactive)


def printed(*arguments: str, host: str = HOST) -> dict[str, list[dict[str, object]]]:
    code, out, err = launch(*arguments, "--format", "json", host=host)
    assert (code, err) == (0, "")
    found: dict[str, list[dict[str, object]]] = json.loads(out)
    return found


def written(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return a generated file as JSON, without the comments."""
    found: dict[str, list[dict[str, object]]] = json.loads(re.sub(r"(?m)^ *//.*$", "", path.read_text()))
    return found


# Showing


def test_people_see_each_profile_with_a_sentence_and_its_entries(workspace: Path) -> None:
    code, out, err = launch("--profile", "debug,test")
    assert (code, err) == (0, "")
    assert re.search(r"^debug: Build a program and debug it.*\n  Debug cmd/api  \./cmd/api$", out, re.MULTILINE)
    assert re.search(r"^test: .*\n  Test store  \./store$", out, re.MULTILINE)
    assert out.endswith("\nNothing written. Write them to .vscode with wslgo launch --write\n")
    assert "`" not in out
    assert not (workspace / ".vscode").exists()


def test_in_chinese(workspace: Path) -> None:
    assert "wslgo launch --write 会写入 .vscode" in launch("--lang", "zh-cn").out


def test_programs_get_plain_values(workspace: Path) -> None:
    found = printed("--profile", "debug", "--profile", "test")
    assert list(found) == ["configurations", "tasks"]
    assert [configuration["name"] for configuration in found["configurations"]] == ["Debug cmd/api", "Test store"]
    assert found["tasks"] == []


def test_inputs_are_printed_where_there_are_any(workspace: Path) -> None:
    write(workspace / "cmd/train/main.go", KERNEL)
    found = printed(host=GPU)
    asked = set(re.findall(r"\$\{input:([^}]*)", json.dumps(found)))
    assert asked == {entry["id"] for entry in found.get("inputs", [])}


def test_a_folder_inside_of_a_module_is_a_workspace_too(workspace: Path) -> None:
    (found,) = printed("cmd", "--profile", "debug")["configurations"]
    assert found["program"] == "${workspaceFolder}/api"


def test_without_go_the_lists_are_empty(folder: Path) -> None:
    assert launch() == (0, "No Go code in .\n", "")
    code, out, err = launch("--format", "json")
    assert (code, json.loads(out)) == (0, {"configurations": [], "tasks": []})
    assert err == "No Go code in .\n"
    assert launch("--write") == (0, "", "No Go code in .\n")
    assert not (folder / ".vscode").exists()


def test_without_anything_that_fits_that_is_said(workspace: Path) -> None:
    code, out, err = launch("--profile", "cuda")
    assert (code, out, err) == (0, "Nothing in . matches these profiles\n", "")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--profile", "debg"), "unknown profile 'debg'; did you mean debug? Available: attach, "),
        (("--profile", "debug,everything"), "unknown profile 'everything'; available: attach, "),
        (("nowhere",), "nowhere is not a folder"),
        (("go.mod",), "go.mod is not a folder"),
        (("cmd", "store"), "wslgo launch does not take 'store'"),
    ],
)
def test_what_cannot_be_meant_is_named(workspace: Path, arguments: tuple[str, ...], complaint: str) -> None:
    code, out, err = launch(*arguments, "--write")
    assert (code, out) == (2, "")
    assert err.startswith(f"wslgo: {complaint}")
    assert not (workspace / ".vscode").exists()


def test_a_machine_that_cannot_be_read_is_named(workspace: Path) -> None:
    code, _, err = launch(host="nowhere.json")
    assert (code, err) == (2, "wslgo: nowhere.json cannot be read: No such file or directory\n")


def test_this_machine_is_asked_where_none_is_named(workspace: Path) -> None:
    done = process("launch", "--format", "json", "--profile", "debug", cwd=workspace)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [configuration["name"] for configuration in json.loads(done.stdout)["configurations"]] == ["Debug cmd/api"]


# Writing


def test_both_files_are_written_and_named_once(workspace: Path) -> None:
    write(workspace / "cmd/train/main.go", KERNEL)
    write(workspace / "kernels/add.cu", "")
    assert launch("--write", host=GPU) == (0, ".vscode/tasks.json\n.vscode/launch.json\n", "")
    found = printed(host=GPU)
    assert written(workspace / ".vscode/launch.json")["configurations"] == found["configurations"]
    assert written(workspace / ".vscode/tasks.json")["tasks"] == found["tasks"]
    before = identity(workspace / ".vscode/launch.json")
    assert launch("--write", host=GPU) == (0, "", "")
    assert identity(workspace / ".vscode/launch.json") == before


def test_another_folder_is_named_as_it_was_given(workspace: Path) -> None:
    assert launch("cmd/", "--write", "--profile", "debug").out == "cmd/.vscode/launch.json\n"


def test_what_would_change_is_shown_and_not_written(workspace: Path) -> None:
    path = write(workspace / ".vscode/launch.json", '{\r\n  "configurations": []\r\n}\r\n')
    before = path.read_bytes()
    code, out, _ = launch("--diff", "--write", "--profile", "debug")
    assert code == 0
    assert out.startswith("--- a/.vscode/launch.json\n+++ b/.vscode/launch.json\n")
    assert '+      "name": "Debug cmd/api",\r\n' in out
    assert path.read_bytes() == before


def test_an_entry_of_a_package_that_is_gone_goes(workspace: Path) -> None:
    launch("--write", "--profile", "debug,test")
    (workspace / "store/store_test.go").unlink()
    assert launch("--write", "--profile", "debug").out == ""
    assert launch("--write", "--profile", "test").out == ".vscode/launch.json\n"
    (left,) = written(workspace / ".vscode/launch.json")["configurations"]
    assert left["name"] == "Debug cmd/api"


@pytest.fixture
def edited(workspace: Path) -> Path:
    """Return a generated `launch.json` with an edited entry."""
    launch("--write", "--profile", "debug")
    path = workspace / ".vscode/launch.json"
    return write(path, path.read_text().replace('"mode": "debug"', '"mode": "debug",\n            "args": ["-v"]'))


KEPT = ".vscode/launch.json: 'Debug cmd/api' was edited and is kept; replace it with --yes\n"


def test_an_edited_entry_stays_and_is_named(edited: Path) -> None:
    before = edited.read_bytes()
    assert launch("--write", "--profile", "debug") == (0, "", KEPT)
    assert launch("--diff", "--profile", "debug") == (0, "", KEPT)
    assert edited.read_bytes() == before


def test_a_script_says_yes(edited: Path) -> None:
    assert '-            "args": ["-v"],\n' in launch("--diff", "--yes", "--profile", "debug").out
    assert launch("--write", "--yes", "--profile", "debug") == (0, ".vscode/launch.json\n", "")
    assert '"-v"' not in edited.read_text()


@pytest.mark.parametrize("answer", [b"", b"\n", b"n\n"])
def test_a_person_is_asked_and_keeps_it_without_a_clear_yes(edited: Path, answer: bytes) -> None:
    before = edited.read_bytes()
    code, out, err = launch("--write", "--profile", "debug", stdin=answer, is_interactive=True)
    assert (code, err) == (0, "")
    assert '-            "args": ["-v"],\n' in out
    assert out.endswith("Write it? [y/N] ")
    assert edited.read_bytes() == before


def test_a_person_says_yes(edited: Path) -> None:
    launch("--write", "--profile", "debug", stdin=b"y\n", is_interactive=True)
    assert '"-v"' not in edited.read_text()


def test_a_file_that_is_broken_keeps_both_as_they_are(workspace: Path) -> None:
    path = write(workspace / ".vscode/tasks.json", '{"tasks": [')
    code, out, err = launch("--write")
    assert (code, out) == (2, "")
    assert err.startswith("wslgo: .vscode/tasks.json has a syntax error on line 1 (CloseBracketExpected); fix it first")
    assert path.read_text() == '{"tasks": ['
    assert not (workspace / ".vscode/launch.json").exists()


def test_a_folder_that_cannot_be_made_is_named(workspace: Path) -> None:
    write(workspace / ".vscode", "")
    code, _, err = launch("--write", "--profile", "debug")
    assert (code, err) == (2, "wslgo: .vscode/launch.json cannot be read: Not a directory\n")


def test_a_file_that_cannot_be_written_is_named_behind_the_one_that_could(workspace: Path) -> None:
    write(workspace / "cmd/train/main.go", KERNEL)
    (workspace / ".vscode").mkdir()
    (workspace / ".vscode/launch.json").symlink_to("nowhere/launch.json")
    code, out, err = launch("--write", host=GPU)
    assert (code, out) == (2, ".vscode/tasks.json\n")
    assert err == "wslgo: .vscode/launch.json cannot be written: No such file or directory\n"


def test_a_link_stays_a_link(workspace: Path) -> None:
    path = write(workspace / "shared/launch.json", "// ours\n")
    (workspace / ".vscode").mkdir()
    (workspace / ".vscode/launch.json").symlink_to("../shared/launch.json")
    assert launch("--write", "--profile", "debug").err == ""
    assert (workspace / ".vscode/launch.json").is_symlink()
    assert path.read_text().startswith("// ours\n{\n")


def test_a_link_out_of_the_workspace_can_be_undone(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("dotfiles") / "launch.json", "{}")
    (workspace / ".vscode").mkdir()
    (workspace / ".vscode/launch.json").symlink_to(path)
    code, out, err = launch("--write", "--profile", "debug", "--yes")
    assert (code, out) == (0, ".vscode/launch.json\n")
    assert "Debug cmd/api" in path.read_text()
    assert re.fullmatch(r"undo with wslgo undo [\w-]+\n", err)
    wslgo("undo", "--yes", environment={"XDG_STATE_HOME": str(Path("state").absolute())})
    assert path.read_text() == "{}"


def test_without_a_go_mod_the_way_to_get_one_is_said(folder: Path) -> None:
    write(folder / "main.go", "package main\n\nfunc main() { run() }\n")
    write(folder / "run.go", "package main\n\nfunc run() {}\n")
    outcome = wslgo("launch", "--host", str(machines.HOSTS / "not-wsl.json"))
    assert "Debug" not in outcome.out
    assert "Run go mod init NAME there" in outcome.out + outcome.err
