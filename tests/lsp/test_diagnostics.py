"""Diagnostics: which, when, and at which place."""

import json
from pathlib import Path

import pytest

from conversation import NEOVIM, VSCODE, Editor, change, span

OFF = "[wsl2]\nguiApplications=off\n"
FINE = "[wsl2]\nguiApplications=false\n"
URI = "file:///mnt/c/Users/me/.wslconfig"


def rules(diagnostics: list[dict]) -> list[str]:
    return [diagnostic["code"] for diagnostic in diagnostics]


def test_a_finding_has_message_range_and_source(editor: Editor) -> None:
    editor.open(URI, OFF)
    (found,) = editor.diagnostics(URI)
    assert span(found) == (1, 16, 1, 19)
    assert (found["code"], found["source"], found["severity"]) == ("wslconfig/invalid-boolean", "wslgo", 2)
    assert "'off'" in found["message"]
    assert found["data"] == {"fixes": 1}


def test_a_healthy_file_shows_nothing(editor: Editor) -> None:
    editor.open(URI, FINE)
    assert editor.diagnostics(URI) == []


def test_a_file_of_no_family_shows_nothing(editor: Editor) -> None:
    editor.open("file:///home/me/notes.txt", OFF, language="plaintext")
    assert editor.diagnostics("file:///home/me/notes.txt") == []


def test_a_client_that_pulls_is_never_pushed_to(vscode: Editor) -> None:
    vscode.open(URI, OFF)
    vscode.change(URI, 2, OFF + "# more\n")
    assert vscode.of("textDocument/publishDiagnostics") == []


def test_a_client_that_cannot_pull_is_not_offered_pull(neovim: Editor) -> None:
    assert "diagnosticProvider" not in neovim.initialized["capabilities"]


def test_changes_of_ranges_are_asked_for(editor: Editor) -> None:
    assert editor.initialized["capabilities"]["textDocumentSync"]["change"] == 2


def test_pushed_findings_carry_the_version_they_are_about(neovim: Editor) -> None:
    neovim.open(URI, OFF)
    neovim.change(URI, 7, OFF + "# more\n")
    assert [report["version"] for report in neovim.of("textDocument/publishDiagnostics")] == [1, 7]


def test_a_closed_document_shows_nothing(neovim: Editor) -> None:
    neovim.open(URI, OFF)
    neovim.tell("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert neovim.diagnostics(URI) == []


def test_a_burst_of_keystrokes_is_published_once(neovim: Editor) -> None:
    neovim.open(URI, FINE)
    neovim.said.clear()
    neovim.post(*(change(URI, version, OFF + "#" * version) for version in range(2, 22)))
    (published,) = neovim.of("textDocument/publishDiagnostics")
    assert (published["version"], rules(published["diagnostics"])) == (21, ["wslconfig/invalid-boolean"])


def pull(editor: Editor, previous: str | None = None) -> dict:
    params = {"textDocument": {"uri": URI}, "previousResultId": previous}
    return dict(editor.result("textDocument/diagnostic", params))


def test_an_unchanged_document_answers_unchanged(vscode: Editor) -> None:
    vscode.open(URI, OFF)
    first = pull(vscode)
    assert pull(vscode, first["resultId"]) == {"kind": "unchanged", "resultId": first["resultId"]}


def test_a_change_that_changes_no_finding_answers_unchanged(vscode: Editor) -> None:
    vscode.open(URI, OFF)
    first = pull(vscode)
    vscode.change(URI, 2, OFF + "# a comment behind it\n")
    assert pull(vscode, first["resultId"])["kind"] == "unchanged"


def test_a_finding_that_moves_is_sent_again(vscode: Editor) -> None:
    vscode.open(URI, OFF)
    first = pull(vscode)
    vscode.change(URI, 2, "\n" + OFF)
    again = pull(vscode, first["resultId"])
    assert (again["kind"], span(again["items"][0])) == ("full", (2, 16, 2, 19))


def test_a_pull_that_a_newer_version_overtakes_costs_nothing(vscode: Editor) -> None:
    vscode.open(URI, OFF)
    first = pull(vscode)
    params = {"textDocument": {"uri": URI}, "previousResultId": first["resultId"]}
    early = vscode.request("textDocument/diagnostic", params)
    late = vscode.request("textDocument/diagnostic", params)
    vscode.post(change(URI, 2, FINE), early, change(URI, 3, FINE + "#"), late)
    assert vscode.answer(early)["result"]["kind"] == "unchanged"
    assert vscode.answer(late)["result"]["items"] == []


def test_a_result_id_of_another_process_is_unknown(vscode: Editor, tmp_path: Path) -> None:
    vscode.open(URI, OFF)
    other = Editor(VSCODE, tmp_path)
    other.open(URI, FINE)
    assert pull(other, pull(vscode)["resultId"])["kind"] == "full"


@pytest.mark.parametrize(("unit", "column"), [("utf-8", 6), ("utf-16", 4), ("utf-32", 3)])
def test_columns_are_counted_in_the_unit_of_the_client(unit: str, column: int) -> None:
    editor = Editor({**NEOVIM, "general": {"positionEncodings": [unit]}})
    editor.open("file:///etc/wsl.conf", "[user]\ndefault=me\n😀=1\n")
    assert editor.initialized["capabilities"]["positionEncoding"] == unit
    bad = next(diagnostic for diagnostic in editor.diagnostics("file:///etc/wsl.conf") if diagnostic["severity"] == 1)
    assert span(bad) == (2, 0, 2, column)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_are_counted_as_the_client_counts_them(editor: Editor, end: str) -> None:
    editor.open(URI, f"# a \u2028 b \x0b c \x85 d{end}[wsl2]{end}guiApplications=off{end}")
    found = next(
        diagnostic for diagnostic in editor.diagnostics(URI) if diagnostic["code"] == "wslconfig/invalid-boolean"
    )
    assert span(found) == (2, 16, 2, 19)


def test_a_mark_that_the_editor_hides_is_found_and_shifts_nothing(vscode: Editor, tmp_path: Path) -> None:
    uri = vscode.open_file(tmp_path / "wsl.conf", b"\xef\xbb\xbf[boot]\nsystemd=yes\n")
    found = {diagnostic["code"]: span(diagnostic) for diagnostic in vscode.diagnostics(uri)}
    assert found["wslconf/byte-order-mark"][:2] == (0, 0)
    uri = vscode.open_file(tmp_path / ".wslconfig", "\ufeffmemory=1\n[wsl2]\n")
    unknown = next(diagnostic for diagnostic in vscode.diagnostics(uri) if span(diagnostic)[0] == 0)
    assert span(unknown)[1] == 0


def test_a_mark_that_the_editor_shows_counts_as_a_character(neovim: Editor, tmp_path: Path) -> None:
    uri = neovim.open_file(tmp_path / ".wslconfig", "\ufeffmemory=1\n[wsl2]\n", shown="\ufeffmemory=1\n[wsl2]\n")
    unknown = next(diagnostic for diagnostic in neovim.diagnostics(uri) if span(diagnostic)[0] == 0)
    assert span(unknown)[1] == len("\ufeff".encode())


def test_an_encoding_that_the_editor_hides_is_found(editor: Editor, tmp_path: Path) -> None:
    text = "[boot]\nsystemd=true\n"
    uri = editor.open_file(tmp_path / "wsl.conf", text.encode("utf-16"), shown=text)
    assert "wslconf/utf16" in rules(editor.diagnostics(uri))


def test_a_mark_that_is_saved_away_is_gone(vscode: Editor, tmp_path: Path) -> None:
    uri = vscode.open_file(tmp_path / "wsl.conf", b"\xef\xbb\xbf[boot]\nsystemd=true\n")
    (tmp_path / "wsl.conf").write_text("[boot]\nsystemd=true\n")
    vscode.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert vscode.diagnostics(uri) == []


def test_lines_that_do_nothing_are_faded(editor: Editor) -> None:
    editor.open(URI, "[wsl2]\nmemory=8GB\n[experimental]\nhostAddressLoopback=true\n")
    (found,) = editor.diagnostics(URI)
    assert found["tags"] == [1]


def test_the_place_that_explains_a_finding_is_named(editor: Editor) -> None:
    editor.open(URI, "[wsl2]\nnetworkingMode=mirrored\nlocalhostForwarding=true\n")
    (found,) = editor.diagnostics(URI)
    (related,) = found["relatedInformation"]
    assert related["location"]["uri"] == URI
    assert related["location"]["range"]["start"] == {"line": 1, "character": 15}


# Settings


def test_a_rule_can_be_switched_off_from_the_start(tmp_path: Path) -> None:
    editor = Editor(VSCODE, tmp_path, settings={"check": {"ignore": ["invalid-boolean"]}, "language": "auto"})
    editor.open(URI, OFF)
    assert editor.diagnostics(URI) == []


def test_changed_settings_apply_and_diagnostics_are_refreshed(vscode: Editor) -> None:
    vscode.open(URI, OFF)
    settings = {"wslgo": {"check": {"select": [], "ignore": [], "severity": {"invalid-boolean": "hint"}}}}
    vscode.tell("workspace/didChangeConfiguration", {"settings": settings})
    assert [diagnostic["severity"] for diagnostic in vscode.diagnostics(URI)] == [4]
    assert any(message["method"] == "workspace/diagnostic/refresh" for message in vscode.said)


def test_settings_that_a_client_only_announces_are_asked_for(neovim: Editor) -> None:
    neovim.open(URI, OFF)
    neovim.tell("workspace/didChangeConfiguration", {"settings": None})
    asked = next(message for message in neovim.said if message["method"] == "workspace/configuration")
    neovim.post({"jsonrpc": "2.0", "id": asked["id"], "result": [{"check": {"ignore": ["all"]}}]})
    assert neovim.diagnostics(URI) == []


@pytest.mark.parametrize(("language", "locale"), [("zh-cn", "en"), ("auto", "zh-tw")])
def test_messages_are_in_the_language_of_the_user(tmp_path: Path, language: str, locale: str) -> None:
    editor = Editor(VSCODE, tmp_path, settings={"language": language}, locale=locale)
    editor.open(URI, OFF)
    assert "因此 WSL 使用" in editor.diagnostics(URI)[0]["message"]


def test_the_team_decides_in_its_repository(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "wslgo.yaml").write_text("check:\n  ignore: [invalid-boolean]\n")
    uri = editor.open_file(tmp_path / "dotfiles" / ".wslconfig", OFF)
    assert editor.diagnostics(uri) == []


def test_a_changed_team_file_applies(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open_file(tmp_path / ".wslconfig", OFF)
    (tmp_path / "wslgo.yaml").write_text("check:\n  severity: {invalid-boolean: off}\n")
    changes = [{"uri": (tmp_path / "wslgo.yaml").as_uri(), "type": 1}]
    editor.tell("workspace/didChangeWatchedFiles", {"changes": changes})
    assert editor.diagnostics(uri) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("check:\n  ignroe: [invalid-boolean]\n", "'check.ignroe'; did you mean check.ignore?"),
        (
            "check:\n  ignore: [invalid-bolean]\n",
            "wslgo.yaml: unknown rule 'invalid-bolean'; did you mean invalid-boolean?",
        ),
    ],
)
def test_a_problem_of_a_team_file_is_reported_once(editor: Editor, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "wslgo.yaml").write_text(text)
    uri = editor.open_file(tmp_path / ".wslconfig", OFF)
    assert rules(editor.diagnostics(uri)) == ["wslconfig/invalid-boolean"]
    editor.open_file(tmp_path / "wsl.conf", "[boot]\nsystemd=true\n")
    editor.diagnostics(uri)
    (message,) = editor.of("window/showMessage")
    assert words in message["message"]


@pytest.mark.parametrize("options", [None, 3, [], "x", {"settings": 3}, {"settings": {"check": [1], "language": 4}}])
def test_odd_options_are_ignored(tmp_path: Path, options: object) -> None:
    editor = Editor(VSCODE, tmp_path)
    params = {"processId": None, "rootUri": None, "capabilities": {}, "initializationOptions": options}
    assert "error" in editor.ask("initialize", params), "a second initialize is refused"
    fresh = Editor(NEOVIM, tmp_path, **(options if isinstance(options, dict) else {}))
    fresh.open(URI, OFF)
    assert rules(fresh.diagnostics(URI)) == ["wslconfig/invalid-boolean"]


def test_files_and_settings_are_watched_where_the_client_can(vscode: Editor, neovim: Editor) -> None:
    (asked,) = vscode.of("client/registerCapability")
    assert {registration["method"] for registration in asked["registrations"]} == {
        "workspace/didChangeConfiguration",
        "workspace/didChangeWatchedFiles",
    }
    assert "**/wslgo.yaml" in json.dumps(asked)
    assert neovim.of("client/registerCapability") == []


def test_a_change_of_one_wsl_file_is_seen_by_the_other(neovim: Editor, tmp_path: Path) -> None:
    conf = neovim.open_file(tmp_path / "wsl.conf", "[user]\ndefault=me\n")
    config = neovim.open_file(tmp_path / ".wslconfig", "[boot]\nsystemd=true\n")
    before = next(
        diagnostic for diagnostic in neovim.diagnostics(config) if diagnostic["code"] == "wslconfig/wrong-file"
    )
    neovim.change(conf, 2, "[boot]\nsystemd=true\n")
    after = next(
        diagnostic for diagnostic in neovim.diagnostics(config) if diagnostic["code"] == "wslconfig/wrong-file"
    )
    assert before["data"]["fixes"] > after["data"]["fixes"]


def test_unchanged_settings_cause_no_work(tmp_path: Path) -> None:
    settings = {"check": {"ignore": []}, "language": "auto"}
    editor = Editor(VSCODE, tmp_path, settings=settings)
    editor.tell("workspace/didChangeConfiguration", {"settings": {"wslgo": settings}})
    assert not any(message["method"] == "workspace/diagnostic/refresh" for message in editor.said)


def test_files_of_a_folder_that_joins_the_workspace_are_seen(vscode: Editor, tmp_path: Path) -> None:
    config = vscode.open_file(tmp_path / ".wslconfig", "[boot]\nsystemd=true\n")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "wsl.conf").write_text("[user]\ndefault=me\n")
    fixes = [
        diagnostic["data"]["fixes"]
        for diagnostic in vscode.diagnostics(config)
        if diagnostic["code"] == "wslconfig/wrong-file"
    ]
    event = {"added": [{"uri": (tmp_path / "more").as_uri(), "name": "more"}], "removed": []}
    vscode.tell("workspace/didChangeWorkspaceFolders", {"event": event})
    more = [
        diagnostic["data"]["fixes"]
        for diagnostic in vscode.diagnostics(config)
        if diagnostic["code"] == "wslconfig/wrong-file"
    ]
    assert more[0] == fixes[0] + 1
