"""Provisioning from an editor: a plan is shown, one question is asked, what was shown is done and can be taken back."""

import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import windowsline
from conversation import LOOP, VSCODE, Editor, Json
from machines import unpack
from smallmachine import GOENV, Machine
from wslgo.lsp.features import provision_jobs as jobs
from wslgo.lsp.features.provision_root import NO_TERMINAL, REDIRECTED, in_terminal, root_for
from wslgo.lsp.jobs import Job
from wslgo.machine.host import Host
from wslgo.provision.apply import root_script
from wslgo.provision.apply.ledger import Ledger, ledger_of
from wslgo.provision.apply.undo_root import Asked, RootsPart
from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.provision.target import tree
from wslgo.system.as_root import Wsl
from wslgo.text.message import Message, Text

CLIENT: Json = {**VSCODE, "window": {"showDocument": {"support": True}, "workDoneProgress": True}}
CAN = ["pages", "terminal"]
BEGIN = "# >>> wslgo: Go in PATH >>>"
PATIENCE = 60  # seconds
TEAM = "provision:\n  steps: [path]\n  variables: {GOSUMDB: 'off'}\n"


class User(Editor):
    """Somebody in front of an editor: whose answers are laid out beforehand, and who does what the server asks for."""

    def __init__(self, machine: Machine, capabilities: Json = CLIENT, **options: Json) -> None:
        (machine.folder / "world").mkdir(exist_ok=True)
        world = unpack("not-wsl", machine.folder / "world", **machine.environment)
        options = {"trusted": True, "can": CAN, **options}
        super().__init__(capabilities, machine.folder, world, **options)
        self.server.replay = (tree(machine.root, None), Host())
        self.machine = machine
        self.answers: list[str | None] = []
        self.runs_as_root: Callable[[Json], Json] = lambda _: None
        self._answered: set[int] = set()
        self.settle()

    def provision(self, *answers: str | None, until: Callable[[], object] = lambda: None) -> Json:
        return self.command("provision", {"folder": self.machine.folder.as_uri()}, *answers, until=until)

    def undo(self, *answers: str | None, until: Callable[[], object] = lambda: None) -> Json:
        return self.command("undoProvision", {}, *answers, until=until)

    def command(
        self, name: str, argument: Json, *answers: str | None, until: Callable[[], object] = lambda: None
    ) -> Json:
        """Run a command to its end, or until something holds; the message that began it."""
        self.answers = list(answers)
        message = self.request("workspace/executeCommand", {"command": f"wslgo.server.{name}", "arguments": [argument]})
        self.post(message)
        self.go_on(message, until)
        return message

    def go_on(self, message: Json, until: Callable[[], object] = lambda: None) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.is_answered(message) and not until():
            assert time.monotonic() < deadline, self.said[-3:]
            self._begin_jobs()
            self._reply()
            self._work_off()
            time.sleep(0.005)

    def is_answered(self, message: Json) -> bool:
        return message["id"] in self._answers

    def _begin_jobs(self) -> None:
        """Run jobs in threads, as the server itself does."""
        while self.jobs:
            threading.Thread(target=_run, args=(self.jobs.pop(0),), daemon=True).start()

    def _reply(self) -> None:
        for message in [one for one in self.said if "id" in one and one["id"] not in self._answered]:
            self._answered.add(message["id"])
            result = self._answer(message["method"], message.get("params"))
            self.post({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _answer(self, method: str, params: Json) -> Json:
        if method == "wslgo/runAsRoot":
            return self.runs_as_root(params)
        if method == "wslgo/confirm":
            return self._next(params["answers"])
        if method == "window/showMessageRequest":
            chosen = self._next([action["title"] for action in params["actions"]])
            return {"title": chosen} if chosen else None
        return None

    def _next(self, offered: list[str]) -> str | None:
        answer = self.answers.pop(0) if self.answers else None
        assert answer is None or answer in offered
        return answer

    # What was seen

    @property
    def pages(self) -> list[str]:
        return [page["text"] for page in self.of("wslgo/showPage")]

    def told(self) -> list[str]:
        messages = [one for one in self.said if one["method"] in ("window/showMessage", "window/showMessageRequest")]
        return [one["params"]["message"] for one in messages]

    def progress(self) -> list[str]:
        values = [one["value"] for one in self.of("$/progress")]
        return [words for value in values for words in (value.get("title"), value.get("message")) if words]


def _run(job: Job[Json]) -> None:
    job.run()
    LOOP.call_soon_threadsafe(job.deliver)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    for name, data in {"VERSION": b"go1.25.3\n", "bin/go": b"#!/bin/sh\n", "src/go.mod": b"module std\n"}.items():
        machine.write(f"/usr/local/go/{name}", data, mode=0o755, owner=0)
    return machine


@pytest.fixture
def user(machine: Machine) -> User:
    return User(machine)


def settings(machine: Machine) -> Json:
    return {"provision": {"go": "1.99.3", "sources": [machine.source()]}}


# The plan


def test_the_plan_is_a_page_with_every_diff_and_one_question(user: User) -> None:
    user.provision(None)
    [page] = user.pages
    assert page.startswith("# Provision Go on WSL2\n")
    assert "\n```diff\n--- a/home/dev/.config/go/env\n+++ b/home/dev/.config/go/env\n" in page
    assert f"+{BEGIN}" in page
    [question] = user.of("wslgo/confirm")
    assert question["question"] == "Apply this plan? Steps: 2"
    assert question["answers"] == ["Apply", "Read It First"]
    assert "Set GOPROXY" in question["detail"]


def test_nothing_happens_without_a_yes(user: User, machine: Machine) -> None:
    before = machine.snapshot()
    user.provision(None)
    user.provision("Read It First", "Not Now")
    user.provision("Read It First", None)
    assert machine.snapshot() == before
    assert Ledger(ledger_of(machine.environment)).runs() == []


def test_passwords_are_masked_on_the_page(user: User, machine: Machine) -> None:
    machine.write("/home/dev/.config/go/env", b"GOPROXY=off,https://me:s3cret@goproxy.invalid\n")
    user.provision(None)
    assert "goproxy.invalid" in user.pages[0]
    assert "s3cret" not in str(user.said)


def test_it_is_said_in_chinese(machine: Machine) -> None:
    user = User(machine, settings={"language": "zh-cn"})
    user.provision("应用", None)
    assert user.pages[0].startswith("# 配置 WSL2 上的 Go\n")
    assert user.told()[-1].startswith("已完成：")


def test_a_machine_that_is_right_is_told_so_without_a_page(user: User) -> None:
    user.provision("Apply", None)
    pages = len(user.pages)
    user.provision()
    assert user.told()[-1] == "Nothing to do: this machine is as it should be"
    assert len(user.pages) == pages


def test_a_problem_is_on_the_page(machine: Machine) -> None:
    user = User(machine, settings={"provision": {"go": "latest"}})
    user.provision(None)
    assert "latest is no version of Go" in user.pages[0]


def test_without_a_folder_the_machine_is_provisioned_all_the_same(user: User) -> None:
    user.command("provision", {}, None)
    assert user.pages[0].startswith("# Provision Go on WSL2\n")


# The run


def test_what_was_shown_is_done_and_the_end_says_what_to_start_anew(user: User, machine: Machine) -> None:
    user.provision("Apply", None)
    assert BEGIN in (machine.home / ".bashrc").read_text()
    last = user.of("window/showMessageRequest")[-1]
    assert last["message"].startswith("Done: Set GOPROXY")
    assert "Open a new terminal" in last["message"]
    assert [action["title"] for action in last["actions"]] == ["Undo"]
    assert user.pages[-1].startswith("# What was done\n")


def test_who_reads_first_finds_the_question_beside_the_page(user: User, machine: Machine) -> None:
    user.provision("Read It First", "Apply", None)
    assert user.of("window/showMessageRequest")[0]["message"] == "Apply this plan? Steps: 2"
    assert BEGIN in (machine.home / ".bashrc").read_text()


def test_the_settings_of_the_machine_say_which_go_and_from_where(machine: Machine) -> None:
    user = User(machine, settings=settings(machine))
    user.provision("Apply", None)
    assert (machine.home / "sdk/go/VERSION").read_text().startswith("go1.99.3\n")
    assert any(line.startswith("1 of 3: Install Go 1.99.3") for line in user.progress())
    assert any(" MB/s" in line for line in user.progress())


def test_the_button_takes_everything_back(machine: Machine) -> None:
    user = User(machine, settings=settings(machine))
    before = machine.snapshot()
    user.provision("Apply", "Undo", "Take It Back")
    assert machine.snapshot() == before
    assert "is taken back" in user.told()[-1]


def test_a_change_of_somebody_else_is_refused_and_shown(user: User, machine: Machine) -> None:
    message = user.provision("Read It First", until=lambda: "window/showMessageRequest" in str(user.said[-1:]))
    bashrc = machine.home / ".bashrc"
    bashrc.write_bytes(mine := bashrc.read_bytes() + b"# mine\n")
    user.answers = ["Apply", None]
    user.go_on(message)
    assert bashrc.read_bytes() == mine
    assert "has changed since it was looked at" in user.told()[-1]
    assert "+# mine" in user.pages[-1]


def test_a_cancelled_run_goes_on_or_is_taken_back(machine: Machine) -> None:
    user = User(machine, settings=settings(machine))
    before = machine.snapshot()
    user.provision("Apply", None, until=lambda: cancelled(user, "Provisioning Go on WSL2"))
    assert "Stopped" in user.told()[-1]
    user.provision("Go On", None)
    assert user.of("wslgo/confirm")[-1]["question"].endswith("3 of 3 steps are left")
    assert BEGIN in (machine.home / ".bashrc").read_text()
    user.undo("Take It Back")
    assert machine.snapshot() == before
    user.provision("Apply", None, until=lambda: cancelled(user, "Provisioning Go on WSL2"))
    user.provision("Take It Back")
    assert machine.snapshot() == before
    assert not Ledger(ledger_of(machine.environment)).runs()[-1].is_unfinished


def cancelled(user: User, title: str) -> None:
    """Press the button of a progress as soon as it is there."""
    begun = [one for one in user.of("$/progress") if one["value"].get("title") == title]
    ended = [one["token"] for one in user.of("$/progress") if one["value"]["kind"] == "end"]
    for one in begun:
        if one["token"] not in ended:
            user.tell("window/workDoneProgress/cancel", {"token": one["token"]})


def test_a_look_that_is_cancelled_ends_in_silence(user: User) -> None:
    user.provision(until=lambda: cancelled(user, "Looking at this machine"))
    assert (user.pages, user.told()) == ([], [])


# The way back


def test_undo_asks_with_what_it_takes_back(user: User, machine: Machine) -> None:
    before = machine.snapshot()
    user.provision("Apply", None)
    after = machine.snapshot()
    user.undo(None)
    assert machine.snapshot() == after
    assert "Set GOPROXY" in user.of("wslgo/confirm")[-1]["detail"]
    user.undo("Take It Back")
    assert machine.snapshot() == before
    assert "as it was" in user.pages[-1]


def test_what_root_undoes_is_shown_before_the_question(
    user: User, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What root would restore is a page with its diff; what is carried out is that, whatever the journal says then."""
    user.provision("Apply", None)
    [*_, deed] = Ledger(ledger_of(machine.environment)).runs()[-1].deeds
    order = root_script.Order(deed.step, "undo x")
    asked = Asked(deed, order, Path("/etc/wsl.conf"), b"[boot]\nsystemd=true\n", b"[boot]\nsystemd=false\n")
    monkeypatch.setattr(jobs, "roots_part", lambda *_: RootsPart((asked,)))
    handed: list[RootsPart | None] = []
    monkeypatch.setattr(jobs, "undo", lambda _run, _run_context, part: handed.append(part) or ())
    user.undo(None)
    assert handed == []
    assert "change /etc/wsl.conf" in user.pages[-1]
    assert "-systemd=true\n+systemd=false\n" in user.pages[-1]
    user.undo("Take It Back")
    assert handed == [RootsPart((asked,))]


def test_an_undo_that_is_cancelled_is_done_by_the_next(user: User, machine: Machine) -> None:
    before = machine.snapshot()
    user.provision("Apply", None)
    after = machine.snapshot()
    user.undo("Take It Back", until=lambda: cancelled(user, "Taking back the last provisioning"))
    assert user.told()[-1].startswith("Stopped; ")
    assert machine.snapshot() == after
    user.undo("Take It Back")
    assert machine.snapshot() == before


def test_undo_without_a_run_says_so(user: User) -> None:
    user.undo()
    assert user.told() == ["There is nothing to undo"]


def test_what_stands_against_undo_is_told_and_shown(user: User, machine: Machine) -> None:
    user.provision("Apply", None)
    bashrc = machine.home / ".bashrc"
    bashrc.write_bytes(bashrc.read_bytes().replace(b"export PATH", b"export PATH GOPATH"))
    user.undo("Take It Back")
    assert user.told()[-1].startswith("Not taken back: ")
    assert "+export PATH GOPATH" in user.pages[-1]
    assert (machine.home / ".config/go/env").read_bytes() == GOENV


# Trust


def test_an_untrusted_workspace_cannot_provision(machine: Machine) -> None:
    user = User(machine, trusted=False)
    before = machine.snapshot()
    user.provision()
    user.undo()
    assert machine.snapshot() == before
    assert all("trusted workspace" in words for words in user.told())
    assert user.pages == []


def test_a_repository_is_asked_about_and_not_taken_by_default(user: User, machine: Machine) -> None:
    (machine.folder / "wslgo.yaml").write_text(TEAM)
    user.provision("Leave It Out", None)
    asked, question = user.of("wslgo/confirm")
    assert "wslgo.yaml wishes path" in asked["question"]
    assert asked["answers"][0] == "Leave It Out"
    assert "GOSUMDB from a repository is not taken" in asked["detail"]
    assert question["question"] == "Apply this plan? Steps: 2"


def test_a_repository_that_is_trusted_chooses_steps_and_weakens_nothing(user: User, machine: Machine) -> None:
    (machine.folder / "wslgo.yaml").write_text(TEAM)
    user.provision("Take It", "Apply", None)
    assert BEGIN in (machine.home / ".bashrc").read_text()
    assert (machine.home / ".config/go/env").read_bytes() == GOENV
    assert "GOSUMDB from a repository is not taken" in user.pages[0]


def test_who_says_nothing_about_the_repository_gets_nothing(user: User, machine: Machine) -> None:
    (machine.folder / "wslgo.yaml").write_text(TEAM)
    user.provision(None)
    assert user.pages == []


# Others at work


def test_another_run_is_waited_for(user: User, machine: Machine) -> None:
    with machine.context().ledger.alone(lambda: None):
        message = user.provision("Apply", None, until=lambda: "Another wslgo" in str(user.progress()))
        health = {"command": "wslgo.server.health", "arguments": [{}]}
        assert user.result("workspace/executeCommand", health), "it answers meanwhile"
    user.go_on(message)
    assert BEGIN in (machine.home / ".bashrc").read_text()


def test_the_waiting_can_be_cancelled(user: User, machine: Machine) -> None:
    with machine.context().ledger.alone(lambda: None):
        message = user.provision(until=lambda: "Another wslgo" in str(user.progress()))
        user.go_on(message, lambda: cancelled(user, "Looking at this machine"))
    assert (user.pages, user.told()) == ([], [])


def test_of_two_plans_that_were_shown_only_the_first_is_applied(machine: Machine, user: User) -> None:
    message = user.provision("Read It First", until=lambda: "window/showMessageRequest" in str(user.said[-1:]))
    assert machine.wslgo("--yes").code == 0
    after = machine.snapshot()
    user.answers = ["Apply"]
    user.go_on(message)
    assert "Another run came in between" in user.told()[-1]
    assert machine.snapshot() == after


# Other editors


def test_an_editor_without_pages_of_ours_gets_a_file_and_a_message(machine: Machine) -> None:
    user = User(machine, can=[])
    user.provision("Apply", None)
    shown = [Path(one["uri"].removeprefix("file://")).read_text() for one in user.of("window/showDocument")]
    assert shown[0].startswith("# Provision Go on WSL2\n")
    assert shown[-1].startswith("# What was done\n")
    assert BEGIN in (machine.home / ".bashrc").read_text()


def test_an_editor_that_shows_no_documents_is_told_of_the_terminal(machine: Machine) -> None:
    user = User(machine, {"workspace": {}}, can=[])
    before = machine.snapshot()
    user.provision()
    assert "`wslgo provision` in a terminal" in user.told()[-1]
    assert machine.snapshot() == before


# Root

WORDS = Message(en="x", zh="x")()
OF_ROOT = Plan((Step("x", WORDS, WORDS, (WriteFile("/etc/x", None, b"x"),), needs_root=True),))


SCRIPT = root_script.Command(("/bin/sh", "-c", root_script.SCRIPT, "wslgo"), 0)


def as_root(user: User, payload: bytes, command: root_script.Command = SCRIPT) -> tuple[int, bytes]:
    """What a run in a thread gets back from root's part."""
    scratch = user.machine.folder / "scratch"

    async def way() -> Callable[[bytes], tuple[int, bytes]]:
        return in_terminal(user.server, command, "words", scratch)

    run = LOOP.run_until_complete(way())
    came: list[tuple[int, bytes]] = []
    thread = threading.Thread(target=lambda: came.append(run(payload)), daemon=True)
    thread.start()
    while thread.is_alive():
        user._reply()
        user._work_off()
    assert list(scratch.iterdir()) == []
    return came[0]


def in_a_terminal(asked: Json) -> int:
    """What a client does: the words as they are, in that folder, with standard streams of a terminal."""
    words = [asked["command"], *asked["words"]]
    return subprocess.run(words, cwd=asked["folder"], stdin=subprocess.DEVNULL, check=False).returncode


def test_root_gets_its_orders_from_a_file_and_counts_them_into_one(user: User) -> None:
    user.runs_as_root = in_a_terminal
    assert as_root(user, b"plan x\n") == (0, b"done 1\n")
    [asked] = user.of("wslgo/runAsRoot")
    assert (asked["command"], asked["words"][:2]) == ("/bin/sh", ["-c", REDIRECTED])


@pytest.mark.parametrize("quoting", windowsline.QUOTINGS)
def test_through_wsl_exe_it_is_the_same(user: User, quoting: str, tmp_path: Path) -> None:
    program = windowsline.stand_in(tmp_path / "windows" / "wsl.exe", quoting)
    command = root_script.command(lambda: Wsl(str(program), "Debian"), sudo=())
    assert command is not None
    user.runs_as_root = in_a_terminal
    assert as_root(user, b"plan x\n", command) == (0, b"done 1\n")
    assert user.of("wslgo/runAsRoot")[0]["folder"] == str(program.parent), "where programs of Windows can start"


def test_orders_that_somebody_has_exchanged_are_not_followed(user: User) -> None:
    def exchanged(asked: Json) -> int:
        Path(asked["words"][2]).write_bytes(b"plan x\nrun ldconfig\n")
        return in_a_terminal(asked)

    user.runs_as_root = exchanged
    assert as_root(user, b"plan x\n") == (14, b"")


def test_a_terminal_that_is_closed_has_done_nothing(user: User) -> None:
    user.runs_as_root = lambda _: None
    assert as_root(user, b"plan x\n") == (-1, b"")


@pytest.mark.usefixtures("ordinary_user")
def test_an_editor_without_a_terminal_of_ours_leaves_root_to_the_command_line(machine: Machine) -> None:
    from wslgo.provision.target import this_machine

    user = User(machine, can=["pages"])
    found = root_for(user.server, OF_ROOT, this_machine(None, str(machine.folder)), Host(), machine.folder)
    assert found == NO_TERMINAL()
    assert isinstance(found, Text)
