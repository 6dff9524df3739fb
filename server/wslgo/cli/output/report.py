"""The findings of a run, ready to be written in one of the formats."""

import os
from collections.abc import Iterable, Iterator, Sequence

from wslgo.cli.files import Trouble
from wslgo.cli.terminal import CLEAN, FINDINGS
from wslgo.linter.finding import Fix, Reported, Severity
from wslgo.linter.scene import Scene
from wslgo.linter.settings import SEVERITIES
from wslgo.syntax.file import File
from wslgo.text.message import Language, redact
from wslgo.text.span import Edit, Lines, Span, Unit
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # few runs have a policy
    from wslgo.linter.policy import Policy


class Checked(NamedTuple):
    """A file with findings, and the files beside it, into which fixes and notes may point."""

    scene: Scene
    reported: list[Reported]

    @property
    def file(self) -> File:
        return self.scene.file


class Run(NamedTuple):
    """All that was found: files without findings are only counted; `machine` are findings that have no file.

    `threshold` is the mildest severity that makes the run fail. `known` is the number of findings that a baseline has,
    which are left out; None without a baseline. `policy` is that of the findings about the machine.
    """

    checked: list[Checked]
    troubles: list[Trouble]
    total: int
    machine: Sequence[Reported] = ()
    threshold: Severity = Severity.WARNING
    known: int | None = None
    policy: "Policy | None" = None

    def severities(self) -> Iterator[Severity]:
        return (reported.severity for reported in self.findings())

    def findings(self) -> Iterator[Reported]:
        yield from (reported for checked in self.checked for reported in checked.reported)
        yield from self.machine


# A finding of a module about a value that another file sets.
_ABOUT_A_VALUE = "/broken-environment"


def each_once(checked: list[Checked]) -> list[Checked]:
    """Return the findings of a run, each once.

    A value is reported where it is set, so not again at the module, and a hint of one kind has one place.
    """
    places = {(file.file.path, reported.finding.span) for file in checked for reported in file.reported}
    found = [
        reported
        for file in checked
        for reported in file.reported
        if not (reported.rule.endswith(_ABOUT_A_VALUE) and _is_in(places, reported))
    ]
    if sum(reported.severity is Severity.HINT for reported in found) > 1:
        from wslgo.linter.repetition import without_repetition  # few runs have two hints

        found = without_repetition(found)
    by_file: dict[str, list[Reported]] = {}
    for reported in found:
        by_file.setdefault(reported.path, []).append(reported)
    return [file._replace(reported=by_file[file.file.path]) for file in checked if file.file.path in by_file]


def _is_in(places: set[tuple[str, Span]], reported: Reported) -> bool:
    return any((related.path, related.span) in places for related in reported.finding.related)


class Places:
    """Turns spans of a file and of those beside it into positions; the lines of each are counted once."""

    def __init__(self, scene: Scene) -> None:
        self._own = scene.file
        self._project = scene.project
        self._policy = scene.policy
        self._texts = {file.path: file.source.text for file in (*scene.others, scene.file)}
        self._lines: dict[str, Lines] = {}

    def path(self, path: str) -> str:
        return path or self._own.path

    def lines(self, path: str = "") -> Lines:
        path = self.path(path)
        if path not in self._lines:
            self._lines[path] = Lines(self._text(path))
        return self._lines[path]

    def _text(self, path: str) -> str:
        """Return the text of one of the files, or of a file of the Go workspace that explains a finding."""
        if path in self._texts:
            return self._texts[path]
        if self._policy is not None and (text := self._policy.text_of(path)) is not None:
            return text
        if self._project is None:
            return ""
        return self._project.text_of_shown_path(path)

    def ends(self, span: Span, path: str = "", unit: Unit = "utf-16") -> tuple[tuple[int, int], tuple[int, int]]:
        """Zero-based line and character of both ends."""
        lines = self.lines(path)
        return lines.position(span.start, unit), lines.position(span.end, unit)


def told(fixes: Iterable[Fix]) -> list[Fix]:
    """Return the fixes that may be printed: a fix that moves a password would be applied with its mask."""
    return [fix for fix in fixes if not any(redact(edit.new) != edit.new for edit in fix.edits)]


def by_path(edits: tuple[Edit, ...], places: Places) -> dict[str, list[Edit]]:
    """Return the edits of a fix, file by file, in the order of the text."""
    files: dict[str, list[Edit]] = {}
    for edit in sorted(edits):
        files.setdefault(places.path(edit.path), []).append(edit)
    return files


def relative(path: str) -> str:
    """Return a path as seen from the current folder, with `/`, as formats of code hosts want it."""
    return os.path.relpath(path).replace(os.sep, "/")


def code_of(severities: Iterable[Severity], threshold: str) -> int:
    """Return the exit code for the severities that are left."""
    return FINDINGS if any(severity <= SEVERITIES[threshold] for severity in severities) else CLEAN


def language_of_machines(chosen: str | None) -> Language:
    """JSON, SARIF and annotations are English unless `--lang` says otherwise."""
    return "zh" if chosen == "zh-cn" else "en"
