"""The entries of `launch.json` that set Go variables or test with `-race`; all else is that of the editor."""

from bisect import bisect_left
from collections.abc import Iterator

from wslgo.ci.model import RACE, VARIABLES, YES, Kind, Place, Value
from wslgo.goenv.assignment import Assignment
from wslgo.goenv.readers import assignments
from wslgo.syntax.file import File
from wslgo.syntax.json.launch import configurations


def places(file: File) -> Iterator[Place]:
    """Yield the entries with values of their own."""
    found = sorted((each for each in assignments(file) if each.name in VARIABLES), key=_start)
    for entry in configurations(file):
        span = entry.node.span
        values: dict[str, tuple[Value, ...]] = {}
        first = bisect_left(found, span.start, key=_start)
        for each in found[first : bisect_left(found, span.end, first, key=_start)]:
            written = "" if each.value is not None else file.source.text[slice(*each.value_span)]
            values[each.name] = (Value(each.value, file.path, each.value_span, written=written),)
        flags = entry.get("buildFlags")
        if flags is not None and "-race" in entry.build_flags():
            values[RACE] = (Value(YES, file.path, flags.span),)
        if values:
            yield Place(Kind.ENTRY, file.path, entry.name, span, values)


def _start(assignment: Assignment) -> int:
    return assignment.name_span.start
