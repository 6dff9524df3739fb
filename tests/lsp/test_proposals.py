"""Completion lists: shared parts are sent once, documentation when an item is selected."""

import copy

import pytest

from conversation import NEOVIM, VSCODE, Editor, Json, text_after

URI = "file:///mnt/c/Users/me/.wslconfig"
TEXT = "[wsl2]\nmem\n"


def without(*names: str) -> Json:
    """VS Code, had it not these capabilities of completion."""
    capabilities = copy.deepcopy(VSCODE)
    completion = capabilities["textDocument"]["completion"]
    for name in names:
        (completion if name in completion else completion["completionItem"]).pop(name)
    return capabilities


CLIENTS = {
    "vscode": VSCODE,
    "neovim": NEOVIM,
    "without defaults": without("completionList"),
    "without resolving": without("resolveSupport"),
}


@pytest.fixture(params=CLIENTS.values(), ids=CLIENTS)
def any_client(request: pytest.FixtureRequest) -> Editor:
    return Editor(request.param)


def raw(editor: Editor, line: int = 1, character: int = 3) -> Json:
    params = {"textDocument": {"uri": URI}, "position": {"line": line, "character": character}}
    return editor.result("textDocument/completion", params)


def test_every_client_writes_the_same_and_reads_the_same(any_client: Editor) -> None:
    any_client.open(URI, TEXT)
    memory = next(item for item in any_client.complete(URI, 1, 3) if item["label"] == "memory")
    assert text_after(TEXT, [memory["textEdit"]]).startswith("[wsl2]\nmemory=")
    assert "memory" in any_client.documentation(memory)


def test_a_client_that_resolves_items_gets_no_documentation_before(vscode: Editor) -> None:
    vscode.open(URI, TEXT)
    assert not any("documentation" in item for item in raw(vscode)["items"])


@pytest.mark.parametrize("capabilities", [NEOVIM, without("resolveSupport")])
def test_a_client_that_cannot_resolve_gets_the_documentation_at_once(capabilities: Json) -> None:
    editor = Editor(capabilities)
    editor.open(URI, TEXT)
    assert all(
        item["documentation"]["value"] for item in editor.complete(URI, 1, 3) if not item["label"].startswith("[")
    )


def test_what_a_client_cannot_do_is_not_sent(neovim: Editor) -> None:
    neovim.open(URI, TEXT)
    found = raw(neovim)
    assert isinstance(found, list)
    assert not any("data" in item or "textEditText" in item for item in found)


def test_an_item_of_an_older_list_stays_as_it_is(vscode: Editor) -> None:
    vscode.open(URI, TEXT)
    old = vscode.complete(URI, 1, 3)[0]
    vscode.complete(URI, 0, 1)
    assert vscode.result("completionItem/resolve", old) == old


@pytest.mark.parametrize("data", [None, 0, -1, "1", [], {"a": 1}, [1, 2]])
def test_an_unknown_item_stays_as_it_is(vscode: Editor, data: Json) -> None:
    vscode.open(URI, TEXT)
    raw(vscode)
    item = {"label": "memory"} | ({} if data is None else {"data": data})
    assert vscode.result("completionItem/resolve", item) == item


def test_a_list_without_items_has_no_defaults(vscode: Editor) -> None:
    vscode.open(URI, "# a comment\n")
    assert vscode.complete(URI, 0, 5) == []
