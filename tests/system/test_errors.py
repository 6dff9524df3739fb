"""Reasons of failures, in one language throughout."""

import errno
import os
from pathlib import Path

import pytest

from wslgo.linter import team_file
from wslgo.system.errors import RefusedError, reason
from wslgo.system.journal import ChangedError, Journal
from wslgo.text.message import Message

_CANNOT = Message(en="cannot: {reason}", zh="无法：{reason}")
COMMON = [
    *(errno.EACCES, errno.ENOENT, errno.EROFS, errno.ENOSPC, errno.EISDIR, errno.EBUSY, errno.ENAMETOOLONG),
    *(errno.ELOOP, errno.EIO),
]


@pytest.mark.parametrize("number", COMMON)
def test_common_errors_are_translated(number: int) -> None:
    error = OSError(number, os.strerror(number))
    assert reason(error).render() == os.strerror(number)
    assert not any("a" <= letter <= "z" for letter in reason(error).render("zh"))


def test_other_errors_keep_the_text_of_the_system() -> None:
    assert reason(OSError(errno.EXFULL, "Exchange full")).render("zh") == "Exchange full"
    assert reason(ValueError("embedded null byte")).render() == "embedded null byte"
    assert reason(OSError("without a number")).render("zh") == "without a number"


def test_a_reason_has_the_language_of_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(ChangedError) as caught:
        Journal(tmp_path).write(tmp_path / "a", b"new", "test", expected=b"old")
    said = _CANNOT(reason=reason(caught.value))
    assert (said.render(), said.render("zh")) == (
        "cannot: the file changed in the meantime",
        "无法：文件在此期间已更改",
    )


def test_a_reason_within_a_reason_has_it_too(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RefusedError) as caught:
        Journal(tmp_path / "file" / "journal").write(tmp_path / "a", b"", "test", expected=None)
    assert reason(caught.value).render("zh").endswith("中的日志：不是目录")
    assert str(caught.value).endswith("cannot be written: Not a directory")


def test_an_unreadable_team_file_is_reported_in_one_language(tmp_path: Path) -> None:
    (tmp_path / "wslgo.yaml").mkdir()
    (problem,) = team_file.read(tmp_path / "wslgo.yaml").problems
    assert "是一个目录" in problem.render("zh")
