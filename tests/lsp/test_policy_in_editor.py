"""A policy in the editor: its violations are diagnostics with its line, and nothing offers to ignore them."""

from pathlib import Path

import pytest

from conversation import VSCODE, Editor

OFF = "export GOSUMDB=off\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "workspace"
    (folder / ".git").mkdir(parents=True)
    return folder


def codes(editor: Editor, uri: str) -> list[str]:
    return [found["code"] for found in editor.diagnostics(uri) if found["severity"] == 1]


def changed(editor: Editor, path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 2}]})


def test_a_violation_is_an_error_with_the_line_of_the_policy(workspace: Path) -> None:
    (workspace / "wslgo.yaml").write_text("policy:\n  checksums: required\n")
    editor = Editor(VSCODE, workspace, can=["ignore"])
    uri = editor.open_file(workspace / ".bashrc", OFF)
    [found] = [each for each in editor.diagnostics(uri) if each["code"] == "policy/checksums-off"]
    [line] = found["relatedInformation"]
    assert line["location"]["uri"] == (workspace / "wslgo.yaml").as_uri()
    assert line["location"]["range"]["start"] == {"line": 1, "character": 2}
    titles = [action["title"] for action in editor.actions(uri, 0, 16)]
    assert not [title for title in titles if "Ignore policy" in title]
    assert [title for title in titles if "Remove GOSUMDB" in title]


def test_a_new_policy_holds_at_once_and_settings_do_not_ignore_it(workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, settings={"check": {"ignore": ["policy", "all"]}})
    uri = editor.open_file(workspace / ".bashrc", OFF)
    assert codes(editor, uri) == []
    changed(editor, workspace / "wslgo.yaml", "policy: {checksums: required}\n")
    assert codes(editor, uri) == ["policy/checksums-off"]
    changed(editor, workspace / "wslgo.yaml", "policy: {caches: linux}\n")
    assert codes(editor, uri) == []


def test_the_policy_of_the_user_holds_without_trust_and_that_of_the_workspace_too(workspace: Path) -> None:
    own = workspace.parent / "home/.config/wslgo/wslgo.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("policy: {checksums: required}\n")
    editor = Editor(VSCODE, workspace, trusted=False)
    assert codes(editor, editor.open_file(workspace / ".bashrc", OFF)) == ["policy/checksums-off"]


def test_mistakes_of_the_file_are_errors_with_a_fix(workspace: Path) -> None:
    editor = Editor(VSCODE, workspace)
    uri = editor.open_file(workspace / "wslgo.yaml", "policy:\n  checksum: required\n")
    assert codes(editor, uri) == ["team/unknown-key"]
    assert "Change to checksums" in [action["title"] for action in editor.actions(uri, 1, 4)]


def test_keys_are_completed_and_explained(workspace: Path) -> None:
    editor = Editor(VSCODE, workspace)
    uri = editor.open_file(workspace / "wslgo.yaml", "policy:\n  checksums: required\n  ca")
    assert [item["label"] for item in editor.complete(uri, 2, 4) if item["label"].startswith("ca")] == ["caches"]
    assert "required" in str(editor.hover(uri, 1, 5))


def test_the_policy_of_the_workspace_holds_for_files_of_the_machine(workspace: Path) -> None:
    (workspace / "wslgo.yaml").write_text("policy: {checksums: required}\n")
    editor = Editor(VSCODE, workspace, trusted=True)
    own = workspace.parent / "home/.bashrc"
    own.parent.mkdir()
    assert codes(editor, editor.open_file(own, OFF)) == ["policy/checksums-off"]
