"""Fixes that touch another file than that of the finding: each is shown and confirmed, with `wslgo fix --machine`."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wslgo.linter.finding import Fix, Reported, Safety
from wslgo.syntax.file import File, read
from wslgo.text.source import Source
from wslgo.text.span import Edit, apply


class Change(NamedTuple):
    """A fix, and the files that it changes, before and after.

    The file of the finding is the last: a line that moves is removed after it is written to the other file.
    """

    reported: Reported
    fix: Fix
    files: tuple[tuple[File, File], ...]


def change_of(left: Iterable[Reported], files: Mapping[str, File], unsafe: bool) -> Change | None:
    """Return the first fix that reaches into another file, all files of which were read."""
    for reported in left:
        for fix in reported.finding.fixes:
            paths = {edit.path or reported.path for edit in fix.edits}
            is_across = bool(paths - {reported.path}) and not fix.encoding
            if is_across and paths <= set(files) and (unsafe or fix.safety is Safety.SAFE):
                order = sorted(paths, key=lambda path: (path == reported.path, path))
                return Change(reported, fix, tuple(_changed(files[path], fix, reported.path) for path in order))
    return None


def _changed(file: File, fix: Fix, home: str) -> tuple[File, File]:
    own = [Edit(edit.span, edit.new) for edit in fix.edits if (edit.path or home) == file.path]
    old = file.source
    return file, read(file.path, file.family, Source(apply(old.text, own), old.encoding, old.tail), file.place)
