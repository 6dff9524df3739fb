"""Flags in the settings of the Go extension: what is found, and what stays silent."""

import json

import pytest

from wslgo.linter.check import check
from wslgo.machine.host import Host
from wslgo.syntax.family import by_name
from wslgo.syntax.file import read
from wslgo.text.source import Source


def findings(settings: dict[str, object], family_name: str = "settings") -> dict[str, list[str]]:
    """Return the text under each finding about flags and tags, by rule."""
    text = json.dumps(settings if family_name == "settings" else {"settings": settings})
    family = by_name(family_name)
    assert family is not None
    path = ".vscode/settings.json" if family_name == "settings" else "all.code-workspace"
    found: dict[str, list[str]] = {}
    for reported in check(read(path, family, Source(text)), host=Host()):
        span = reported.finding.span
        found.setdefault(reported.rule.partition("/")[2], []).append(text[span.start : span.end])
    return found


@pytest.mark.parametrize(
    ("settings", "rule", "places"),
    [
        ({"go.buildFlags": ["-tags integration"]}, "unusable-flags", ['"-tags integration"']),
        ({"go.buildFlags": ["-ldflags='-s'"], "go.testFlags": []}, "unusable-flags", ["\"-ldflags='-s'\""]),
        ({"go.buildFlags": ["integration"], "go.testFlags": []}, "unusable-flags", ['"integration"']),
        ({"go.testFlags": ["-count 1"]}, "unusable-flags", ['"-count 1"']),
        ({"go.testFlags": ["-count=x"]}, "unusable-flags", ['"-count=x"']),
        ({"go.testFlags": ["-timeout", "30"]}, "unusable-flags", ['"-timeout", "30"']),
        ({"gopls": {"build.buildFlags": ["-race", "-tags a"]}}, "unusable-flags", ['"-tags a"']),
        ({"go.testFlags": ["-run", "A B"]}, "flags-joined-for-debugging", ['"A B"']),
        ({"go.testFlags": ["-v", "-update"]}, "flags-joined-for-debugging", ['"-update"']),
        ({"go.buildTags": "a b"}, "tags-with-spaces", ['"a b"']),
        ({"go.testTags": '"a"'}, "tags-with-spaces", ['"\\"a\\""']),
        ({"go.buildTags": "a", "go.buildFlags": ["-tags=b"]}, "overridden-tags", ['"-tags=b"']),
        ({"go.buildTags": "a", "go.buildFlags": ["-tags", "b"]}, "overridden-tags", ['"a"']),
        ({"go.delveConfig": {"backend": "native"}}, "unread-delve-setting", ['"backend"']),
        ({"go.delveConfig": {"apiVersion": 2}}, "unread-delve-setting", ['"apiVersion"']),
        ({"go.lintFlags": ["--config a.yml"]}, "flag-with-space", ['"--config a.yml"']),
        ({"go.delveConfig": {"dlvFlags": ["--backend native"]}}, "flag-with-space", ['"--backend native"']),
        ({"go.lintTool": "golangci-lint-v2", "go.lintFlags": ["--fast"]}, "flag-with-space", ['"--fast"']),
        ({"go.buildFlags": ["-trimpath"]}, "trimmed-paths", ['"-trimpath"']),
        ({"go.testFlags": ["-trimpath=1"]}, "trimmed-paths", ['"-trimpath=1"']),
    ],
)
@pytest.mark.parametrize("family", ["settings", "workspace"])
def test_settings_with_a_finding(settings: dict[str, object], rule: str, places: list[str], family: str) -> None:
    assert findings(settings, family) == {rule: places}


@pytest.mark.parametrize(
    ("flags", "title"),
    [(["-tags a,b"], "Split into 2 elements"), (["-ldflags='-s'"], "Change to -ldflags=-s"), (["-v "], "Change to -v")],
)
def test_a_fix_says_what_it_does(flags: list[str], title: str) -> None:
    family = by_name("settings")
    assert family is not None
    file = read(".vscode/settings.json", family, Source(json.dumps({"go.buildFlags": flags})))
    assert [fix.title.render() for reported in check(file, host=Host()) for fix in reported.finding.fixes] == [title]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"go.buildFlags": [], "go.testFlags": None},
        {"go.buildFlags": "-tags a b"},  # VS Code itself underlines it
        {"go.buildFlags": [1, "x y"]},
        {"go.buildFlags": ["-tags=a,b", "-race", "-mod", "mod"]},
        {"go.testFlags": ["-v", "-tags=all", "-args", "-test.v"]},
        {"go.testFlags": ["-timeout", "30m"]},
        {"go.testFlags": ["-bench", "."]},
        {"go.testFlags": ["-args", "a b"]},
        {"go.testFlags": ["-coverprofile=${workspaceFolder}/c.out", "-race"]},
        {"go.buildFlags": ["-ldflags=-X main.a=b -s"], "go.testFlags": ["-v"]},
        {"go.buildFlags": ["-trimpath"], "go.testFlags": []},
        {"go.buildTags": "integration"},
        {"go.buildTags": "a,b", "go.testTags": ""},
        {"go.buildTags": "a", "go.buildFlags": ["-tags=a"]},
        {"go.buildTags": "a", "go.testFlags": ["-tags=b"]},
        {"go.delveConfig": {"debugAdapter": "legacy", "apiVersion": 2}},
        {"go.delveConfig": {"ofAnotherVersion": 1, "showGlobalVariables": True}},
        {"go.lintFlags": ["--fast", "a b"], "go.vetFlags": ["-all"]},
    ],
)
def test_settings_that_work_stay_silent(settings: dict[str, object]) -> None:
    assert findings(settings) == {}


# Tasks


def task_findings(**task: object) -> list[str]:
    """Return the text under each finding about a task's flags."""
    text = json.dumps({"tasks": [{"label": "A"} | task]})
    family = by_name("tasks")
    assert family is not None
    reports = check(read(".vscode/tasks.json", family, Source(text)), host=Host())
    return [text[slice(*reported.finding.span)] for reported in reports if reported.rule == "tasks/unusable-task-flags"]


@pytest.mark.parametrize(
    ("task", "places"),
    [
        ({"type": "go", "command": "build", "args": ["-tags a", "."]}, ['"-tags a"']),
        ({"type": "go", "args": ["-v", "-ldflags='-s -w'"]}, ["\"-ldflags='-s -w'\""]),
        ({"type": "go", "command": "test", "args": ["./...", "-timeout", "30"]}, ['"-timeout", "30"']),
        ({"type": "process", "command": "/usr/local/go/bin/go", "args": ["build", "-l"]}, ['"-l"']),
        ({"type": "process", "command": "go", "args": ["run", "-mod=vendr", "."]}, ['"-mod=vendr"']),
    ],
)
def test_tasks_with_a_finding(task: dict[str, object], places: list[str]) -> None:
    assert task_findings(**task) == places


@pytest.mark.parametrize(
    "task",
    [
        {"type": "go", "command": "build", "args": ["-o", "${workspaceFolder}/bin/a", "-gcflags=all=-N -l", "./cmd/a"]},
        {"type": "go", "command": "test", "args": ["-run", "A B", "${fileDirname}"]},
        {"type": "go", "command": "test", "args": ["-update", "x y", "-z 1"]},
        {"type": "go", "command": "generate", "args": ["-x y"]},
        {"type": "go", "command": "build", "args": "-tags a"},
        {"type": "go", "command": "build", "args": ["-tags a"], "linux": {"args": []}},
        {"type": "go", "command": "build", "args": ["${input:flags}", "-x y"]},
        {"type": "process", "command": "go", "args": ["run", ".", "-x y"]},
        {"type": "process", "command": "go", "args": ["run", "-exec", "sudo -E", "."]},
        {"type": "process", "command": "golangci-lint", "args": ["run", "-x y"]},
        {"type": "shell", "command": "go", "args": ["build", "-tags a"]},
        {"type": "process", "command": "go", "args": []},
    ],
)
def test_tasks_that_work_stay_silent(task: dict[str, object]) -> None:
    assert task_findings(**task) == []
