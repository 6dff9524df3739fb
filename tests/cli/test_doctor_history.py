"""`wslgo doctor --history`: what is kept of a run, what moved, and a file that others have spoilt."""

import fcntl
import json
import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

import machines
from commandline import Outcome, process, write, wslgo
from healthpage import status
from wslgo import __version__
from wslgo.cli.commands.doctor_history import add, keep, workspace
from wslgo.doctor.history import MOST, Entry, Mark, Step, as_line, entry, of_line, steps
from wslgo.doctor.score import scores_of
from wslgo.linter.finding import Severity
from wslgo.machine.host import Host

NOON = 1_790_000_000
NAT = machines.host("ubuntu-24.04-nat")
WITHOUT_DELVE = NAT._replace(delve=None)


def run_of(host: Host, when: int = NOON, here: str | None = None) -> Entry:
    page = status(host)
    return entry(when, __version__, workspace() if here is None else here, page, scores_of(host, page))


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder / "home"), "TZ": "UTC"}


@pytest.fixture
def state(environment: Mapping[str, str]) -> Path:
    return Path(environment["HOME"]) / ".local/state/wslgo/doctor"


def history(environment: Mapping[str, str], *words: str) -> Outcome:
    return wslgo("doctor", "--history", *words, environment=environment)


# What is kept


def test_an_entry_has_ids_severities_numbers_and_the_time_alone() -> None:
    host = machines.host("article")
    line = json.dumps(as_line(run_of(host, here="0123456789abcdef")))
    found = json.loads(line)
    assert set(found) == {"version", "when", "wslgo", "workspace", "dimensions", "rules"}
    assert found["rules"] == {
        "goenv/folder-on-windows-drive": "warning",
        "goenv/malformed-checksum-database": "error",
        "goenv/redundant-module-mode": "hint",
    }
    assert found["dimensions"]["security"] == [60, 100]
    assert host.home is not None
    assert not any(word in line for word in ("/mnt", "Users", host.home, "sum.golang"))


@pytest.mark.parametrize("name", machines.NAMES)
def test_it_is_read_as_it_was_written(name: str) -> None:
    found = run_of(machines.host(name), here="")
    assert of_line(json.loads(json.dumps(as_line(found)))) == found


def test_only_what_differs_from_the_last_run_is_kept(state: Path) -> None:
    for when, host in enumerate([NAT, NAT, WITHOUT_DELVE, WITHOUT_DELVE, NAT]):
        add(state, run_of(host, when))
    kept = (state / "history.jsonl").read_text().splitlines()
    assert [json.loads(line)["when"] for line in kept] == [0, 2, 4]


def test_the_last_run_in_the_same_workspace_counts(state: Path) -> None:
    for when, (host, here) in enumerate([(NAT, "a"), (WITHOUT_DELVE, "b"), (NAT, "a"), (WITHOUT_DELVE, "b")]):
        add(state, run_of(host, when, here))
    assert len((state / "history.jsonl").read_text().splitlines()) == 2


def test_at_most_so_many_are_kept(state: Path) -> None:
    found = [run_of(NAT, when)._replace(release=f"0.{when}") for when in range(MOST)]
    write(state / "history.jsonl", "".join(f"{json.dumps(as_line(each))}\n" for each in found))
    for when in range(MOST, MOST + 3):
        add(state, run_of((NAT, WITHOUT_DELVE)[when % 2], when))
    kept = [json.loads(line)["when"] for line in (state / "history.jsonl").read_text().splitlines()]
    assert kept == list(range(3, MOST + 3))


def test_it_is_for_the_user_alone(state: Path) -> None:
    add(state, run_of(NAT))
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_nothing_is_kept_in_ci(environment: dict[str, str], state: Path) -> None:
    page = status(NAT)
    keep(page, scores_of(NAT, page), environment | {"CI": "true"})
    assert not state.exists()
    keep(page, scores_of(NAT, page), environment)
    assert (state / "history.jsonl").is_file()


def test_a_recorded_machine_is_not_kept(environment: dict[str, str], state: Path) -> None:
    done = wslgo("doctor", "--host", str(machines.HOSTS / "article.json"), environment=environment)
    assert (done.code, state.exists()) == (0, False)


def test_a_run_that_keeps_at_the_same_time_is_not_waited_for(state: Path) -> None:
    state.mkdir(parents=True)
    with (state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        add(state, run_of(NAT))
    assert not (state / "history.jsonl").exists()


@pytest.mark.slow
def test_this_machine_is_kept_and_shown(folder: Path) -> None:
    variables = {"HOME": str(folder / "home"), "XDG_STATE_HOME": "", "CI": ""}
    (folder / "home").mkdir()
    assert process("doctor", cwd=folder, **variables).returncode == 0
    shown = process("doctor", "--history", "--format", "json", cwd=folder, **variables)
    [found] = json.loads(shown.stdout)["runs"]
    assert found["wslgo"] == __version__
    assert set(found["dimensions"]) >= {"speed", "security"}
    written = [path.name for path in (folder / "home").rglob("*") if path.is_file() and "state" in str(path)]
    assert sorted(written) == ["history.jsonl", "lock"]
    assert process("doctor", "--no-history", cwd=folder, **variables | {"HOME": str(folder)}).returncode == 0
    assert not (folder / ".local/state/wslgo/doctor").exists()


# What moved


def test_what_came_and_went_is_shown(environment: dict[str, str], state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    for number, host in enumerate([NAT, WITHOUT_DELVE, NAT]):
        add(state, run_of(host, NOON + number * 3600))
    assert history(environment).out.splitlines() == [
        "                  Speed  Correctness  Network  Debugging  GPU  Security  Reproducibility",
        "2026-09-21 14:13    100          100      100        100    -       100              100",
        "2026-09-21 15:13    100          100      100         80    -       100              100",
        "  + machine/no-delve (warning)",
        "2026-09-21 16:13    100          100      100        100    -       100              100",
        "  - machine/no-delve (warning)",
    ]
    assert history(environment, "--lang", "zh-cn").out.splitlines()[3] == "  + machine/no-delve（警告）"


def test_certainty_severity_and_release_are_named(environment: dict[str, str], state: Path) -> None:
    first = run_of(WITHOUT_DELVE)
    marks = {**first.marks, "network": Mark(100, 50)}
    rules = {**first.rules, "machine/no-delve": Severity.ERROR}
    add(state, first)
    add(state, first._replace(when=NOON + 1, marks=marks, rules=rules, release="9.9.9"))
    assert history(environment).out.splitlines()[-3:] == [
        "  machine/no-delve: warning -> error",
        f"  Network: certainty {first.marks['network'].certainty} % -> 50 %",
        f"  wslgo {__version__} -> 9.9.9: its rules may find something else",
    ]


def test_as_json(environment: dict[str, str], state: Path) -> None:
    add(state, run_of(NAT))
    add(state, run_of(WITHOUT_DELVE, NOON + 3600))
    add(state, run_of(NAT, NOON, "fff"))
    printed = json.loads(history(environment, "--format", "json").out)
    assert (printed["version"], printed["other_workspaces"]) == (1, 1)
    first, second = printed["runs"]
    assert (first["came"], first["moved"], first["when"]) == ([], {}, "2026-09-21T14:13:20Z")
    assert second["came"] == [{"rule": "machine/no-delve", "severity": "warning", "dimension": "debugging"}]
    assert (second["went"], second["changed"]) == ([], [])
    before = {"score": 100, "certainty": 100, "applies": True}
    assert second["moved"] == {"debugging": {"before": before, "after": {**before, "score": 80}}}
    assert second["dimensions"]["gpu"] == {"score": None, "certainty": None, "applies": False}


def test_each_workspace_has_its_own_history(
    environment: dict[str, str], state: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "one/go.mod", "module example.com/one\n")
    write(folder / "one/inner/main.go", "package main\n")
    write(folder / "two/.git/HEAD", "ref: refs/heads/main\n")
    add(state, run_of(NAT))
    monkeypatch.chdir(folder / "one/inner")
    add(state, run_of(WITHOUT_DELVE))
    inner = workspace()
    assert " 80 " in history(environment).out
    assert history(environment).out.endswith("\nRuns in other workspaces: 1\n")
    monkeypatch.chdir(folder / "one")
    assert workspace() == inner
    monkeypatch.chdir(folder / "two")
    assert workspace() not in ("", inner)
    assert history(environment).out == (
        "No run is kept for this folder so far: wslgo doctor keeps one whenever it shows something else\n"
        "Runs in other workspaces: 2\n"
    )


def test_many_runs_are_cut_in_text(environment: dict[str, str], state: Path) -> None:
    for when in range(25):
        add(state, run_of((NAT, WITHOUT_DELVE)[when % 2], NOON + when))
    out = history(environment).out
    assert out.startswith("Earlier runs: 5 (--format json shows all)\n")
    assert out.count("2026-09-21") == 20
    assert len(json.loads(history(environment, "--format", "json").out)["runs"]) == 25


def test_the_first_run_moved_nothing() -> None:
    first = Step(run_of(WITHOUT_DELVE, here=""))
    assert (first.came, first.went, first.changed, first.moved, first.has_other_rules) == ([], [], [], [], False)


def test_a_dimension_that_applies_no_more_has_moved() -> None:
    old, new = (run_of(machines.host(name), here="") for name in ("nvidia-gpu", "ubuntu-24.04-nat"))
    [_, step] = steps([old, new], "")
    assert [(name, was, now) for name, was, now in step.moved if name == "gpu"] == [("gpu", Mark(100, 100), None)]


# A file that others have spoilt

GOOD = as_line(run_of(NAT, here=""))
SPOILT = [
    "",
    "{",
    "[]",
    "null",
    "7",
    "\0",
    '{"version": 1}',
    json.dumps(GOOD | {"version": 2}),
    json.dumps(GOOD | {"when": -1}),
    json.dumps(GOOD | {"when": 1.5}),
    json.dumps(GOOD | {"when": True}),
    json.dumps(GOOD | {"when": 1 << 70}),
    json.dumps(GOOD | {"wslgo": "\x1b]0;owned\x07"}),
    json.dumps(GOOD | {"workspace": "/home/user"}),
    json.dumps(GOOD | {"dimensions": []}),
    json.dumps(GOOD | {"dimensions": {"speed": 100}}),
    json.dumps(GOOD | {"dimensions": {"speed": [101, 0]}}),
    json.dumps(GOOD | {"dimensions": {"speed": [None, None]}}),
    json.dumps(GOOD | {"dimensions": {"speed": [1, 2, 3]}}),
    json.dumps(GOOD | {"rules": {"machine/no-go": "fatal"}}),
    json.dumps(GOOD | {"rules": {"machine/no-go": 1}}),
    json.dumps(GOOD | {"rules": {"\x1b[2J": "error"}}),
    json.dumps(GOOD | {"rules": {"[x](command:y)/z": "error"}}),
    json.dumps(GOOD | {"rules": {f"machine/r{number}": "hint" for number in range(1001)}}),
    '{"a":' * 100_000,
]


@pytest.mark.parametrize("line", SPOILT, ids=range(len(SPOILT)))
def test_a_line_without_an_entry_is_passed_over(line: str, environment: dict[str, str], state: Path) -> None:
    lines = (json.dumps(as_line(run_of(NAT, NOON))), line, json.dumps(as_line(run_of(WITHOUT_DELVE, NOON + 60))))
    path = write(state / "history.jsonl", "\n".join(lines) + "\n")
    done = history(environment, "--format", "json")
    assert (done.code, len(json.loads(done.out)["runs"])) == (0, 2)
    assert done.err == (f"wslgo: {path}: 1 unreadable lines are ignored: 2\n" if line else "")
    add(state, run_of(NAT, NOON + 120))
    assert len(path.read_text().splitlines()) == 3


def test_a_dimension_of_a_later_release_is_passed_over() -> None:
    later = GOOD | {"dimensions": {"speed": [50, 60], "comfort": [1, 2]}}
    assert of_line(later).marks == {"speed": Mark(50, 60)}


def test_a_rule_that_is_gone_has_no_dimension(environment: dict[str, str], state: Path) -> None:
    first = run_of(NAT)
    add(state, first)
    add(state, first._replace(when=NOON + 1, rules={"machine/of-the-past": Severity.HINT}))
    [_, second] = json.loads(history(environment, "--format", "json").out)["runs"]
    assert second["came"] == [{"rule": "machine/of-the-past", "severity": "hint", "dimension": None}]


def test_a_line_that_was_cut_off_does_not_spoil_the_next_one(environment: dict[str, str], state: Path) -> None:
    write(state / "history.jsonl", json.dumps(GOOD)[:40])
    add(state, run_of(NAT))
    assert history(environment).err == ""
    assert len(json.loads(history(environment, "--format", "json").out)["runs"]) == 1


def test_a_huge_file_is_not_read(environment: dict[str, str], state: Path) -> None:
    path = write(state / "history.jsonl", "")
    os.truncate(path, 5 << 20)
    assert history(environment).out.startswith("No run is kept ")
    add(state, run_of(NAT))
    assert path.stat().st_size < 5000


def test_a_pipe_in_its_place_blocks_nothing(environment: dict[str, str], state: Path) -> None:
    state.mkdir(parents=True)
    os.mkfifo(state / "history.jsonl")
    assert history(environment).code == 2
    page = status(NAT)
    keep(page, scores_of(NAT, page), environment)


@pytest.mark.parametrize("name", ["", "history.jsonl", "lock"])
def test_a_link_is_not_written_through(name: str, environment: dict[str, str], state: Path, folder: Path) -> None:
    elsewhere = folder / "elsewhere"
    target = write(elsewhere / "history.jsonl", "mine\n")
    (state if name else state.parent).mkdir(parents=True)
    (state / name if name else state).symlink_to(target if name else elsewhere)
    page = status(NAT)
    keep(page, scores_of(NAT, page), environment)
    assert target.read_text() == "mine\n"
    assert [path.name for path in elsewhere.iterdir()] == ["history.jsonl"]


def test_a_user_without_a_home_is_told(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def homeless(_path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", homeless)
    page = status(NAT)
    keep(page, scores_of(NAT, page), {})
    assert history({}) == (2, "", "wslgo: this user has no home folder, so no run is kept\n")


@pytest.mark.usefixtures("ordinary_user")
def test_a_folder_that_cannot_be_written_keeps_nothing(environment: dict[str, str], state: Path) -> None:
    state.mkdir(parents=True)
    state.chmod(0o500)
    page = status(NAT)
    keep(page, scores_of(NAT, page), environment)
    assert not any(state.iterdir())
    assert history(environment).code == 0


# Options


@pytest.mark.parametrize(
    "words",
    [("--network",), ("--host", "x"), ("--record", "x"), ("--score",), ("--fail-under", "3"), ("--fail-on", "unknown")],
)
def test_it_shows_runs_and_nothing_else(words: tuple[str, ...], environment: dict[str, str]) -> None:
    done = history(environment, *words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"wslgo: --history does not go with {words[0]}: ")
