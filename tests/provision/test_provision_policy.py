"""Provisioning under a policy: requests, sources and steps that break it are left out."""

from pathlib import Path

import pytest

from smallmachine import Machine
from wslgo.linter.policy import Policy
from wslgo.linter.team_requirements import requirements_of
from wslgo.linter.team_yaml import parse_nodes
from wslgo.machine.host import Go, Host, Variable
from wslgo.provision.model.allowed_goproxy import allowed_goproxy
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec, of_team
from wslgo.provision.model.step import GoInstall, InstallToolchain, Step, WriteFile
from wslgo.provision.plan.judgement import findings
from wslgo.provision.plan.policy_rejection import allowed_sources, rejection
from wslgo.provision.session import team_spec
from wslgo.provision.survey.network import policy_of
from wslgo.text.message import Message

TITLE = Message(en="A step", zh="步骤")()
ENV = "/home/dev/.config/go/env"
SOURCE = "https://goproxy.example.com/golang.org/toolchain/@v/v0.0.1-go1.27.3.linux-amd64.zip"
RULES = """
policy:
  proxies: ["https://goproxy.example.com"]
  checksums: required
  versions: {go: "1.26", gopls: 0.20.0}
"""


def policy(text: str = RULES) -> Policy:
    found = requirements_of(parse_nodes(text), "/etc/wslgo.yaml", text)
    assert not found.problems
    return found.policy


def facts(**more: object) -> Facts:
    host = Host(go=Go("/usr/local/go/bin/go", "1.27.3"), goenv_path=ENV, home="/home/dev")
    return Facts(**{"host": host, "user": User("dev", "/home/dev"), "policy": policy(), **more})  # type: ignore[arg-type]


def rejected(*actions: object) -> str:
    found = rejection(Step("x", TITLE, TITLE, tuple(actions)), facts())  # type: ignore[arg-type]
    assert found is None or found.render("zh") != found.render()
    return "" if found is None else found.render()


def written(before: str | None, after: str) -> WriteFile:
    return WriteFile(ENV, None if before is None else before.encode(), after.encode())


# Steps


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (InstallToolchain("go1.25.9", SOURCE, "/x"), "Go 1.25.9 is older"),
        (InstallToolchain("go1.27.3", "https://go.dev/dl/go1.27.3.linux-amd64.tar.gz", "/x"), "not an allowed source"),
        (InstallToolchain("go1.27.3", SOURCE.replace(".com", ".com.evil.example"), "/x"), "not an allowed source"),
        (GoInstall("golang.org/x/tools/gopls", "v0.16.2", "go", "/x"), "gopls v0.16.2 is older"),
        (written(None, "GOPROXY=https://goproxy.cn,direct\n"), "goproxy.cn"),
        (written("GOPROXY=https://goproxy.example.com\n", "GOPROXY=https://goproxy.example.com,direct\n"), "direct"),
        (written("", "GOTOOLCHAIN=go1.24.1\n"), "go1.24.1 is older"),
    ],
)
def test_a_step_that_breaks_the_policy_is_rejected_with_its_line(action: object, words: str) -> None:
    said = rejected(action)
    assert words in said
    assert "/etc/wslgo.yaml" in said


@pytest.mark.parametrize(
    "action",
    [
        InstallToolchain("go1.27.3", SOURCE, "/x"),
        GoInstall("golang.org/x/tools/gopls", "v0.20.0", "go", "/x"),
        GoInstall("honnef.co/go/tools/cmd/staticcheck", "v0.1.0", "go", "/x"),
        written("GOPROXY=direct\n", "GOPROXY=direct\nGOFLAGS=-trimpath\n"),
        written("GOPROXY=direct\n", "GOPROXY=https://goproxy.example.com\n"),
        WriteFile("/home/dev/.profile", None, b"export GOBIN=/home/dev/bin\n"),
        WriteFile("/home/dev/notes.txt", None, b"GOPROXY=direct\n"),
        WriteFile(ENV, b"GOPROXY=direct\n", None),
    ],
)
def test_other_steps_are_not(action: object) -> None:
    assert rejected(action) == ""


def test_without_a_policy_nothing_is_rejected() -> None:
    step = Step("x", TITLE, TITLE, (written(None, "GOPROXY=direct\n"),))
    assert rejection(step, facts(policy=None)) is None


def test_what_the_machine_breaks_is_among_the_findings_of_a_plan() -> None:
    host = Host(go=Go("/usr/local/go/bin/go", "1.25.3"))
    assert "machine/older-than-policy" in {found.rule for found in findings(facts(host=host))}
    assert "machine/older-than-policy" not in {found.rule for found in findings(facts())}


# Sources


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("https://goproxy.example.com", "https://goproxy.example.com"),
        ("https://goproxy.cn|https://goproxy.example.com,direct", "https://goproxy.example.com"),
        (
            "https://goproxy.example.com|https://goproxy.example.com/x,direct",
            "https://goproxy.example.com|https://goproxy.example.com/x",
        ),
        ("", "off"),
        ("direct", "off"),
        ("off", "off"),
    ],
)
def test_only_allowed_proxies_are_asked(value: str, left: str) -> None:
    assert allowed_goproxy(value, policy()) == left
    host = Host(go_variables=(Variable("GOPROXY", value, "environment"),))
    assert policy_of(host, Spec(policy=policy())).goproxy == left
    assert allowed_goproxy(value, None) == value


def test_a_database_that_is_off_is_asked_all_the_same() -> None:
    host = Host(go_variables=(Variable("GOSUMDB", "off", "environment"),))
    assert policy_of(host, Spec(policy=policy())).gosumdb == ""
    assert policy_of(host, Spec()).gosumdb == "off"


def test_a_source_of_the_command_line_has_to_be_allowed() -> None:
    sources = ("https://goproxy.example.com", "https://evil.example")
    found = allowed_sources(sources, policy())
    assert found.sources == sources[:1]
    assert ["evil.example" in problem.render() for problem in found.problems] == [True]
    assert allowed_sources(sources, None).sources == sources
    assert allowed_sources(("https://go.dev",), policy("policy: {proxies: [direct]}")).problems == ()


# Requests of a repository


def test_a_request_that_breaks_the_policy_is_ignored() -> None:
    request = {"go": "1.25", "variables": {"GOPRIVATE": "git.example.com"}}
    team = of_team(
        request, None, ("git.example.com/x",), policy("policy: {versions: {go: 1.26}, private: [git.example.org]}")
    )
    assert team.spec == Spec()
    assert ["is ignored" in problem.render() for problem in team.problems] == [True, True]
    assert of_team(request, None, ("git.example.com/x",), policy("policy: {caches: linux}")).problems == ()


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("user", "own", "taken"),
    [
        ("[https://p.example]", "", True),
        ("[https://p.example, https://q.example]", "[https://p.example]", True),
        ("[https://q.example]", "[https://p.example]", False),
        ("[https://p.example]", "[https://q.example]", False),
        ("", "[https://p.example]", False),
    ],
)
def test_the_user_permits_and_the_repository_only_restricts(tmp_path: Path, user: str, own: str, taken: bool) -> None:
    (tmp_path / "work/.git").mkdir(parents=True)
    request = "provision: {variables: {GOPROXY: 'https://p.example'}}\n"
    write(tmp_path / "work/wslgo.yaml", request + (f"policy: {{proxies: {own}}}\n" if own else ""))
    if user:
        write(tmp_path / "home/.config/wslgo/wslgo.yaml", f"policy: {{proxies: {user}}}\n")
    team = team_spec(tmp_path / "work", {"HOME": str(tmp_path / "home")})
    assert bool(team.spec.variables) is taken


@pytest.mark.parametrize("text", ["policy: [", "policy: {proxies: https://x.example}", "policy: {version: {go: 1.26}}"])
def test_nothing_is_planned_under_a_policy_that_is_not_right(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    write(machine.folder / "wslgo.yaml", text)
    monkeypatch.chdir(machine.folder)
    outcome = machine.wslgo("--plan")
    assert outcome.code == 2
    assert "wslgo.yaml" in outcome.err
