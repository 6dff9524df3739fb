"""`wslgo launch` under a policy: an entry that breaks it is not generated; under one with a mistake, none is."""

import json
from pathlib import Path

import pytest

from commandline import write, wslgo
from wslgo.launch.generate.entry import Generated, Kind, LaunchEntry
from wslgo.linter.policy_entries import allowed_entries
from wslgo.linter.team_requirements import requirements_of
from wslgo.linter.team_yaml import parse_nodes

RULES = "policy: {checksums: required}\n"
POLICY = requirements_of(parse_nodes(RULES), "wslgo.yaml", RULES).policy


def entry(name: str, **members: object) -> LaunchEntry:
    return LaunchEntry(f"debug {name}", {"name": name, "type": "go", "request": "launch", **members})


def task(label: str, **members: object) -> LaunchEntry:
    return LaunchEntry(f"build {label}", {"label": label, "type": "shell", **members}, kind=Kind.TASK)


def test_an_entry_that_breaks_the_policy_is_left_out_with_the_reason() -> None:
    good, bad = entry("good", env={"GOFLAGS": "-race"}), entry("bad", env={"GOSUMDB": "off"})
    found = allowed_entries(Generated((good, bad)), POLICY)
    assert found.generated.configurations == (good,)
    [problem] = found.problems
    assert "'bad' is left out" in problem.render()
    assert "GOSUMDB=off" in problem.render()


def test_an_entry_is_left_out_with_its_task() -> None:
    bad = task("make", options={"env": {"GOSUMDB": "off"}})
    found = allowed_entries(
        Generated((entry("run", preLaunchTask="make"), entry("other")), (bad, task("fine"))), POLICY
    )
    assert [each.label for each in found.generated.configurations] == ["other"]
    assert [each.label for each in found.generated.tasks] == ["fine"]


def test_without_a_policy_nothing_is_left_out() -> None:
    generated = Generated((entry("x", env={"GOSUMDB": "off"}),))
    assert allowed_entries(generated, None).generated is generated


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "work"
    (folder / ".git").mkdir(parents=True)
    write(folder / "go.mod", "module example.com/m\n\ngo 1.22\n")
    write(folder / "main.go", "package main\n\nfunc main() {}\n")
    monkeypatch.chdir(folder)
    return folder


def test_a_policy_that_is_not_right_fails(folder: Path) -> None:
    write(folder / "wslgo.yaml", "policy: {checksum: required}\n")
    outcome = wslgo("launch", "--write")
    assert outcome.code == 2
    assert not (folder / ".vscode").exists()


def test_under_a_policy_that_allows_them_all_entries_are_generated(folder: Path) -> None:
    before = json.loads(wslgo("launch", "--format", "json").out)
    write(folder / "wslgo.yaml", RULES)
    assert json.loads(wslgo("launch", "--format", "json").out) == before
