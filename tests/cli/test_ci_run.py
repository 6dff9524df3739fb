"""`wslgo ci run`: a copy of the commit is checked with the environment of a runner, and compared with CI."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from commandline import Outcome, write, wslgo
from tree import SERVER

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("go") is None or shutil.which("git") is None, reason="needs go and git"),
]

SCRIPT = ".ci/go-ci.sh"
VERSION = (
    "1.99" if shutil.which("go") is None else subprocess.check_output(["go", "env", "GOVERSION"], text=True)[2:].strip()
)
MAIN = "package main\n\nfunc main() {}\n"
# What the environment of a run is made of, written by a test, which sees what any test of a repository would see.
SEES = """package main

import (
	"os"
	"strings"
	"testing"
)

func TestSees(t *testing.T) {
	for _, line := range os.Environ() {
		name, value, _ := strings.Cut(line, "=")
		if strings.Contains("CI GOENV HTTPS_PROXY HOME", name) || value == "of the person" {
			os.Stdout.WriteString("SEEN " + line + "\\n")
		}
	}
	t.Fail()
}
"""
PASSES = 'package main\n\nimport "testing"\n\nfunc TestOne(t *testing.T) {}\n'
FAILS = 'package main\n\nimport "testing"\n\nfunc TestOne(t *testing.T) { t.Fatal("no luck") }\n'
SLEEPS = """package main

import (
	"os"
	"os/exec"
	"testing"
)

func TestSleeps(t *testing.T) {
	command := exec.Command("sleep", "300")
	command.Start()
	os.WriteFile("STARTED", []byte{byte('0' + command.Process.Pid%10)}, 0o644)
	command.Wait()
}
"""


@pytest.fixture
def repository(folder: Path) -> Path:
    shutil.rmtree(folder / ".git")
    subprocess.run(["git", "init", "-q", "-b", "main"], check=True)
    write(folder / "go.mod", f"module example.com/shop\n\ngo {VERSION}\n")
    write(folder / "main.go", MAIN)
    write(folder / "main_test.go", PASSES)
    assert wslgo("ci", "--write").code == 0
    commit()
    return folder


def commit() -> None:
    subprocess.run(["git", "add", "-A"], check=True)
    words = ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "A state", "--allow-empty"]
    subprocess.run(["git", *words], check=True)


def ci_run(*arguments: str, stdin: bytes = b"", is_interactive: bool = False, **variables: str) -> Outcome:
    own = {**os.environ, **variables}
    return wslgo("ci", "run", *arguments, stdin=stdin, environment=own, is_interactive=is_interactive)


def found(*arguments: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(ci_run(*arguments, "--format=json").out)
    return result


def test_all_steps_succeed_and_the_table_has_their_times(repository: Path) -> None:
    code, out, err = ci_run()
    assert code == 0, out + err
    names = ["version", "verify", "tidy", "format", "vet", "build", "test"]
    assert re.findall(r"^([a-z]+) +[0-9.]+ s  ok$", out, re.MULTILINE) == names
    assert f"Checking a copy of the last commit with go{VERSION}." in err
    assert "1/7  version\n" in err
    assert not subprocess.check_output(["git", "status", "--porcelain"])


def test_what_is_not_committed_counts_only_with_dirty(repository: Path) -> None:
    write(repository / "main_test.go", FAILS)
    write(repository / "new_test.go", PASSES.replace("One", "New"))
    assert ci_run("--step=test").code == 0
    code, out, _ = ci_run("--step=test", "--dirty")
    assert code == 1
    assert re.search(r"^test +[0-9.]+ s  failed$", out, re.MULTILINE)
    assert "main_test.go:5: no luck" in out
    (repository / "main_test.go").unlink()
    assert ci_run("--step=test", "--dirty").code == 0


def test_ignored_files_are_not_copied(repository: Path) -> None:
    write(repository / ".gitignore", "made.go\n")
    write(repository / "made.go", "package broken\n")
    assert ci_run("--step=build", "--dirty").code == 0


def test_the_run_has_the_environment_of_a_runner(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repository / "main_test.go", SEES)
    commit()
    for name in ("WSLGO_TEST", "SSH_AUTH_SOCK", "GITHUB_TOKEN", "GOPRIVATE"):
        monkeypatch.setenv(name, "of the person")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    out = ci_run("--step=test").out
    seen = dict(line.strip().split("=", 1) for line in out.split("\n") if line.startswith("  SEEN "))
    assert seen["SEEN CI"] == "true"
    assert seen["SEEN GOENV"] == "off"
    assert seen["SEEN HTTPS_PROXY"] == "http://127.0.0.1:9"
    assert seen["SEEN HOME"] != os.environ["HOME"]
    assert "of the person" not in out


def test_an_edited_script_runs_only_after_a_yes(repository: Path) -> None:
    script = repository / SCRIPT
    mark = repository.parent / f"{repository.name}-mark"
    script.write_text(script.read_text().replace("own_steps=''", f"touch '{mark}'\nown_steps=''"))
    commit()
    code, out, err = ci_run("--step=version")
    assert (code, out) == (2, "")
    assert "is not what wslgo ci --write generates for this commit" in err
    code, out, _ = ci_run("--step=version", stdin=b"n\n", is_interactive=True)
    assert code == 2
    assert "+touch " in out
    assert not mark.exists()
    assert ci_run("--step=version", stdin=b"y\n", is_interactive=True).code == 0
    assert mark.exists()
    assert ci_run("--step=version", "--trust").code == 0


def test_without_the_script_it_says_what_to_do(repository: Path) -> None:
    (repository / SCRIPT).unlink()
    commit()
    code, _, err = ci_run()
    assert code == 2
    assert "write it with wslgo ci --write and commit it" in err


def test_a_repository_without_a_commit_is_named(folder: Path) -> None:
    shutil.rmtree(folder / ".git")
    subprocess.run(["git", "init", "-q"], check=True)
    write(folder / "go.mod", "module a.test/a\n")
    code, out, err = ci_run()
    assert (code, out) == (2, "")
    assert err.startswith("wslgo: ")


def test_an_unknown_step_is_named(repository: Path) -> None:
    assert "unknown step 'deploy'; available: version, verify" in ci_run("--step=deploy").err


def test_hooks_filters_and_monitors_of_the_repository_do_not_run(repository: Path) -> None:
    mark = repository.parent / f"{repository.name}-mark"
    program = write(repository.parent / f"{repository.name}-program", f"#!/bin/sh\ntouch '{mark}'\n")
    program.chmod(0o755)
    shutil.copy(program, write(repository / ".git/hooks/post-checkout", ""))
    (repository / ".git/hooks/post-checkout").chmod(0o755)
    for setting in ("core.fsmonitor", "filter.x.smudge", "filter.x.clean", "uploadpack.packObjectsHook"):
        subprocess.run(["git", "config", setting, str(program)], check=True)
    write(repository / ".git/info/attributes", "*.go filter=x\n")
    assert ci_run("--step=version", "--dirty").code == 0
    assert not mark.exists()


# Compared with CI


@pytest.fixture
def artifact(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the record that the script leaves in CI, with cgo off."""
    target = tmp_path_factory.mktemp("artifact") / "go-ci"
    own = {**os.environ, "GO_CI_RECORD": str(target), "GOFLAGS": "", "GOENV": "off", "CGO_ENABLED": "1"}
    done = subprocess.run(
        ["sh", SCRIPT, "version", "build", "test"], env=own, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def test_the_same_run_has_no_difference(artifact: Path) -> None:
    code, out, err = ci_run("--step=version,build,test", f"--compare={artifact}")
    assert code == 0, out + err
    assert "No difference to what CI recorded: commit, environment, programs, tests, steps\n" in out


def test_the_first_difference_is_named(artifact: Path) -> None:
    text = (artifact / "environment.json").read_text()
    (artifact / "environment.json").write_text(text.replace('"GOFLAGS": ""', '"GOFLAGS": "-tags=cuda"'))
    (artifact / "commit.txt").unlink()
    code, out, _ = ci_run("--step=version", f"--compare={artifact.parent}")
    assert code == 1
    assert out.endswith("\nFirst difference to CI: GOFLAGS is -tags=cuda there and empty here\n")
    result = found("--step=version", f"--compare={artifact}")
    assert result["differences"] == [{"about": "GOFLAGS", "ci": "-tags=cuda", "here": ""}]


def test_a_zip_and_a_program_are_compared_too(artifact: Path) -> None:
    packed = artifact.parent / "go-ci.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(artifact / "environment.json", "environment.json")
    assert found("--step=version", f"--compare={packed}")["differences"] == []
    program = artifact.parent / "shop"
    own = {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": ""}
    subprocess.run(["go", "build", "-o", program, "-trimpath", "."], env=own, check=True)
    code, out, _ = ci_run("--step=build", f"--compare={program}")
    assert code == 1
    assert "First difference to CI: build setting CGO_ENABLED of example.com/shop is 0 there and 1 here\n" in out


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x7fELF", b"text"])
def test_another_file_is_named_before_anything_runs(content: bytes, repository: Path) -> None:
    (repository / "artifact").write_bytes(content)
    code, out, err = ci_run("--compare=artifact")
    assert (code, out) == (2, "")
    assert "record of wslgo ci" in err


def test_ctrl_c_ends_the_whole_tree_and_removes_the_copy(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(repository / "main_test.go", SLEEPS)
    commit()
    scratch = tmp_path_factory.mktemp("scratch")
    started = subprocess.Popen(
        [sys.executable, "-m", "wslgo", "ci", "run", "--step=test"],
        env={**os.environ, "PYTHONPATH": str(SERVER), "TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while not list(scratch.glob("*/copy/STARTED")):
        assert time.monotonic() < deadline
        assert started.poll() is None
        time.sleep(0.1)
    inside = processes_in(scratch)
    assert inside
    started.send_signal(signal.SIGINT)
    assert started.wait(30) == 130
    assert not list(scratch.iterdir())
    time.sleep(0.5)
    assert not [pid for pid in inside if Path(f"/proc/{pid}").exists() and "Z" not in state_of(pid)]


def processes_in(folder: Path) -> list[str]:
    """Return the processes whose current folder is in a folder."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            place = str(link.readlink())
        except OSError:
            continue
        if place.startswith(f"{folder}/"):
            found.append(link.parent.name)
    return found


def state_of(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
