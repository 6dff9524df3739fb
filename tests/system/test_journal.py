"""The journal: killed at any point, a write can be undone or has changed nothing."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tree import SERVER
from wslgo.system.journal import (
    DAYS,
    MOST,
    ChangedError,
    Journal,
    completed_writes,
    folder_of,
    outdated_ids,
    undoable_writes,
)
from wslgo.system.journal_lines import JournalEntry
from wslgo.system.place import Access, Place
from wslgo.system.this_machine import ThisMachine

pytestmark = pytest.mark.slow

STEPS = ["kept", "begun", "temporary", "written", "ended"]

# It ends itself at one step of a write, as in a power cut.
KILLED = """
import os, signal, sys
from pathlib import Path
from wslgo.system.journal import Journal
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
    stands = undoable_writes(journal.entries())
    assert (file.read_bytes(), len(stands)) == ((b"new", 1) if step in ("written", "ended") else (b"old", 0))
    for entry in stands:
        journal.undo(entry, "test")
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize("step", STEPS)
def test_the_next_write_records_the_outcome_of_an_interrupted_one_and_cleans_up(
    tmp_path: Path, journal: Journal, file: Path, step: str
) -> None:
    kill(tmp_path, file, step)
    now = file.read_bytes()
    journal.write(file, b"newer", "test", expected=now)
    assert all(entry.end for entry in journal.entries())
    assert len(completed_writes(journal.entries())) == (2 if now == b"new" else 1)
    assert [path.name for path in file.parent.iterdir()] == ["file"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, OSError])
@pytest.mark.parametrize("new", [b"new", None])
def test_a_write_that_is_stopped_after_it_took_place_can_be_undone(
    journal: Journal, file: Path, monkeypatch: pytest.MonkeyPatch, new: bytes | None, error: type[BaseException]
) -> None:
    def late(which: str) -> None:
        really = getattr(Place, which)

        def acts(place: Place, *others: Place) -> None:
            really(place, *others)
            if "file" in (place.name, *(other.name for other in others)):
                raise error

        monkeypatch.setattr(Place, which, acts)

    with monkeypatch.context():
        late("remove")
        late("rename")
        with pytest.raises(error):
            journal.write(file, new, "test", expected=b"old")
        monkeypatch.undo()
    assert (file.read_bytes() if file.exists() else None) == new
    [entry] = undoable_writes(journal.entries())
    journal.undo(entry, "test")
    assert file.read_bytes() == b"old"


def test_a_line_that_was_cut_off_hides_no_other_line(tmp_path: Path, journal: Journal, file: Path) -> None:
    journal.write(file, b"new", "test", expected=b"old")
    lines = tmp_path / "journal" / "journal.jsonl"
    whole = lines.read_bytes()
    for size in range(len(whole)):
        lines.write_bytes(whole[:size])
        file.write_bytes(b"new")
        journal.write(file, b"newer", "test", expected=b"new")
        assert undoable_writes(journal.entries())[0].end == "done"
        assert lines.read_bytes().startswith(whole[:size])


def test_mode_and_owner_are_restored(journal: Journal, file: Path) -> None:
    file.chmod(0o640)
    before = file.stat()
    entry = journal.write(file, b"new", "test", expected=b"old", access=Access(0o600, os.geteuid(), os.getegid()))
    assert file.stat().st_mode & 0o777 == 0o600
    journal.undo(entry, "test")
    after = file.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def test_a_created_file_is_removed_and_restored(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "created"
    made = journal.write(path, b"new", "test", expected=None)
    gone = journal.undo(made, "test")
    assert not path.exists()
    journal.undo(gone, "test")
    assert path.read_bytes() == b"new"


def test_a_later_change_by_another_program_is_never_lost(journal: Journal, file: Path) -> None:
    with pytest.raises(ChangedError):
        journal.write(file, b"new", "test", expected=b"older")
    entry = journal.write(file, b"new", "test", expected=b"old")
    file.write_bytes(b"mine")
    with pytest.raises(ChangedError):
        journal.undo(entry, "test")
    assert file.read_bytes() == b"mine"


def test_bytes_that_the_journal_has_lost_are_reported(tmp_path: Path, journal: Journal, file: Path) -> None:
    entry = journal.write(file, b"new", "test", expected=b"old")
    for kept in (tmp_path / "journal" / "objects").iterdir():
        kept.write_bytes(b"rotten")
    with pytest.raises(OSError, match="no longer has its bytes"):
        journal.undo(entry, "test")
    assert file.read_bytes() == b"new"


def test_without_a_writable_journal_nothing_is_written(tmp_path: Path, file: Path) -> None:
    (tmp_path / "journal").write_bytes(b"")
    with pytest.raises(OSError, match="cannot be written"):
        Journal(tmp_path / "journal").write(file, b"new", "test", expected=b"old")
    assert file.read_bytes() == b"old"


def _write(folder: Path, path: Path, count: int) -> None:
    for number in range(count):
        Journal(folder).write(path, f"{path} {number}".encode(), "test", expected=path.read_bytes())


def write_at_once(tmp_path: Path, count: int) -> None:
    """Let three processes write at the same time, `count` times each."""
    context = multiprocessing.get_context("spawn")
    files = [tmp_path / name for name in "abc"]
    for file in files:
        file.write_bytes(b"")
    writers = [context.Process(target=_write, args=(tmp_path / "journal", file, count)) for file in files]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0


def test_writers_at_the_same_time_wait_for_each_other(tmp_path: Path, journal: Journal) -> None:
    write_at_once(tmp_path, 5)
    entries = journal.entries()
    assert [entry.end for entry in entries] == ["done"] * 15
    assert len({entry.id for entry in entries}) == 15


def test_the_file_shows_whether_root_has_written_it(journal: Journal, file: Path) -> None:
    assert not journal.end(journal.begin(file, b"new", "test", expected=b"old"))
    entry = journal.begin(file, b"new", "test", expected=b"old")
    file.write_bytes(b"new")
    assert journal.end(entry)
    assert [entry.id for entry in undoable_writes(journal.entries())] == [entry.id]


# What is old

LONG_AGO = "2020-01-01T00:00:00Z"


def age(tmp_path: Path, *ids: str) -> None:
    """Make writes look old."""
    lines = tmp_path / "journal" / "journal.jsonl"
    said = [json.loads(line) for line in lines.read_text().splitlines()]
    aged = [line | {"time": LONG_AGO} if line["id"] in ids and "time" in line else line for line in said]
    lines.write_text("".join(json.dumps(line) + "\n" for line in aged))


def versions(tmp_path: Path) -> set[bytes]:
    return {path.read_bytes() for path in (tmp_path / "journal" / "objects").iterdir()}


def test_an_old_write_is_removed_with_its_versions_and_a_recent_one_stays(
    tmp_path: Path, journal: Journal, file: Path
) -> None:
    old = journal.write(file, b"young", "test", expected=b"old")
    young = journal.write(file, b"younger", "test", expected=b"young")
    age(tmp_path, old.id)
    last = journal.write(file, b"new", "test", expected=b"younger")
    assert [entry.id for entry in journal.entries()] == [young.id, last.id]
    assert versions(tmp_path) == {b"young", b"younger", b"new"}, "what the young one needs stays"
    for entry in undoable_writes(journal.entries()):
        journal.undo(entry, "test")
    assert file.read_bytes() == b"young"


def test_recent_and_foreign_entries_stay(tmp_path: Path, journal: Journal, file: Path) -> None:
    old = journal.write(file, b"new", "test", expected=b"old")
    later = {"version": 9, "id": "later", "kept": "f" * 64}
    with (tmp_path / "journal" / "journal.jsonl").open("a") as lines:
        lines.write(json.dumps(later) + '\nnonsense\n["id"]\n')
    foreign = [tmp_path / "journal" / "notes", *(tmp_path / "journal/objects" / name for name in ("notes", "f" * 64))]
    for path in foreign:
        path.write_bytes(b"mine")
    age_line = (tmp_path / "journal" / "journal.jsonl").read_text().replace(old.time, LONG_AGO)
    (tmp_path / "journal" / "journal.jsonl").write_text(age_line)
    journal.write(file, b"newer", "test", expected=b"new")
    assert [path.read_bytes() for path in foreign] == [b"mine"] * 3
    said = (tmp_path / "journal" / "journal.jsonl").read_text()
    assert said.startswith(json.dumps(later) + '\nnonsense\n["id"]\n')
    assert old.id not in said


def test_a_write_without_anything_old_changes_no_line(tmp_path: Path, journal: Journal, file: Path) -> None:
    journal.write(file, b"new", "test", expected=b"old")
    before = (tmp_path / "journal" / "journal.jsonl").read_bytes()
    journal.write(file, b"newer", "test", expected=b"new")
    assert (tmp_path / "journal" / "journal.jsonl").read_bytes().startswith(before)


def test_an_old_interrupted_write_stays_until_its_outcome_was_visible(
    tmp_path: Path, journal: Journal, file: Path
) -> None:
    other = file.with_name("other")
    cut_off = journal.begin(file, b"new", "test", expected=b"old")
    file.write_bytes(b"new")
    age(tmp_path, cut_off.id)
    journal.write(other, b"1", "test", expected=None)
    assert [entry.end for entry in journal.entries() if entry.id == cut_off.id] == ["done"]
    journal.write(other, b"2", "test", expected=b"1")
    assert cut_off.id not in {entry.id for entry in journal.entries()}


def test_all_old_writes_can_be_undone_in_one_go(tmp_path: Path, journal: Journal, file: Path) -> None:
    entries = [journal.write(file, b"new", "test", expected=b"old")]
    entries.append(journal.write(file, b"newer", "test", expected=b"new"))
    age(tmp_path, *(entry.id for entry in entries))
    for entry in undoable_writes(journal.entries()):
        journal.undo(entry, "test")
    assert file.read_bytes() == b"old"


def write_at(number: int, time: str = "2026-08-01T00:00:00Z", end: str = "done") -> JournalEntry:
    return JournalEntry(str(number), time, "test", "/file", None, None, end=end)


def test_the_newest_stay_and_an_unfinished_one_always() -> None:
    entries = [write_at(0, end=""), *(write_at(number) for number in range(1, MOST + 3))]
    assert outdated_ids(entries, LONG_AGO) == {"1", "2"}
    assert outdated_ids(entries[:MOST], LONG_AGO) == set()


def test_an_older_write_goes_and_one_of_that_exact_time_stays() -> None:
    oldest = "2026-05-01T00:00:00Z"
    entries = [write_at(0, "2026-04-30T23:59:59Z"), write_at(1, "2026-04-30T23:59:59Z", ""), write_at(2, oldest)]
    assert outdated_ids(entries, oldest) == {"0"}


@pytest.mark.parametrize(("days", "is_kept"), [(DAYS - 1, True), (DAYS + 1, False)])
def test_three_months_are_kept(tmp_path: Path, journal: Journal, file: Path, days: int, is_kept: bool) -> None:
    entry = journal.write(file, b"new", "test", expected=b"old")
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - days * 86400))
    lines = tmp_path / "journal" / "journal.jsonl"
    lines.write_text(lines.read_text().replace(entry.time, moment))
    journal.write(file, b"newer", "test", expected=b"new")
    assert (entry.id in {kept.id for kept in journal.entries()}) == is_kept


def test_a_kill_while_old_writes_are_removed_loses_no_other(tmp_path: Path, journal: Journal, file: Path) -> None:
    file.write_bytes(b"ancient")
    old = journal.write(file, b"young", "test", expected=b"ancient")
    young = journal.write(file, b"old", "test", expected=b"young")
    age(tmp_path, old.id)
    kill(tmp_path, file, "forgotten")
    assert [entry.id for entry in journal.entries()] == [young.id]
    assert journal.bytes_before(young) == b"young"
    journal.undo(young, "test")
    assert file.read_bytes() == b"young"


def test_two_processes_that_remove_old_writes_lose_nothing_of_each_other(
    tmp_path: Path, journal: Journal, file: Path
) -> None:
    first = journal.write(file, b"new", "test", expected=b"old")
    lines = tmp_path / "journal" / "journal.jsonl"
    # At the limit: each further write removes one.
    lines.write_text("".join(lines.read_text().replace(first.id, f"old-{number}") for number in range(MOST + 1)))
    write_at_once(tmp_path, 5)
    entries = journal.entries()
    assert len(entries) == MOST + 1
    assert [entry.end for entry in entries] == ["done"] * len(entries)
    assert len([entry for entry in entries if not entry.id.startswith("old-")]) == 15
    assert all(journal.bytes_after(entry) for entry in entries)


# Whose notes they are


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is called by others")
def test_root_keeps_no_journal_where_the_calling_user_can_put_links(tmp_path: Path) -> None:
    home, own = tmp_path / "home", tmp_path / "own"
    for folder in (home, own):
        (folder / ".local").mkdir(parents=True)
    os.chown(home, 1000, 1000)
    (home / ".local/state").symlink_to(own)
    notes = Path("/root/.local/state/wslgo/journal")
    assert folder_of({"HOME": str(home)}) == notes
    assert folder_of({"HOME": str(own), "XDG_STATE_HOME": f"{home}/state"}) == notes
    assert folder_of({"HOME": str(own)}) == own / ".local/state/wslgo/journal"
    assert not ThisMachine().keep(f"{home}/.local/state/host.json", b"{}")
    assert ThisMachine().keep(f"{own}/host.json", b"{}")
    assert sorted(path.name for path in own.iterdir()) == [".local", "host.json"]


@pytest.mark.usefixtures("ordinary_user")
def test_without_root_the_journal_can_be_anywhere(tmp_path: Path) -> None:
    assert folder_of({"HOME": str(tmp_path)}) == tmp_path / ".local/state/wslgo/journal"
