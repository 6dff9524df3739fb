"""Fixes to a fixed point: the same loop for "fix all" in the editor and for `wslgo fix`."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from wslgo.linter.check import every_finding, order, shown
from wslgo.linter.finding import Fix, Reported, Safety, bounded
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import WSLCONF
from wslgo.syntax.file import File, read
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span, apply

if TYPE_CHECKING:
    from wslgo.golang.project import Project
    from wslgo.text.message import Text

Choice = tuple[Reported, Fix]

# Rounds in a row without progress. A fix may uncover the next finding, but two that undo each other must not go on for
# ever, nor one that finds the same to do again.
_PATIENCE = 8


class Repair(NamedTuple):
    """A file after its fixes, what they answered, what is left, and what of that has a fix that does not help."""

    file: File
    fixed: tuple[Reported, ...]
    left: tuple[Reported, ...]
    refused: tuple[Reported, ...]


def repair(
    file: File,
    settings: Settings | None = None,
    others: tuple[File, ...] = (),
    *,
    unsafe: bool = False,
    bytewise: bool = True,
    host: Host = UNKNOWN,
    project: "Project | None" = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Repair:
    """Apply fixes until none is left. Only fixes that stay in the file count; `bytewise` ones can be left out.

    A fix after which its finding is still there is not applied, and rounds that lead nowhere are dropped: so a second
    repair changes nothing.
    """
    settings = settings or Settings()

    def found(of: File) -> list[Reported]:
        return sorted(every_finding(of, settings, others, host, project, is_cancelled), key=order)

    def choices(of: list[Reported]) -> list[Choice]:
        return [(one, fix) for one in of if (fix := choice(one, unsafe, bytewise))]

    rounds = _Rounds(found, choices)
    now = best = rounds.state(file, ())
    idle = 0
    while idle < _PATIENCE and (after := rounds.after(now)):
        now, idle = after, idle + 1
        if now.remaining < best.remaining:
            best, idle = now, 0
    end = best if idle == _PATIENCE else now
    left = shown(end.found, end.file, settings)
    fixed = tuple(reported._replace(finding=bounded(reported.finding)) for reported in end.fixed)
    return Repair(end.file, fixed, tuple(left), tuple(reported for reported, _ in end.choices))


class _State(NamedTuple):
    """A file between two rounds: what is found in it, and of that what may be fixed."""

    file: File
    found: list[Reported]
    choices: list[Choice]
    fixed: tuple[Reported, ...]

    @property
    def remaining(self) -> tuple[int, int]:
        """Less of it is progress: how much of the text the consumer does not read, and how many fixes there are."""
        return _unread(self.file), len(self.choices)


class _Rounds(NamedTuple):
    """One round of fixes after the other; knows how to check a file and which fixes may be applied."""

    found: Callable[[File], list[Reported]]
    choices: Callable[[list[Reported]], list[Choice]]

    def state(self, file: File, fixed: tuple[Reported, ...]) -> _State:
        found = self.found(file)
        return _State(file, found, self.choices(found), fixed)

    def after(self, now: _State) -> _State | None:
        """Apply as many fixes as help and can be applied together; None where there is none."""
        bad_lines = _bad_lines(now.file)
        stop = bad_lines[0].start if bad_lines else len(now.file.source.text)
        wanted = now.choices + (list(self._of_later_lines(now)) if bad_lines and now.choices else [])
        while chosen := _compatible(wanted):
            source = applied(now.file.source, [fix for _, fix in chosen])
            file = read(now.file.path, now.file.family, source, now.file.place)
            after = self.state(file, now.fixed + tuple(reported for reported, _ in chosen))
            stuck = _stuck(now, chosen, after)
            if not stuck:
                return after
            starts = [one.finding.span.start for one, _ in stuck]
            # WSL stops at a line that stays bad: whether the fixes of later ones help could not be seen.
            end = min((start for start in starts if start >= stop), default=len(now.file.source.text) + 1)
            dropped = {id(one) for one, _ in stuck}
            wanted = [one for one in wanted if id(one[0]) not in dropped and one[0].finding.span.start < end]
        return None

    def _of_later_lines(self, now: _State) -> Iterator[Choice]:
        """The fixes of the bad lines of a `wsl.conf` after its first one, as far as each before them has a fix, too."""
        ahead = now.file.reading_on()
        spans = _bad_lines(ahead)
        by_line: dict[int, list[Choice]] = {}
        for one in self.choices(self.found(ahead)):
            line = bisect_right(spans, one[0].finding.span.start, key=lambda span: span.start) - 1
            if line >= 0 and all(spans[line].covers(edit.span) for edit in one[1].edits):
                by_line.setdefault(line, []).append(one)
        for line in range(len(spans)):
            if line not in by_line:
                return
            yield from by_line[line] if line else ()


def _bad_lines(file: File) -> list[Span]:
    """The lines of a `wsl.conf` at which WSL would stop."""
    tree: Any = file.tree
    return [bad.span for bad in tree.bad_lines] if file.family.name == WSLCONF else []


def _unread(file: File) -> int:
    return int(getattr(file.tree, "unread", 0))


def _stuck(now: _State, chosen: list[Choice], after: _State) -> list[Choice]:
    """The fixes after which their finding is still there: the same words at the place where it has got to.

    A finding in a text that was taken out is gone, whatever is at its place now.
    """
    moved = _Moved(edit for _, fix in chosen for edit in fix.edits)
    answered = {id(one) for one, _ in chosen}
    others = Counter(_key(one, moved.first(one.finding.span.start)) for one in now.found if id(one) not in answered)
    places: dict[tuple[str, Text], list[int]] = {}
    for one in after.found:
        key = _key(one, one.finding.span.start)
        if others[key]:
            others[key] -= 1
        else:
            places.setdefault(key[:2], []).append(key[2])
    return [
        (one, fix)
        for one, fix in chosen
        if _is_among(places.get(_key(one, 0)[:2], []), moved.span(one.finding.span)) and not _is_taken_out(one, fix)
    ]


def _is_taken_out(reported: Reported, fix: Fix) -> bool:
    span = reported.finding.span
    return any(not edit.new and edit.span.covers(span) for edit in fix.edits)


def _key(reported: Reported, start: int) -> "tuple[str, Text, int]":
    return reported.rule, reported.finding.message, start


def _is_among(starts: list[int], span: Span) -> bool:
    at = bisect_left(starts, span.start)
    return at < len(starts) and starts[at] <= span.end


class _Moved:
    """Where the places of a text are after edits that do not overlap."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted(set(edits))
        self._starts = [edit.span.start for edit in ordered]
        self._ends = [edit.span.end for edit in ordered]
        self._new = [len(edit.new) for edit in ordered]
        grown = (len(edit.new) - (edit.span.end - edit.span.start) for edit in ordered)
        self._grown = list(accumulate(grown, initial=0))

    def span(self, span: Span) -> Span:
        """Where a span is, with all that was put at its ends."""
        return Span(self.first(span.start), self._last(span.end))

    def first(self, offset: int) -> int:
        """Where an offset is, before what was put there; the start of what replaced it."""
        before = bisect_left(self._starts, offset)
        if before and self._ends[before - 1] > offset:
            before -= 1
            offset = self._starts[before]
        return offset + self._grown[before]

    def _last(self, offset: int) -> int:
        """Where an offset is, after what was put there; the end of what replaced it."""
        before = bisect_right(self._starts, offset)
        if before and self._ends[before - 1] >= offset:
            return self._starts[before - 1] + self._grown[before - 1] + self._new[before - 1]
        return offset + self._grown[before]


def applied(source: Source, fixes: list[Fix]) -> Source:
    """The file after fixes that do not overlap."""
    text = apply(source.text, dict.fromkeys(edit for fix in fixes for edit in fix.edits))
    encoding = next((fix.encoding for fix in fixes if fix.encoding), source.encoding)
    return Source(text, encoding, source.tail if encoding == source.encoding else b"")


def choice(reported: Reported, unsafe: bool, bytewise: bool = True) -> Fix | None:
    """The first fix that may be applied without asking."""
    return next((fix for fix in reported.finding.fixes if _is_allowed(fix, unsafe, bytewise)), None)


def _is_allowed(fix: Fix, unsafe: bool, bytewise: bool) -> bool:
    stays = not any(edit.path for edit in fix.edits)
    return stays and (unsafe or fix.safety is Safety.SAFE) and (bytewise or not fix.bytewise)


def _compatible(wanted: list[Choice]) -> list[Choice]:
    """As many as can be applied together, the first in the file first; a change of encoding goes alone."""
    alone = [one for one in wanted if one[1].encoding]
    if alone:
        return alone[:1]
    chosen: list[Choice] = []
    taken: list[Edit] = []
    for one in wanted:
        if all(_is_free(edit, taken) for edit in one[1].edits):
            chosen.append(one)
            for edit in one[1].edits:
                _take(edit, taken)
    return chosen


def _take(edit: Edit, taken: list[Edit]) -> None:
    at = bisect_left(taken, edit)
    if taken[at : at + 1] != [edit]:
        taken.insert(at, edit)


def _is_free(edit: Edit, taken: list[Edit]) -> bool:
    """Whether an edit can be applied beside those that are taken, which are in order: so only its neighbours matter."""
    at = bisect_left(taken, edit)
    return not any(_collide(edit, other) for other in taken[max(0, at - 2) : at + 2])


def _collide(edit: Edit, other: Edit) -> bool:
    """Whether two edits cannot both be applied; the very same edit can, and lines can be put at one place together."""
    if edit == other or (edit.span == other.span and _is_line(edit) and _is_line(other)):
        return False
    is_insertion = edit.span.start == edit.span.end or other.span.start == other.span.end
    return edit.span.meets(other.span) if is_insertion else edit.span.overlaps(other.span)


def _is_line(edit: Edit) -> bool:
    """Whether an edit inserts one whole line."""
    return edit.span.start == edit.span.end and edit.new.endswith("\n") and edit.new.count("\n") == 1
