"""The history: kept as JSON lines, compared only where code and Go are the same, with what changed in between."""

import json
from pathlib import Path

from measuring import HOST, measured
from wslgo.bench.history import MOST, Entry, add, before, changes, differences, entries
from wslgo.bench.report.as_json import as_json
from wslgo.machine.host import Go, Host, Running, Variable


def kept(folder: Path, *hosts: Host, slowness: tuple[float, ...] = ()) -> list[Entry]:
    """Return the history of measurements of these machines."""
    for number, host in enumerate(hosts):
        (folder / str(number)).mkdir()
        slow = slowness[number] if slowness else 3.0
        found = measured(folder / str(number), host=host, slowness=slow, now=1_800_000_000.0 + number)
        add(folder / "history", json.loads(json.dumps(as_json(found, "en"))))
    return entries(folder / "history")


def test_a_measurement_comes_back_from_the_history(tmp_path: Path) -> None:
    [entry] = kept(tmp_path, HOST)
    assert (entry.name, entry.rounds, entry.when, entry.conditions.networking) == ("tiny", 6, 1_800_000_000, "nat")
    assert {run for run, _ in entry.medians} == {
        *("all on /", "all on C:", "cache on C:", "modules on C:", "workspace on C:", "CUDA_VISIBLE_DEVICES=0"),
    }
    assert 30 < entry.medians["all on C:", "clean"].median < 32
    assert entry.medians["all on C:", "clean"].confidence > 0.95


def test_what_changed_in_between_is_named(tmp_path: Path) -> None:
    moved = (Variable("GOCACHE", "/home/me/.cache/go-build", "default"), Variable("GOMODCACHE", "/home/me/m", "x"))
    after = HOST._replace(running=Running(processors=8, memory=32 << 30, networking="mirrored"), go_variables=moved)
    old, new = kept(tmp_path, HOST, after, slowness=(3.0, 2.0))
    assert before(new, [old]) == old
    assert [(each.name, each.before, each.after) for each in changes(old.conditions, new.conditions)] == [
        ("memory", 16 << 30, 32 << 30),
        ("networking", "nat", "mirrored"),
        ("modules", "C:", "/"),
    ]
    clear = {(each.arrangement, each.task) for each in differences(old, new) if each.is_clear}
    assert ("all on C:", "clean") in clear
    assert ("all on /", "clean") not in clear


def test_a_fact_that_was_unknown_has_not_changed(tmp_path: Path) -> None:
    old, new = kept(tmp_path, HOST._replace(running=Running(processors=8)), HOST)
    assert not [each for each in changes(old.conditions, new.conditions) if each.name in ("memory", "networking")]


def test_another_go_is_not_compared(tmp_path: Path) -> None:
    old, new = kept(tmp_path, HOST, HOST._replace(go=Go("/go", "1.27.0", "/usr/local/go")))
    assert before(new, [old]) is None


def test_a_workspace_that_has_moved_is_compared(tmp_path: Path) -> None:
    old, new = kept(tmp_path, HOST, HOST)
    assert before(new._replace(name="/home/me/code"), [old._replace(name="/mnt/c/code")]) is not None
    assert before(new._replace(digest="other"), [old]) is None


def test_few_rounds_make_no_difference_clear(tmp_path: Path) -> None:
    old, new = kept(tmp_path, HOST, HOST, slowness=(3.0, 2.0))
    few = {key: found._replace(confidence=0.75) for key, found in new.medians.items()}
    assert any(each.is_clear for each in differences(old, new))
    assert not any(each.is_clear for each in differences(old, new._replace(medians=few)))


def test_the_last_comparable_measurement_counts(tmp_path: Path) -> None:
    other = HOST._replace(go=Go("/go", "1.27.0", "/usr/local/go"))
    found = kept(tmp_path, HOST, HOST, other, HOST)
    assert before(found[3], found[:3]) == found[1]


def test_lines_that_are_not_measurements_are_skipped(tmp_path: Path) -> None:
    [entry] = kept(tmp_path, HOST)
    path = tmp_path / "history/history.jsonl"
    good = path.read_text()
    whole = json.loads(good)
    strange = [
        {"runs": 3},
        whole | {"when": "x"},
        whole | {"when": float("inf")},
        whole | {"subject": []},
        whole | {"runs": [{**whole["runs"][0], "tasks": {}}]},
        whole | {"conditions": None},
    ]
    lines = ["", "x", "[" * 5000, *map(json.dumps, strange)]
    path.write_text("\n".join([*lines, good]))
    assert entries(tmp_path / "history") == [entry]


def test_only_the_newest_measurements_are_read(tmp_path: Path) -> None:
    kept(tmp_path, HOST)
    path = tmp_path / "history/history.jsonl"
    path.write_text(path.read_text() * (MOST + 5))
    assert len(entries(tmp_path / "history")) == MOST


def test_a_missing_history_is_empty(tmp_path: Path) -> None:
    assert entries(tmp_path / "none") == []
