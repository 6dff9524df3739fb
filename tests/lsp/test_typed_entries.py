"""A launch.json while someone types: what is shown is what a fresh check shows, whatever was edited before."""

import json
import random
from typing import Any

import pytest
from pygls.lsp.server import LanguageServer

import entries
from conversation import NEOVIM, VSCODE, Editor, change
from wslgo.lsp import convert
from wslgo.text.span import Lines, Unit

URI = "file:///home/me/app/.vscode/launch.json"
FILES, EDITS = 6, 12


def by_range(text: str, new: str, unit: Unit) -> dict[str, Any]:
    """Return the change from one text to another as a client sends it."""
    start = 0
    while start < min(len(text), len(new)) and text[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(text), len(new)) - start and text[-1 - end] == new[-1 - end]:
        end += 1
    lines = Lines(text)
    ends = [lines.position(at, unit) for at in (start, len(text) - end)]
    if [lines.offset(at, unit) for at in ends] != [start, len(text) - end]:  # between CR and LF
        return {"text": new}
    places = [{"line": at.line, "character": at.character} for at in ends]
    return {"range": {"start": places[0], "end": places[1]}, "text": new[start : len(new) - end]}


@pytest.mark.slow
@pytest.mark.parametrize("capabilities", [VSCODE, NEOVIM], ids=["vscode", "neovim"])
def test_after_any_edits_the_diagnostics_are_those_of_a_document_just_opened(capabilities: dict[str, Any]) -> None:
    chance = random.Random(1)
    editor, fresh = Editor(capabilities), Editor(capabilities)
    for number in range(FILES):
        uri = URI.replace("app", f"app{number}")
        text = entries.made(chance).encode("utf-16", "ignore").decode("utf-16")
        history = [text]
        editor.open(uri, text, "jsonc")
        for version in range(2, EDITS + 2):
            new = entries.edited(text, history, chance)
            message = change(uri, version, new)
            message["params"]["contentChanges"] = [by_range(text, new, editor.server.session.client.unit)]
            editor.post(message)
            text = new
            history.append(text)
            assert editor.server.session.documents.text(uri) == text
            fresh.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
            fresh.open(uri, text, "jsonc")
            assert editor.diagnostics(uri) == fresh.diagnostics(uri), history[-2:]


def test_diagnostics_are_written_as_lsprotocol_writes_them(vscode: Editor) -> None:
    entry = '{"name": "é😀", "type": "go", "request": "launch", "env": {"GOFLAGS": "-race -x", "A": 1}}'
    text = f'{{"configurations": [\n{entry}]}}\n'
    vscode.open(URI, text, "jsonc")
    session = vscode.server.session
    document = session.documents.get(URI)
    assert document is not None
    report = vscode.server.reports.of(document, session)
    converter = LanguageServer("any", "1").protocol._converter
    wanted = converter.unstructure(convert.diagnostics(report.found, document, session))
    assert wanted
    assert json.loads(f"[{report.items}]") == wanted
