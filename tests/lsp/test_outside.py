"""Nothing outside of a workspace is read: without trust nothing at all, with trust nothing that a link leads to."""

import json
import logging
import os
from pathlib import Path

import pytest

import watchedserver
from conversation import VSCODE, Editor, Json
from wire import Wire

MODULE = "module example.com/shop\n\ngo 1.24\n"
CUDA = 'package main\n\n// #include <cuda_runtime.h>\nimport "C"\n\nfunc main() { C.cudaFree(nil) }\n'
BAD = "[wsl2]\nguiApplications=off\n"
IGNORING = "check: {ignore: [invalid-boolean]}\n"
LAUNCH = json.dumps(
    {
        "configurations": [
            {"name": "above", "type": "go", "request": "launch", "program": "${workspaceFolder}/.."},
            {"name": "deep", "type": "go", "request": "launch", "program": "../private/deep", "envFile": "../.env"},
            {"name": "link", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/linked"},
            {"name": "folder", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/folder"},
        ]
    }
)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Return a folder with a repository and files elsewhere."""
    for folder in ("repository", "repository/private/deep", "elsewhere"):
        for name in ("main.go", "secret.go"):
            write(tmp_path / folder / name, CUDA)
        write(tmp_path / folder / "go.mod", MODULE)
        write(tmp_path / folder / "wslgo.yaml", IGNORING)
        write(tmp_path / folder / "wsl.conf", BAD)
        write(tmp_path / folder / ".env", "TOKEN=hunter2\n")
        write(tmp_path / folder / "launch.json", LAUNCH)
        write(tmp_path / folder / "settings.json", '{"go.toolsEnvVars": {"GOPROXY": "off,direct"}}')
    (tmp_path / "repository/.git").mkdir()
    return tmp_path


@pytest.fixture
def workspace(outside: Path) -> Path:
    """Return a folder of the repository, with links out of it."""
    folder = outside / "repository/workspace"
    elsewhere = outside / "elsewhere"
    write(folder / ".vscode/launch.json", LAUNCH)
    write(folder / ".wslconfig", BAD)
    links = {
        "go.mod": "../go.mod",
        "go.work": elsewhere / "go.mod",
        "wsl.conf": elsewhere / "wsl.conf",
        "wslgo.yaml": elsewhere / "wslgo.yaml",
        "folder": elsewhere,
        "cmd/linked/main.go": elsewhere / "main.go",
        "cmd/folder": elsewhere,
        "sub/.vscode": elsewhere,
        "other/.vscode/settings.json": elsewhere / "settings.json",
        "other/.vscode/launch.json": f"/proc/self/root{elsewhere}/launch.json",
    }
    for name, target in links.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "other/go.mod")
    return folder


# As a process, with a record of what it opens


@pytest.fixture
def record(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path_factory.mktemp("record") / "opened"
    monkeypatch.setenv(watchedserver.RECORD, str(path))
    return path


class Watched(Wire):
    """A server of VS Code that tells which files it has looked at."""

    def __init__(self, record: Path, root: Path | None, **options: Json) -> None:
        super().__init__(program=(str(Path(watchedserver.__file__)),))
        self._record = record
        params = {"processId": None, "rootUri": root.as_uri() if root else None, "capabilities": VSCODE}
        self.ask("initialize", {**params, "initializationOptions": options}, "first")
        self.tell("initialized", {})

    def diagnostics(self, path: Path) -> list[str]:
        found = self.ask("textDocument/diagnostic", {"textDocument": {"uri": path.as_uri()}}, str(path))
        return [diagnostic["code"] for diagnostic in found["result"]["items"]]

    def survey(self) -> None:
        """Wait for the first survey, after which the server asks the client to pull again."""
        while self.receive().get("method") != "workspace/diagnostic/refresh":
            pass

    def paths_read(self, folder: Path) -> set[str]:
        """Return what was read in a folder."""
        lines = self._record.read_text(encoding="utf-8").splitlines()
        return {line for line in lines if f"{line}/".startswith(f"{folder}/")}


def exercise(server: Watched, workspace: Path) -> None:
    """Open what there is, change it, ask for actions, hovers and pages."""
    server.survey()
    for name, language in ((".wslconfig", "wslconf"), ("wsl.conf", "wslconf"), (".vscode/launch.json", "jsonc")):
        path = workspace / name
        text = LAUNCH if name.endswith("json") else BAD
        document = {"uri": path.as_uri(), "languageId": language, "version": 1, "text": text}
        server.tell("textDocument/didOpen", {"textDocument": document})
        server.diagnostics(path)
        here = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 5}}
        identifier = {"textDocument": {"uri": path.as_uri()}}
        server.ask("textDocument/codeAction", {**identifier, "range": here, "context": {"diagnostics": []}}, 2)
        server.ask("textDocument/hover", {**identifier, "position": here["start"]}, 3)
        server.ask("textDocument/codeLens", identifier, 4)
        server.ask("textDocument/documentLink", identifier, 5)
        server.ask("textDocument/inlayHint", {**identifier, "range": here}, 6)
    changes = [{"uri": (workspace / name).as_uri(), "type": 2} for name in ("go.mod", "wsl.conf", "cmd/linked/main.go")]
    server.tell("workspace/didChangeWatchedFiles", {"changes": changes})
    server.survey()


@pytest.mark.slow
def test_without_trust_nothing_outside_the_workspace_is_read(outside: Path, workspace: Path, record: Path) -> None:
    with Watched(record, workspace, trusted=False) as server:
        exercise(server, workspace)
        assert server.paths_read(workspace)
        assert server.paths_read(outside) == server.paths_read(workspace)


def test_a_file_that_is_opened_outside_of_the_workspace_gives_its_own_text_alone(
    outside: Path, workspace: Path, record: Path
) -> None:
    with Watched(record, workspace, trusted=False) as server:
        for folder in (outside / "elsewhere", outside / "repository/private/deep"):
            path = folder / "wsl.conf"
            document = {"uri": path.as_uri(), "languageId": "wslconf", "version": 1, "text": "[boot]\nsystemd=yes\n"}
            server.tell("textDocument/didOpen", {"textDocument": document})
            assert server.diagnostics(path) == ["wslconf/invalid-boolean"], "wslgo.yaml beside it would ignore this"
        assert server.paths_read(outside) == server.paths_read(workspace)


def test_a_file_that_is_opened_without_a_workspace_gives_its_own_bytes_alone(outside: Path, record: Path) -> None:
    path = outside / "elsewhere/wsl.conf"
    path.write_bytes(b"\xef\xbb\xbf[boot]\nsystemd=yes\n")
    with Watched(record, None) as server:
        document = {"uri": path.as_uri(), "languageId": "wslconf", "version": 1, "text": "[boot]\nsystemd=yes\n"}
        server.tell("textDocument/didOpen", {"textDocument": document})
        assert server.diagnostics(path) == ["wslconf/byte-order-mark", "wslconf/unread"]
        assert server.paths_read(outside) == {str(path)}


@pytest.mark.slow
def test_with_trust_the_repository_is_read_and_no_link_out_of_it(outside: Path, workspace: Path, record: Path) -> None:
    with Watched(record, workspace, trusted=True) as server:
        exercise(server, workspace)
        assert str(outside / "repository/go.mod") in server.paths_read(outside)
        read = server.paths_read(outside / "elsewhere")
        assert not {path for path in read if not path.endswith("wsl.conf")}, "that one was opened"


# In this process


@pytest.fixture(params=[True, False], ids=["trusted", "untrusted"])
def is_trusted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def editor(workspace: Path, is_trusted: bool) -> Editor:
    return Editor(VSCODE, workspace, trusted=is_trusted)


def codes(editor: Editor, path: Path, text: str = BAD) -> list[str]:
    return [diagnostic["code"] for diagnostic in editor.diagnostics(editor.open(path.as_uri(), text))]


def test_a_link_out_of_the_workspace_is_logged_once(
    editor: Editor, workspace: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "wslgo"):
        editor.settle()
        editor.tell(
            "workspace/didChangeWatchedFiles", {"changes": [{"uri": workspace.as_uri() + "/go.mod", "type": 2}]}
        )
        editor.settle()
    warnings = [record.getMessage() for record in caplog.records if "leads out" in record.getMessage()]
    assert warnings.count(f"'{workspace}/go.mod' leads out of the workspace: open it to check it") == 1
    assert len(warnings) == len(set(warnings)) == 4


def test_files_beside_it_are_not_read_through_a_link_out(editor: Editor, workspace: Path) -> None:
    editor.settle()
    found = editor.server.session.neighbours.survey.workspace
    assert found
    assert not [file for file in found if "elsewhere" in os.path.realpath(file.path)]
    wslconf = editor.server.session.neighbours.other
    document = editor.server.session.documents.get(editor.open((workspace / ".wslconfig").as_uri(), BAD))
    assert document is not None
    assert wslconf(document.file.family) is None


def test_settings_of_the_team_are_not_read_through_a_link_out(editor: Editor, workspace: Path) -> None:
    (workspace.parent / "wslgo.yaml").unlink()
    assert "wslconfig/invalid-boolean" in codes(editor, workspace / ".wslconfig")


def test_a_dangling_link_is_not_turned_into_a_team_file(editor: Editor, workspace: Path) -> None:
    (workspace / "wslgo.yaml").unlink()
    (workspace / "wslgo.yaml").symlink_to("../../elsewhere/new.yaml")
    uri = editor.open((workspace / ".wslconfig").as_uri(), BAD)
    assert "elsewhere" not in json.dumps(editor.actions(uri, 1, 17))
    assert "for the team" not in json.dumps(editor.actions(uri, 1, 17))


@pytest.mark.parametrize("is_trusted", [False])
def test_without_trust_the_search_for_settings_ends_at_the_workspace(workspace: Path, is_trusted: bool) -> None:
    (workspace / "wslgo.yaml").unlink()
    assert "wslconfig/invalid-boolean" in codes(Editor(VSCODE, workspace), workspace / ".wslconfig")
    write(workspace / "wslgo.yaml", IGNORING)
    assert codes(Editor(VSCODE, workspace), workspace / ".wslconfig") == []


def test_with_trust_it_ends_at_the_repository(workspace: Path) -> None:
    (workspace / "wslgo.yaml").unlink()
    assert codes(Editor(VSCODE, workspace, trusted=True), workspace / ".wslconfig") == []


def test_links_inside_of_the_workspace_are_followed(workspace: Path, is_trusted: bool) -> None:
    for name in ("wslgo.yaml", "go.mod", "go.work"):
        (workspace / name).unlink()
    write(workspace / "shared/team.yaml", IGNORING)
    write(workspace / "shared/module", MODULE)
    (workspace / "wslgo.yaml").symlink_to("shared/team.yaml")
    (workspace / "go.mod").symlink_to("shared/module")
    editor = Editor(VSCODE, workspace, trusted=is_trusted)
    editor.settle()
    assert str(workspace / "go.mod") in {file.path for file in editor.server.session.neighbours.survey.workspace}
    assert codes(editor, workspace / ".wslconfig") == []


def test_a_workspace_may_be_reached_through_a_link(outside: Path, workspace: Path, is_trusted: bool) -> None:
    (workspace / "wslgo.yaml").unlink()
    write(workspace / "wslgo.yaml", IGNORING)
    (outside / "here").symlink_to(workspace)
    editor = Editor(VSCODE, outside / "here", trusted=is_trusted)
    editor.settle()
    assert str(outside / "here/.vscode/launch.json") in editor.server.session.neighbours.survey.projects
    assert codes(editor, outside / "here/.wslconfig") == []


def test_a_second_folder_of_the_workspace_is_inside(outside: Path, workspace: Path) -> None:
    editor = Editor(VSCODE, workspace)
    (workspace / "wslgo.yaml").unlink()
    editor.server.session.move((str(workspace), str(outside / "repository")))
    assert codes(editor, workspace / ".wslconfig") == [], "the settings of the folder above count now"
