"""Applying fixes until none is left: the same loop for "fix all" in the editor and for `wslgo fix`."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import accumulate

from wslgo.linter.check import every_finding, order, shown_findings
from wslgo.linter.finding import Fix, Reported, choice, readable
from wslgo.linter.removals import is_removal, with_removals
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import WSLCONF
from wslgo.syntax.file import File, read
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span, apply
from wslgo.text.typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from wslgo.golang.project import Project
    from wslgo.text.message import Text

# Rounds in a row without progress. A fix may uncover the next finding, but two that undo each other must not continue
# forever, nor one whose finding comes back each time.
_PATIENCE = 8


class ChosenFix(NamedTuple):
    """A finding, and the one of its fixes that is applied."""

    reported: Reported
    fix: Fix


class FixedFile(NamedTuple):
    """A file before and after its fixes, the findings that are left, and those whose fix does not help."""

    before: File
    after: File
    applied: tuple[ChosenFix, ...] = ()
    left: tuple[Reported, ...] = ()
    unhelpful: tuple[Reported, ...] = ()

    @property
    def path(self) -> str:
        return self.before.path

    @property
    def is_changed(self) -> bool:
        return self.before.source != self.after.source


def fix_file(
    file: File,
    settings: Settings | None = None,
    others: tuple[File, ...] = (),
    *,
    unsafe: bool = False,
    bytewise: bool = True,
    host: Host = UNKNOWN,
    project: "Project | None" = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> FixedFile:
    """Apply fixes until none is left, only those that stay in the file; without `bytewise` also not those.

    A fix whose finding remains is not applied, and rounds without progress are dropped, so a second call changes
    nothing.
    """
    settings = settings or Settings()

    def findings_of(checked: File) -> list[Reported]:
        return sorted(
            with_removals(list(every_finding(checked, settings, others, host, project, is_cancelled))), key=order
        )

    def choices_of(findings: list[Reported]) -> list[ChosenFix]:
        return [ChosenFix(reported, fix) for reported in findings if (fix := choice(reported, unsafe, bytewise))]

    rounds = _Rounds(findings_of, choices_of)
    now = best = rounds.state(file, ())
    idle = 0
    while idle < _PATIENCE and (after := rounds.after(now)):
        now, idle = after, idle + 1
        if now.remaining < best.remaining:
            best, idle = now, 0
    end = best if idle == _PATIENCE else now
    left = shown_findings(end.findings, end.file, settings)
    unhelpful = tuple(chosen.reported for chosen in end.choices)
    applied = tuple(_readable(fix.chosen) for fix in end.applied)
    return FixedFile(file, end.file, applied, tuple(left), unhelpful)


def _readable(chosen: ChosenFix) -> ChosenFix:
    reported, fix = chosen
    finding = readable(reported.finding)
    return ChosenFix(reported._replace(finding=finding), fix._replace(title=fix.title.shortened()))


class _AppliedFix(NamedTuple):
    """A fix, and where the text that it has written is now; nowhere if it only removes."""

    chosen: ChosenFix
    written: tuple[Span, ...]


class _State(NamedTuple):
    """A file between two rounds: its findings, the fixes chosen for them, and those applied so far."""

    file: File
    findings: list[Reported]
    choices: list[ChosenFix]
    applied: tuple[_AppliedFix, ...]

    @property
    def remaining(self) -> tuple[int, int]:
        """Return how much text WSL does not read, and how many fixes there are; less of it is progress."""
        return _unread_length(self.file), len(self.choices)


class _Rounds(NamedTuple):
    """Rounds of fixes, given how to check a file and which fixes may be applied."""

    findings_of: Callable[[File], list[Reported]]
    choices_of: Callable[[list[Reported]], list[ChosenFix]]

    def state(self, file: File, applied: tuple[_AppliedFix, ...]) -> _State:
        findings = self.findings_of(file)
        return _State(file, findings, self.choices_of(findings), applied)

    def after(self, now: _State) -> _State | None:
        """Apply as many fixes as help and can be applied together; return None if there are none."""
        bad_lines = _bad_lines(now.file)
        stop = bad_lines[0].start if bad_lines else len(now.file.source.text)
        candidates = now.choices + (list(self._of_later_lines(now)) if bad_lines and now.choices else [])
        while chosen := _compatible_fixes(candidates):
            source = source_after(now.file.source, [fix for _, fix in chosen])
            file = read(now.file.path, now.file.family, source, now.file.place)
            after = self.state(file, _applied_with(now.applied, chosen))
            stuck = _unhelpful_fixes(now, chosen, after)
            if not stuck:
                return after
            starts = [reported.finding.span.start for reported, _ in stuck]
            # WSL stops at a line that stays bad, so whether the fixes of later lines help is not visible.
            end = min((start for start in starts if start >= stop), default=len(now.file.source.text) + 1)
            dropped = {id(reported) for reported, _ in stuck}
            candidates = [
                candidate
                for candidate in candidates
                if id(candidate.reported) not in dropped and candidate.reported.finding.span.start < end
            ]
        return None

    def _of_later_lines(self, now: _State) -> Iterator[ChosenFix]:
        """Yield the fixes of the bad lines of a `wsl.conf` after its first one, up to a line without a fix."""
        ahead = now.file.reading_on()
        spans = _bad_lines(ahead)
        by_line: dict[int, list[ChosenFix]] = {}
        for chosen in self.choices_of(self.findings_of(ahead)):
            line = bisect_right(spans, chosen.reported.finding.span.start, key=lambda span: span.start) - 1
            if line >= 0 and all(spans[line].covers(edit.span) for edit in chosen.fix.edits):
                by_line.setdefault(line, []).append(chosen)
        for line in range(len(spans)):
            if line not in by_line:
                return
            yield from by_line[line] if line else ()


def _applied_with(before: tuple[_AppliedFix, ...], chosen: list[ChosenFix]) -> tuple[_AppliedFix, ...]:
    """Return all fixes applied so far. If one removes what an earlier one wrote, it has fixed that finding, too."""
    moved = _Moved(edit for _, fix in chosen for edit in fix.edits)
    earlier = (_AppliedFix(_as_removed(fix, chosen), tuple(map(moved.span, fix.written))) for fix in before)
    new = (_AppliedFix(added, tuple(map(moved.span, _written(added.fix)))) for added in chosen)
    return (*earlier, *new)


def _written(fix: Fix) -> list[Span]:
    return [edit.span for edit in fix.edits if edit.new.strip()]


def _as_removed(applied: _AppliedFix, chosen: list[ChosenFix]) -> ChosenFix:
    """Return a fix as it was applied, or the one that now removes all that it wrote."""
    for _, fix in chosen:
        if is_removal(fix) and applied.written and all(map(partial(_covers, fix.edits), applied.written)):
            return ChosenFix(applied.chosen.reported, fix)
    return applied.chosen


def _covers(edits: tuple[Edit, ...], place: Span) -> bool:
    return any(edit.span.covers(place) for edit in edits)


def _bad_lines(file: File) -> list[Span]:
    """Return the lines of a `wsl.conf` at which WSL would stop."""
    tree: Any = file.tree
    return [bad.span for bad in tree.bad_lines] if file.family.name == WSLCONF else []


def _unread_length(file: File) -> int:
    return int(getattr(file.tree, "unread", 0))


def _unhelpful_fixes(now: _State, chosen: list[ChosenFix], after: _State) -> list[ChosenFix]:
    """Return the fixes whose finding is still there: the same message where its span has moved.

    A finding in a text that was removed is gone, whatever is in its place now.
    """
    moved = _Moved(edit for _, fix in chosen for edit in fix.edits)
    answered = {id(reported) for reported, _ in chosen}
    others = Counter(
        _key(reported, moved.first(reported.finding.span.start))
        for reported in now.findings
        if id(reported) not in answered
    )
    places: dict[tuple[str, Text], list[int]] = {}
    for reported in after.findings:
        key = _key(reported, reported.finding.span.start)
        if others[key]:
            others[key] -= 1
        else:
            places.setdefault(key[:2], []).append(key[2])
    return [
        candidate
        for candidate in chosen
        if _is_among(places.get(_key(candidate.reported, 0)[:2], []), moved.span(candidate.reported.finding.span))
        and not _is_removed(candidate)
    ]


def _is_removed(chosen: ChosenFix) -> bool:
    span = chosen.reported.finding.span
    return any(not edit.new and edit.span.covers(span) for edit in chosen.fix.edits)


def _key(reported: Reported, start: int) -> "tuple[str, Text, int]":
    return reported.rule, reported.finding.message, start


def _is_among(starts: list[int], span: Span) -> bool:
    place = bisect_left(starts, span.start)
    return place < len(starts) and starts[place] <= span.end


class _Moved:
    """The offsets of a text after edits that do not overlap."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted(set(edits))
        self._starts = [edit.span.start for edit in ordered]
        self._ends = [edit.span.end for edit in ordered]
        self._new = [len(edit.new) for edit in ordered]
        grown = (len(edit.new) - (edit.span.end - edit.span.start) for edit in ordered)
        self._grown = list(accumulate(grown, initial=0))

    def span(self, span: Span) -> Span:
        """Return the new span, including everything inserted at its ends."""
        return Span(self.first(span.start), self._last(span.end))

    def first(self, offset: int) -> int:
        """Return the new offset, before anything inserted there; the start of the text that replaced it."""
        before = bisect_left(self._starts, offset)
        if before and self._ends[before - 1] > offset:
            before -= 1
            offset = self._starts[before]
        return offset + self._grown[before]

    def _last(self, offset: int) -> int:
        """Return the new offset, after anything inserted there; the end of the text that replaced it."""
        before = bisect_right(self._starts, offset)
        if before and self._ends[before - 1] >= offset:
            return self._starts[before - 1] + self._grown[before - 1] + self._new[before - 1]
        return offset + self._grown[before]


def source_after(source: Source, fixes: Iterable[Fix]) -> Source:
    """Return the source after fixes that do not overlap."""
    fixes = list(fixes)
    text = apply(source.text, dict.fromkeys(edit for fix in fixes for edit in fix.edits))
    encoding = next((fix.encoding for fix in fixes if fix.encoding), source.encoding)
    return Source(text, encoding, source.tail if encoding == source.encoding else b"")


def _compatible_fixes(candidates: list[ChosenFix]) -> list[ChosenFix]:
    """Return as many fixes as can be applied together, the first in the file first.

    A fix that changes the encoding is applied alone.
    """
    alone = [candidate for candidate in candidates if candidate.fix.encoding]
    if alone:
        return alone[:1]
    chosen: list[ChosenFix] = []
    taken: list[Edit] = []
    for candidate in candidates:
        if all(_is_free(edit, taken) for edit in candidate.fix.edits):
            chosen.append(candidate)
            for edit in candidate.fix.edits:
                _add_edit(edit, taken)
    return chosen


def _add_edit(edit: Edit, taken: list[Edit]) -> None:
    place = bisect_left(taken, edit)
    if taken[place : place + 1] != [edit]:
        taken.insert(place, edit)


def _is_free(edit: Edit, taken: list[Edit]) -> bool:
    """Return whether an edit can be applied with those taken; they are sorted, so only its neighbours matter."""
    place = bisect_left(taken, edit)
    return not any(_collide(edit, other) for other in taken[max(0, place - 2) : place + 2])


def _collide(edit: Edit, other: Edit) -> bool:
    """Return whether two edits exclude each other; equal edits and whole lines at the same place do not."""
    if edit == other or (edit.span == other.span and _is_line(edit) and _is_line(other)):
        return False
    is_insertion = edit.span.start == edit.span.end or other.span.start == other.span.end
    return edit.span.meets(other.span) if is_insertion else edit.span.overlaps(other.span)


def _is_line(edit: Edit) -> bool:
    """Return whether an edit inserts one whole line."""
    return edit.span.start == edit.span.end and edit.new.endswith("\n") and edit.new.count("\n") == 1
