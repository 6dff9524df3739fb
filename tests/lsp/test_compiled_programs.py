"""Compiled programs, breakpoints in kernels and running programs, as a client asks for them."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conversation import VSCODE, Editor
from smallelf import small_elf
from wslgo.lsp import extensions
from wslgo.machine.probe.binary.build_info import MAGIC
from wslgo.system.ending import started_of

Json = Any

MODULES = "path\texample.com/app\nbuild\tGOOS={system}\n"
KERNEL = "#include <a.h>\n__global__ void add(int *to)\n{\n  *to = 1;\n}\nvoid launch(int *a) { add<<<1, 1>>>(a); }\n"


@pytest.fixture
def trusting(tmp_path: Path) -> Editor:
    return Editor(VSCODE, tmp_path, trusted=True, can=["debug", "explain", "inspect"])


def program(path: Path, system: str = "linux") -> Path:
    framed = bytes(16) + MODULES.format(system=system).encode() + bytes(16)
    texts = b"".join(bytes((len(text) & 127 | 128, len(text) >> 7)) + text for text in (b"go1.25.3", framed))
    path.write_bytes(small_elf({".go.buildinfo": MAGIC + b"\x08\x02" + bytes(16) + texts}))
    return path


def command(editor: Editor, name: str, argument: Json) -> Json:
    """Return the result of a command, whose work is done in a thread."""
    message = editor.request("workspace/executeCommand", {"command": name, "arguments": [argument]})
    editor.post(message)
    editor.settle()
    return editor.answer(message)["result"]


def test_a_page_has_the_findings_and_the_facts(trusting: Editor, tmp_path: Path) -> None:
    path = program(tmp_path / "app", "windows")
    page = command(trusting, extensions.INSPECT, {"path": str(path), "libraries": ""})
    assert page.startswith(f"# `{path}`")
    assert "**error**: A program for Windows" in page
    assert "`binary/of-another-system`" in page
    assert "Built by: go1.25.3" in page


def test_the_entry_of_a_program_has_a_lens_and_a_page(trusting: Editor, tmp_path: Path) -> None:
    path = program(tmp_path / "app")
    entry = {"type": "go", "name": "A", "request": "launch", "mode": "exec", "program": "${workspaceFolder}/app"}
    text = json.dumps({"configurations": [{"type": "go", "name": "B", "mode": "debug", "program": "."}, entry]})
    uri = trusting.open_file(tmp_path / ".vscode" / "launch.json", text)
    lenses = trusting.result("textDocument/codeLens", {"textDocument": {"uri": uri}})
    assert [lens["command"] for lens in lenses if lens["command"]["title"] == "Inspect"] == [
        {"title": "Inspect", "command": "wslgo.inspectConfiguration", "arguments": [uri, 1]}
    ]
    page = command(trusting, extensions.INSPECT_ENTRY, {"uri": uri, "number": 1})
    assert page.startswith(f"# `{path}`")
    assert "binary/no-debug-information" in page


@pytest.mark.parametrize("written", ["${command:pick}/app", "${fileDirname}/app"])
def test_a_program_that_only_vscode_knows_is_named(trusting: Editor, tmp_path: Path, written: str) -> None:
    text = json.dumps({"configurations": [{"type": "go", "name": "A", "mode": "exec", "program": written}]})
    uri = trusting.open_file(tmp_path / ".vscode" / "launch.json", text)
    assert "Only VS Code knows" in command(trusting, extensions.INSPECT_ENTRY, {"uri": uri, "number": 0})
    assert "Only VS Code knows" in command(trusting, extensions.INSPECT_ENTRY, {"uri": uri, "number": 5})


def test_what_keeps_a_program_from_being_debugged_is_one_sentence(trusting: Editor, tmp_path: Path) -> None:
    path = program(tmp_path / "app", "windows")
    warning = command(trusting, extensions.WARN_OF_PROGRAM, {"path": str(path), "libraries": ""})
    assert warning.startswith("app: A program for Windows")
    missing = {"path": str(tmp_path / "missing"), "libraries": ""}
    assert command(trusting, extensions.WARN_OF_PROGRAM, missing) is None
    (tmp_path / "object").write_bytes(small_elf({".text": b""}))
    assert command(trusting, extensions.WARN_OF_PROGRAM, {"path": str(tmp_path / "object"), "libraries": ""}) is None


def test_a_page_without_a_program_says_why(trusting: Editor, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello", encoding="utf-8")
    for path, words in (("text", "is not a program"), ("missing", "No such file")):
        assert words in command(trusting, extensions.INSPECT, {"path": str(tmp_path / path), "libraries": ""})


def test_names_in_a_program_are_not_markup(trusting: Editor, tmp_path: Path) -> None:
    path = program(tmp_path / "[a](command:x)`<b>", "linux")
    page = command(trusting, extensions.INSPECT, {"path": str(path), "libraries": ""})
    assert page.splitlines()[0] == f"# `` {path} ``"


@pytest.mark.parametrize(("line", "is_in_kernel"), [(0, False), (1, True), (3, True), (5, False)])
def test_a_breakpoint_in_a_kernel_is_explained(trusting: Editor, tmp_path: Path, line: int, is_in_kernel: bool) -> None:
    (tmp_path / "add.cu").write_text(KERNEL, encoding="utf-8")
    argument = {"uri": (tmp_path / "add.cu").as_uri(), "line": line}
    advice = command(trusting, extensions.WARN_OF_BREAKPOINT, argument)
    assert (advice is not None) == is_in_kernel
    assert not is_in_kernel or "add runs on the GPU" in advice


def test_a_breakpoint_in_another_file_is_left_alone(trusting: Editor, tmp_path: Path) -> None:
    (tmp_path / "add.go").write_text(KERNEL, encoding="utf-8")
    argument = {"uri": (tmp_path / "add.go").as_uri(), "line": 3}
    assert command(trusting, extensions.WARN_OF_BREAKPOINT, argument) is None


def test_an_untrusted_workspace_reads_no_program_and_lists_no_process(tmp_path: Path) -> None:
    editor = Editor(VSCODE, tmp_path)
    argument = {"path": str(program(tmp_path / "app", "windows")), "libraries": ""}
    assert "only in a trusted workspace" in command(editor, extensions.INSPECT, argument)
    assert command(editor, extensions.WARN_OF_PROGRAM, argument) is None
    assert command(editor, extensions.GO_PROCESSES, {}) is None
    with subprocess.Popen(["sleep", "60"]) as process:
        process_id = {"pid": process.pid, "started": started_of(process.pid)}
        assert command(editor, extensions.END_LEFTOVER, process_id) is False
        assert process.poll() is None
        process.kill()


def test_the_processes_are_listed_and_only_leftovers_are_ended(trusting: Editor) -> None:
    found = command(trusting, extensions.GO_PROCESSES, {})
    assert set(found) == {"programs", "leftovers"}
    with subprocess.Popen(["sleep", "60"]) as process:
        process_id = {"pid": process.pid, "started": started_of(process.pid)}
        assert command(trusting, extensions.END_LEFTOVER, process_id) is False
        assert process.poll() is None
        process.kill()
