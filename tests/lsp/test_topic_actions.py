"""The page of a topic in the editor: by a code action at a finding, and with what holds on this machine."""

from pathlib import Path

import pytest

from conversation import NEOVIM, VSCODE, Editor, by_title

WRONG = "nameserver 10.0.0.1\ngenerateResolvConf = false\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "workspace"
    path.mkdir()
    return path


def titles(editor: Editor, path: Path, text: str, line: int) -> list[str]:
    uri = editor.open_file(path, text)
    return [action["title"] for action in editor.actions(uri, line, 3)]


def test_an_action_at_a_finding_opens_the_page_of_its_topic(workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, can=["topics"])
    uri = editor.open_file(workspace / "etc/resolv.conf", WRONG)
    found = by_title(editor.actions(uri, 1, 3), "Explain resolv-conf")
    assert found["command"] == {"title": found["title"], "command": "wslgo.openRule", "arguments": ["resolv-conf"]}


def test_a_finding_without_a_topic_has_no_such_action(workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, can=["topics"])
    found = titles(editor, workspace / ".wslconfig", "[wsl2]\nguiApplications=off\n", 1)
    assert not [title for title in found if title.startswith("Explain")]


def test_a_client_without_pages_is_not_offered_one(workspace: Path) -> None:
    editor = Editor(NEOVIM, workspace)
    found = titles(editor, workspace / "etc/resolv.conf", WRONG, 1)
    assert not [title for title in found if title.startswith("Explain")]


def test_the_page_of_a_topic_is_like_that_of_a_rule(workspace: Path) -> None:
    editor = Editor(VSCODE, workspace)
    words = {"command": "wslgo.server.explain", "arguments": [{"rule": "goproxy-walk"}]}
    page = editor.result("workspace/executeCommand", words)
    assert page.startswith("# goproxy-walk\n\nAfter a comma in GOPROXY, ")
    assert "## Sources\n\n- Go modules reference" in page
    assert page.rstrip().endswith("`policy/proxy-not-allowed`")
    words["arguments"] = [{"rule": "goenv/unreachable-proxy"}]
    assert "See also: `wslgo explain goproxy-walk`" in editor.result("workspace/executeCommand", words)


@pytest.mark.parametrize(("can", "is_link"), [(["topics"], True), ([], False)])
def test_a_hover_links_to_the_page_where_the_client_opens_it(can: list[str], is_link: bool, workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, can=can)
    uri = editor.open_file(workspace / ".env", "GOPROXY=https://goproxy.cn,direct\n")
    shown = editor.hover(uri, 0, 3)["contents"]["value"]
    assert "wslgo explain goproxy-walk" in shown
    assert ("(command:wslgo.openRule?" in shown) == is_link
