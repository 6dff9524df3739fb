"""Rules about go.mod against the real go command: it fails where they have a finding."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from wslgo.linter.check import check
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source

GO = shutil.which("go")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(GO is None, reason="needs the go command")]

MODULE = "module example.com/m\n\ngo 1.21\n\nrequire example.com/lib v1.0.0\n\nreplace example.com/lib => {path}\n"


def go(folder: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "GOTOOLCHAIN": "local",
        "GOPROXY": "off",
        "GOENV": "off",
        "GOFLAGS": "",
        "GOWORK": "",
        "GOMODCACHE": str(folder / "cache"),
        **more,
    }
    assert GO is not None
    return subprocess.run([GO, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def rules(path: str, text: str, place: str = "") -> list[str]:
    family = family_of(path)
    assert family is not None
    return [reported.rule for reported in check(read(path, family, Source(text), place))]


@pytest.fixture
def module(tmp_path: Path) -> Path:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "go.mod").write_text("module example.com/lib\n", encoding="utf-8")
    (tmp_path / "lib" / "lib.go").write_text("package lib\n", encoding="utf-8")
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "m.go").write_text('package m\n\nimport _ "example.com/lib"\n', encoding="utf-8")
    return tmp_path / "m"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("C:/src/lib", "replacement directory C:/src/lib does not exist"),
        (r"C:\src\lib", "replacement directory appears to be Windows path"),
        (r"..\lib", "replacement directory appears to be Windows path"),
        (r"\\wsl.localhost\Ubuntu\home\me\lib", "replacement directory appears to be Windows path"),
        ("//wsl.localhost/Ubuntu/home/me/lib", "usage: replace module/path"),
    ],
)
def test_go_fails_for_a_windows_path_that_is_found(module: Path, path: str, words: str) -> None:
    text = MODULE.format(path=path)
    (module / "go.mod").write_text(text, encoding="utf-8")
    ran = go(module, "build", ".")
    assert ran.returncode != 0
    assert words in ran.stderr
    assert rules("go.mod", text) == ["gomod/windows-path"]


@pytest.mark.parametrize("path", ["../lib", "./../lib", '"../lib"', "../lib/"])
def test_go_builds_with_a_path_that_is_not_found(module: Path, path: str) -> None:
    text = MODULE.format(path=path)
    (module / "go.mod").write_text(text, encoding="utf-8")
    assert go(module, "build", ".").returncode == 0
    assert not rules("go.mod", text)


def test_go_builds_with_the_released_sibling_unless_there_is_a_go_work(tmp_path: Path) -> None:
    versions = tmp_path / "proxy" / "example.com" / "lib" / "@v"
    versions.mkdir(parents=True)
    with zipfile.ZipFile(versions / "v1.2.0.zip", "w") as archive:
        archive.writestr("example.com/lib@v1.2.0/go.mod", "module example.com/lib\n")
        archive.writestr("example.com/lib@v1.2.0/lib.go", "package lib\n")
    (versions / "v1.2.0.info").write_text('{"Version": "v1.2.0"}', encoding="utf-8")
    (versions / "v1.2.0.mod").write_text("module example.com/lib\n", encoding="utf-8")
    for name, text in (("app", 'import _ "example.com/lib"'), ("lib", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.go").write_text(f"package {name}\n\n{text}\n", encoding="utf-8")
    (tmp_path / "app" / "go.mod").write_text(
        "module example.com/app\n\ngo 1.21\n\nrequire example.com/lib v1.2.0\n", encoding="utf-8"
    )
    (tmp_path / "lib" / "go.mod").write_text("module example.com/lib\n\ngo 1.21\n", encoding="utf-8")
    question = ("list", "-mod=mod", "-f", "{{.Dir}}", "example.com/lib")
    proxy = {"GOPROXY": f"file://{tmp_path}/proxy", "GONOSUMDB": "example.com", "GOSUMDB": "off"}
    assert "@v1.2.0" in go(tmp_path / "app", *question, **proxy).stdout
    (tmp_path / "go.work").write_text("go 1.21\n\nuse (\n\t./app\n\t./lib\n)\n", encoding="utf-8")
    ran = go(tmp_path / "app", *question[:1], *question[2:], **proxy)
    assert ran.stdout.strip() == str(tmp_path / "lib")


@pytest.mark.parametrize("path", ["C:/src/lib", r"C:\src\lib", r".\lib", r"cmd\app"])
def test_go_looks_for_a_windows_path_in_go_work_below_the_file(module: Path, path: str) -> None:
    text = f"go 1.21\n\nuse {path}\n"
    (module / "go.work").write_text(text, encoding="utf-8")
    ran = go(module, "list", ".")
    assert ran.returncode != 0
    assert f"{path}/go.mod: no such file" in ran.stderr
    assert rules("go.work", text) == ["gowork/windows-path"]
