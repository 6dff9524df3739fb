"""From a bare Debian to Go programs that are built and run in it, by the command line as its users start it."""

import json
import subprocess
from pathlib import Path

import pytest

import rootless
from debiantree import Debian, run

pytestmark = pytest.mark.skipif(not rootless.is_possible(), reason="only root mounts")

GO = "toolchain,path"
OFFLINE = f"{GO},wsl-conf,sysctl,wslconfig"


def asked_of_go(name: str) -> str:
    """Return the value of a variable by this machine's go command."""
    return run("go", "env", name).strip()


# The main road


def test_a_bare_tree_gets_a_go_that_builds_and_runs_there_and_loses_it_again(debian: Debian) -> None:
    """The real toolchain, from the proxy that this machine uses, against the real checksum database."""
    variables = "".join(f"{name}={asked_of_go(name)}\n" for name in ("GOPROXY", "GOSUMDB"))
    debian.write("/home/dev/.config/go/env", variables.encode())
    debian.write("/home/dev/hello/go.mod", b"module hello\n\ngo 1.21\n")
    debian.write("/home/dev/hello/main.go", b'package main\n\nfunc main() { println("hello") }\n')
    before = debian.changes()
    only = ("--yes", "--only", "toolchain,go-variables,path")
    outcome = debian.wslgo(*only)
    assert outcome.code == 0, outcome.err
    version = (debian.home / "sdk/go/VERSION").read_text().split()[0]
    assert debian.shell("-lc", "cd hello && go version && go run . 2>&1").splitlines() == [
        f"go version {version} linux/amd64",
        "hello",
    ]
    run("rm", "--recursive", "--force", *(debian.home / name for name in (".cache", ".config/go/telemetry")))
    assert debian.wslgo(*only).out == "Nothing to do: this machine is up to date\n"
    assert debian.undo().code == 0
    assert debian.changes() == before


@pytest.mark.parametrize(
    "words",
    [
        ("-lc", "go version"),
        ("-ic", "go version"),
        ("-lic", "go version"),
        # As Debian's login file reads it, which ends at its guard if the shell is not interactive.
        ("-c", ". ~/.bashrc; go version"),
    ],
)
def test_every_bash_that_reads_its_files_finds_go(debian: Debian, words: tuple[str, ...]) -> None:
    assert debian.wslgo("--yes", *debian.spec(GO)).code == 0
    assert debian.shell(*words) == "go version go1.99.3 linux/amd64\n"


def test_a_real_login_finds_go_and_sets_path_once(debian: Debian) -> None:
    assert debian.wslgo("--yes", *debian.spec(GO)).code == 0
    said = debian.enter("su", "--login", "dev", "-c", "go version; bash -lc 'bash -ic \"echo $PATH\"'")
    assert said.splitlines()[0] == "go version go1.99.3 linux/amd64"
    assert said.count("/home/dev/sdk/go/bin") == 1


@pytest.mark.parametrize("shell", ["/bin/sh", "/bin/dash"])
def test_a_login_of_another_shell_finds_go(debian: Debian, shell: str) -> None:
    debian.enter("usermod", "--shell", shell, "dev")
    assert debian.wslgo("--yes", *debian.spec(GO)).code == 0
    assert debian.enter("su", "--login", "dev", "-c", "go version") == "go version go1.99.3 linux/amd64\n"


# What is shown


def test_text_and_json_show_what_will_be_done_and_do_nothing(debian: Debian) -> None:
    before = debian.changes()
    text = debian.wslgo("--plan", *debian.spec(GO))
    said = json.loads(debian.wslgo("--plan", "--format", "json", *debian.spec(GO)).out)
    assert [step["id"] for step in said["steps"]] == ["toolchain", "path"]
    for step in said["steps"]:
        assert all(words in text.out for words in (step["title"], step["reason"]))
        assert all(file["diff"] in text.out for file in step["files"])
    assert debian.changes() == before


def test_the_diffs_that_are_shown_are_what_git_makes_of_the_files(debian: Debian) -> None:
    debian.misconfigure()
    spec = debian.spec("path,wsl-conf,sysctl,wslconfig")
    steps = json.loads(debian.wslgo("--plan", "--format", "json", *spec).out)["steps"]
    files = [file for step in steps for file in step["files"]]
    patched = debian.folder / "patched"
    for file in files:
        place = debian.root / file["path"].lstrip("/")
        if place.exists():
            copied(place, patched / file["path"].lstrip("/"))
    diffs = "".join(file["diff"] for file in files)
    subprocess.run(["git", "apply", "--whitespace=nowarn"], input=diffs.encode(), cwd=patched, check=True)
    assert debian.wslgo("--yes", *spec).code == 0
    for path in (file["path"].lstrip("/") for file in files):
        assert (patched / path).read_bytes() == (debian.root / path).read_bytes()


def copied(place: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(place.read_bytes())


# Whose files they are


def test_files_belong_to_the_user_and_those_of_the_system_to_root(debian: Debian) -> None:
    before = debian.changes()
    assert debian.wslgo("--yes", *debian.spec(f"{GO},wsl-conf")).code == 0
    made = {path: what[1:] for path, what in debian.changes().items() if before.get(path) != what}
    assert {path for path, (_, *owner) in made.items() if owner == [0, 0]} == {"etc/wsl.conf"}
    assert {tuple(owner) for _, *owner in made.values()} == {(0, 0), (1000, 1000)}
    assert made["etc/wsl.conf"][0] == "-rw-r--r--"


def test_modes_and_owners_come_back_with_the_bytes(debian: Debian) -> None:
    debian.misconfigure()
    (debian.home / ".bashrc").chmod(0o604)
    before = debian.changes()
    assert debian.wslgo("--yes", *debian.spec(f"{GO},wsl-conf")).code == 0
    after = debian.changes()
    assert after["etc/wsl.conf"][1:] == ("-rw-------", 0, 0)
    assert after["home/dev/.bashrc"][1:] == ("-rw----r--", 1000, 1000)
    assert debian.undo().code == 0
    assert debian.changes() == before


# Where it writes


def test_nothing_outside_of_the_tree_and_the_home_of_the_runner_is_written(debian: Debian) -> None:
    """The rest of the machine is read-only then: a write elsewhere would be an error."""
    debian.misconfigure()
    before = debian.changes()
    for words in (("--plan", *debian.spec(OFFLINE)), ("--yes", *debian.spec(OFFLINE)), ("--undo", "--yes")):
        outcome = debian.held(*words)
        assert (outcome.code, "Read-only" in outcome.err) == (0, False), outcome.err
    assert debian.changes() == before


def test_that_machine_is_read_only_indeed(debian: Debian) -> None:
    outcome = debian.held("--yes", *debian.spec(GO), XDG_STATE_HOME=str(debian.folder / "elsewhere"))
    assert outcome.code == 1
    assert "Read-only file system" in outcome.err
