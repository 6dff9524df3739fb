"""`wslgo env`: the table, the JSON, names that go does not have, and a recorded machine."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

import machines
from commandline import process, write, wslgo

NAT = str(machines.HOSTS / "ubuntu-24.04-nat.json")
CHINA = str(machines.HOSTS / "china-company.json")
DEFAULT = "https://proxy.golang.org,direct"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home folder of a user whose current folder is a project."""
    folder = tmp_path / "home"
    write(folder / ".config/go/env", "GOPROXY=direct\nGOPROXY=off\n")
    write(folder / ".bashrc", "export GOPATH=$HOME/code\nexport GOPRIVATE=git.corp\n")
    (tmp_path / "project/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project")
    return folder


def env(home: Path, *words: str, **environment: str) -> str:
    """Return the output in a shell of this user."""
    variables = {"HOME": str(home), "SHELL": "/bin/bash", "PATH": os.environ["PATH"], **environment}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", variables)
        code, out, err = wslgo("env", *words, environment=variables)
    assert (code, err) == (0, "")
    return out


def variables(home: Path, *names: str, **environment: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(env(home, *names, "--format", "json", **environment))
    return found


def text(home: Path, *words: str, **environment: str) -> list[str]:
    return env(home, *words, **environment).splitlines()


def place(kind: str, path: Path | str | None = None, line: int | None = None) -> dict[str, object]:
    return {"kind": kind, "path": None if path is None else str(path), "line": line}


def test_the_json_of_a_variable_has_its_value_the_place_that_wins_and_the_others(home: Path) -> None:
    found = variables(home, "GOPROXY")["GOPROXY"]
    assert (found["value"], found["set_by"]) == ("off", place("goenv-file", home / ".config/go/env", 2))
    beaten = found["also"][0]
    assert beaten == {**place("goenv-file", home / ".config/go/env", 1), "value": "direct", "standing": "overridden"}
    assert {other["kind"] for other in found["also"][1:]} <= {"go.env"}


def test_the_environment_is_traced_to_the_line_of_exactly_its_value(home: Path) -> None:
    path = str(home / "code")
    assert variables(home, "GOPATH", GOPATH=path)["GOPATH"]["set_by"] == place("environment", home / ".bashrc", 1)
    found = variables(home, "GOPATH", GOPATH="/elsewhere")["GOPATH"]
    assert found["set_by"] == place("environment")
    assert found["also"][0]["standing"] == "not-yet"


def test_settings_win_in_the_editor_and_launch_entries_never(home: Path) -> None:
    project = home.parent / "project"
    write(project / ".vscode/settings.json", '{\n"go.toolsEnvVars": {"GOPROXY": "https://me:secret@a.test"}}')
    write(
        project / ".vscode/launch.json", '{"configurations": [{"type": "go", "envFile": "${workspaceFolder}/x.env"}]}'
    )
    write(project / "x.env", "GOPROXY=direct\n")
    found = variables(home, "GOPROXY")["GOPROXY"]
    assert (found["value"], found["set_by"]) == ("https://xxxxx@a.test", place("settings", ".vscode/settings.json", 2))
    assert [(other["kind"], other["standing"]) for other in found["also"][:2]] == [
        ("goenv-file", "in-terminals"),
        ("launch", "elsewhere"),
    ]


def test_goenv_names_the_file_or_none(home: Path) -> None:
    write(home.parent / "project/own", "GOPROXY=https://own.test\n")
    assert variables(home, "GOPROXY", GOENV="off")["GOPROXY"]["value"] != "off"
    assert variables(home, "GOPROXY", GOENV="own")["GOPROXY"]["value"] == "https://own.test"


def test_without_a_go_command_defaults_are_computed(home: Path) -> None:
    found = variables(home, PATH="/nowhere")
    assert found["GOPATH"] == {"value": str(home / "go"), "set_by": place("default"), "also": found["GOPATH"]["also"]}
    assert found["GOCACHE"]["value"] == str(home / ".cache/go-build")


def test_all_variables_are_listed_in_json_and_their_values_are_strings_or_null(home: Path) -> None:
    found = variables(home)
    assert {"GOPROXY", "GOFLAGS", "CGO_ENABLED", "GOENV", "GOMOD"} <= found.keys()
    assert all(other["value"] is None or isinstance(other["value"], str) for other in found.values())


def test_the_module_and_the_workspace_around_the_current_folder(home: Path) -> None:
    assert [variables(home, name)[name]["value"] for name in ("GOMOD", "GOWORK")] == ["/dev/null", ""]
    module, workspace = home.parent / "project/go.mod", home.parent / "go.work"
    write(module, "module m\n")
    write(workspace, "go 1.26\n")
    assert variables(home, "GOMOD")["GOMOD"]["value"] == str(module)
    assert variables(home, "GOWORK")["GOWORK"]["value"] == str(workspace)
    assert variables(home, "GOMOD", GO111MODULE="off")["GOMOD"]["value"] == ""


def test_the_table_marks_the_places_that_lose(home: Path) -> None:
    lines = text(home, "GOPROXY")
    assert lines[0].split() == ["GOPROXY", "off", "~/.config/go/env:2"]
    assert lines[1].split() == ["✗", "direct", "~/.config/go/env:1", "overridden"]


def test_changed_names_a_go_env_file_of_the_users_choice(home: Path) -> None:
    lines = text(home, "--changed", GOENV=str(home / "other"))
    assert [line.split() for line in lines] == [["GOENV", str(home / "other"), "environment"]]


def test_changed_leaves_out_defaults_and_values_that_equal_them(home: Path) -> None:
    write(home / ".config/go/env", "GOAUTH=netrc\nGO111MODULE=on\nGOFLAGS=-mod=mod\n")
    lines = text(home, "--changed")
    assert [line.split()[0] for line in lines] == ["GOFLAGS"]
    write(home / ".config/go/env", "")
    assert text(home, "--changed") == ["Every Go variable has its default"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("GOPROXI", "go has no variable 'GOPROXI'; did you mean GOPROXY?"),
        ("goflags", "go has no variable 'goflags'; did you mean GOFLAGS?"),
        ("XYZZY", "go has no variable 'XYZZY'; see wslgo env"),
    ],
)
def test_an_unknown_name_is_bad_usage(name: str, words: str) -> None:
    assert wslgo("env", "GOPROXY", name) == (2, "", f"wslgo: {words}\n")


def test_a_recorded_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = wslgo("env", "GOPROXY", "GOBIN", "PKG_CONFIG", "--host", NAT, "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["GOPROXY"]["value"] == DEFAULT
    assert found["GOPROXY"]["set_by"]["kind"] == "go.env"
    assert found["GOBIN"] == {"value": "", "set_by": place("default"), "also": []}
    assert found["PKG_CONFIG"] == {"value": None, "set_by": None, "also": []}
    assert wslgo("env", "--host", "nowhere.json").code == 2


def test_a_machine_that_was_recorded_without_variables_has_no_defaults(home: Path) -> None:
    write(home.parent / "project/host.json", "{}")
    for words in ((), ("--changed",)):
        code, out, _ = wslgo("env", *words, "--host", "host.json")
        assert (code, out) == (0, "The Go variables of this machine are unknown: it was recorded without them\n")


def test_many_places_for_other_programs_are_counted(home: Path) -> None:
    entries = ",".join(f'{{"type": "go", "env": {{"GOFLAGS": "-tags=a{number}"}}}}' for number in range(9))
    write(home.parent / "project/.vscode/launch.json", f'{{"configurations": [{entries}]}}')
    assert len(text(home, "GOFLAGS")) == 10
    lines = [line.strip() for line in text(home) if "-tags=a" in line or "more places" in line]
    assert len(lines) == 4
    assert lines[-1] == "· 6 more places for other programs: wslgo env GOFLAGS"


def test_a_recorded_machine_has_no_files_of_this_one(home: Path) -> None:
    out = env(home, "--host", CHINA, "--lang", "zh-cn")
    assert str(home) not in out
    assert "默认值" in out


def test_a_terminal_without_those_signs_gets_plain_ones(home: Path) -> None:
    done = process("env", "GOPROXY", HOME=str(home), GOPROXY="", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert b" x direct " in done.stdout
