"""The build information of Go programs, read without running them."""

import os
import subprocess
from pathlib import Path

import pytest

from smalltools import GO, version_of_go
from wslgo.provision.model.facts import BuildInfo
from wslgo.provision.survey.build_info import read


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a program with this machine's Go."""
    folder = tmp_path_factory.mktemp("program")
    (folder / "go.mod").write_text("module example.invalid/hello\n\ngo 1.21\n")
    (folder / "main.go").write_text("package main\n\nfunc main() {}\n")
    environment = {**os.environ, "CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOFLAGS": "-trimpath"}
    subprocess.run([GO, "build", "-o", "hello", "."], cwd=folder, env=environment, check=True, capture_output=True)
    return folder / "hello"


@pytest.mark.slow
def test_a_program_names_its_package_and_its_go(program: Path) -> None:
    assert read(program) == BuildInfo("example.invalid/hello", "(devel)", version_of_go(), "example.invalid/hello")


def test_a_program_that_reads_others_is_not_misread(program: Path) -> None:
    found = read(Path(GO).resolve())
    assert found is not None
    assert (found.package, found.go) == ("cmd/go", version_of_go())


@pytest.mark.parametrize(
    "data", [b"", b"#!/bin/sh\n", b"\xff Go buildinf:", b"\xff Go buildinf:\x08\x02" + bytes(16) + b"\xff" * 9]
)
def test_other_files_have_no_build_information(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "program").write_bytes(data)
    assert read(tmp_path / "program") is None


def test_a_program_of_an_older_linker_has_no_build_information(tmp_path: Path) -> None:
    """Until Go 1.17 the texts were elsewhere, reached by pointers."""
    (tmp_path / "program").write_bytes(b"\xff Go buildinf:\x08\x00" + bytes(64))
    assert read(tmp_path / "program") is None


def test_a_truncated_program_raises_nothing(program: Path, tmp_path: Path) -> None:
    whole = program.read_bytes()
    mark = whole.index(b"\xff Go buildinf:")
    for end in [*range(mark, mark + 400, 7), *range(0, len(whole), len(whole) // 9)]:
        (tmp_path / "part").write_bytes(whole[:end])
        found = read(tmp_path / "part")
        assert found is None or found.go == version_of_go()
