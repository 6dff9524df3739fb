"""Fixes that touch another file than that of the finding: each is shown and confirmed, with `wslgo fix --machine`."""

from collections.abc import Iterable, Mapping

from wslgo.linter.finding import Reported, Safety
from wslgo.linter.fix import ChosenFix, FixedFile
from wslgo.syntax.file import File, read
from wslgo.text.message import Text
from wslgo.text.source import Source
from wslgo.text.span import Edit, apply
from wslgo.text.typing import NamedTuple


class Change(NamedTuple):
    """A fix, and the files that it changes; the file of the finding is last, so it never loses a line too early."""

    reported: Reported
    files: tuple[FixedFile, ...]

    @property
    def title(self) -> Text:
        [(_, fix)] = self.files[-1].applied
        return fix.title


def change_of(left: Iterable[Reported], files: Mapping[str, File], unsafe: bool) -> Change | None:
    """Return the first fix that changes another file, if all files that it changes were read."""
    for reported in left:
        for fix in reported.finding.fixes:
            paths = {edit.path or reported.path for edit in fix.edits}
            is_across = bool(paths - {reported.path}) and not fix.encoding
            if is_across and paths <= set(files) and (unsafe or fix.safety is Safety.SAFE):
                order = sorted(paths, key=lambda path: (path == reported.path, path))
                return Change(reported, tuple(_fixed_file(files[path], ChosenFix(reported, fix)) for path in order))
    return None


def _fixed_file(file: File, chosen: ChosenFix) -> FixedFile:
    own = [Edit(edit.span, edit.new) for edit in chosen.fix.edits if (edit.path or chosen.reported.path) == file.path]
    old = file.source
    after = read(file.path, file.family, Source(apply(old.text, own), old.encoding, old.tail), file.place)
    return FixedFile(file, after, (chosen,))
