"""Writes outside the workspace, and writes as root."""

import os
import subprocess
from functools import partial
from pathlib import Path

import pytest

import windowsline
from conversation import VSCODE, Editor
from wslgo.knowledge.file_templates import TEMPLATES
from wslgo.lsp.session.survey import KnownMachine, Survey
from wslgo.machine.host import Host, Mount, Snapshot, Wsl
from wslgo.system import as_root
from wslgo.system.as_root import CHANGED, needs_root
from wslgo.system.journal import Journal
from wslgo.system.this_machine import ThisMachine

OFF = "[wsl2]\nguiApplications=off\n"
CAN = {"can": ["asRoot"], "trusted": True}
CREATING = {
    **VSCODE,
    "workspace": {
        **VSCODE["workspace"],
        "workspaceEdit": {**VSCODE["workspace"]["workspaceEdit"], "resourceOperations": ["create"]},
    },
}


class World(ThisMachine):
    """This machine with a state folder of its own."""

    def __init__(self, state: Path) -> None:
        self._environment = {**os.environ, "XDG_STATE_HOME": str(state)}

    @property
    def environment(self) -> dict[str, str]:
        return self._environment


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "workspace"
    path.mkdir()
    return path


@pytest.fixture
def editor(tmp_path: Path, workspace: Path) -> Editor:
    return Editor(CREATING, workspace, World(tmp_path / "state"), **CAN)


def titles(actions: list[dict]) -> list[str]:
    return [action["title"] for action in actions]


# The journal


def test_a_fix_of_bytes_outside_the_workspace_is_in_the_journal(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "home" / "wsl.conf"
    uri = editor.open_file(path, b"\xef\xbb\xbf[boot]\nsystemd=true\n")
    command = editor.actions(uri, 0, 0)[0]["command"]
    assert editor.result("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})
    assert path.read_bytes() == b"[boot]\nsystemd=true\n"
    kept = (tmp_path / "state" / "wslgo" / "journal" / "objects").iterdir()
    assert b"\xef\xbb\xbf[boot]\nsystemd=true\n" in [path.read_bytes() for path in kept]


def test_a_fix_of_bytes_in_the_workspace_is_not_in_the_journal(editor: Editor, workspace: Path, tmp_path: Path) -> None:
    uri = editor.open_file(workspace / "wsl.conf", b"\xef\xbb\xbf[boot]\nsystemd=true\n")
    command = editor.actions(uri, 0, 0)[0]["command"]
    editor.result("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})
    assert not (tmp_path / "state").exists()


# As root


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    """Return root's file in a folder of root's, created before this process gives up root."""
    path = tmp_path / "etc" / "wsl.conf"
    path.parent.mkdir()
    path.write_bytes(b"[boot]\nsystemd=yes\n")
    return path


def call(editor: Editor, command: str, argument: dict) -> dict:
    return editor.result("workspace/executeCommand", {"command": f"wslgo.server.{command}", "arguments": [argument]})


def test_a_write_as_root_is_planned_begun_and_recorded(editor: Editor, conf: Path) -> None:
    uri = editor.open_file(conf, conf.read_bytes())
    here = editor.diagnostics(uri)[0]["range"]
    plan = call(editor, "planAsRoot", {"document": uri, "rule": "wslconf/invalid-boolean", "range": here})
    assert (plan["before"], plan["after"]) == ("[boot]\nsystemd=yes\n", "[boot]\nsystemd=true\n")
    token = {"token": plan["token"]}
    assert call(editor, "beginAsRoot", token) is True
    assert call(editor, "beginAsRoot", token) is False, "once is enough"
    subprocess.run([plan["command"], *plan["words"]], check=True)
    assert call(editor, "endAsRoot", token) is True
    assert conf.read_bytes() == b"[boot]\nsystemd=true\n"


def test_a_command_that_did_not_run_is_reported(editor: Editor, conf: Path) -> None:
    uri = editor.open_file(conf, conf.read_bytes())
    editor.change(uri, 2, "[boot]\nsystemd=true\n# typed\n")
    plan = call(editor, "planAsRoot", {"document": uri})
    assert plan["after"] == "[boot]\nsystemd=true\n# typed\n"
    call(editor, "beginAsRoot", {"token": plan["token"]})
    assert call(editor, "endAsRoot", {"token": plan["token"]}) is False
    assert "was not written" in editor.of("window/showMessage")[-1]["message"]


def test_a_fixed_finding_has_no_plan(editor: Editor, conf: Path) -> None:
    uri = editor.open_file(conf, conf.read_bytes())
    here = editor.diagnostics(uri)[0]["range"]
    editor.change(uri, 2, "[boot]\nsystemd=true\n")
    assert call(editor, "planAsRoot", {"document": uri, "rule": "wslconf/invalid-boolean", "range": here}) is None
    assert call(editor, "planAsRoot", {"document": uri, "rule": "", "range": None})["after"].endswith("=true\n")


def test_only_wsl_conf_is_written_as_root(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open_file(tmp_path / "home" / ".wslconfig", OFF)
    editor.change(uri, 2, "")
    assert call(editor, "planAsRoot", {"document": uri}) is None
    assert "only wsl.conf is written as root" in editor.of("window/showMessage")[-1]["message"]


# A file that root has to make


def test_root_creates_a_missing_file_from_its_template(editor: Editor, conf: Path, tmp_path: Path) -> None:
    conf.unlink()
    plan = call(editor, "planAsRoot", {"document": conf.as_uri(), "template": "wslconf"})
    assert plan["title"] == f"Create {conf} as root"
    assert (plan["before"], plan["after"]) == ("", TEMPLATES["wslconf"])
    token = {"token": plan["token"]}
    assert call(editor, "beginAsRoot", token) is True
    subprocess.run([plan["command"], *plan["words"]], cwd=plan["folder"], check=True)
    assert call(editor, "endAsRoot", token) is True
    assert conf.read_text() == TEMPLATES["wslconf"]
    (entry,) = Journal(tmp_path / "state" / "wslgo" / "journal").entries()
    assert (entry.before, entry.after.access, entry.end) == (None, (0o644, 0, 0), "done")


def test_a_file_created_in_the_meantime_is_kept(editor: Editor, conf: Path) -> None:
    conf.unlink()
    plan = call(editor, "planAsRoot", {"document": conf.as_uri(), "template": "wslconf"})
    token = {"token": plan["token"]}
    assert call(editor, "beginAsRoot", token) is True
    conf.write_text("# mine\n")
    assert subprocess.run([plan["command"], *plan["words"]], check=False).returncode == CHANGED
    assert call(editor, "endAsRoot", token) is False
    assert conf.read_text() == "# mine\n"


@pytest.mark.parametrize("template", ["nosuch", "../wslconf"])
def test_an_unknown_template_has_no_plan(editor: Editor, conf: Path, template: str) -> None:
    conf.unlink()
    assert call(editor, "planAsRoot", {"document": conf.as_uri(), "template": template}) is None


def open_wslconf(editor: Editor, conf: Path) -> dict:
    """Send "Open wsl.conf" on a machine whose file is this one; return the request."""
    editor.settle()
    machine = KnownMachine(Host(wslconf=Snapshot(str(conf))))
    editor.server.session.take(Survey(machine=machine))
    request = editor.request(
        "workspace/executeCommand", {"command": "wslgo.server.open", "arguments": [{"file": "wslconf"}]}
    )
    editor.post(request)
    return request


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_opening_a_file_that_only_root_can_create_answers_with_that_write(editor: Editor, conf: Path, request) -> None:
    conf.unlink()
    request.getfixturevalue("without_root")
    wish = editor.answer(open_wslconf(editor, conf))["result"]
    assert (wish["document"], wish["template"]) == (conf.as_uri(), "wslconf")
    assert editor.of("window/showMessageRequest") == [], "its diff asks"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_a_client_without_terminals_gets_an_error(workspace: Path, conf: Path, request) -> None:
    conf.unlink()
    request.getfixturevalue("without_root")
    editor = Editor(CREATING, workspace, trusted=True)
    open_wslconf(editor, conf)
    editor.reply("window/showMessageRequest", {"title": "Create"})
    assert "cannot be written" in editor.of("window/showMessage")[-1]["message"]
    assert not conf.exists()


# The way to root


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "sudo runs one fixed command in a terminal"), ("zh-cn", "sudo 将在终端中运行一条固定命令")],
)
def test_the_question_names_the_program_that_becomes_root(workspace: Path, conf: Path, locale: str, text: str) -> None:
    editor = Editor(VSCODE, workspace, **CAN, locale=locale)
    uri = editor.open_file(conf, conf.read_bytes())
    editor.change(uri, 2, "[boot]\n")
    assert text in call(editor, "planAsRoot", {"document": uri})["detail"]


def test_without_sudo_the_question_names_wsl_exe(
    editor: Editor, conf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_root, "order", partial(as_root.order, sudo=()))
    program = windowsline.write_program(tmp_path / "c" / as_root.WSL)
    uri = editor.open_file(conf, conf.read_bytes())
    editor.change(uri, 2, "[boot]\nsystemd=true\n")
    assert call(editor, "planAsRoot", {"document": uri}) is None
    assert "neither sudo nor" in editor.of("window/showMessage")[-1]["message"]
    drive = Mount(f"{tmp_path}/c", "9p", "C:\\", "C:\\")
    host = Host(Wsl(distribution="Ubuntu", has_interop=True), mounts=(drive,))
    editor.server.session.take(Survey(machine=KnownMachine(host)))
    plan = call(editor, "planAsRoot", {"document": uri})
    assert (plan["command"], plan["folder"]) == (str(program), str(program.parent))
    assert "wsl.exe -u root" in plan["detail"]
    call(editor, "beginAsRoot", {"token": plan["token"]})
    subprocess.run([plan["command"], *plan["words"]], cwd=plan["folder"], check=True)
    assert call(editor, "endAsRoot", {"token": plan["token"]}) is True
    assert conf.read_bytes() == b"[boot]\nsystemd=true\n"


@pytest.fixture
def without_root(conf: Path) -> None:
    for above in conf.parents:
        if above.stat().st_uid == os.geteuid() and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)
    os.setresuid(65534, 65534, 0)
    yield
    os.setresuid(0, 0, 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_file_of_root_offers_to_write_it_as_root(workspace: Path, conf: Path, is_trusted: bool, request) -> None:
    editor = Editor(VSCODE, workspace, **{**CAN, "trusted": is_trusted})
    uri = editor.open_file(conf, b"[boot]\nsystemd=yes\n")
    assert not needs_root(str(conf))
    assert not any("as root" in title for title in titles(editor.actions(uri, 1, 8)))
    request.getfixturevalue("without_root")
    offered = titles(editor.actions(uri, 1, 8))
    assert ("Change to true" in offered, "Apply as root: Change to true..." in offered) == (True, is_trusted)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_bytes_of_a_file_of_root_are_written_only_as_root(editor: Editor, conf: Path, request) -> None:
    uri = editor.open_file(conf, b"\xef\xbb\xbf[boot]\nsystemd=true\n")
    request.getfixturevalue("without_root")
    (action,) = [action for action in editor.actions(uri, 0, 0) if "byte order mark" in action["title"]]
    assert action["command"]["command"] == "wslgo.applyAsRoot"
