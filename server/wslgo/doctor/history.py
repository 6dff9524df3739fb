"""The history of the score: what one run of `wslgo doctor` has shown, and what moved from one run to the next.

An entry has ids of rules, severities, numbers and the time: no message, no value of the machine and no path. The
workspace is a checksum, which only says whether two runs were about the same one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wslgo.doctor.score import Score
from wslgo.doctor.status import Status
from wslgo.linter.dimensions import DIMENSIONS
from wslgo.linter.finding import Severity
from wslgo.linter.rules import Dimension
from wslgo.text.typing import NamedTuple

VERSION = 1
MOST = 200  # entries that are kept
_MOST_RULES = 1000

_RULE = re.compile(r"[a-z0-9]{1,40}/[a-z0-9-]{1,80}")
_RELEASE = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_WORKSPACE = re.compile(r"[0-9a-f]{0,16}")
_LATEST = 1 << 40  # seconds
SEVERITIES = {severity.name.lower(): severity for severity in Severity}


class Mark(NamedTuple):
    """The score and the certainty of a dimension at one time; a dimension that does not apply has none."""

    points: int | None
    certainty: int


class Entry(NamedTuple):
    """A run: when, by which release of wslgo, in which workspace ("" without one), and what it has shown."""

    when: int
    release: str
    workspace: str
    marks: Mapping[Dimension, Mark]
    rules: Mapping[str, Severity]

    def shows_the_same(self, other: "Entry") -> bool:
        """Return whether another run has shown the same, whenever it was."""
        return self._replace(when=other.when) == other


class Step(NamedTuple):
    """A run of the history, and what moved since the one before it in the same workspace, if there was one."""

    entry: Entry
    before: Entry | None = None

    @property
    def came(self) -> list[str]:
        """Return the rules that have findings now and had none."""
        return [] if self.before is None else [rule for rule in self.entry.rules if rule not in self.before.rules]

    @property
    def went(self) -> list[str]:
        """Return the rules that had findings and have none now."""
        return [] if self.before is None else [rule for rule in self.before.rules if rule not in self.entry.rules]

    @property
    def changed(self) -> list[str]:
        """Return the rules whose worst finding has another severity now."""
        old = {} if self.before is None else self.before.rules
        return [rule for rule, severity in self.entry.rules.items() if old.get(rule, severity) != severity]

    @property
    def moved(self) -> list[tuple[Dimension, Mark | None, Mark | None]]:
        """Return the dimensions whose score or certainty is another one now; None does not apply."""
        if self.before is None:
            return []
        pairs = ((name, self.before.marks.get(name), self.entry.marks.get(name)) for name in DIMENSIONS)
        return [(name, old, new) for name, old, new in pairs if old != new]

    @property
    def has_other_rules(self) -> bool:
        """Return whether another release of wslgo looked, which may know more rules."""
        return self.before is not None and self.before.release != self.entry.release


def entry(when: int, release: str, workspace: str, status: Status, scores: Sequence[Score]) -> Entry:
    """Return what a run has shown."""
    rules: dict[str, Severity] = {}
    for reported in status.findings:
        rules[reported.rule] = min(reported.severity, rules.get(reported.rule, reported.severity))
    marks = {score.dimension: Mark(score.points, score.certainty) for score in scores if score.applies}
    return Entry(when, release, workspace, marks, dict(sorted(rules.items())))


def steps(entries: Sequence[Entry], workspace: str) -> Iterator[Step]:
    """Yield the runs in a workspace, the oldest first."""
    before = None
    for found in entries:
        if found.workspace == workspace:
            yield Step(found, before)
            before = found


def as_line(found: Entry) -> dict[str, Any]:
    """Return an entry as JSON."""
    return {
        "version": VERSION,
        "when": found.when,
        "wslgo": found.release,
        "workspace": found.workspace,
        "dimensions": {name: [mark.points, mark.certainty] for name, mark in found.marks.items()},
        "rules": {rule: severity.name.lower() for rule, severity in found.rules.items()},
    }


def of_line(value: Mapping[str, Any]) -> Entry:
    """Return the entry that JSON is. Raises ValueError for anything else."""
    dimensions, rules = value.get("dimensions"), value.get("rules")
    if value.get("version") != VERSION or not isinstance(dimensions, dict) or not isinstance(rules, dict):
        raise ValueError("not an entry")
    if len(rules) > _MOST_RULES:
        raise ValueError("too many rules")
    return Entry(
        _number(value.get("when"), _LATEST),
        _matching(_RELEASE, value.get("wslgo")),
        _matching(_WORKSPACE, value.get("workspace")),
        {name: _mark(dimensions[name]) for name in DIMENSIONS if name in dimensions},
        {_matching(_RULE, rule): _severity(severity) for rule, severity in rules.items()},
    )


def _mark(value: object) -> Mark:
    if not isinstance(value, list) or len(value) != len(Mark._fields):
        raise ValueError("not a mark")
    points, certainty = value
    return Mark(None if points is None else _number(points, 100), _number(certainty, 100))


def _number(value: object, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("not such a number")
    return value


def _severity(value: object) -> Severity:
    if not isinstance(value, str) or value not in SEVERITIES:
        raise ValueError("not a severity")
    return SEVERITIES[value]


def _matching(pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("not such a text")
    return value
