"""The journal: whoever is killed, and whenever, can be undone or has done nothing."""

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from wslgo.effects import Access
from wslgo.journal import ChangedError, Journal, undoable, written

SERVER = Path(__file__).resolve().parents[1] / "server"
STEPS = ["kept", "begun", "temporary", "written", "ended"]

# Ends itself as a power cut would, at one step of a write.
KILLED = """
import os, signal, sys
from pathlib import Path
from wslgo.journal import Journal
folder, path, step = sys.argv[1:]
journal = Journal(Path(folder), lambda now: os.kill(os.getpid(), signal.SIGKILL) if now == step else None)
journal.write(Path(path), b"new", "test", expected=b"old")
"""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "file"
    path.parent.mkdir()
    path.write_bytes(b"old")
    return path


def kill(tmp_path: Path, file: Path, step: str) -> None:
    words = [sys.executable, "-c", KILLED, tmp_path / "journal", file, step]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": str(SERVER)}, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_leaves_the_old_file_or_one_that_can_be_undone(
    tmp_path: Path, journal: Journal, file: Path, step: str
) -> None:
    kill(tmp_path, file, step)
    stands = undoable(journal.entries())
    assert (file.read_bytes(), len(stands)) == ((b"new", 1) if step in ("written", "ended") else (b"old", 0))
    for entry in stands:
        journal.undo(entry, "test")
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize("step", STEPS)
def test_the_next_write_settles_what_was_cut_off_and_cleans_up(
    tmp_path: Path, journal: Journal, file: Path, step: str
) -> None:
    kill(tmp_path, file, step)
    now = file.read_bytes()
    journal.write(file, b"newer", "test", expected=now)
    assert all(entry.end for entry in journal.entries())
    assert len(written(journal.entries())) == (2 if now == b"new" else 1)
    assert [one.name for one in file.parent.iterdir()] == ["file"]


def test_a_line_that_was_cut_off_hides_no_other(tmp_path: Path, journal: Journal, file: Path) -> None:
    journal.write(file, b"new", "test", expected=b"old")
    lines = tmp_path / "journal" / "journal.jsonl"
    whole = lines.read_bytes()
    for size in range(len(whole)):
        lines.write_bytes(whole[:size])
        file.write_bytes(b"new")
        journal.write(file, b"newer", "test", expected=b"new")
        assert undoable(journal.entries())[0].end == "done"
        assert lines.read_bytes().startswith(whole[:size])


def test_mode_and_owner_come_back(journal: Journal, file: Path) -> None:
    file.chmod(0o640)
    before = file.stat()
    entry = journal.write(file, b"new", "test", expected=b"old", access=Access(0o600, os.geteuid(), os.getegid()))
    assert file.stat().st_mode & 0o777 == 0o600
    journal.undo(entry, "test")
    after = file.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def test_a_file_that_was_created_is_removed_and_comes_back(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "created"
    made = journal.write(path, b"new", "test", expected=None)
    gone = journal.undo(made, "test")
    assert not path.exists()
    journal.undo(gone, "test")
    assert path.read_bytes() == b"new"


def test_what_somebody_else_has_written_is_never_lost(journal: Journal, file: Path) -> None:
    with pytest.raises(ChangedError):
        journal.write(file, b"new", "test", expected=b"older")
    entry = journal.write(file, b"new", "test", expected=b"old")
    file.write_bytes(b"mine")
    with pytest.raises(ChangedError):
        journal.undo(entry, "test")
    assert file.read_bytes() == b"mine"


def test_bytes_that_the_journal_has_lost_are_said(tmp_path: Path, journal: Journal, file: Path) -> None:
    entry = journal.write(file, b"new", "test", expected=b"old")
    for kept in (tmp_path / "journal" / "objects").iterdir():
        kept.write_bytes(b"rotten")
    with pytest.raises(OSError, match="no longer has its bytes"):
        journal.undo(entry, "test")
    assert file.read_bytes() == b"new"


def test_a_journal_that_cannot_be_written_keeps_us_from_writing(tmp_path: Path, file: Path) -> None:
    (tmp_path / "journal").write_bytes(b"")
    with pytest.raises(OSError, match="cannot be written"):
        Journal(tmp_path / "journal").write(file, b"new", "test", expected=b"old")
    assert file.read_bytes() == b"old"


def _write(folder: Path, path: Path, count: int) -> None:
    for number in range(count):
        Journal(folder).write(path, f"{path} {number}".encode(), "test", expected=path.read_bytes())


def test_writers_at_the_same_time_wait_for_each_other(tmp_path: Path, journal: Journal) -> None:
    context = multiprocessing.get_context("spawn")
    files = [tmp_path / name for name in "abc"]
    for file in files:
        file.write_bytes(b"")
    writers = [context.Process(target=_write, args=(tmp_path / "journal", file, 5)) for file in files]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    entries = journal.entries()
    assert [entry.end for entry in entries] == ["done"] * 15
    assert len({entry.id for entry in entries}) == 15


def test_what_root_did_or_did_not_do_is_seen_on_the_disk(journal: Journal, file: Path) -> None:
    assert not journal.end(journal.begin(file, b"new", "test", expected=b"old"))
    entry = journal.begin(file, b"new", "test", expected=b"old")
    file.write_bytes(b"new")
    assert journal.end(entry)
    assert [one.id for one in undoable(journal.entries())] == [entry.id]
