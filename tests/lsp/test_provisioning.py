"""Provisioning from an editor: show a plan, ask once, apply exactly that plan, and undo it."""

from pathlib import Path

import pytest

from conversation import Json
from provisioninguser import User, machine_with_go
from smallmachine import GOENV, Machine
from wslgo.lsp.features import provision_jobs as jobs
from wslgo.provision.apply import root_script
from wslgo.provision.apply.ledger import Ledger, ledger_of
from wslgo.provision.apply.undo_root import Asked, RootsPart

pytestmark = pytest.mark.slow

BEGIN = "# >>> wslgo: Go in PATH >>>"
TEAM = "provision:\n  steps: [path]\n  variables: {GOSUMDB: 'off'}\n"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return machine_with_go(tmp_path)


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
    assert question["answers"] == ["Apply", "Show Plan"]
    assert "Set GOPROXY" in question["detail"]


def test_nothing_happens_without_consent(user: User, machine: Machine) -> None:
    before = machine.snapshot()
    user.provision(None)
    user.provision("Show Plan", "Not Now")
    user.provision("Show Plan", None)
    assert machine.snapshot() == before
    assert Ledger(ledger_of(machine.environment)).runs() == []


def test_passwords_are_masked_on_the_page(user: User, machine: Machine) -> None:
    machine.write("/home/dev/.config/go/env", b"GOPROXY=off,https://me:s3cret@goproxy.invalid\n")
    user.provision(None)
    assert "goproxy.invalid" in user.pages[0]
    assert "s3cret" not in str(user.said)


def test_pages_and_messages_are_in_chinese_if_the_setting_says_so(machine: Machine) -> None:
    user = User(machine, settings={"language": "zh-cn"})
    user.provision("应用", None)
    assert user.pages[0].startswith("# 一键配置 WSL2 Go 环境\n")
    assert user.messages()[-1].startswith("已完成：")


def test_a_machine_that_needs_nothing_gets_a_message_and_no_page(user: User) -> None:
    user.provision("Apply", None)
    pages = len(user.pages)
    user.provision()
    assert user.messages()[-1] == "Nothing to do: this machine is up to date"
    assert len(user.pages) == pages


def test_a_problem_is_on_the_page(machine: Machine) -> None:
    user = User(machine, settings={"provision": {"go": "latest"}})
    user.provision(None)
    assert "latest is not a Go version" in user.pages[0]


def test_provisioning_works_without_a_folder(user: User) -> None:
    user.command("provision", {}, None)
    assert user.pages[0].startswith("# Provision Go on WSL2\n")


# The run


def test_the_plan_is_applied_and_the_end_names_what_to_restart(user: User, machine: Machine) -> None:
    user.provision("Apply", None)
    assert BEGIN in (machine.home / ".bashrc").read_text()
    last = user.of("window/showMessageRequest")[-1]
    assert last["message"].startswith("Done: Set GOPROXY")
    assert "Open a new terminal" in last["message"]
    assert [action["title"] for action in last["actions"]] == ["Undo"]
    assert user.pages[-1].startswith("# Changes made\n")


def test_show_plan_asks_again_beside_the_page(user: User, machine: Machine) -> None:
    user.provision("Show Plan", "Apply", None)
    assert user.of("window/showMessageRequest")[0]["message"] == "Apply this plan? Steps: 2"
    assert BEGIN in (machine.home / ".bashrc").read_text()


def test_machine_settings_choose_go_and_its_source(machine: Machine) -> None:
    user = User(machine, settings=settings(machine))
    user.provision("Apply", None)
    assert (machine.home / "sdk/go/VERSION").read_text().startswith("go1.99.3\n")
    assert any(line.startswith("1 of 3: Install Go 1.99.3") for line in user.progress())
    assert any(" MB/s" in line for line in user.progress())


def test_the_undo_button_restores_everything(machine: Machine) -> None:
    user = User(machine, settings=settings(machine))
    before = machine.snapshot()
    user.provision("Apply", "Undo", "Undo")
    assert machine.snapshot() == before
    assert "was undone" in user.messages()[-1]


def test_a_file_changed_in_between_is_kept_and_shown(user: User, machine: Machine) -> None:
    message = user.provision("Show Plan", until=lambda: "window/showMessageRequest" in str(user.said[-1:]))
    bashrc = machine.home / ".bashrc"
    bashrc.write_bytes(mine := bashrc.read_bytes() + b"# mine\n")
    user.answers = ["Apply", None]
    user.continue_with(message)
    assert bashrc.read_bytes() == mine
    assert "has changed since the plan was made" in user.messages()[-1]
    assert "+# mine" in user.pages[-1]


def test_a_cancelled_run_is_resumed_or_undone(machine: Machine) -> None:
    user = User(machine, settings=settings(machine))
    before = machine.snapshot()
    user.provision("Apply", None, until=lambda: cancel(user, "Provisioning Go on WSL2"))
    assert "Stopped" in user.messages()[-1]
    user.provision("Resume", None)
    assert user.of("wslgo/confirm")[-1]["question"].endswith("3 of 3 steps are left")
    assert BEGIN in (machine.home / ".bashrc").read_text()
    user.undo("Undo")
    assert machine.snapshot() == before
    user.provision("Apply", None, until=lambda: cancel(user, "Provisioning Go on WSL2"))
    user.provision("Undo")
    assert machine.snapshot() == before
    assert not Ledger(ledger_of(machine.environment)).runs()[-1].is_unfinished


def cancel(user: User, title: str) -> None:
    """Press Cancel of a progress as soon as it is shown."""
    begun = [shown["token"] for shown in user.of("$/progress") if shown["value"].get("title") == title]
    ended = [shown["token"] for shown in user.of("$/progress") if shown["value"]["kind"] == "end"]
    for token in begun:
        if token not in ended:
            user.tell("window/workDoneProgress/cancel", {"token": token})


def test_a_cancelled_survey_shows_nothing(user: User) -> None:
    user.provision(until=lambda: cancel(user, "Looking at this machine"))
    assert (user.pages, user.messages()) == ([], [])


# Undo


def test_undo_asks_with_the_steps_that_it_reverses(user: User, machine: Machine) -> None:
    before = machine.snapshot()
    user.provision("Apply", None)
    after = machine.snapshot()
    user.undo(None)
    assert machine.snapshot() == after
    assert "Set GOPROXY" in user.of("wslgo/confirm")[-1]["detail"]
    user.undo("Undo")
    assert machine.snapshot() == before
    assert "restored" in user.pages[-1]


def test_what_root_undoes_is_shown_before_the_question(
    user: User, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows the diff of what root restores, and the undo does that, whatever the journal says later."""
    user.provision("Apply", None)
    [*_, record] = Ledger(ledger_of(machine.environment)).runs()[-1].records
    order = root_script.Order(record.step, "undo x")
    asked = Asked(record, order, Path("/etc/wsl.conf"), b"[boot]\nsystemd=true\n", b"[boot]\nsystemd=false\n")
    monkeypatch.setattr(jobs, "roots_part", lambda *_: RootsPart((asked,)))
    seen: list[RootsPart | None] = []
    monkeypatch.setattr(jobs, "undo", lambda _run, _run_context, part: seen.append(part) or ())
    user.undo(None)
    assert seen == []
    assert "change /etc/wsl.conf" in user.pages[-1]
    assert "-systemd=true\n+systemd=false\n" in user.pages[-1]
    user.undo("Undo")
    assert seen == [RootsPart((asked,))]


def test_a_cancelled_undo_is_finished_by_the_next_one(user: User, machine: Machine) -> None:
    before = machine.snapshot()
    user.provision("Apply", None)
    after = machine.snapshot()
    user.undo("Undo", until=lambda: cancel(user, "Undoing the last provisioning run"))
    assert user.messages()[-1].startswith("Stopped. ")
    assert machine.snapshot() == after
    user.undo("Undo")
    assert machine.snapshot() == before


def test_undo_without_a_run_reports_that(user: User) -> None:
    user.undo()
    assert user.messages() == ["There is nothing to undo"]


def test_a_change_that_blocks_undo_is_reported_and_shown(user: User, machine: Machine) -> None:
    user.provision("Apply", None)
    bashrc = machine.home / ".bashrc"
    bashrc.write_bytes(bashrc.read_bytes().replace(b"export PATH", b"export PATH GOPATH"))
    user.undo("Undo")
    assert user.messages()[-1].startswith("Not undone: ")
    assert "+export PATH GOPATH" in user.pages[-1]
    assert (machine.home / ".config/go/env").read_bytes() == GOENV


# Trust


def test_an_untrusted_workspace_cannot_provision(machine: Machine) -> None:
    user = User(machine, trusted=False)
    before = machine.snapshot()
    user.provision()
    user.undo()
    assert machine.snapshot() == before
    assert all("trusted workspace" in words for words in user.messages())
    assert user.pages == []


def test_repository_settings_need_consent_and_ignore_is_the_default(user: User, machine: Machine) -> None:
    (machine.folder / "wslgo.yaml").write_text(TEAM)
    user.provision("Ignore", None)
    asked, question = user.of("wslgo/confirm")
    assert "asks for path" in asked["question"]
    assert asked["answers"][0] == "Ignore"
    assert "GOSUMDB from a repository is ignored" in asked["detail"]
    assert question["question"] == "Apply this plan? Steps: 2"


def test_a_trusted_repository_chooses_steps_and_weakens_nothing(user: User, machine: Machine) -> None:
    (machine.folder / "wslgo.yaml").write_text(TEAM)
    user.provision("Use It", "Apply", None)
    assert BEGIN in (machine.home / ".bashrc").read_text()
    assert (machine.home / ".config/go/env").read_bytes() == GOENV
    assert "GOSUMDB from a repository is ignored" in user.pages[0]


def test_closing_the_question_about_the_repository_does_nothing(user: User, machine: Machine) -> None:
    (machine.folder / "wslgo.yaml").write_text(TEAM)
    user.provision(None)
    assert user.pages == []


# Other runs


def test_provisioning_waits_for_another_run(user: User, machine: Machine) -> None:
    with machine.context().ledger.lock(lambda: None):
        message = user.provision("Apply", None, until=lambda: "another wslgo" in str(user.progress()))
        health = {"command": "wslgo.server.health", "arguments": [{}]}
        assert user.result("workspace/executeCommand", health), "other requests are answered"
    user.continue_with(message)
    assert BEGIN in (machine.home / ".bashrc").read_text()


def test_waiting_can_be_cancelled(user: User, machine: Machine) -> None:
    with machine.context().ledger.lock(lambda: None):
        message = user.provision(until=lambda: "another wslgo" in str(user.progress()))
        user.continue_with(message, lambda: cancel(user, "Looking at this machine"))
    assert (user.pages, user.messages()) == ([], [])


def test_a_plan_is_not_applied_after_another_run(machine: Machine, user: User) -> None:
    message = user.provision("Show Plan", until=lambda: "window/showMessageRequest" in str(user.said[-1:]))
    assert machine.wslgo("--yes").code == 0
    after = machine.snapshot()
    user.answers = ["Apply"]
    user.continue_with(message)
    assert "Another run has changed this machine" in user.messages()[-1]
    assert machine.snapshot() == after


# Other editors


def test_an_editor_without_wslgo_pages_gets_a_file_and_a_message(machine: Machine) -> None:
    user = User(machine, can=[])
    user.provision("Apply", None)
    shown = [Path(document["uri"].removeprefix("file://")).read_text() for document in user.of("window/showDocument")]
    assert shown[0].startswith("# Provision Go on WSL2\n")
    assert shown[-1].startswith("# Changes made\n")
    assert BEGIN in (machine.home / ".bashrc").read_text()


def test_an_editor_that_shows_no_documents_is_sent_to_the_terminal(machine: Machine) -> None:
    user = User(machine, {"workspace": {}}, can=[])
    before = machine.snapshot()
    user.provision()
    assert "`wslgo provision` in a terminal" in user.messages()[-1]
    assert machine.snapshot() == before
