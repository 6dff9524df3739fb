"""The assignments beside one: those that reach the same programs."""

from bisect import bisect_right

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.readers import assignments, other_assignments
from wslgo.syntax.family import LAUNCH
from wslgo.syntax.file import File
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class _Group(NamedTuple):
    span: Span
    assignments: tuple[Assignment, ...]


def beside(assignment: Assignment, file: File) -> tuple[Assignment, ...]:
    """Return the assignments of Go variables of a file, in `launch.json` only those of the same entry."""
    if file.family.name != LAUNCH:
        return assignments(file)
    group = _group_of(assignment, file)
    return group.assignments if group is not None else ()


def text_beside(assignment: Assignment, file: File) -> str:
    """Return the text of a file, in `launch.json` only that of the same entry."""
    group = _group_of(assignment, file) if file.family.name == LAUNCH else None
    return file.source.text if group is None else file.source.text[group.span.start : group.span.end]


def _group_of(assignment: Assignment, file: File) -> _Group | None:
    groups = file.ask(_groups)
    place = bisect_right(groups, assignment.name_span.start, key=lambda group: group.span.start) - 1
    return groups[place] if place >= 0 else None


def _groups(file: File) -> list[_Group]:
    """Return the entries that set variables, in the order of the text."""
    from wslgo.syntax.json.launch import configurations  # only for launch.json

    found = assignments(file)
    spans = [entry.node.span for entry in configurations(file)] if found or other_assignments(file) else []
    return [_Group(span, tuple(each for each in found if span.covers(each.name_span))) for span in spans]
