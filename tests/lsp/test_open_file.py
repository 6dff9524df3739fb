"""The command that opens a file of this machine, and creates it from a template."""

from pathlib import Path

import pytest

from conversation import NEOVIM, VSCODE, Editor, Json
from machines import Tree, tree_of
from wslgo.knowledge.file_templates import TEMPLATES
from wslgo.system.journal import Journal, folder_of

pytestmark = pytest.mark.slow

MACHINE = "like: ubuntu-24.04-nat\n-- /mnt/c/Users/user/.wslconfig --\n[wsl2]\n"
WSLCONFIG = "file:///mnt/c/Users/user/.wslconfig"
BAD = "[wsl2]\nguiApplications=off\n"


@pytest.fixture
def world(tmp_path: Path) -> Tree:
    (tmp_path / "machine").mkdir()
    return tree_of(MACHINE, tmp_path / "machine")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Tree:
    """Return a machine whose go env file is in a folder of the test."""
    return tree_of("like: ubuntu-24.04-nat\n", tmp_path, GOENV=str(tmp_path / "go" / "env"), HOME=str(tmp_path))


def shown_uris(editor: Editor) -> list[str]:
    """Return the URIs that the client was asked to show."""
    return [document["uri"] for document in editor.of("window/showDocument")]


def open_file(editor: Editor, file: str) -> Json:
    """Send the request for a file of the machine, and return it."""
    request = editor.request(
        "workspace/executeCommand", {"command": "wslgo.server.open", "arguments": [{"file": file}]}
    )
    editor.post(request)
    return request


def test_a_file_of_the_machine_is_shown(world: Tree, workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, world, trusted=True)
    editor.settle()
    request = open_file(editor, "wslconfig")
    assert shown_uris(editor) == [WSLCONFIG]
    editor.reply("window/showDocument", {"success": True})
    assert editor.answer(request)["result"] is None


def test_opening_a_file_waits_for_the_first_survey(world: Tree, workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, world, trusted=True)
    open_file(editor, "wslconfig")
    editor.open(WSLCONFIG, BAD)
    assert editor.diagnostics(WSLCONFIG), "other requests are served"
    assert shown_uris(editor) == editor.of("window/showMessage") == []
    editor.settle()
    assert shown_uris(editor) == [WSLCONFIG]


def test_a_failed_survey_ends_the_waiting(workspace: Path) -> None:
    class Broken(Tree):
        def read(self, path: str) -> bytes | None:
            raise RuntimeError(path)

    editor = Editor(VSCODE, workspace, Broken(workspace, {}), trusted=True)
    request = open_file(editor, "wslconf")
    editor.settle()
    assert "does not know where" in editor.of("window/showMessage")[-1]["message"]
    assert editor.answer(request)["result"] is None


def test_without_trust_the_place_of_the_file_is_unknown(world: Tree, workspace: Path) -> None:
    editor = Editor(VSCODE, workspace, world, trusted=False)
    open_file(editor, "wslconfig")
    editor.settle()
    assert "not trusted" in editor.of("window/showMessage")[-1]["message"]
    assert shown_uris(editor) == []


def test_a_client_that_cannot_show_documents_gets_the_path(world: Tree, workspace: Path) -> None:
    editor = Editor(NEOVIM, workspace, world, trusted=True)
    editor.settle()
    open_file(editor, "wslconfig")
    assert "/mnt/c/Users/user/.wslconfig" in editor.of("window/showMessage")[-1]["message"]


def test_a_missing_file_is_created_from_its_template_after_confirmation(
    home: Tree, workspace: Path, tmp_path: Path
) -> None:
    editor = Editor(VSCODE, workspace, home, trusted=True, locale="zh-cn")
    editor.settle()
    open_file(editor, "goenv")
    (question,) = editor.of("window/showMessageRequest")
    assert (question["message"], question["actions"]) == (f"{tmp_path}/go/env 尚不存在", [{"title": "创建"}])
    assert not (tmp_path / "go").exists()
    editor.reply("window/showMessageRequest", {"title": "创建"})
    assert (tmp_path / "go" / "env").read_text(encoding="utf-8") == TEMPLATES["goenv"]
    assert shown_uris(editor) == [(tmp_path / "go" / "env").as_uri()]
    assert [entry.path for entry in Journal(folder_of(home.environment)).entries()] == [f"{tmp_path}/go/env"]


def test_without_confirmation_no_file_is_created(home: Tree, workspace: Path, tmp_path: Path) -> None:
    editor = Editor(VSCODE, workspace, home, trusted=True)
    editor.settle()
    open_file(editor, "goenv")
    editor.reply("window/showMessageRequest", None)
    assert not (tmp_path / "go").exists()
    assert shown_uris(editor) == []


def test_a_file_created_in_the_meantime_is_left_alone(home: Tree, workspace: Path, tmp_path: Path) -> None:
    editor = Editor(VSCODE, workspace, home, trusted=True)
    editor.settle()
    open_file(editor, "goenv")
    path = tmp_path / "go" / "env"
    path.parent.mkdir()
    path.write_text("GOFLAGS=-mod=mod\n", encoding="utf-8")
    editor.reply("window/showMessageRequest", {"title": "Create"})
    assert path.read_text(encoding="utf-8") == "GOFLAGS=-mod=mod\n"
    assert shown_uris(editor) == [path.as_uri()]


def test_the_reason_of_a_failed_write_is_in_the_same_language(home: Tree, workspace: Path, tmp_path: Path) -> None:
    editor = Editor(VSCODE, workspace, home, trusted=True, locale="zh-cn")
    editor.settle()
    (tmp_path / "go").write_text("no folder", encoding="utf-8")
    open_file(editor, "goenv")
    editor.reply("window/showMessageRequest", {"title": "创建"})
    assert editor.of("window/showMessage")[-1]["message"] == f"无法写入 {tmp_path}/go/env：文件已存在"
    assert shown_uris(editor) == []
