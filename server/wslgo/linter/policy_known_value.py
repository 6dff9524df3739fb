"""The known part of the value of a Go variable, for rules about a policy: also of one that a shell could expand."""

from wslgo.goenv.assignment import Assignment
from wslgo.syntax.file import File
from wslgo.text.pattern import pattern

# What a program fills in; `*` alone is a name of files only to some shells, and almost never one.
_FILLED_IN = pattern(r"[$`\\'\"(){}]")


def known_value(assignment: Assignment, file: File) -> str | None:
    """Return the value; None if only a running program knows it."""
    if assignment.value is not None or not assignment.path or assignment.path not in ("", file.path):
        return assignment.value
    written = file.source.text[slice(*assignment.value_span)]
    return written if written and not _FILLED_IN.search(written) else None


def known_part(assignment: Assignment, file: File, separators: str) -> str:
    """Return the entries of a list that are known: of a value that is known in part, those before the unknown part."""
    value = known_value(assignment, file)
    if value is not None:
        return value
    end = max(assignment.head.rfind(separator) for separator in separators)
    return assignment.head[:end] if end > 0 else ""
