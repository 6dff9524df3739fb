"""Code actions and the commands behind them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversation import NEOVIM, VSCODE, Editor, by_title, text_after
from wslgo.ide.code_action import minimal_edit
from wslgo.text.span import apply

OFF = "[wsl2]\nguiApplications=off\n"
TWO = "[wsl2]\nguiApplications=off\nmemory=8GB\ndebugConsole=yes\n"
URI = "file:///mnt/c/Users/me/.wslconfig"


def edits(action: dict, uri: str = URI) -> list[dict]:
    return [
        edit
        for change in action["edit"]["documentChanges"]
        if change["textDocument"]["uri"] == uri
        for edit in change["edits"]
    ]


def titles(actions: list[dict]) -> list[str]:
    return [action["title"] for action in actions]


def test_the_only_safe_fix_is_preferred_and_names_its_diagnostics(editor: Editor) -> None:
    editor.open(URI, OFF)
    action = editor.actions(URI, 1, 17)[0]
    assert (action["title"], action["kind"], action["isPreferred"]) == ("Change to false", "quickfix", True)
    assert action["diagnostics"] == editor.diagnostics(URI)
    assert text_after(OFF, edits(action)) == "[wsl2]\nguiApplications=false\n"


def test_a_fix_is_for_one_version_only(editor: Editor) -> None:
    editor.open(URI, OFF, version=4)
    (change,) = editor.actions(URI, 1, 17)[0]["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": URI, "version": 4}


def test_a_client_without_versions_gets_plain_changes(tmp_path: Path) -> None:
    editor = Editor({"textDocument": NEOVIM["textDocument"]}, tmp_path)
    editor.open(URI, OFF)
    assert list(editor.actions(URI, 1, 17)[0]["edit"]["changes"]) == [URI]


def test_no_action_is_offered_without_a_finding(editor: Editor) -> None:
    editor.open(URI, OFF)
    assert editor.actions(URI, 0, 1) == []


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {"quickfix"}),
        (["source.fixAll"], {"source.fixAll.wslgo"}),
        (["source.fixAll.wslgo"], {"source.fixAll.wslgo"}),
        (["source"], {"source.fixAll.wslgo"}),
        (["source.fixAll.ruff"], set()),
        (["refactor"], set()),
        (["source.organizeImports"], set()),
    ],
)
def test_only_the_kinds_asked_for_are_offered(editor: Editor, only: list[str], kinds: set[str]) -> None:
    editor.open(URI, TWO)
    assert {action["kind"] for action in editor.actions(URI, 1, 17, only=only)} == kinds


def test_moving_the_cursor_gets_only_quick_fixes(editor: Editor) -> None:
    editor.open(URI, TWO)
    assert titles(editor.actions(URI, 1, 17, triggerKind=2)) == ["Change to false"]


def test_fix_all_is_one_small_replacement(editor: Editor) -> None:
    text = "# 😀 before\r\n" + TWO.replace("\n", "\r\n") + "# after\r\n"
    editor.open(URI, text)
    (action,) = editor.actions(URI, 0, 0, only=["source.fixAll.wslgo"])
    (edit,) = edits(action)
    assert edit["newText"] == "false\r\nmemory=8GB\r\ndebugConsole=true"
    assert text_after(text, [edit]) == text.replace("=off", "=false").replace("=yes", "=true")


def test_fix_all_has_nothing_to_do_in_a_healthy_file(editor: Editor) -> None:
    editor.open(URI, "[wsl2]\nmemory=8GB\n")
    assert editor.actions(URI, 0, 0, only=["source.fixAll"]) == []


def test_fix_all_is_among_the_fixes_if_there_are_several(editor: Editor) -> None:
    editor.open(URI, TWO)
    action = by_title(editor.actions(URI, 1, 17), "Fix all")
    assert text_after(TWO, edits(action)) == "[wsl2]\nguiApplications=false\nmemory=8GB\ndebugConsole=true\n"
    editor.open(URI, OFF)
    assert not any("Fix all" in title for title in titles(editor.actions(URI, 1, 17)))


def test_a_finding_can_be_ignored_on_its_line(editor: Editor) -> None:
    text = "[wsl2]\n  guiApplications=off\ndebugConsole=off\n"
    editor.open(URI, text)
    after = text_after(text, edits(by_title(editor.actions(URI, 1, 20), "on this line")))
    assert after == "[wsl2]\n  # wslgo: ignore[wslconfig/invalid-boolean]\n  guiApplications=off\ndebugConsole=off\n"
    editor.change(URI, 2, after)
    assert len(editor.diagnostics(URI)) == 1


def test_a_rule_can_be_ignored_in_a_file(editor: Editor) -> None:
    text = "[wsl2]\r\nguiApplications=off\r\ndebugConsole=off\r\n"
    editor.open(URI, text)
    after = text_after(
        text, edits(by_title(editor.actions(URI, 1, 17), "Ignore wslconfig/invalid-boolean in this file"))
    )
    assert after.startswith("# wslgo: ignore-file[wslconfig/invalid-boolean]\r\n[wsl2]\r\n")
    editor.change(URI, 2, after)
    assert editor.diagnostics(URI) == []


def test_a_comment_is_not_offered_where_wsl_does_not_read_it(editor: Editor) -> None:
    uri = editor.open("file:///etc/wsl.conf", "[boot]\n; bad\nsystemd=true\n")
    assert "wslconf/unread" in [diagnostic["code"] for diagnostic in editor.diagnostics(uri)]
    assert "Ignore wslconf/unread on this line" not in titles(editor.actions(uri, 2, 2))


def test_a_reversed_range_is_put_in_order(editor: Editor) -> None:
    editor.open(URI, OFF)
    params = {
        "textDocument": {"uri": URI},
        "range": {"start": {"line": 1, "character": 19}, "end": {"line": 0, "character": 0}},
        "context": {"diagnostics": []},
    }
    assert editor.result("textDocument/codeAction", params)[0]["title"] == "Change to false"


# Another file


def test_a_key_moves_to_the_other_file_with_consent(vscode: Editor, tmp_path: Path) -> None:
    conf = vscode.open_file(tmp_path / "wsl.conf", "[user]\ndefault=me\n")
    config = vscode.open_file(tmp_path / ".wslconfig", "[boot]\nsystemd=true\n")
    action = by_title(vscode.actions(config, 1, 2), "Move to")
    assert "isPreferred" not in action
    assert text_after("[boot]\nsystemd=true\n", edits(action, config)) == "[boot]\n"
    assert text_after("[user]\ndefault=me\n", edits(action, conf)).endswith("[boot]\nsystemd=true\n")
    (label,) = action["edit"]["changeAnnotations"].values()
    assert label["needsConfirmation"] is True
    assert all("annotationId" in edit for edit in edits(action, conf))
    assert not any("annotationId" in edit for edit in edits(action, config))


def test_the_other_file_may_be_closed(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "wsl.conf").write_bytes("[user]\ndefault=😀me\n".encode())
    config = editor.open_file(tmp_path / ".wslconfig", "[boot]\nsystemd=true\n")
    action = by_title(editor.actions(config, 1, 2), "Move to")
    other = next(change for change in action["edit"]["documentChanges"] if change["textDocument"]["uri"] != config)
    assert other["textDocument"] == {"uri": (tmp_path / "wsl.conf").as_uri(), "version": None}


def test_with_two_other_files_none_is_chosen(editor: Editor, tmp_path: Path) -> None:
    editor.open_file(tmp_path / "a" / "wsl.conf", "[user]\ndefault=me\n")
    editor.open_file(tmp_path / "b" / "wsl.conf", "[user]\ndefault=me\n")
    config = editor.open_file(tmp_path / ".wslconfig", "[boot]\nsystemd=true\n")
    assert not any("Move" in title for title in titles(editor.actions(config, 1, 2)))


# Bytes


def run(editor: Editor, action: dict) -> bool:
    assert "edit" not in action
    return bool(
        editor.result("workspace/executeCommand", {key: action["command"][key] for key in ("command", "arguments")})
    )


def test_a_byte_order_mark_is_removed_from_the_file(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "wsl.conf"
    uri = editor.open_file(path, b"\xef\xbb\xbf[boot]\nsystemd=true\n")
    path.chmod(0o640)
    action = editor.actions(uri, 0, 0)[0]
    assert action["isPreferred"]
    assert run(editor, action)
    assert path.read_bytes() == b"[boot]\nsystemd=true\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert editor.diagnostics(uri) == []
    assert list(tmp_path.iterdir()) == [path]


def test_windows_line_ends_are_changed_in_the_bytes(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "wsl.conf"
    uri = editor.open_file(path, b"[boot]\r\nsystemd=true\r\n")
    found = next(diagnostic for diagnostic in editor.diagnostics(uri) if "windows-line-ends" in diagnostic["code"])[
        "range"
    ]["start"]
    action = next(action for action in editor.actions(uri, found["line"], found["character"]) if "command" in action)
    assert run(editor, action)
    assert path.read_bytes() == b"[boot]\nsystemd=true\n"


def test_an_encoding_is_changed_in_the_bytes(editor: Editor, tmp_path: Path) -> None:
    path, text = tmp_path / "wsl.conf", "[boot]\nsystemd=true\n"
    uri = editor.open_file(path, text.encode("utf-16"), shown=text)
    assert run(editor, next(action for action in editor.actions(uri, 0, 0) if "command" in action))
    assert path.read_bytes() == text.encode()


def test_a_symbolic_link_stays_a_link(editor: Editor, tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles" / "wsl.conf", tmp_path / "wsl.conf"
    real.parent.mkdir()
    real.write_bytes(b"\xef\xbb\xbf[boot]\nsystemd=true\n")
    link.symlink_to(real)
    uri = editor.open(link.as_uri(), "[boot]\nsystemd=true\n")
    assert run(editor, editor.actions(uri, 0, 0)[0])
    assert link.is_symlink()
    assert real.read_bytes() == b"[boot]\nsystemd=true\n"


def test_unsaved_changes_are_not_lost_to_a_fix_of_bytes(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "wsl.conf"
    uri = editor.open_file(path, b"\xef\xbb\xbf[boot]\nsystemd=true\n")
    editor.change(uri, 2, "[boot]\nsystemd=false\n")
    assert not run(editor, editor.actions(uri, 0, 0)[0])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "save it first" in editor.of("window/showMessage")[-1]["message"]


def test_a_problem_that_is_gone_changes_nothing(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "wsl.conf"
    uri = editor.open_file(path, b"\xef\xbb\xbf[boot]\nsystemd=true\n")
    action = editor.actions(uri, 0, 0)[0]
    path.write_bytes(b"[boot]\nsystemd=true\n")
    assert not run(editor, action)
    assert "no longer" in editor.of("window/showMessage")[-1]["message"]


def test_a_missing_file_is_reported(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "wsl.conf"
    uri = editor.open_file(path, b"\xef\xbb\xbf[boot]\nsystemd=true\n")
    action = editor.actions(uri, 0, 0)[0]
    path.unlink()
    assert not run(editor, action)
    assert str(path) in editor.of("window/showMessage")[-1]["message"]


@pytest.mark.parametrize(
    "arguments", [None, [], [1], [{}], [{"uri": 1}], [{"uri": "file:///x", "rule": "y"}], [{}, {}]]
)
def test_wrong_arguments_of_a_command_are_an_error(vscode: Editor, arguments: object) -> None:
    answer = vscode.ask("workspace/executeCommand", {"command": "wslgo.server.writeBytes", "arguments": arguments})
    assert answer["error"]["code"] == -32602


def test_a_command_for_an_unopened_file_changes_nothing(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "wsl.conf"
    path.write_bytes(b"\xef\xbb\xbf[boot]\n")
    here = {"line": 0, "character": 0}
    argument = {"uri": path.as_uri(), "rule": "wslconf/byte-order-mark", "range": {"start": here, "end": here}}
    assert editor.result("workspace/executeCommand", {"command": "wslgo.server.writeBytes", "arguments": [argument]})
    assert path.read_bytes() == b"[boot]\n"


def test_actions_are_in_the_language_of_the_user(tmp_path: Path) -> None:
    editor = Editor(VSCODE, tmp_path, locale="zh-cn")
    editor.open(URI, OFF)
    assert titles(editor.actions(URI, 1, 17))[0] == "改为 false"


@given(st.text("ab\r\n😀"), st.text("ab\r\n😀"))
def test_the_replacement_makes_the_new_text_and_splits_no_line_end(old: str, new: str) -> None:
    edit = minimal_edit(old, new)
    if edit is None:
        assert old == new
        return
    assert apply(old, [edit]) == new
    for at in edit.span:
        assert old[max(at - 1, 0) : at + 1] != "\r\n"
