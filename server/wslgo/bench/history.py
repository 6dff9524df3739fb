"""The history of measurements, one JSON object a line, and what changed from one to the next.

Two measurements are compared only if they built the same code with the same Go. What changed in between is what the
measurements recorded about the machine; it may be the cause of a difference, and may not.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wslgo.bench.intervals import ENOUGH, Interval
from wslgo.bench.model import TASKS, Conditions
from wslgo.system.jsonlines import JsonLine, append, read

_NAME = "history.jsonl"
MOST = 200  # of the newest entries that are read


class Entry(NamedTuple):
    """A measurement of the history; `medians` by the name of an arrangement and the task."""

    when: int
    name: str
    digest: str
    with_cgo: bool
    rounds: int
    conditions: Conditions
    medians: Mapping[tuple[str, str], Interval]

    def is_comparable(self, other: "Entry") -> bool:
        """Return whether the same Go built the same code; a workspace may have moved in between."""
        return self.has_same_code(other) and self.conditions.go == other.conditions.go

    def has_same_code(self, other: "Entry") -> bool:
        return (self.digest, self.with_cgo) == (other.digest, other.with_cgo)


class Change(NamedTuple):
    """A fact about the machine that differs between two measurements."""

    name: str
    before: object
    after: object


class Difference(NamedTuple):
    """A task in two measurements. `is_clear`: enough rounds, and their intervals have no value in common."""

    arrangement: str
    task: str
    before: Interval
    after: Interval

    @property
    def ratio(self) -> float:
        return self.after.median / self.before.median if self.before.median else 1.0

    @property
    def is_clear(self) -> bool:
        is_sure = min(self.before.confidence, self.after.confidence) >= ENOUGH
        return is_sure and (self.after.low > self.before.high or self.after.high < self.before.low)


def add(folder: Path, measured: Mapping[str, Any]) -> None:
    """Append a measurement as it is in JSON. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    append(folder / _NAME, measured)


def entries(folder: Path) -> list[Entry]:
    """Return the newest measurements, the oldest of them first; lines that are not measurements are skipped."""
    found = [entry for line in read(folder / _NAME) for entry in _entries(line)]
    return found[-MOST:]


def before(entry: Entry, earlier: Sequence[Entry]) -> Entry | None:
    """Return the last earlier measurement that can be compared with this one."""
    return next((other for other in reversed(earlier) if entry.is_comparable(other)), None)


def changes(old: Conditions, new: Conditions) -> list[Change]:
    """Return the facts that differ, as far as both measurements know them."""
    pairs = zip(Conditions._fields, old, new, strict=True)
    return [Change(name, was, now) for name, was, now in pairs if was != now and None not in (was, now)]


def differences(old: Entry, new: Entry) -> Iterator[Difference]:
    """Yield the tasks that both have measured."""
    for (arrangement, task), found in new.medians.items():
        was = old.medians.get((arrangement, task))
        if was is not None:
            yield Difference(arrangement, task, was, found)


def _entries(line: JsonLine) -> Iterator[Entry]:
    try:
        yield _entry(line.value or {})
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return


def _entry(value: Mapping[str, Any]) -> Entry:
    subject, conditions = value["subject"], value["conditions"]
    medians = {
        (_text(run["id"]), task): _interval(run["tasks"][task])
        for run in value["runs"]
        if not run["again"]
        for task in TASKS
    }
    known = {name: _fact(conditions.get(name)) for name in Conditions._fields}
    return Entry(
        int(value["when"]),
        _text(subject["name"]),
        _text(subject["digest"]),
        bool(subject["cgo"]),
        int(value["rounds"]),
        Conditions(**known),
        medians,
    )


def _interval(task: Mapping[str, Any]) -> Interval:
    found = Interval(*(float(task[name]) for name in Interval._fields))
    if not all(math.isfinite(value) and value >= 0 for value in found):
        raise ValueError
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _fact(value: object) -> Any:
    return value if isinstance(value, (str, int)) and not isinstance(value, bool) else None
