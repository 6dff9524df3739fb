"""The generated files in front of their real readers: shells, shellcheck, actionlint, and go with a small module."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from commandline import write
from frontdoor import dev
from wslgo.ci import record, script, workflow
from wslgo.ci.script_checks import CheckedModule, Checks
from wslgo.ci.workflow_repository import checks_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("go") is None or shutil.which("git") is None, reason="needs go and git"),
]

ALL = Checks(
    (CheckedModule("", True, False, True, True, True), CheckedModule("my tools", False, True, False, True, False)),
    "1.26.3",
    "go.work",
    (("GOPROXY", "https://goproxy.cn|direct"),),
    tuple(f"lib{number}-dev" for number in range(12)),
    ("example.com/shop/gpu",),
    ("example.com/shop/gpu", "example.com/shop/load"),
    ".ci/wslgo.pyz",
)
SMALL = Checks((CheckedModule(""),), "1.26")
OLD = Checks((CheckedModule(""),), "1.22.3")
EVERY = pytest.mark.parametrize("checks", [ALL, SMALL, OLD], ids=["all", "small", "old"])
FILES = {
    "go.mod": "module example.com/shop\n\ngo 1.21\n",
    "cmd/api/main.go": 'package main\n\nimport "example.com/shop/store"\n\nfunc main() { store.Open() }\n',
    "store/store.go": "// Package store keeps.\npackage store\n\n// Open opens.\nfunc Open() {}\n",
    "store/store_test.go": 'package store\n\nimport "testing"\n\nfunc TestOpen(t *testing.T) { Open() }\n',
}
UNTIDY = f"{FILES['go.mod']}\nrequire example.com/unused v1.0.0\n\nreplace example.com/unused => ./u\n"
# Offline, without the person's settings, and without cgo, so that nothing of the standard library is built again.
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "GOENV": "off",
    "GOPROXY": "off",
    "GOTOOLCHAIN": "local",
    "GOFLAGS": "-buildvcs=false",
    "CGO_ENABLED": "0",
    "LC_ALL": "C",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "a shop"
    for path, text in FILES.items():
        write(folder / path, text)
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    write(folder / script.PATH, script.script(checks_in(str(folder))))
    return folder


def run(folder: Path, *words: str, shell: str = "sh", **variables: str) -> subprocess.CompletedProcess[str]:
    home = folder.parent / "home"
    cache = subprocess.run(["go", "env", "GOCACHE"], capture_output=True, text=True, check=True).stdout.strip()
    own = {**ENVIRONMENT, "HOME": str(home), "GOCACHE": cache, "GO_CI_RECORD": str(folder.parent / "record")}
    return subprocess.run(
        [*shell.split(), script.PATH, *words],
        cwd=folder,
        env=own | variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def recorded(folder: Path) -> record.Record:
    place = folder.parent / "record"
    return record.read_record({path.name: path.read_text() for path in place.iterdir()})


@EVERY
def test_shellcheck_accepts_the_script(checks: Checks, tmp_path: Path) -> None:
    path = write(tmp_path / "go-ci.sh", script.script(checks))
    done = subprocess.run(["shellcheck", "--severity=style", path], capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


@EVERY
def test_actionlint_accepts_the_workflow(checks: Checks, tmp_path: Path) -> None:
    text = workflow.workflow(checks) + "      - run: make lint\n"
    path = write(tmp_path / workflow.WORKFLOW, text)
    done = subprocess.run([dev.actionlint(), path], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


@EVERY
@pytest.mark.parametrize("shell", ["dash", "bash", "busybox sh"])
def test_every_shell_lists_the_steps(shell: str, checks: Checks, tmp_path: Path) -> None:
    if shutil.which(shell.partition(" ")[0]) is None:
        pytest.skip(f"needs {shell}")
    write(tmp_path / script.PATH, script.script(checks))
    assert run(tmp_path, "list", shell=shell).stdout.split() == [*script.step_names(checks)]


def test_the_checks_of_a_healthy_module_succeed_and_leave_a_record(repository: Path) -> None:
    done = run(repository, GOPRIVATE="git.example.com", GOPROXY="https://me:secret@127.0.0.1:1")
    assert done.returncode == 0, done.stdout + done.stderr
    found = recorded(repository)
    assert [(name, is_fine) for name, _, is_fine in found.steps or ()] == [
        (name, True) for name in ("version", "verify", "tidy", "format", "vet", "build", "test")
    ]
    assert found.environment is not None
    assert found.environment["GOPRIVATE"] == "git.example.com"
    assert found.environment["GOPROXY"] == "https://***@127.0.0.1:1"
    assert set(found.environment) <= set(record.NAMES)
    assert found.tests == {("example.com/shop/store", "TestOpen"): "PASS"}
    assert [program.path for program in found.programs or ()] == ["example.com/shop/cmd/api"]
    assert ("CGO_ENABLED", "0") in (found.programs or ())[0].settings
    assert "secret" not in "".join(path.read_text() for path in (repository.parent / "record").iterdir())


@pytest.mark.parametrize("is_single", [False, True])
def test_nothing_in_the_repository_changes(is_single: bool, repository: Path) -> None:
    if is_single:  # go build writes the program of a single package
        shutil.rmtree(repository / "store")
        write(repository / "cmd/api/main.go", "package main\n\nfunc main() {}\n")
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    assert run(repository).returncode == 0
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before


def test_a_workspace_its_tools_and_a_module_beside_it_are_checked(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    files = {
        "go.work": "go 1.24\n\nuse (\n\t./a\n\t./b\n)\n",
        "a/go.mod": "module example.com/a\n\ngo 1.24\n\ntool example.com/a/cmd/gen\n\nrequire example.com/b v0.9.0\n",
        "a/a.go": 'package a\n\nimport "example.com/b"\n\nvar _ = b.B\n',
        "a/cmd/gen/main.go": "package main\n\nfunc main() {}\n",
        "b/go.mod": "module example.com/b\n\ngo 1.24\n",
        "b/b.go": "package b\n\nconst B = 1\n",
        "my tools/go.mod": "module example.com/tools\n\ngo 1.24\n",
        "my tools/main.go": "package main\n\nfunc main() {}\n",
        "empty/go.mod": "module example.com/empty\n\ngo 1.24\n",
    }
    for path, text in files.items():
        write(folder / path, text)
    write(folder / script.PATH, script.script(checks_in(str(folder))))
    done = run(folder, "version", "tidy", "format", "vet", "build", "test", "tools")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [program.path for program in recorded(folder).programs or ()] == [
        "example.com/a/cmd/gen",
        "example.com/tools",
    ]
    assert not [path for path in folder.rglob("*") if path.is_file() and path.name in ("gen", "tools", "go.work.sum")]


@pytest.mark.parametrize(
    ("step", "path", "text"),
    [
        ("format", "store/store.go", "package store\nfunc  Open() {}\n"),
        ("vet", "store/store.go", 'package store\n\nimport "fmt"\n\nfunc Open() { fmt.Printf("%d") }\n'),
        ("build", "store/store.go", "package store\n\nfunc Open() { missing() }\n"),
        ("test", "store/store_test.go", FILES["store/store_test.go"].replace("Open() }", 't.Fatal("broken") }')),
        ("tidy", "go.mod", UNTIDY),
    ],
)
def test_a_fault_fails_its_step(step: str, path: str, text: str, repository: Path) -> None:
    write(repository / "u/go.mod", "module example.com/unused\n")
    write(repository / path, text)
    done = run(repository, step)
    assert done.returncode == 1
    assert done.stderr.endswith(f"failed: {step}\n")
    assert recorded(repository).steps == ((step, recorded(repository).steps[0][1], False),)  # type: ignore[index]


def test_all_steps_run_and_each_failure_is_named(repository: Path) -> None:
    write(repository / "store/store.go", "package store\n\nfunc  Open() { missing() }\n")
    done = run(repository)
    assert done.stderr.endswith("failed: format vet build test\n")


def test_generated_files_need_no_format(repository: Path) -> None:
    write(repository / "store/made.go", "// Code generated by x. DO NOT EDIT.\npackage store\nfunc  a() {}\n")
    write(repository / "store/windows_only.go", "//go:build windows\n\npackage store\n\nfunc b() {}\n")
    write(repository / "store/testdata/bad.go", "package  broken {\n")
    assert run(repository, "format").returncode == 0


def test_a_go_before_1_23_is_made_tidy_in_a_copy(repository: Path) -> None:
    write(repository / script.PATH, script.script(OLD))
    assert run(repository, "tidy").returncode == 0
    write(repository / "u/go.mod", "module example.com/unused\n")
    write(repository / "go.mod", UNTIDY)
    done = run(repository, "tidy")
    assert done.returncode == 1
    assert "-require example.com/unused v1.0.0" in done.stdout
    assert (repository / "go.mod").read_text() == UNTIDY
    assert not (repository / "go.sum").exists()


def test_own_steps_run_after_the_generated_ones(repository: Path) -> None:
    text = (repository / script.PATH).read_text()
    own = "step_own() { echo it works; }\nown_steps='own'\n"
    write(repository / script.PATH, text.replace("own_steps=''\n", own))
    assert run(repository, "list").stdout.split()[-1] == "own"
    assert "it works" in run(repository, "own").stdout


def test_an_unknown_step_is_named(repository: Path) -> None:
    done = run(repository, "deploy")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no step deploy" in done.stderr


FAKE_GO = """\
#!/bin/sh
echo "$*" >>"$LOG"
case "$*" in
  "env CGO_ENABLED") echo "${FAKE_CGO:-1}" ;;
  "env GOOS") echo linux ;;
  "env GOARCH") echo amd64 ;;
  "env CC") echo sh -m64 ;;
  "list ./...") printf '%s\\n' example.com/shop/gpu example.com/shop/load example.com/shop/store ;;
esac
"""


def calls(folder: Path, step: str, **variables: str) -> list[str]:
    """Return how the script calls go in a step."""
    fake = write(folder / "bin/go", FAKE_GO)
    fake.chmod(0o755)
    log = folder / "log"
    log.unlink(missing_ok=True)
    path = f"{fake.parent}:{ENVIRONMENT['PATH']}"
    done = run(folder, step, PATH=path, LOG=str(log), **variables)
    assert done.returncode == 0, done.stderr
    return [line for line in log.read_text().splitlines() if not line.startswith(("env", "list"))]


def test_the_race_detector_needs_cgo(tmp_path: Path) -> None:
    write(tmp_path / script.PATH, script.script(SMALL))
    packages = "example.com/shop/gpu example.com/shop/load example.com/shop/store"
    assert calls(tmp_path, "test") == [f"test -v -race {packages}"]
    assert calls(tmp_path, "test", FAKE_CGO="0") == [f"test -v {packages}"]


@pytest.mark.skipif(
    any(map(os.path.exists, ("/dev/nvidiactl", "/usr/lib/wsl/lib/libcuda.so.1", "/usr/local/cuda/include/cuda.h")))
    or shutil.which("nvcc") is not None,
    reason="needs a machine without CUDA",
)
def test_without_a_gpu_its_tests_do_not_run(tmp_path: Path) -> None:
    checks = ALL._replace(modules=(CheckedModule(""),))
    write(tmp_path / script.PATH, script.script(checks))
    assert calls(tmp_path, "vet") == ["vet example.com/shop/load example.com/shop/store"]
    assert calls(tmp_path, "test") == ["test -v -race example.com/shop/store"]


def test_the_environment_of_a_record_is_json(repository: Path) -> None:
    assert run(repository, "version").returncode == run(repository, "version").returncode == 0
    assert json.loads((repository.parent / "record" / record.ENVIRONMENT).read_text())["CGO_ENABLED"] == "0"
