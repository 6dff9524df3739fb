"""*Move This Workspace to Linux* in an editor: one question, progress, and the folder to open."""

import json
from pathlib import Path

import pytest

from conversation import VSCODE, Editor, by_title
from machines import unpack
from movedworkspace import Drive, git, status
from provisioninguser import CAN, CLIENT, User
from smallmachine import Machine, killed
from wslgo.machine.host import Mount
from wslgo.machine.host_json import from_json
from wslgo.provision.target import this_machine

pytestmark = pytest.mark.slow


class Mover(User):
    """A user in front of a workspace on a drive."""

    def __init__(self, machine: Machine, drive: Drive, **options: object) -> None:
        super().__init__(machine, CLIENT, can=[*CAN, "move"], **options)
        host = from_json(json.loads(drive.host.read_text(encoding="utf-8")))
        self.server.replay = (this_machine(None, str(drive.home)), host)
        (machine.folder / "other").mkdir()
        self.server.world = unpack("not-wsl", machine.folder / "other", **drive.environment)

    def move(self, folder: Path, *answers: str | None) -> object:
        message = self.command("moveWorkspace", {"folder": folder.as_uri()}, *answers)
        return self._answers[message["id"]]["result"]


@pytest.fixture
def drive(tmp_path: Path) -> Drive:
    (tmp_path / "disks").mkdir()
    return Drive(tmp_path / "disks")


@pytest.fixture
def user(tmp_path: Path, drive: Drive) -> Mover:
    (tmp_path / "machine").mkdir()
    return Mover(Machine(tmp_path / "machine"), drive)


def test_a_workspace_is_copied_after_one_question_and_opened(user: Mover, drive: Drive) -> None:
    folder = drive.repository()
    before = status(folder)
    assert user.move(folder / "below", "Copy", "Open Folder") == drive.copy.as_uri()
    [question] = user.of("wslgo/confirm")
    assert question["question"] == f"Copy {folder} to {drive.copy}?"
    assert "compared by their checksums" in question["detail"]
    assert status(drive.copy) == before


def test_nothing_is_copied_without_a_yes(user: Mover, drive: Drive) -> None:
    assert user.move(drive.repository(), None) == ""
    assert not (drive.home / "src").exists()


def test_a_move_is_undone_from_its_last_message(user: Mover, drive: Drive) -> None:
    assert user.move(drive.repository(), "Copy", "Undo") == ""
    assert user.messages()[-1] == f"{drive.copy} was removed"
    assert not (drive.home / "src").exists()


def test_an_interrupted_move_is_resumed_or_undone(user: Mover, drive: Drive) -> None:
    folder = drive.repository()
    assert killed(lambda: drive.move(folder, "--yes"), 150)
    assert user.move(folder, "Resume", None) == ""
    assert git(drive.copy, "status", "--porcelain") == ""
    assert drive.move(folder, "--undo", "--yes").code == 0
    assert killed(lambda: drive.move(folder, "--yes"), 150)
    assert user.move(folder, "Undo") == ""
    assert not (drive.home / "src").exists()


def test_what_stops_a_move_is_told(user: Mover, drive: Drive) -> None:
    folder = drive.repository()
    drive.copy.mkdir(parents=True)
    (drive.copy / "mine").touch()
    assert user.move(folder, "Copy") == ""
    assert "overwrites nothing" in user.messages()[-1]


def test_the_finding_in_go_mod_offers_the_move(tmp_path: Path) -> None:
    host = from_json({"wsl": {"generation": 2}})._replace(
        mounts=(Mount("/", "ext4"), Mount(str(tmp_path), "9p", "D:\\", "D:\\"))
    )
    for can, offered in ((["move"], True), ([], False)):
        editor = Editor(VSCODE, tmp_path, trusted=True, can=can)
        editor.settle()
        neighbours = editor.server.session.neighbours
        known = neighbours.survey.machine
        assert known is not None
        neighbours.survey = neighbours.survey._replace(machine=known._replace(host=host))
        uri = editor.open_file(tmp_path / "go.mod", "module example.com/m\n\ngo 1.24\n")
        found = [action for action in editor.actions(uri, 0, 3) if "Move" in action["title"]]
        assert bool(found) == offered
        if offered:
            command = by_title(found, "Move this workspace to Linux...")["command"]
            assert (command["command"], command["arguments"]) == ("wslgo.moveWorkspace", [tmp_path.as_uri()])
