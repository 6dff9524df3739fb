"""Files that anyone may have put there are read without waiting, and not beyond a limit."""

import os
import socket
from pathlib import Path

import pytest

from wslgo.effects import ThisMachine
from wslgo.reader import read_beginning, read_regular
from wslgo.reasons import reason


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
        (listening, "No such device or address"),
        (Path.mkdir, "Is a directory"),
        (lambda path: None, "No such file or directory"),
    ],
)
def test_what_is_not_a_regular_file_is_an_error_at_once(tmp_path: Path, make: object, words: str) -> None:
    make(tmp_path / "go.mod")  # type: ignore[operator]
    with pytest.raises(OSError) as raised:
        read_regular(tmp_path / "go.mod")
    assert reason(raised.value).render() == words
    assert ThisMachine().read(str(tmp_path / "go.mod")) is None


def test_a_file_up_to_the_limit_is_read_whole_and_a_larger_one_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_regular(tmp_path / "a", 5) == b"12345"
    assert read_beginning(tmp_path / "a", 4) == b"1234"
    with pytest.raises(OSError) as raised:
        read_regular(tmp_path / "a", 4)
    assert reason(raised.value).render() == "Larger than 4 bytes"


def test_a_name_with_nul_is_a_file_that_does_not_exist() -> None:
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
