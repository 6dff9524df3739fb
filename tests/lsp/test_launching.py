"""Launch configurations in the editor: generated into its files, offered without any, explained, started."""

import json
import os
import re
from pathlib import Path

import pytest

from conversation import NEOVIM, VSCODE, Editor, Json, text_after
from delvesamples import SAMPLES
from machines import Tree, tree_of

pytestmark = pytest.mark.slow

MODULE = "module example.com/app\n\ngo 1.25\n"
MAIN = 'package main\n\nfunc main() { println("hello") }\n'
LAUNCH = ".vscode/launch.json"
TASKS = ".vscode/tasks.json"
CLIENT: Json = {
    **VSCODE,
    "window": {"showDocument": {"support": True}, "workDoneProgress": True},
    "workspace": {
        **VSCODE["workspace"],
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]},
    },
}
MINE = """{
  "version": "0.2.0",
  "configurations": [
    // mine
    {"name": "A", "type": "go", "request": "launch"},
  ]
}
"""


@pytest.fixture
def world(tmp_path: Path) -> Tree:
    (tmp_path / "machine").mkdir()
    return tree_of("like: nvidia-gpu\n", tmp_path / "machine")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    (folder / ".vscode").mkdir(parents=True)
    (folder / "go.mod").write_text(MODULE)
    (folder / "main.go").write_text(MAIN)
    return folder


class User(Editor):
    """A client that applies what the server asks it to, and saves."""

    def __init__(self, folder: Path, world: Tree, capabilities: Json = CLIENT, **options: Json) -> None:
        options = {"trusted": True, "can": ["ask", "debug", "explain"], **options}
        super().__init__(capabilities, folder, world, **options)
        self.folder = folder
        self.settle()

    def generate(self, *extensions: str) -> Json:
        """Ask for it, and let the server look; what it wants to know then is answered by the test."""
        argument = {"folder": self.folder.as_uri(), "extensions": list(extensions)}
        message = self.request(
            "workspace/executeCommand", {"command": "wslgo.server.generateLaunch", "arguments": [argument]}
        )
        self.post(message)
        if self.of("window/workDoneProgress/create"):
            self.reply("window/workDoneProgress/create", None)
        self.settle()
        return message

    def apply(self) -> list[str]:
        """Apply the last edit that was requested; return its operations in order."""
        edits = self.of("workspace/applyEdit")[-1]["edit"]["documentChanges"]
        for edit in edits:
            self._do(edit)
        self.reply("workspace/applyEdit", {"applied": True})
        return [edit.get("kind", "edit") for edit in edits]

    def _do(self, operation: Json) -> None:
        if operation.get("kind") == "create":
            self.path(operation["uri"]).write_bytes(b"")
            return
        uri = operation["textDocument"]["uri"]
        shown = self.server.session.documents.text(uri)
        before = shown if shown is not None else self.path(uri).read_bytes().decode()
        after = text_after(before, operation["edits"])
        if shown is None:
            self.path(uri).write_bytes(after.encode())
        else:
            self.change(uri, operation["textDocument"]["version"] + 1, after)

    def path(self, uri: str) -> Path:
        return self.folder / ".vscode" / uri.rpartition("/")[2]

    def messages(self) -> list[str]:
        """Return all messages that the user has seen."""
        return [
            message["message"] for message in (*self.of("window/showMessage"), *self.of("window/showMessageRequest"))
        ]


@pytest.fixture
def user(workspace: Path, world: Tree) -> User:
    return User(workspace, world)


def names(text: str) -> list[str]:
    return re.findall(r'"name": "([^"]*)"', text)


# Generating


def test_missing_files_are_created_and_named_for_saving(user: User, workspace: Path) -> None:
    asked = user.generate()
    assert user.apply() == ["create", "edit"] * 2
    text = (workspace / LAUNCH).read_text()
    assert "// wslgo:debug . #" in text
    assert user.answer(asked)["result"] == {"save": [(workspace / TASKS).as_uri(), (workspace / LAUNCH).as_uri()]}
    assert "added: " in user.messages()[-1]


def test_the_message_opens_the_file(user: User, workspace: Path) -> None:
    user.generate()
    user.apply()
    user.reply("window/showMessageRequest", {"title": "Open launch.json"})
    assert user.of("window/showDocument")[-1]["uri"] == (workspace / LAUNCH).as_uri()


def test_a_second_run_reports_that_everything_is_up_to_date(user: User) -> None:
    user.generate()
    user.apply()
    edits = len(user.of("workspace/applyEdit"))
    asked = user.generate()
    assert user.of("window/showMessage")[-1]["message"] == "The launch configurations are up to date"
    assert len(user.of("workspace/applyEdit")) == edits
    assert user.answer(asked)["result"] is None


def test_unsaved_changes_are_merged_into_and_not_saved(user: User, workspace: Path) -> None:
    (workspace / LAUNCH).write_text("{}\n")
    uri = user.open((workspace / LAUNCH).as_uri(), MINE, "jsonc", 7)
    asked = user.generate()
    assert user.of("workspace/applyEdit")[-1]["edit"]["documentChanges"][-1]["textDocument"]["version"] == 7
    user.apply()
    text = user.server.session.documents.text(uri) or ""
    assert "// mine" in text
    assert "// wslgo:debug . #" in text
    assert (workspace / LAUNCH).read_text() == "{}\n"
    assert user.answer(asked)["result"] == {"save": [(workspace / TASKS).as_uri()]}


def test_an_open_file_without_changes_is_saved(user: User, workspace: Path) -> None:
    (workspace / LAUNCH).write_text(MINE)
    user.open((workspace / LAUNCH).as_uri(), MINE, "jsonc")
    asked = user.generate()
    user.apply()
    assert (workspace / LAUNCH).as_uri() in user.answer(asked)["result"]["save"]


def test_a_byte_order_mark_and_crlf_stay(user: User, workspace: Path) -> None:
    text = MINE.replace("\n", "\r\n")
    (workspace / LAUNCH).write_bytes(b"\xef\xbb\xbf" + text.encode())
    user.open((workspace / LAUNCH).as_uri(), text, "jsonc")
    user.generate()
    user.apply()
    after = user.server.session.documents.text((workspace / LAUNCH).as_uri()) or ""
    assert after.startswith(text.partition("  ]")[0].rstrip())
    assert "\n" not in after.replace("\r\n", "")


def test_an_edit_that_the_client_rejects_is_reported(user: User) -> None:
    asked = user.generate()
    user.reply("workspace/applyEdit", {"applied": False})
    assert "nothing was written" in user.messages()[-1]
    assert user.answer(asked)["result"] is None


def test_a_broken_file_is_named_and_nothing_changes(user: User, workspace: Path) -> None:
    broken = '{"configurations": [{"name": "A"\n'
    (workspace / LAUNCH).write_text(broken)
    user.generate()
    assert user.of("workspace/applyEdit") == []
    assert LAUNCH in user.messages()[-1]
    assert "Nothing was changed" in user.messages()[-1]


@pytest.mark.parametrize("name", [LAUNCH, TASKS])
@pytest.mark.parametrize("target", ["../../elsewhere.json", "../../missing.json", "/proc/self/environ", ""])
def test_a_file_outside_the_workspace_or_a_folder_is_reported_and_nothing_changes(
    user: User, workspace: Path, name: str, target: str
) -> None:
    (workspace.parent / "elsewhere.json").write_text("{}")
    if target:
        (workspace / name).symlink_to(target)
    else:
        os.mkfifo(workspace / name)
    user.generate()
    assert user.of("workspace/applyEdit") == []
    reason = "The link leads out of the folder" if target else "Not a regular file"
    assert f"{name} cannot be read: {reason}. Nothing was changed" in user.messages()[-1]


def test_a_linked_file_in_the_workspace_is_merged(user: User, workspace: Path) -> None:
    (workspace / "ours.json").write_text(MINE)
    (workspace / LAUNCH).symlink_to("../ours.json")
    user.generate()
    user.apply()
    assert names((workspace / "ours.json").read_text())[0] == "A"


def test_without_trust_nothing_runs(workspace: Path, world: Tree) -> None:
    user = User(workspace, world, trusted=False)
    user.generate()
    assert (world.ran, user.of("workspace/applyEdit")) == ([], [])
    assert "trusted" in user.messages()[-1]
    assert configurations(user) == []


def test_a_folder_without_go_is_reported(user: User, workspace: Path) -> None:
    (workspace / "main.go").unlink()
    user.generate()
    assert "has no Go program" in user.messages()[-1]
    assert user.of("workspace/applyEdit") == []


def test_a_client_that_cannot_create_files_gets_a_message(workspace: Path, world: Tree) -> None:
    user = User(workspace, world, NEOVIM, can=[])
    user.generate()
    assert "wslgo launch --write" in user.messages()[-1]


def test_the_progress_can_be_cancelled(user: User, workspace: Path) -> None:
    argument = {"folder": workspace.as_uri(), "extensions": []}
    asked = user.request(
        "workspace/executeCommand", {"command": "wslgo.server.generateLaunch", "arguments": [argument]}
    )
    user.post(asked)
    user.reply("window/workDoneProgress/create", None)
    [begun] = [progress for progress in user.of("$/progress") if progress["value"]["kind"] == "begin"]
    assert begun["value"]["cancellable"] is True
    user.tell("window/workDoneProgress/cancel", {"token": begun["token"]})
    user.settle()
    assert user.answer(asked)["result"] is None
    assert user.of("$/progress")[-1]["value"]["kind"] == "end"
    assert user.of("workspace/applyEdit") == []


# Entries that the user has edited


@pytest.fixture
def edited_entry(user: User, workspace: Path) -> User:
    """Return a user with an edited entry whose generated form has changed too."""
    user.generate()
    user.apply()
    text = (workspace / LAUNCH).read_text()
    (workspace / LAUNCH).write_text(text.replace('"mode": "debug"', '"mode": "debug", "args": ["-v"]', 1))
    return user


def test_an_edited_entry_is_kept_on_request(edited_entry: User, workspace: Path) -> None:
    before = (workspace / LAUNCH).read_text()
    asked = edited_entry.generate()
    question = edited_entry.of("wslgo/ask")[-1]
    assert question["before"] == before
    assert '"-v"' not in question["after"]
    edited_entry.reply("wslgo/ask", "Keep Mine")
    assert edited_entry.answer(asked)["result"] is None
    assert (workspace / LAUNCH).read_text() == before
    assert "stay as they are" in " ".join(edited_entry.messages())


def test_an_edited_entry_is_replaced_after_confirmation(edited_entry: User, workspace: Path) -> None:
    asked = edited_entry.generate()
    edited_entry.reply("wslgo/ask", "Replace")
    edited_entry.apply()
    assert '"-v"' not in (workspace / LAUNCH).read_text()
    assert edited_entry.answer(asked)["result"] == {"save": [(workspace / LAUNCH).as_uri()]}
    assert "changed: " in edited_entry.messages()[-1]


def test_a_closed_question_keeps_the_entry(edited_entry: User, workspace: Path) -> None:
    edited_entry.generate()
    edited_entry.reply("wslgo/ask", None)
    assert '"-v"' in (workspace / LAUNCH).read_text()


def test_a_file_that_changes_during_the_question_is_left_alone(edited_entry: User, workspace: Path) -> None:
    edits = len(edited_entry.of("workspace/applyEdit"))
    edited_entry.generate()
    (workspace / LAUNCH).write_text(MINE)
    edited_entry.reply("wslgo/ask", "Replace")
    assert len(edited_entry.of("workspace/applyEdit")) == edits
    assert (workspace / LAUNCH).read_text() == MINE


# Without any file


def configurations(user: User) -> Json:
    argument = {"folder": user.folder.as_uri(), "extensions": []}
    message = user.request(
        "workspace/executeCommand", {"command": "wslgo.server.debugConfigurations", "arguments": [argument]}
    )
    user.post(message)
    user.settle()
    return user.answer(message)["result"]


def test_entries_are_offered_without_a_file(user: User, workspace: Path) -> None:
    found = configurations(user)
    assert [entry["program"] for entry in found if entry.get("mode") == "debug"][:1] == ["${workspaceFolder}"]
    assert {entry["type"] for entry in found} == {"go"}
    assert list((workspace / ".vscode").iterdir()) == []


def test_entries_that_start_a_task_first_are_not_offered(user: User, workspace: Path) -> None:
    (workspace / "gpu").mkdir()
    for path, text in SAMPLES["cuda"].items():
        (workspace / path).write_text(text)
    user.generate()
    written = json.dumps(user.of("workspace/applyEdit")[-1])
    assert "preLaunchTask" in written
    assert not any("preLaunchTask" in entry for entry in configurations(user))


# Lenses and the page


def lenses(user: Editor, uri: str) -> Json:
    return user.result("textDocument/codeLens", {"textDocument": {"uri": uri}})


def test_lenses_debug_and_explain_an_entry(user: User, workspace: Path) -> None:
    uri = user.open((workspace / LAUNCH).as_uri(), MINE, "jsonc")
    commands = [lens["command"] for lens in lenses(user, uri)]
    assert commands == [
        {"title": "Debug", "command": "wslgo.debugConfiguration", "arguments": [uri, "A"]},
        {"title": "Explain", "command": "wslgo.explainConfiguration", "arguments": [uri, 0]},
    ]


def test_a_client_gets_only_lenses_that_it_can_run(workspace: Path, world: Tree) -> None:
    neovim = User(workspace, world, NEOVIM, can=[])
    assert lenses(neovim, neovim.open((workspace / LAUNCH).as_uri(), MINE, "jsonc")) == []
    reader = User(workspace, world, NEOVIM, can=["explain"])
    found = lenses(reader, reader.open((workspace / LAUNCH).as_uri(), MINE, "jsonc"))
    assert [lens["command"]["title"] for lens in found] == ["Explain"]


def test_other_documents_have_no_lenses(user: User, workspace: Path) -> None:
    assert lenses(user, user.open((workspace / ".wslconfig").as_uri(), "[wsl2]\n")) == []
    assert lenses(user, "file:///not/open.json") == []


def explained(user: User, uri: str, number: int) -> str:
    argument = {"uri": uri, "number": number}
    words = {"command": "wslgo.server.explainConfiguration", "arguments": [argument]}
    return str(user.result("workspace/executeCommand", words))


def test_the_page_follows_the_document(user: User, workspace: Path) -> None:
    uri = user.open((workspace / LAUNCH).as_uri(), MINE, "jsonc")
    assert explained(user, uri, 0).startswith("# A\n")
    user.change(uri, 2, MINE.replace('"A"', '"B"'))
    assert explained(user, uri, 0).startswith("# B\n")
    assert explained(user, uri, 5) == "This entry no longer exists\n"


def test_lenses_are_refreshed_in_another_language(workspace: Path, world: Tree) -> None:
    can = {**CLIENT, "workspace": {**CLIENT["workspace"], "codeLens": {"refreshSupport": True}}}
    user = User(workspace, world, can)
    uri = user.open((workspace / LAUNCH).as_uri(), MINE, "jsonc")
    user.tell("workspace/didChangeConfiguration", {"settings": {"wslgo": {"language": "zh-cn"}}})
    assert "workspace/codeLens/refresh" in [message["method"] for message in user.said]
    assert [lens["command"]["title"] for lens in lenses(user, uri)] == ["调试", "解释"]
