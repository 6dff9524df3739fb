"""Without network nothing is called up to date: servers that do not answer are findings, with the reason."""

import json

import pytest

from smallmachine import Machine
from wslgo.cli.terminal import CLEAN, FINDINGS
from wslgo.machine.host import Answer
from wslgo.provision.model.facts import Facts, Source
from wslgo.provision.report.text import NOTHING
from wslgo.provision.survey.answers import answers_in, with_answers

CLOSED = "http://127.0.0.1:9"  # a closed port, so that there is an error at once
DISTRUST = "certificate: unable to get local issuer certificate"
LATE = "no answer in time"


@pytest.fixture
def offline(machine: Machine) -> Machine:
    """Return a machine with Go, without tools, whose proxy cannot be reached."""
    machine.install_go()
    machine.write("/home/dev/.config/go/env", f"GOPROXY={CLOSED}\n".encode())
    return machine


@pytest.mark.parametrize("only", [(), ("--only", "tools"), ("--only", "certificates")])
def test_a_proxy_that_does_not_answer_is_left_with_the_reason(offline: Machine, only: tuple[str, ...]) -> None:
    left = json.loads(offline.wslgo("--plan", "--format", "json", *only).out)["left"]
    [finding] = [finding for finding in left if finding["rule"] == "machine/no-answer"]
    assert CLOSED in finding["message"]
    assert "refused" in finding["message"]
    assert "wslgo provision" in finding["next"]


@pytest.mark.parametrize("only", [(), ("--only", "tools"), ("--only", "certificates")])
def test_it_is_not_called_up_to_date(offline: Machine, only: tuple[str, ...]) -> None:
    outcome = offline.wslgo("--plan", *only)
    assert NOTHING().render() not in outcome.out
    assert "machine/no-answer" in outcome.out


def test_a_script_sees_it_by_the_exit_code(offline: Machine) -> None:
    arguments = ("--plan", "--only", "tools")
    assert offline.wslgo(*arguments).code == CLEAN
    assert offline.wslgo(*arguments, "--fail-on", "attention").code == FINDINGS


def test_without_a_repository_in_goproxy_none_is_recommended(offline: Machine) -> None:
    assert "to use its repository" not in offline.wslgo("--plan", "--only", "tools").err
    offline.write("/home/dev/.config/go/env", f"GOPROXY={CLOSED}|direct\n".encode())
    assert "to use its repository" in offline.wslgo("--plan", "--only", "tools").err


def test_goproxy_off_asks_no_server(offline: Machine) -> None:
    offline.write("/home/dev/.config/go/env", b"GOPROXY=off\n")
    left = json.loads(offline.wslgo("--plan", "--format", "json", "--only", "tools").out)["left"]
    assert "machine/no-answer" not in {finding["rule"] for finding in left}


def test_an_answer_that_there_is_nothing_is_an_answer() -> None:
    asked = (Source("https://a.example", "module", None, "404 Not Found", answers=True),)
    assert answers_in(Facts(proxies=asked)) == (Answer("https://a.example"),)
    late = Source("https://b.example", "tarball", None, LATE)
    assert answers_in(Facts(sources=(late,))) == (Answer("https://b.example", "toolchains", LATE),)


def test_passwords_are_masked() -> None:
    [answer] = answers_in(Facts(proxies=(Source("https://me:hunter2@a.example", "module", 0.1),)))
    assert "hunter2" not in answer.url


def test_a_server_that_answers_only_with_new_certificates_is_not_trusted_yet() -> None:
    first = answers_in(Facts(proxies=(Source("https://a.example", "module", None, DISTRUST),)))
    then = with_answers(Facts(proxies=(Source("https://a.example", "module", 0.1),)), first)
    assert then.host.network.answers == first
    assert first[0].distrust


def test_without_a_question_the_answers_are_unknown() -> None:
    assert with_answers(Facts(), ()).host.network.answers is None
