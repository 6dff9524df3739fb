"""Ignoring a rule from the editor: one action that asks where, or one action for each file to edit."""

from pathlib import Path

import pytest

from conversation import NEOVIM, VSCODE, Editor, by_title, text_after

OFF = "[wsl2]\nguiApplications=off\n"
RULE = "wslconfig/invalid-boolean"
TITLES = [f"Ignore {RULE} {place}" for place in ("on this line", "in this file", "for the team (wslgo.yaml)")]
CREATING = {
    **VSCODE,
    "workspace": {
        **VSCODE["workspace"],
        "workspaceEdit": {**VSCODE["workspace"]["workspaceEdit"], "resourceOperations": ["create"]},
    },
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "workspace"
    path.mkdir()
    return path


@pytest.fixture
def editor(workspace: Path) -> Editor:
    """Return a client that asks where."""
    return Editor(CREATING, workspace, can=["ignore"])


@pytest.fixture
def plain(workspace: Path) -> Editor:
    """Return a client that cannot ask."""
    return Editor(CREATING, workspace)


def ignore_titles(actions: list[dict]) -> list[str]:
    return [action["title"] for action in actions if "Ignore" in action["title"]]


def places(editor: Editor, uri: str) -> dict[str, dict]:
    """Return the places that the one action asks about, by their titles."""
    found = editor.actions(uri, 1, 17)
    assert ignore_titles(found) == [f"Ignore {RULE}..."]
    command = by_title(found, "Ignore")["command"]
    rule, question, choices = command["arguments"]
    assert (command["command"], rule, question) == ("wslgo.ignore", RULE, f"Where to ignore {RULE}")
    return {place["title"]: place for place in choices}


def test_one_action_asks_where_to_ignore_a_rule(editor: Editor, workspace: Path) -> None:
    uri = editor.open_file(workspace / ".wslconfig", OFF)
    found = places(editor, uri)
    assert [(place["title"], place["detail"], place.get("settings")) for place in found.values()] == [
        ("This line", f"# wslgo: ignore[{RULE}]", None),
        ("This file", f"# wslgo: ignore-file[{RULE}]", None),
        ("Workspace settings", "wslgo.check.ignore", "workspace"),
        ("User settings", "wslgo.check.ignore", "user"),
        ("Team file", "wslgo.yaml", None),
    ]
    [change] = found["This line"]["edit"]["documentChanges"]
    assert text_after(OFF, change["edits"]) == f"[wsl2]\n# wslgo: ignore[{RULE}]\nguiApplications=off\n"


def test_a_choice_of_the_team_file_needs_no_second_confirmation(editor: Editor, workspace: Path) -> None:
    uri = editor.open_file(workspace / ".wslconfig", OFF)
    create, edit = places(editor, uri)["Team file"]["edit"]["documentChanges"]
    assert create["uri"] == (workspace / "wslgo.yaml").as_uri()
    assert "annotationId" not in edit["edits"][0]


def test_findings_of_one_rule_share_the_action(editor: Editor, workspace: Path) -> None:
    uri = editor.open_file(workspace / ".wslconfig", "[wsl2]\nmemory=8gb\nguiApplications=off\n")
    params = {
        "textDocument": {"uri": uri},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 3, "character": 0}},
        "context": {"diagnostics": [], "triggerKind": 1},
    }
    assert ignore_titles(editor.result("textDocument/codeAction", params)) == [
        "Ignore wslconfig/invalid-size...",
        f"Ignore {RULE}...",
    ]


def test_outside_the_workspace_no_team_file_is_offered(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open_file(tmp_path / "home" / ".wslconfig", OFF)
    assert "Team file" not in places(editor, uri)


@pytest.mark.parametrize("capabilities", [CREATING, NEOVIM], ids=["vscode", "neovim"])
def test_a_client_that_cannot_ask_gets_an_action_for_each_file(capabilities: dict, workspace: Path) -> None:
    (workspace / "wslgo.yaml").touch()
    editor = Editor(capabilities, workspace)
    uri = editor.open_file(workspace / ".wslconfig", OFF)
    found = editor.actions(uri, 1, 17)
    assert ignore_titles(found) == TITLES
    assert all("edit" in by_title(found, title) for title in TITLES)


def test_moving_the_cursor_offers_no_ignoring(editor: Editor, workspace: Path) -> None:
    uri = editor.open_file(workspace / ".wslconfig", OFF)
    assert ignore_titles(editor.actions(uri, 1, 17, triggerKind=2)) == []


def test_for_the_team_the_file_is_created_after_confirmation(plain: Editor, workspace: Path) -> None:
    uri = plain.open_file(workspace / ".wslconfig", OFF)
    change = by_title(plain.actions(uri, 1, 17), "for the team")["edit"]
    create, edit = change["documentChanges"]
    team = workspace / "wslgo.yaml"
    assert (create["kind"], create["uri"]) == ("create", team.as_uri())
    assert [annotation["needsConfirmation"] for annotation in change["changeAnnotations"].values()] == [True]
    team.write_text(text_after("", edit["edits"]))
    plain.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": team.as_uri(), "type": 1}]})
    assert plain.diagnostics(uri) == []


def test_for_the_team_the_comments_of_the_file_stay(plain: Editor, workspace: Path) -> None:
    team = workspace / "wslgo.yaml"
    team.write_text("check:  # 😀 ours\n  ignore:\n    - gomod # why\n")
    uri = plain.open_file(workspace / "sub" / ".wslconfig", OFF)
    (edit,) = by_title(plain.actions(uri, 1, 17), "for the team")["edit"]["documentChanges"]
    after = text_after(team.read_text(), edit["edits"])
    assert after == f"check:  # 😀 ours\n  ignore:\n    - {RULE}\n    - gomod # why\n"
