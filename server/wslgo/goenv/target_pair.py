"""The GOOS and GOARCH that a file sets in the same place, and whether go builds for the two."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.editor_json import variable_objects
from wslgo.goenv.readers import assignments
from wslgo.knowledge.go_targets import LAST_WITH, PAIRS, PROCESSORS
from wslgo.knowledge.version import GoVersion
from wslgo.syntax.family import (
    COMPOSE,
    DEVCONTAINER,
    DOCKERFILE,
    GITLAB,
    LAUNCH,
    SETTINGS,
    TASKS,
    WORKFLOW,
    WORKSPACE,
)
from wslgo.syntax.file import File
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_NAMES = {"GOOS", "GOARCH"}
_OLDEST = 21  # 1.N of a Go whose version is unknown: all older ones are long out of support

_STAGE = pattern(r"[ \t]*FROM[ \t]", re.IGNORECASE)

PlaceOf = Callable[[Assignment], object]


def is_pair(system: str, processor: str, go: GoVersion | None) -> bool:
    """Return whether a Go builds for a system and a processor; names that no Go knows are not judged."""
    if system not in PAIRS or processor not in PROCESSORS or processor in PAIRS[system]:
        return True
    return (_OLDEST if go is None else go.minor) <= LAST_WITH.get((system, processor), 0)


def system_beside(assignment: Assignment, file: File) -> Assignment | None:
    """Return the GOOS that a file surely sets in the same place as this GOARCH.

    A place is an object, a mapping, a stage or a whole file. In each the last assignment counts.
    """
    return file.ask(_pairs).get(assignment.name_span)


def _pairs(file: File) -> Mapping[Span, Assignment]:
    found = [assignment for assignment in assignments(file) if assignment.name in _NAMES]
    if {assignment.name for assignment in found} != _NAMES:
        return {}
    key_of = place_of(file)
    places: dict[object, dict[str, Assignment]] = {}
    doubtful = set()  # a line that may act makes the others of its place uncertain
    for assignment in found:
        place = assignment.scope, key_of(assignment)
        places.setdefault(place, {})[assignment.name] = assignment
        if not _is_sure(assignment, file) or assignment.value is None:
            doubtful.add(place)
    sure = (pair for place, pair in places.items() if place not in doubtful)
    return {pair["GOARCH"].name_span: pair["GOOS"] for pair in sure if len(pair) == len(_NAMES)}


def _is_sure(assignment: Assignment, file: File) -> bool:
    """Return whether a variable surely has the value where it is set; in YAML that is not a line of a script."""
    text, end = file.source.text, assignment.name_span.end
    is_mapping = text[end : end + 2].lstrip("\"'").startswith(":")
    is_of_yaml = file.family.name in (WORKFLOW, GITLAB) and is_mapping
    return assignment.is_certain or is_of_yaml or file.family.name == COMPOSE


def place_of(file: File) -> PlaceOf:
    """Return the function that gives assignments in the same place of a file the same key."""
    name = file.family.name
    if name in (LAUNCH, TASKS, SETTINGS, WORKSPACE, DEVCONTAINER):
        spans = [node.span for node, _ in variable_objects(file)]
        return lambda assignment: next((span for span in spans if span.covers(assignment.name_span)), assignment)
    if name not in (DOCKERFILE, COMPOSE, WORKFLOW, GITLAB):
        return lambda _: None
    rows = file.source.text.split("\n")
    keys = list(accumulate(map(_begins_stage, rows)) if name == DOCKERFILE else _headings(rows))
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    return lambda assignment: keys[bisect_right(starts, assignment.name_span.start) - 1]


def _begins_stage(row: str) -> int:
    return int(_STAGE.match(row) is not None)


def _headings(rows: list[str]) -> Iterator[int]:
    """Yield for each line of YAML the number of the line that it is indented below; a list is one block."""
    above: list[tuple[int, int]] = [(-1, -1)]
    for number, row in enumerate(rows):
        body = row.lstrip(" ")
        if body.strip() and not body.startswith("#"):
            while above[-1][0] >= len(row) - len(body):
                above.pop()
            yield above[-1][1]
            above.append((len(row) - len(body), number))
        else:
            yield above[-1][1]
