"""The pages of an editor: a plan with every diff, and its result."""

import pytest

from wslgo.provision.apply.context import CHANGED, DriftError, Event
from wslgo.provision.apply.ledger import DONE, FAILED, STOPPED
from wslgo.provision.model.step import TERMINATE, InstallPackages, Plan, RunFixed, Step, WriteFile
from wslgo.provision.report import plan_page, result_page
from wslgo.text.markdown import code_block, literal
from wslgo.text.message import Message, Text


def text(words: str) -> Text:
    return Message(en=words, zh=f"〔{words}〕")()


CONF = Step(
    "wsl-conf",
    text("Set it right"),
    text("It is wrong"),
    (WriteFile("/etc/wsl.conf", b"[boot]\nsystemd=yes\n", b"[boot]\nsystemd=true\n", "root"),),
    needs_root=True,
    after=(TERMINATE,),
    warnings=(text("This stays"),),
)
PACKAGES = Step(
    "packages", text("Compilers"), text("cgo"), (InstallPackages(("gcc",)),), needs_root=True, reversible=False
)
SUDO = text("sudo asks")


def page(*steps: Step, notes: tuple[Text, ...] = (), problems: tuple[Text, ...] = (), root: Text | None = SUDO) -> str:
    return plan_page.markdown(Plan(steps, notes), root, problems, "en")


def test_a_step_has_reason_notes_actions_and_the_exact_diff() -> None:
    assert page(CONF).endswith(
        "## 1. Set it right (as root)\n\n"
        "It is wrong\n\n"
        "> Note: This stays\n\n"
        "*Takes effect after wsl.exe --terminate, which stops everything in this distribution*\n\n"
        "- change /etc/wsl.conf\n\n"
        "```diff\n--- a/etc/wsl.conf\n+++ b/etc/wsl.conf\n@@ -1,2 +1,2 @@\n [boot]\n-systemd=yes\n+systemd=true\n```\n"
    )


def test_all_changes_by_root_are_in_one_section() -> None:
    run = CONF._replace(actions=(*CONF.actions, RunFixed(("ldconfig",))))
    done = "- change /etc/wsl.conf\n- run ldconfig\n- install packages gcc\n"
    assert f"## Changes as root\n\nsudo asks\n\n{done}\n" in page(run, PACKAGES)


def test_without_root_the_page_does_not_mention_it() -> None:
    assert "root is asked" not in page(CONF, root=None)


def test_irreversible_steps_are_marked_and_listed() -> None:
    shown = page(CONF, PACKAGES)
    assert "## 2. Compilers (as root, cannot be undone)" in shown
    assert "## Cannot be undone\n\n- Compilers\n" in shown


@pytest.mark.parametrize("heading", ["What cannot be undone", "Left to you", "Not fixed by this plan"])
def test_empty_sections_are_left_out(heading: str) -> None:
    assert heading not in page(CONF)


def test_manual_steps_and_problems_are_shown() -> None:
    shown = page(notes=(text("Restart Windows"),), problems=(text("No network"),))
    assert "## Manual steps\n\n- Restart Windows\n" in shown
    assert "## Not fixed by this plan\n\n- No network\n" in shown


def test_an_empty_plan_says_that_the_machine_is_up_to_date() -> None:
    assert page() == "# Provision Go on WSL2\n\nNothing to do: this machine is up to date\n"


def test_a_page_can_be_chinese() -> None:
    shown = plan_page.markdown(Plan((CONF,)), SUDO, (), "zh")
    assert shown.startswith("# 一键配置 WSL2 Go 环境\n")
    assert "## 1. 〔Set it right〕（以 root 身份）" in shown


def test_passwords_are_masked() -> None:
    write = WriteFile("/e", None, b"GOPROXY=https://me:s3cret@goproxy.invalid\n", "root")
    assert "+GOPROXY=https://xxxxx@goproxy.invalid" in page(CONF._replace(actions=(write,)))
    assert "s3cret" not in page(CONF._replace(actions=(write,)))


@pytest.mark.parametrize(("code", "fence"), [("a", "```"), ("a ``` b", "````"), ("`````", "``````"), ("`", "```")])
def test_a_fence_is_longer_than_any_in_the_code(code: str, fence: str) -> None:
    assert code_block(f"{code}\n", "diff") == f"{fence}diff\n{code}\n{fence}"


@pytest.mark.parametrize(
    ("said", "shown"),
    [("a_b*c", r"a\_b\*c"), ("<b>", r"\<b\>"), ("see https://x.invalid/a_b.", "see `https://x.invalid/a_b.`")],
)
def test_text_is_never_markdown(said: str, shown: str) -> None:
    assert literal(said) == shown


# What has come of it


def test_changes_are_listed_with_the_restart_they_need() -> None:
    shown = result_page.done_page([Event(CONF, DONE)], [text("Restart")], "en")
    assert shown == (
        "# Changes made\n\n## Next steps\n\n- Restart\n\n## ✓ Set it right (as root)\n\n- change /etc/wsl.conf\n"
    )


def test_a_change_by_others_is_shown() -> None:
    error = DriftError("/etc/wsl.conf", b"old\n", b"theirs\n")
    shown = result_page.done_page([Event(CONF, FAILED, CHANGED(path="/etc/wsl.conf"), error)], (), "en")
    assert "## ✗ Set it right" in shown
    assert "-old\n+theirs\n" in shown


def test_steps_that_did_not_start_are_reported() -> None:
    shown = result_page.done_page([Event(CONF, STOPPED)], (), "en")
    assert "## … Set it right (as root)\n\nStopped before it was finished\n" in shown
