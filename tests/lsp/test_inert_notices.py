"""Texts of a server in which VS Code reads markup."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from conversation import LOOP, VSCODE, Editor
from payloads import COMMAND, ICON, LINKED, MARKUP, OBEYED, PAYLOADS, faults
from wire import INITIALIZE, Wire
from wslgo.lsp.client_dialogs import choice
from wslgo.lsp.wire.log import to_stderr
from wslgo.text.message import Message

Json = Any
LINK = f"[Repair Go]({COMMAND})"
BAD = "[wsl2]\nguiApplications=off\n"
TEAM = (
    "? {words}\n: 1\n",
    "check: {{? {words} : 1}}\n",
    "check: {{severity: {{unknown-key: {words}}}}}\n",
    "check: {{severity: {{{words}: x}}}}\n",
    "check: {words}\n",
    "{words}\n",
    "[{words}\n",
)
# Messages whose words VS Code parses.
SAID = ("window/showMessage", "window/showMessageRequest", "window/logMessage", "$/progress", "wslgo/health")


def words(value: Json) -> list[str]:
    if isinstance(value, dict):
        return [
            text for name, diagnostic in value.items() if name not in ("uri", "value") for text in words(diagnostic)
        ]
    if isinstance(value, list):
        return [text for member in value for text in words(member)]
    return [value] if isinstance(value, str) else []


def in_folder(folder: Path, team: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "wslgo.yaml").write_text(team, encoding="utf-8")
    (folder / ".wslconfig").write_text(BAD)
    return (folder / ".wslconfig").as_uri()


def test_over_the_wire_a_team_file_puts_no_link_into_a_notification(tmp_path: Path) -> None:
    uri = in_folder(tmp_path, f"? {json.dumps(LINK)}\n: 1\n")
    with Wire() as wire:
        options = {"rootUri": tmp_path.as_uri(), "initializationOptions": {"trusted": False}}
        wire.ask("initialize", INITIALIZE | options, "first")
        wire.tell("initialized", {})
        wire.open(BAD, uri)
        while (message := wire.receive()).get("method") != "window/showMessage":
            pass
        shown = message["params"]["message"]
        assert "Repair Go" in shown
        assert "command:" in shown
        assert not LINKED.search(shown)


@pytest.mark.slow
@pytest.mark.parametrize("template", TEAM)
@pytest.mark.parametrize("payload", [LINK, *MARKUP[2::6]])
def test_a_team_file_puts_no_markup_into_a_notification(tmp_path: Path, payload: str, template: str) -> None:
    editor = Editor(VSCODE, tmp_path, trusted=False, health=True)
    uri = in_folder(tmp_path, template.format(words=json.dumps(payload)))
    editor.open(uri, BAD)
    editor.diagnostics(uri)
    editor.settle()
    for method in SAID:
        for text in words(editor.of(method)):
            assert not LINKED.search(text), text
            assert not ICON.search(text), text


def test_the_folder_itself_puts_no_markup_into_a_notification(tmp_path: Path) -> None:
    folder = tmp_path / "[Repair Go](command:x)" / "$(warning)"
    editor = Editor(VSCODE, folder, trusted=False)
    uri = in_folder(folder, "no: 1\n")
    editor.open(uri, BAD)
    editor.diagnostics(uri)
    [shown] = [message["message"] for message in editor.of("window/showMessage")]
    assert "Repair Go" in shown
    assert not LINKED.search(shown)
    assert not ICON.search(shown)


@pytest.mark.slow
@pytest.mark.parametrize("payload", [*MARKUP[::6], "\x1b[31m", "\u202e", "a\u2028b"])
def test_contents_of_a_file_are_text_in_every_answer(tmp_path: Path, payload: str) -> None:
    line = payload.replace("\n", " ")
    entry = dict.fromkeys(("name", "host", "request", "mode", "program", "cwd", payload), payload)
    texts = {
        ".wslconfig": f"[wsl2]\nmemory={line}\n{line}=1\n[{line}]\nx=1\n",
        ".vscode/launch.json": json.dumps(
            {"configurations": [entry | {"type": "go", "env": {payload: payload}}]}, indent=1
        ),
        ".env": f'GOPROXY="{line}"\n',
    }
    editor = Editor(VSCODE, tmp_path, trusted=False, can=["explain", "debug", "ignore", "asRoot"])
    for name, text in texts.items():
        uri = editor.open_file(tmp_path / name, text)
        for number, row in enumerate(text.split("\n")):
            for character in {0, 1, row.find(":") + 3, row.find("=") + 1, len(row)} & set(range(len(row) + 1)):
                found = editor.hover(uri, number, character)
                assert found is None or not faults(found["contents"]["value"])
                for action in editor.actions(uri, number, character):
                    assert not OBEYED.search(action["title"])
        for diagnostic in editor.diagnostics(uri):
            assert not OBEYED.search(diagnostic["message"])
        document = {"textDocument": {"uri": uri}}
        for symbol in editor.result("textDocument/documentSymbol", document) or ():
            assert not [
                text for text in words(symbol) if LINKED.search(text) or ICON.search(text) or OBEYED.search(text)
            ]
        for lens in editor.result("textDocument/codeLens", document) or ():
            assert not ICON.search(lens["command"]["title"])


@pytest.mark.parametrize("payload", MARKUP[:4])
def test_an_error_that_quotes_a_message_has_no_link(tmp_path: Path, payload: str) -> None:
    """VS Code shows the error of a command in a notification."""
    editor = Editor(VSCODE, tmp_path, trusted=False)
    asked = {"command": payload, "arguments": [{payload: payload}]}
    for refused in (editor.ask("workspace/executeCommand", asked), editor.ask(payload, {})):
        assert not LINKED.search(refused["error"]["message"])


@pytest.mark.slow
@pytest.mark.parametrize("payload", PAYLOADS[::3])
def test_the_page_of_a_rule_that_does_not_exist_is_text(tmp_path: Path, payload: str) -> None:
    editor = Editor(VSCODE, tmp_path, trusted=False)
    asked = {"command": "wslgo.server.explain", "arguments": [{"rule": payload}]}
    assert not faults(editor.result("workspace/executeCommand", asked))


def test_the_log_has_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    """VS Code shows it, and people look at it in terminals."""
    root = logging.getLogger()
    kept, root.handlers = root.handlers, []
    try:
        to_stderr()
        logging.getLogger("wslgo").error(
            "it quotes \x1b]8;;https://evil.invalid\x07a\u202e", exc_info=ValueError("\x1b[2J")
        )
    finally:
        root.handlers = kept
    log = capsys.readouterr().err
    assert "it quotes" in log
    assert log.count("\n") > 1
    assert not OBEYED.search(log)


@pytest.mark.slow
@pytest.mark.parametrize("payload", MARKUP[:6])
def test_a_question_has_no_link_in_its_words_and_in_its_detail(payload: str) -> None:
    """Both for our own client and for others."""
    for can in (["pages"], []):
        editor = Editor(VSCODE, None, trusted=True, can=can)
        text = Message(en="{words}", zh="{words}")(words=payload)
        LOOP.create_task(choice(editor.server, text, [text, text], (Message(en="Yes", zh="是"),)))
        editor.settle()
        [asked] = editor.of("wslgo/confirm") or editor.of("window/showMessageRequest")
        assert not [text for text in words(asked) if LINKED.search(text) or ICON.search(text)]
