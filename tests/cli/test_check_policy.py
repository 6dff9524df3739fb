"""`wslgo check` under a policy: which policies hold, what the command line cannot switch off, and the exit codes."""

import json
from pathlib import Path

import pytest

import machines
from commandline import Outcome, wslgo

POLICY = "policy:\n  checksums: required\n"
OFF = "export GOSUMDB=off\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    write(folder / ".bashrc", OFF)
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def rules(outcome: Outcome) -> list[str]:
    return [found["rule"] for found in json.loads(outcome.out)["findings"] if found["severity"] == "error"]


def check(*arguments: str) -> Outcome:
    return wslgo("check", "--format", "json", *arguments)


def test_a_violation_fails_the_run_and_names_the_line_of_the_policy(repository: Path) -> None:
    write(repository / "wslgo.yaml", POLICY)
    outcome = check(".")
    assert (outcome.code, rules(outcome)) == (1, ["policy/checksums-off"])
    [found] = [each for each in json.loads(outcome.out)["findings"] if each["rule"] == "policy/checksums-off"]
    assert found["related"] == [
        {
            "path": "wslgo.yaml",
            "range": {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 11}},
            "message": "policy.checksums of wslgo.yaml",
        }
    ]


@pytest.mark.parametrize("text", ["", "check: {ignore: [unknown-key]}\n", "policy: {caches: linux}\n"])
def test_without_such_a_policy_nothing_fails(repository: Path, text: str) -> None:
    write(repository / "wslgo.yaml", text)
    assert check(".").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--ignore", "checksums-off"),
        ("--ignore", "policy,goenv"),
        ("--select", "wslconfig"),
        ("--isolated",),
        ("--config", "other.yaml"),
        ("--fail-on", "error"),
    ],
)
def test_no_option_ignores_it(repository: Path, arguments: tuple[str, ...]) -> None:
    write(repository / "wslgo.yaml", POLICY)
    write(repository / "other.yaml", "check: {ignore: [policy]}\n")
    outcome = check(*arguments, ".bashrc")
    assert (outcome.code, rules(outcome)) == (1, ["policy/checksums-off"])


def test_an_option_that_ignores_in_vain_is_reported_once(repository: Path) -> None:
    write(repository / "wslgo.yaml", POLICY)
    write(repository / "sub/.bashrc", OFF)
    assert check("--ignore", "policy", ".").err.count("--ignore policy has no effect") == 1


def test_a_baseline_does_not_leave_it_out(repository: Path) -> None:
    write(repository / "wslgo.yaml", f"{POLICY}  never-ignore: [goenv/verification-off]\n")
    write(repository.parent / "baseline.json", check(".").out)
    outcome = check("--baseline", str(repository.parent / "baseline.json"), ".")
    assert (outcome.code, rules(outcome)) == (1, ["policy/checksums-off"])
    assert "goenv/verification-off" in outcome.out


def test_a_nested_file_removes_nothing(repository: Path) -> None:
    write(repository / "wslgo.yaml", POLICY)
    write(repository / "sub/.bashrc", OFF)
    write(
        repository / "sub/wslgo.yaml",
        "check: {ignore: [checksums-off]}\npolicy: {checksums: ['x+1+A']}\n",
    )
    outcome = check("sub/.bashrc")
    assert rules(outcome) == ["policy/checksums-off"]
    assert outcome.code == 2, "the nested policy is not right"


def test_the_policy_of_the_user_holds_in_every_repository(repository: Path) -> None:
    write(repository.parent / "home/.config/wslgo/wslgo.yaml", POLICY)
    outcome = check(".bashrc")
    assert (outcome.code, rules(outcome)) == (1, ["policy/checksums-off"])


@pytest.mark.parametrize("text", ["policy: [", "policy: {checksums: off}", "policy: {checksum: required}"])
def test_a_policy_that_is_not_right_fails_the_run(repository: Path, text: str) -> None:
    write(repository.parent / "home/.config/wslgo/wslgo.yaml", text)
    outcome = check(".bashrc")
    assert outcome.code == 2
    assert "home/.config/wslgo/wslgo.yaml" in outcome.err


def test_mistakes_in_the_file_itself_are_findings_at_their_place(repository: Path) -> None:
    write(repository / "wslgo.yaml", "check: {ignore: [no-such-rule]}\npolicy:\n  proxi: []\n")
    outcome = check("wslgo.yaml")
    found = [(each["rule"], each["range"]["start"]) for each in json.loads(outcome.out)["findings"]]
    assert found == [
        ("team/bad-value", {"line": 0, "character": 17}),
        ("team/unknown-key", {"line": 2, "character": 2}),
    ]
    assert outcome.code == 2


def test_the_fix_of_a_misspelt_key_is_applied(repository: Path) -> None:
    file = write(repository / "wslgo.yaml", "policy:\n  checksum: required\n")
    wslgo("fix", "wslgo.yaml")
    assert file.read_text() == POLICY


def test_the_text_output_shows_the_line_of_the_policy(repository: Path) -> None:
    write(repository / "wslgo.yaml", POLICY)
    assert "note: wslgo.yaml:2:3: policy.checksums of wslgo.yaml" in wslgo("check", ".bashrc").out


@pytest.mark.parametrize("command", [("check", "--machine"), ("doctor",)])
def test_the_policy_of_the_repository_holds_for_the_machine_of_who_works_in_it(
    repository: Path, command: tuple[str, ...]
) -> None:
    write(repository / "wslgo.yaml", "policy: {wslconfig: {memory: {max: 1GB}}, versions: {go: 1.99}}\n")
    host = str(machines.HOSTS / "ubuntu-24.04-mirrored.json")
    outcome = wslgo(*command, "--host", host, "--format", "json")
    assert "policy/wslconfig-limit" in outcome.out
    assert "machine/older-than-policy" in outcome.out
    (repository / "wslgo.yaml").unlink()
    outcome = wslgo(*command, "--host", host, "--format", "json")
    assert "policy" not in outcome.out
