"""The entry of a launch configuration that sets a Go variable."""

from wslgo.goenv.assignment import Assignment
from wslgo.launch.delve_behaviour import builds
from wslgo.syntax.family import LAUNCH, WORKSPACE
from wslgo.syntax.file import File
from wslgo.syntax.json.launch import Configuration, configurations


def entry_of(assignment: Assignment, file: File) -> Configuration | None:
    """Return the entry whose `env` holds an assignment; None if another place sets it."""
    if file.family.name not in (LAUNCH, WORKSPACE):
        return None
    held = (entry for entry in configurations(file) if entry.env and entry.env.span.covers(assignment.name_span))
    return next(held, None)


def is_built(assignment: Assignment, file: File) -> bool:
    """Return whether Delve builds a program with the variable; an env file counts as that of such an entry."""
    entry = entry_of(assignment, file)
    return entry is None or (entry.type == "go" and builds(entry))
