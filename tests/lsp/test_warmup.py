"""The cache of what attrs compiles; a broken cache costs only time."""

from pathlib import Path

import attrs
import pytest
from attr import _make

from wslgo.lsp.wire.attrs_cache import cache_file, cached_code

MANY = 20


def a_class(file: Path) -> object:
    with cached_code(file):
        return [attrs.make_class(f"Point{number}", ["x", "y"]) for number in range(MANY)][7](1, 2)


def test_a_second_start_makes_the_same_class(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "code"
    assert repr(a_class(file)) == repr(a_class(file)) == "Point7(x=1, y=2)"
    assert file.exists()


def test_a_complete_cache_is_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "code"
    a_class(file)
    before = file.stat()
    a_class(file)
    assert file.stat().st_ino == before.st_ino


@pytest.mark.parametrize("data", [b"", b"nonsense", b"\xe9\x00\x00\x00\x00", b"i\x00"])
def test_a_broken_cache_is_ignored(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "code"
    file.write_bytes(data)
    assert repr(a_class(file)) == "Point7(x=1, y=2)"


def test_an_unwritable_folder_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert repr(a_class(tmp_path / "file" / "code")) == "Point7(x=1, y=2)"


def test_attrs_is_left_as_it_was(tmp_path: Path) -> None:
    a_class(tmp_path / "code")
    assert not hasattr(_make, "compile")


@pytest.mark.parametrize(
    ("variable", "led"),
    [("XDG_CACHE_HOME", "w/cache"), ("XDG_CACHE_HOME", "link"), ("HOME", "w/home"), ("HOME", "w"), ("HOME", "home")],
)
def test_code_of_a_project_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, led: str) -> None:
    """Its `.envrc` may lead the variables of an editor anywhere."""
    (tmp_path / "w/.git").mkdir(parents=True)
    (tmp_path / "link").symlink_to("w/cache")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv(variable, led if led == "home" else str(tmp_path / led))
    assert cache_file() is None


def test_code_of_the_current_folder_is_not_run_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "w").mkdir()
    monkeypatch.chdir(tmp_path / "w")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "w/cache"))
    assert cache_file() is None


@pytest.mark.parametrize("folder", ["", "cache", "relative"])
def test_the_code_is_in_the_cache_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", folder and str(tmp_path / folder) if folder != "relative" else folder)
    file = cache_file()
    assert file is not None
    assert file.parent == tmp_path / ("cache" if folder == "cache" else ".cache") / "wslgo"


def test_without_a_cache_folder_the_code_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "relative")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    with cached_code():
        assert repr(attrs.make_class("Point", ["x"])(1)) == "Point(x=1)"
