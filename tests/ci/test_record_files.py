"""Artifacts of CI from an attacker: what is read of them, and what is not."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from commandline import write
from wslgo.ci.record import Record
from wslgo.ci.record_files import NOTHING, record_at
from wslgo.system.this_machine import ThisMachine
from wslgo.text.message import Text


def read(path: Path) -> Record | Text:
    return record_at(str(path), ThisMachine())


def commit_in(path: Path) -> str:
    found = read(path)
    assert isinstance(found, Record), found
    return found.commit


def packed(path: Path, entries: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return path


def test_a_folder_and_a_zip_are_read(tmp_path: Path) -> None:
    write(tmp_path / "artifact/go-ci-0/commit.txt", "abc\n")
    assert commit_in(tmp_path / "artifact") == "abc"
    assert commit_in(tmp_path / "artifact/go-ci-0/commit.txt") == "abc"
    assert commit_in(packed(tmp_path / "a.zip", {"../../go-ci/commit.txt": "abc"})) == "abc"


def test_a_link_in_an_artifact_leads_to_no_file_of_the_user(tmp_path: Path) -> None:
    write(tmp_path / "secret", "token")
    write(tmp_path / "folder/commit.txt", "token")
    (tmp_path / "one").mkdir()
    (tmp_path / "one/commit.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match=r"."):
        read(tmp_path / "one")
    (tmp_path / "two").mkdir()
    (tmp_path / "two/inner").symlink_to(tmp_path / "folder")
    with pytest.raises(OSError, match=r"."):
        read(tmp_path / "two")


def test_a_link_inside_an_artifact_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "artifact/real/commit.txt", "abc")
    (tmp_path / "artifact/commit.txt").symlink_to("real/commit.txt")
    assert commit_in(tmp_path / "artifact") == "abc"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_artifacts_do_not_use_is_not_unpacked(tmp_path: Path, method: int) -> None:
    assert read(packed(tmp_path / "a.zip", {"commit.txt": "abc"}, method)) == NOTHING(path=str(tmp_path / "a.zip"))


def test_a_zip_with_many_names_is_not_read(tmp_path: Path) -> None:
    many = packed(tmp_path / "a.zip", {"commit.txt": "abc", **{str(number): "" for number in range(1500)}})
    assert read(many) == NOTHING(path=str(many))


def test_a_broken_zip_is_none(tmp_path: Path) -> None:
    whole = packed(tmp_path / "a.zip", {"commit.txt": "abc" * 100, "environment.json": json.dumps({"GOOS": "x"})})
    data = whole.read_bytes()
    for at in range(4, len(data)):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        whole.write_bytes(broken)
        assert isinstance(read(whole), Record | Text)


def test_a_pipe_in_an_artifact_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "artifact").mkdir()
    os.mkfifo(tmp_path / "artifact/commit.txt")
    assert read(tmp_path / "artifact") == NOTHING(path=str(tmp_path / "artifact"))
