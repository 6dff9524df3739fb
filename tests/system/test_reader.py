"""Files that anyone may have created are read without waiting, and only up to a limit."""

import os
import socket
from pathlib import Path

import pytest

from wslgo.system.errors import reason
from wslgo.system.reader import LeadsOutError, is_within, open_folder, read_beginning, read_regular
from wslgo.system.this_machine import ThisMachine


def fifo(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (fifo, "Not a regular file"),
        (device, "Not a regular file"),
        (listening, "Not a regular file"),
        (Path.mkdir, "Is a directory"),
        (lambda path: None, "No such file or directory"),
    ],
)
def test_anything_but_a_regular_file_is_an_error_at_once(tmp_path: Path, make: object, words: str) -> None:
    make(tmp_path / "go.mod")  # type: ignore[operator]
    with pytest.raises(OSError) as raised:
        read_regular(tmp_path / "go.mod")
    assert reason(raised.value).render() == words
    assert ThisMachine().read(str(tmp_path / "go.mod")) is None


def test_a_file_up_to_the_limit_is_read_and_a_larger_one_rejected(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_regular(tmp_path / "a", 5) == b"12345"
    assert read_beginning(tmp_path / "a", 4) == b"1234"
    with pytest.raises(OSError) as raised:
        read_regular(tmp_path / "a", 4)
    assert reason(raised.value).render() == "Larger than 4 bytes"


def test_a_name_with_nul_does_not_exist() -> None:
    with pytest.raises(FileNotFoundError):
        read_regular("a\0b")


def test_files_of_the_kernel_are_read_whole() -> None:
    assert b"MemTotal" in read_beginning("/proc/meminfo")


def test_a_link_is_not_followed_where_it_must_not_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").symlink_to("a")
    assert read_regular(tmp_path / "b") == b"1"
    with pytest.raises(OSError):
        read_regular(tmp_path / "b", follows=False)


# What was found in some folders


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """Create `inside`, which was searched, and `outside` with a file, to which links lead."""
    for name in ("inside", "outside"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "target",
    ["../outside/file", "{}/outside/file", "/proc/self/root{}/outside/file", "/proc/self/environ", "folder/file"],
)
def test_a_link_that_leads_out_is_not_followed(places: Path, target: str) -> None:
    (places / "inside/folder").symlink_to("../outside")
    (places / "inside/link").symlink_to(target.format(places))
    (places / "inside/chain").symlink_to("link")
    for name in ("link", "chain"):
        with pytest.raises(LeadsOutError) as raised:
            read_regular(places / "inside" / name, within=(str(places / "inside"),))
        assert reason(raised.value).render() == "The link leads out of the folder"


def test_a_folder_that_has_become_a_link_is_not_entered(places: Path) -> None:
    (places / "inside/folder").symlink_to("../outside")
    within = (str(places / "inside"),)
    with pytest.raises(LeadsOutError):
        read_regular(places / "inside/folder/file", within=within)
    with pytest.raises(LeadsOutError):
        open_folder(str(places / "inside/folder"), within)


@pytest.mark.parametrize(
    "target", ["file", "{}/inside/file", "../inside/file", "../back/file", "/proc/self/cwd/inside/file"]
)
def test_a_link_that_comes_back_is_followed(places: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(places)
    (places / "back").symlink_to("inside")
    (places / "inside/link").symlink_to(target.format(places))
    assert read_regular("inside/link", within=(str(places / "inside"),)) == b"inside"


def test_a_name_that_only_begins_like_the_folder_is_outside(places: Path) -> None:
    (places / "inside2").mkdir()
    (places / "inside2/file").write_bytes(b"2")
    (places / "inside/link").symlink_to("../inside2/file")
    with pytest.raises(LeadsOutError):
        read_regular(places / "inside/link", within=(str(places / "inside"),))


def test_no_device_is_opened_through_a_link(places: Path) -> None:
    (places / "inside/link").symlink_to("/dev/tty")
    with pytest.raises(LeadsOutError):
        read_regular(places / "inside/link", within=("/",))


@pytest.mark.parametrize(
    ("place", "folder", "expected"),
    [
        ("/a/b", "/a", True),
        ("/a", "/a", True),
        ("/ab", "/a", False),
        ("/a/b", "/", True),
        ("/proc/self/environ", "/", False),
        ("/sys/kernel/notes", "/", False),
        ("/dev/shm/build/go.mod", "/", False),
        ("/dev/shm/build/go.mod", "/dev/shm/build", True),
        ("/proc/self/environ", "/proc", True),
        ("/procession/a", "/", True),
        ("pipe:[1]", "/", False),
        ("/a/.git/config", "/a", False),
        ("/a/b/.GIT/config", "/a", False),
        ("/a/.git", "/a", False),
        ("/a/.git/hooks/a", "/a/.git/hooks", True),
        ("/a/.gitignore", "/a", True),
        ("/a/b.git/config", "/a", True),
    ],
)
def test_files_of_the_kernel_and_of_git_are_in_no_other_folder(place: str, folder: str, expected: bool) -> None:
    assert is_within(place, (folder,)) == expected
