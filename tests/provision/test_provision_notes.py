"""Undo when the notes are not what was written: it never forgets, is never wrong, and reports what it cannot undo."""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from commandline import wslgo
from smallmachine import GOENV, Machine, Outcome
from wslgo.provision.model.step import MoveFolder, Plan, Step, Switch, WriteFile
from wslgo.system import jsonlines
from wslgo.system.journal import Journal, folder_of, outdated_ids
from wslgo.system.journal_lines import JournalEntry
from wslgo.text.message import Message

pytestmark = pytest.mark.slow

TITLE = Message(en="x", zh="x")()
ENV = "home/dev/.config/go/env"
NOTES = ("provision/ledger.jsonl", "journal/journal.jsonl")
# What another program, or a disk, can leave in the place of a value.
NASTY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 7, 10**30, 2**32, 1.5, float("nan"), float("inf")),
    *("", "x", "/", "relative/path", "/a/../../etc/passwd", "/nul\0", "/home/dev/\udcff\ud800", "/" + "a" * 5000),
    *("\ud800", "none", "0" * 64, "../../../etc/passwd", "{path}", "\x1b[2J\n", "x" * 100_000),
    *([], {}, [[[[]]]], ["x"], {"path": "/etc/passwd"}, [0, 0], ["x", None, -1]),
)
COUNT = 600  # of the corruptions; all 4,400 pass, in minutes
LINES = (b"", b"{", b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe\x00", b"null", b"[]", b'"x"', b"1e999", b"9" * 5000)


def notes(machine: Machine) -> list[Path]:
    state = folder_of(machine.environment).parent
    return [state / name for name in NOTES]


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def rewrite(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def other_writes(machine: Machine, count: int) -> None:
    """Write as other commands do; each write drops what is too old."""
    journal, other = Journal(folder_of(machine.environment)), machine.folder / "other"
    for number in range(count):
        before = other.read_bytes() if other.exists() else None
        journal.write(other, str(number).encode(), "wslgo fix", expected=before)


def age(machine: Machine, moment: str) -> None:
    path = notes(machine)[1]
    said = [json.loads(line) for line in lines_of(path)]
    rewrite(path, [json.dumps(line | ({"time": moment} if "time" in line else {})).encode() for line in said])


# 10: nothing is forgotten


@pytest.mark.parametrize("moment", ["1973-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z"])
def test_what_a_run_needs_outlives_other_writes_and_any_clock(machine: Machine, moment: str) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes")
    age(machine, moment)
    other_writes(machine, 210)
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


def test_a_run_that_was_undone_and_brought_back_is_remembered(machine: Machine) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes", "--only", "go-variables")
    after = machine.snapshot()
    assert wslgo("undo", "--yes", environment=machine.environment).code == 0
    [undo] = [entry for entry in Journal(folder_of(machine.environment)).entries() if entry.undoes]
    assert wslgo("undo", "--yes", undo.id, environment=machine.environment).code == 0
    assert machine.snapshot() == after
    other_writes(machine, 210)
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


def test_what_was_undone_is_forgotten_in_time(machine: Machine) -> None:
    machine.wslgo("--yes")
    machine.wslgo("--undo", "--yes")
    other_writes(machine, 210)
    assert {entry.who for entry in Journal(folder_of(machine.environment)).entries()} == {"wslgo fix"}


def test_an_undo_is_known_for_as_long_as_its_write() -> None:
    old, young = "2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z"
    first, undo, other = (JournalEntry(number, old, "test", "/file", None, None, end="done") for number in "123")
    entries = [first._replace(time=young), undo._replace(undoes="1"), other]
    assert outdated_ids(entries, "2025-01-01T00:00:00Z") == {"3"}


def lose_journal(machine: Machine) -> None:
    shutil.rmtree(folder_of(machine.environment))


def lose_lines(machine: Machine) -> None:
    notes(machine)[1].unlink()


def lose_objects(machine: Machine) -> None:
    shutil.rmtree(folder_of(machine.environment) / "objects")


def damage_objects(machine: Machine) -> None:
    for path in (folder_of(machine.environment) / "objects").iterdir():
        path.write_bytes(b"something else")


@pytest.mark.parametrize("lose", [lose_journal, lose_lines, lose_objects, damage_objects])
def test_a_write_whose_note_is_gone_is_told_until_it_is_undone_by_hand(
    machine: Machine, lose: Callable[[Machine], None]
) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes")
    lose(machine)
    for _ in range(2):
        outcome = machine.wslgo("--undo", "--yes")
        assert outcome.code == 1
        assert f"{ENV} stays" in outcome.err
        assert "+GOPROXY=off,http://127.0.0.1:9" in outcome.err, "what to do by hand"
        assert "nothing to undo" not in outcome.out
    machine.write("/" + ENV, GOENV, mode=0o640)
    (machine.home / ".bashrc").write_bytes(Path("/etc/skel/.bashrc").read_bytes())
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.wslgo("--undo", "--yes").out == "There is nothing to undo\n"
    assert machine.snapshot().keys() == before.keys()


def test_one_lost_object_costs_one_file_alone(machine: Machine) -> None:
    machine.wslgo("--yes")
    entries = Journal(folder_of(machine.environment)).entries()
    [entry] = [entry for entry in entries if entry.path.endswith(ENV)]
    assert entry.before is not None
    (folder_of(machine.environment) / "objects" / entry.before.sha256).unlink()
    outcome = machine.wslgo("--undo", "--yes")
    assert outcome.code == 1
    assert outcome.err.count(" stays: ") == 1
    assert "wslgo" not in (machine.home / ".bashrc").read_text()


def test_a_file_whose_line_in_the_ledger_is_lost_is_undone_by_the_journal(machine: Machine) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes")
    ledger = notes(machine)[0]
    rewrite(ledger, [line for line in lines_of(ledger) if b'"wrote"' not in line])
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


def test_a_run_whose_plan_is_lost_is_told_with_its_files(machine: Machine) -> None:
    machine.wslgo("--yes")
    ledger = notes(machine)[0]
    rewrite(ledger, [b"{", *lines_of(ledger)[1:]])
    for _ in range(2):
        outcome = machine.wslgo("--undo", "--yes")
        assert (outcome.code, outcome.out) == (1, "")
        assert "ledger.jsonl" in outcome.err
        assert "wslgo undo" in outcome.err
        assert ENV in outcome.err
    assert wslgo("undo", "--last", "2", "--yes", environment=machine.environment).code == 0
    assert machine.wslgo("--undo", "--yes").code == 0


# 13: one bad line


@pytest.mark.parametrize("line", LINES[1:], ids=lambda line: line[:8].decode(errors="replace"))
@pytest.mark.parametrize("which", [0, 1])
def test_a_line_that_is_none_is_passed_over_and_told(machine: Machine, which: int, line: bytes) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes")
    path = notes(machine)[which]
    rewrite(path, [line, *lines_of(path), line])
    outcome = machine.wslgo("--undo", "--yes")
    assert outcome.code == 0, outcome.err
    assert machine.snapshot() == before
    assert f"{path}: 2 unreadable lines are ignored: 1, " in outcome.err


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "LONGEST", 100)
    path = tmp_path / "lines"
    rewrite(path, [b'{"a": 1}', b'{"b": "' + b"x" * 1000 + b'"}', b'{"c": 1}'])
    assert [(line.number, line.value) for line in jsonlines.read(path)] == [(1, {"a": 1}), (2, None), (3, {"c": 1})]
    with pytest.raises(OSError, match="too large"):
        jsonlines.append(path, {"x": "x" * 100})


def test_notes_that_are_not_a_file_are_told(machine: Machine) -> None:
    machine.wslgo("--yes")
    for path in notes(machine):
        path.unlink()
        os.mkfifo(path)
        outcome = machine.wslgo("--undo", "--yes")
        assert (outcome.code, "Not a regular file" in outcome.err) == (1, True)
        path.unlink()
        path.touch()


def test_an_action_of_a_later_wslgo_is_told_and_the_rest_is_undone(machine: Machine) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes")
    ledger = notes(machine)[0]
    run = json.loads(lines_of(ledger)[0])["run"]
    rewrite(ledger, [*lines_of(ledger), json.dumps({"run": run, "step": 0, "deed": "mounted", "facts": {}}).encode()])
    outcome = machine.wslgo("--undo", "--yes")
    assert outcome.code == 1
    assert "'mounted'" in outcome.err
    assert machine.snapshot() == before
    assert machine.wslgo("--undo", "--yes").code == 1, "it is still not undone"


class Written:
    """A machine after a run of everything, that is brought back before each corruption."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.kept = machine.folder / "kept"
        machine.write("/home/dev/gone", b"to go\n", mode=0o604)
        machine.write("/home/dev/old/file", b"file\n")
        (machine.home / "link").symlink_to("old")
        self.before = {name: machine.root.joinpath(name).read_bytes() for name in self.files()}
        actions = [
            WriteFile("/home/dev/a/b/new", None, b"new\n", mode=0o600),
            WriteFile("/home/dev/.profile", (machine.home / ".profile").read_bytes(), b"changed\n"),
            WriteFile("/home/dev/gone", b"to go\n", None),
            Switch("/home/dev/link", "old", "a"),
            Switch("/home/dev/links/fresh", None, "../a"),
            MoveFolder("/home/dev/old", "/home/dev/moved"),
        ]
        plan = Plan(tuple(Step(str(number), TITLE, TITLE, (action,)) for number, action in enumerate(actions)))
        assert set(machine.apply(machine.begin(plan))) == {"done"}
        self.lines = [lines_of(path) for path in notes(machine)]
        for name in ("machine", "runner"):
            shutil.copytree(machine.folder / name, self.kept / name, symlinks=True)

    def files(self) -> list[str]:
        root = self.machine.root
        return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and not path.is_symlink()]

    def undo(self, which: int, lines: list[bytes]) -> Outcome:
        """Undo with other notes."""
        for name in ("machine", "runner"):
            shutil.rmtree(self.machine.folder / name)
            shutil.copytree(self.kept / name, self.machine.folder / name, symlinks=True)
        rewrite(notes(self.machine)[which], lines)
        return self.machine.wslgo("--undo", "--yes")

    def corruptions(self) -> Iterator[tuple[int, int, bytes]]:
        """Each line, as another one: garbage, or with one value of it exchanged."""
        for which, lines in enumerate(self.lines):
            for number, line in enumerate(lines):
                yield from ((which, number, other) for other in LINES)
                said = json.loads(line)
                places = [place for place in spots(said) if len(place) < 4]
                for place in places:
                    yield from ((which, number, exchanged(line, place, value)) for value in NASTY)


def spots(said: Any) -> Iterator[tuple[Any, ...]]:
    """Where the values of a line are."""
    named = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for name, value in named:
        yield (name,)
        yield from ((name, *rest) for rest in spots(value))


def exchanged(line: bytes, place: tuple[Any, ...], value: Any) -> bytes:
    said = json.loads(line)
    at = said
    for name in place[:-1]:
        at = at[name]
    at[place[-1]] = value
    return json.dumps(said).encode()


def is_told(name: str, words: str) -> bool:
    """Return whether a file, or the folder that it was in, is named."""
    is_moved = name.startswith("home/dev/old/") and ("/home/dev/old" in words or "/home/dev/moved" in words)
    return name in words or is_moved


@pytest.mark.parametrize("part", range(4))
def test_no_corrupted_note_hides_a_file_or_ends_in_a_traceback(machine: Machine, part: int) -> None:
    written = Written(machine)
    every = list(written.corruptions())
    random.Random(17).shuffle(every)
    assert len(every) > 4000
    for which, number, line in every[part:COUNT:4]:
        lines = [*written.lines[which]]
        lines[number] = line
        outcome = written.undo(which, lines)
        said = f"{which}:{number}: {line[:300]!r}: {outcome}"
        words = outcome.out + outcome.err
        assert outcome.code in (0, 1), said
        assert "internal error" not in words, said
        assert "Traceback" not in words, said
        for name, data in written.before.items():
            place = machine.root / name
            is_back = place.is_file() and place.read_bytes() == data
            assert is_back or (outcome.code == 1 and is_told(name, words)), f"{name}: {said}"
        new = machine.root / "home/dev/a/b/new"
        assert not new.exists() or (outcome.code == 1 and "a/b/new" in words), said


# 14: what was done since


def test_a_file_that_its_user_has_put_back_is_undone(machine: Machine) -> None:
    before = machine.snapshot()
    bashrc = (machine.home / ".bashrc").read_bytes()
    machine.wslgo("--yes")
    (machine.home / ".bashrc").write_bytes(bashrc)
    (machine.home / ".config/go/env").write_bytes(GOENV)
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before
    assert machine.wslgo("--undo", "--yes").out == "There is nothing to undo\n"
    assert wslgo("undo", "--yes", environment=machine.environment).out == "There is nothing to undo\n"


def test_a_file_that_was_written_twice_and_put_back_is_undone(machine: Machine) -> None:
    writes = [("one", b"one\n", b"two\n"), ("two", b"two\n", b"three\n")]
    place = machine.write("/home/dev/file", b"one\n")
    steps = tuple(Step(name, TITLE, TITLE, (WriteFile("/home/dev/file", old, new),)) for name, old, new in writes)
    assert machine.apply(machine.begin(Plan(steps))) == ["done", "done"]
    place.write_bytes(b"one\n")
    assert machine.wslgo("--undo", "--yes").code == 0
    assert place.read_bytes() == b"one\n"
    assert machine.wslgo("--undo", "--yes").out == "There is nothing to undo\n"


def test_a_file_that_was_made_private_since_stays_private(machine: Machine) -> None:
    env = machine.home / ".config/go/env"
    machine.wslgo("--yes")
    env.chmod(0o600)
    assert machine.wslgo("--undo", "--yes").code == 0
    assert (env.read_bytes(), env.stat().st_mode & 0o777) == (GOENV, 0o600)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_that_was_given_away_since_keeps_its_new_owner(machine: Machine) -> None:
    env = machine.home / ".config/go/env"
    machine.wslgo("--yes")
    os.chown(env, 1234, 1234)
    assert machine.wslgo("--undo", "--yes").code == 0
    assert (env.read_bytes(), env.stat().st_uid, env.stat().st_mode & 0o777) == (GOENV, 1234, 0o640)
