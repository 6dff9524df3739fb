"""Go files in the editor: those that import "C" are asked for by their paths, and all others are left to gopls."""

import copy
from pathlib import Path
from typing import Any

import pytest

from conversation import NEOVIM, VSCODE, Editor

LINE = 'package p\n\n// #cgo LDFLAGS -lm\nimport "C"\n'
DYNAMIC: Any = copy.deepcopy(VSCODE)
DYNAMIC["textDocument"]["synchronization"] = {"dynamicRegistration": True}
DYNAMIC["textDocument"]["codeAction"]["dynamicRegistration"] = True


def registered(editor: Editor) -> dict[str, list[str]]:
    """Return the patterns for Go files by method, of the last registration."""
    found = [asked["registrations"] for asked in editor.of("client/registerCapability")]
    return {
        registration["method"]: [each["pattern"] for each in registration["registerOptions"]["documentSelector"]]
        for registration in (found[-1] if found else [])
        if registration["id"].startswith("cgo:")
    }


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module example.com/m\n")
    (tmp_path / "plain.go").write_text("package p\n")
    (tmp_path / "testdata").mkdir()
    (tmp_path / "testdata/a.go").write_text(LINE)
    return tmp_path


def test_only_files_with_cgo_are_asked_for(workspace: Path) -> None:
    (workspace / "gpu.go").write_text(LINE)
    editor = Editor(DYNAMIC, workspace)
    editor.settle()
    found = registered(editor)
    assert {*found} == {
        *("textDocument/didOpen", "textDocument/didChange", "textDocument/didSave", "textDocument/didClose"),
        *("textDocument/codeAction", "textDocument/diagnostic"),
    }
    assert {*map(tuple, found.values())} == {(str(workspace / "gpu.go"),)}


@pytest.mark.parametrize("capabilities", [DYNAMIC, NEOVIM], ids=["vscode", "neovim"])
def test_a_workspace_without_cgo_asks_for_nothing(workspace: Path, capabilities: Any) -> None:
    editor = Editor(capabilities, workspace)
    editor.settle()
    assert not registered(editor)


def test_a_client_that_cannot_is_not_asked(workspace: Path) -> None:
    (workspace / "gpu.go").write_text(LINE)
    editor = Editor(NEOVIM, workspace)
    editor.settle()
    assert editor.of("client/registerCapability") == []


def test_a_file_that_begins_to_import_c_replaces_the_registration(workspace: Path) -> None:
    (workspace / "gpu.go").write_text(LINE)
    editor = Editor(DYNAMIC, workspace)
    editor.settle()
    (workspace / "plain.go").write_text('package p\n\nimport "C"\n')
    changes = [{"uri": (workspace / "plain.go").as_uri(), "type": 2}]
    editor.tell("workspace/didChangeWatchedFiles", {"changes": changes})
    editor.settle()
    assert len(editor.of("client/unregisterCapability")) == 1
    assert registered(editor)["textDocument/didOpen"] == [str(workspace / "gpu.go"), str(workspace / "plain.go")]


def test_an_open_file_has_findings_and_fixes(workspace: Path) -> None:
    path = workspace / "gpu.go"
    path.write_text(LINE)
    editor = Editor(DYNAMIC, workspace)
    editor.settle()
    editor.open_file(path, LINE)
    (found,) = editor.diagnostics(path.as_uri())
    assert found["code"] == "cgo/malformed-line"
    assert found["range"]["start"]["line"] == 2


@pytest.mark.parametrize("text", ["package p\n", 'package p\n\nimport "fmt"\n', LINE.replace(" -lm", ": -lm")])
def test_an_open_file_without_a_fault_has_none(workspace: Path, text: str) -> None:
    editor = Editor(NEOVIM, workspace)
    editor.settle()
    path = workspace / "plain.go"
    editor.open_file(path, text)
    assert editor.diagnostics(path.as_uri()) == []


@pytest.mark.parametrize(
    ("text", "inserted"),
    [
        (LINE, "// // wslgo: ignore[cgo/malformed-line]\n"),
        ('package p\n\n/*\n  #cgo LDFLAGS -lm\n*/\nimport "C"\n', "  // wslgo: ignore[cgo/malformed-line]\n"),
    ],
)
def test_a_rule_is_ignored_by_a_comment_of_the_c_code(workspace: Path, text: str, inserted: str) -> None:
    path = workspace / "gpu.go"
    path.write_text(text)
    editor = Editor(NEOVIM, workspace)
    editor.settle()
    editor.open_file(path, text)
    (found,) = editor.diagnostics(path.as_uri())
    document = {"textDocument": {"uri": path.as_uri()}, "range": found["range"], "context": {"diagnostics": [found]}}
    actions = editor.ask("textDocument/codeAction", document)["result"]
    (action,) = [action for action in actions if action["title"] == "Ignore cgo/malformed-line on this line"]
    (change,) = action["edit"]["documentChanges"]
    assert [edit["newText"] for edit in change["edits"]] == [inserted]
