"""`wslgo bench`: the real go command with folders of this machine, a kill, the history, bad options."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from commandline import wslgo
from measuring import HOST, left_behind, measured
from tree import SERVER
from wslgo.bench.history import add
from wslgo.bench.report.as_json import as_json
from wslgo.machine.host import Go, Running
from wslgo.system.journal import Journal


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(home / "cache")}


def state(home: Path) -> Path:
    return home / ".local/state/wslgo/bench"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--rounds", "0"), "--rounds takes a number from 1 to 100, not '0'"),
        (("--rounds", "x"), "--rounds takes a number"),
        (("--minutes", "9999999"), "--minutes takes a number"),
        (("--on", "relative"), "not an absolute path of a folder"),
        (("--on", "/does/not/exist"), "not an absolute path of a folder"),
        (("--cgo",), "--cgo needs --workspace"),
        (("--workspace", "."), "has no go.mod or go.work"),
        (("--format", "yaml"), "--format takes text, json"),
        (("x",), "does not take 'x'"),
    ],
)
def test_bad_usage_is_said(environment: dict[str, str], arguments: tuple[str, ...], words: str) -> None:
    code, out, err = wslgo("bench", *arguments, environment=environment)
    assert (code, out) == (2, "")
    assert words in err


def test_a_folder_of_a_project_is_not_written(environment: dict[str, str], folder: Path) -> None:
    (folder / "sub").mkdir()
    code, _, err = wslgo("bench", "--on", str(folder / "sub"), environment=environment)
    assert code == 2
    assert "is in a project" in err


def test_a_page_in_the_workspace_is_not_written(environment: dict[str, str], folder: Path) -> None:
    (folder / "go.mod").write_text("module m\n")
    words = ("bench", "--workspace", ".", "--page", "page.md")
    code, _, err = wslgo(*words, environment=environment)
    assert code == 2
    assert "is in the workspace that is measured" in err


# The history


def keep(home: Path, folder: Path, *hosts: Any) -> None:
    for number, host in enumerate(hosts):
        (folder / str(number)).mkdir()
        found = measured(folder / str(number), host=host, slowness=3.0 - number, now=1_800_000_000.0 + number)
        add(state(home), as_json(found, "en"))


AFTER = HOST._replace(running=Running(processors=8, memory=32 << 30, networking="mirrored"))


def test_the_history_compares_before_and_after(environment: dict[str, str], home: Path, tmp_path: Path) -> None:
    keep(home, tmp_path, HOST, AFTER)
    code, out, err = wslgo("bench", "--history", environment=environment)
    assert (code, err) == (0, "")
    assert "tiny, Go 1.26.8, rounds: 6" in out
    assert "nothing to compare with" in out
    assert "changed: memory 16384 MiB -> 32768 MiB" in out
    assert "changed: networking mode nat -> mirrored" in out
    assert re.search(r"all on C:, clean build: 3\d\.\d s -> 2\d\.\d s \(0\.6\dx\)", out)
    chinese = wslgo("bench", "--history", "--lang", "zh", environment=environment).out
    assert "有变化：网络模式 nat -> mirrored" in chinese


def test_what_wslgo_wrote_in_between_is_named(environment: dict[str, str], home: Path, tmp_path: Path) -> None:
    keep(home, tmp_path, HOST, HOST)
    journal = Journal(home / ".local/state/wslgo/journal")
    journal.write(home / "file", b"x", "wslgo provision 20270115-080000", expected=None)
    lines = journal.lines.read_text()
    time = re.search(r'"time": "([^"]+)"', lines)
    assert time is not None
    journal.lines.write_text(lines.replace(time[1], "2027-01-15T08:00:00+00:00"))
    out = wslgo("bench", "--history", environment=environment).out
    assert "in between, wslgo provision 20270115-080000 wrote files: 1" in out
    found = json.loads(wslgo("bench", "--history", "--format", "json", environment=environment).out)
    assert [each["who"] for each in found["measurements"][1]["written"]] == ["wslgo provision 20270115-080000"]


def test_another_go_is_named_and_not_compared(environment: dict[str, str], home: Path, tmp_path: Path) -> None:
    keep(home, tmp_path, HOST, HOST._replace(go=Go("/go", "1.27.0", "/usr/local/go")))
    out = wslgo("bench", "--history", environment=environment).out
    assert "that was Go 1.26.8, and another Go builds other code" in out


def test_the_history_as_json(environment: dict[str, str], home: Path, tmp_path: Path) -> None:
    keep(home, tmp_path, HOST, AFTER)
    found = json.loads(wslgo("bench", "--history", "--format", "json", environment=environment).out)
    first, second = found["measurements"]
    assert first["compared_with"] is None
    assert second["compared_with"] == first["when"]
    assert {each["name"] for each in second["changed"]} == {"memory", "networking"}
    assert [each for each in second["differences"] if each["clear"] and each["run"] == "all on C:"]


def test_an_empty_history_says_what_to_type(environment: dict[str, str]) -> None:
    assert wslgo("bench", "--history", environment=environment).out == "Nothing was measured yet: wslgo bench\n"


# The real go command


def start(home: Path, *arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONPATH": str(SERVER),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "wslgo", "bench", "--quick", *arguments],
        cwd=cwd,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_for_a_build(run: subprocess.Popen[bytes]) -> None:
    """Wait until the go command builds."""
    assert run.stderr is not None
    for line in run.stderr:
        if b"first build" in line:
            return
    raise AssertionError("no build has begun")


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("place")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_nothing_is_left(home: Path, place: Path, number: signal.Signals) -> None:
    (home / "cache").mkdir()
    with start(home, "--on", str(place), cwd=home) as run:
        wait_for_a_build(run)
        assert len(left_behind(home) + left_behind(place)) == 2
        run.send_signal(number)
        run.communicate(timeout=60)
    assert run.returncode == 130
    assert not left_behind(home) + left_behind(place)


@pytest.mark.slow
def test_after_a_kill_the_next_measurement_cleans_up(home: Path, place: Path) -> None:
    (home / "cache").mkdir()
    with start(home, "--on", str(place), cwd=home) as run:
        wait_for_a_build(run)
        run.kill()
        run.communicate(timeout=60)
    left = left_behind(home) + left_behind(place)
    assert len(left) == 2
    with start(home, "--on", str(place), cwd=home) as run:
        wait_for_a_build(run)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    for _ in range(50):  # the go command of the killed run may have been writing until now
        if not left_behind(home) + left_behind(place):
            break
        time.sleep(0.1)
    assert not set(left) & set(left_behind(home) + left_behind(place))


@pytest.fixture
def library(folder: Path) -> Path:
    """Return a module without a program and without imports, which go builds in no time."""
    (folder / "p").mkdir()
    (folder / "go.mod").write_text("module example.test/m\n\ngo 1.20\n")
    (folder / "m.go").write_text('package m\n\nimport "example.test/m/p"\n\nvar Y = p.X\n')
    (folder / "p/p.go").write_text("package p\n\nvar X = 1\n")
    return folder


@pytest.mark.slow
def test_a_workspace_is_measured_with_the_real_go(
    environment: dict[str, str], home: Path, library: Path, place: Path
) -> None:
    (home / "cache").mkdir()
    before = {path: path.stat().st_mtime_ns for path in library.rglob("*")}
    words = ("--workspace", ".", "--on", str(place), "--quick", "--rounds", "2", "--format", "json")
    code, out, err = wslgo("bench", *words, "--page", str(home / "page.md"), environment=environment)
    assert code == 0, err
    assert "is copied and only the copy is built" in err
    found = json.loads(out)
    assert [each["id"] for each in found["runs"]] == ["all on /", "again", f"all on {place}"]
    assert found["subject"]["name"] == str(library)
    assert found["subject"]["packages"] == 2
    for each in found["runs"]:
        assert {len(task["seconds"]) for task in each["tasks"].values()} == {2}
        assert min(each["tasks"]["clean"]["cpu"]) > 0
    change, clean = (found["profiles"][f"{task}, all on /"] for task in ("change", "clean"))
    assert (change["built"], change["hits"]) == (1, 1)
    assert (clean["built"], clean["hits"]) == (2, 0)
    assert {path: path.stat().st_mtime_ns for path in library.rglob("*")} == before
    assert (home / "page-clean.svg").exists()
    assert not left_behind(home) + left_behind(place)
    assert "all on /" in wslgo("bench", "--history", environment=environment).out


@pytest.mark.slow
def test_a_workspace_that_does_not_build_says_so_in_the_words_of_go(
    environment: dict[str, str], home: Path, library: Path
) -> None:
    (home / "cache").mkdir()
    (library / "p/p.go").write_text("package p\n\nvar X = missing\n")
    code, out, err = wslgo("bench", "--workspace", ".", "--quick", environment=environment)
    assert (code, out) == (2, "")
    assert "go build failed: p/p.go:3:9: undefined: missing" in err
    assert not left_behind(home)


@pytest.mark.slow
def test_a_go_work_is_measured_with_all_of_its_modules(environment: dict[str, str], home: Path, library: Path) -> None:
    (home / "cache").mkdir()
    (library / "other").mkdir()
    (library / "go.work").write_text("go 1.21\n\nuse ./other\n")
    (library / "other/go.mod").write_text("module example.test/other\n\ngo 1.21\n")
    (library / "other/o.go").write_text("package other\n")
    words = ("bench", "--workspace", ".", "--quick", "--rounds", "1", "--format", "json")
    code, out, err = wslgo(*words, environment=environment)
    assert code == 0, err
    assert json.loads(out)["subject"]["packages"] == 1
    assert "removed what an interrupted" not in err
    assert not left_behind(home)


@pytest.mark.slow
def test_a_workspace_of_c_code_alone_needs_cgo(environment: dict[str, str], home: Path, folder: Path) -> None:
    (home / "cache").mkdir()
    (folder / "go.mod").write_text("module example.test/m\n\ngo 1.20\n")
    (folder / "c.go").write_text('package m\n\n// int x;\nimport "C"\n')
    _, _, err = wslgo("bench", "--workspace", ".", "--quick", environment=environment)
    assert "--cgo also builds those" in err


@pytest.mark.slow
def test_no_code_of_a_workspace_runs(environment: dict[str, str], home: Path, library: Path, place: Path) -> None:
    """Neither flags, nor a toolchain, nor variables, nor the C code of a workspace."""
    (home / "cache").mkdir()
    tool = library / "tool"
    tool.write_text(f"#!/bin/sh\ntouch {place}/ran\n")
    tool.chmod(0o755)
    (library / "go.mod").write_text("module example.test/m\n\ngo 1.20\n\ntoolchain go1.99.9\n")
    (library / "c.go").write_text('package m\n\n// #cgo CFLAGS: -DX\nimport "C"\n')
    own = {"GOFLAGS": f"-toolexec={tool}", "CC": str(tool), "GOCACHEPROG": str(tool), "GOENV": str(library / "env")}
    words = ("bench", "--workspace", ".", "--quick", "--rounds", "1", "--format", "json")
    code, out, err = wslgo(*words, environment=environment | own)
    assert code == 0, err
    assert json.loads(out)["subject"]["packages"] == 2
    assert not (place / "ran").exists()
