"""Go code that the go command finds no module for, from the files of a folder."""

from pathlib import Path

import pytest

from commandline import write
from wslgo.golang.workspace import OutsideModule
from wslgo.provision.survey.workspace import workspace_of
from wslgo.provision.target import this_machine

MODULE = "module example.com/m\n"


def outside(folder: Path) -> "OutsideModule | None":
    found = workspace_of(folder, this_machine(None, ""))
    return None if found is None else found.outside_module


def test_a_go_file_without_a_module(tmp_path: Path) -> None:
    write(tmp_path / "main_test.go", "package main\n")
    write(tmp_path / "main.go", "package main\n")
    assert outside(tmp_path) == OutsideModule(str(tmp_path), "main.go", ())


def test_several_modules_of_a_repository(tmp_path: Path) -> None:
    write(tmp_path / ".git/HEAD", "")
    for name in ("api", "web", "vendor", "testdata", ".hidden"):
        write(tmp_path / name / "go.mod", MODULE)
    assert outside(tmp_path) == OutsideModule(str(tmp_path), "", ("api", "web"))


@pytest.mark.parametrize(
    "files",
    [
        ["api/go.mod", ".git/HEAD"],  # a single module
        ["api/go.mod", "web/go.mod"],  # a folder with several projects
        ["api/go.mod", "web/go.mod", "api/.git/HEAD", "web/.git/HEAD", ".git/HEAD"],  # submodules
        ["api/go.mod", "web/go.mod", ".git/HEAD", "go.work"],
        ["main.go", "go.mod"],
        ["main_test.go"],
        ["tools/main.go"],
        ["readme.md"],
    ],
    ids=str,
)
def test_nothing_to_say(tmp_path: Path, files: list[str]) -> None:
    for path in files:
        write(tmp_path / path, {"go.mod": MODULE, "go.work": "go 1.24\n"}.get(path, "package main\n"))
    assert outside(tmp_path) is None


def test_a_module_above_counts(tmp_path: Path) -> None:
    write(tmp_path / "go.mod", MODULE)
    write(tmp_path / "cmd/main.go", "package main\n")
    assert outside(tmp_path / "cmd") is None
