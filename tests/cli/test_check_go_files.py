"""`wslgo check` of Go files: those that import "C" are looked at, and only where the go command would build them."""

import json
from pathlib import Path

import pytest

from commandline import process, write

BROKEN = 'package p\n\n// #cgo LDFLAGS -lm\nimport "C"\n'
PLAIN = 'package p\n\n// #cgo LDFLAGS -lm\nimport "fmt"\n'


def rules(*arguments: str) -> dict[str, list[str]]:
    printed = json.loads(process("check", "--format", "json", *arguments).stdout)
    found: dict[str, list[str]] = {}
    for finding in printed["findings"]:
        found.setdefault(finding["path"], []).append(finding["rule"])
    return found


@pytest.mark.parametrize("arguments", [("a.go",), (), (".",)], ids=str)
def test_a_file_with_cgo_is_checked(folder: Path, arguments: tuple[str, ...]) -> None:
    write(folder / "a.go", BROKEN)
    write(folder / "b.go", PLAIN)
    assert rules(*arguments) == {"a.go": ["cgo/malformed-line"]}


@pytest.mark.parametrize("path", ["vendor/x/a.go", "testdata/a.go", "_old/a.go", ".cache/a.go", "_a.go", ".a.go"])
def test_files_that_go_does_not_build_are_left_alone(folder: Path, path: str) -> None:
    write(folder / path, BROKEN)
    assert rules() == {}


def test_a_root_with_a_dot_is_searched(folder: Path) -> None:
    write(folder / ".work/m/a.go", BROKEN)
    assert rules(".work/m") == {".work/m/a.go": ["cgo/malformed-line"]}


def test_only_files_with_cgo_are_counted(folder: Path) -> None:
    write(folder / "a.go", 'package p\n\n// #cgo LDFLAGS: -lm\nimport "C"\n')
    for number in range(3):
        write(folder / f"b{number}.go", PLAIN)
    assert b"1 file" in process("check").stderr


def test_large_generated_code_has_no_finding(folder: Path) -> None:
    write(folder / "a.go", BROKEN + "// " + "x" * (1 << 20))
    assert rules("a.go") == {}
    assert rules() == {}
