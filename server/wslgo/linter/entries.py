"""The check of an edited `launch.json`: only the entries that changed are judged again.

A rule that looks at one entry at a time (`by_entry`) is asked about a file with that entry alone, in which everything
else is as it is. Its findings are kept with their offsets from the start of the entry, so they hold wherever the entry
is. They depend on its text, on what is around the entries, and on the `Surroundings`; with other surroundings all
entries are judged again. Rules that look across entries are asked about the whole file each time.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from wslgo.linter import check as checks
from wslgo.linter.across_entries import Across, Shared, look_across, shared_by
from wslgo.linter.finding import Finding, Overflow, Reported, Severity, readable
from wslgo.linter.moved import by, moved
from wslgo.linter.removals import is_removal, with_removals
from wslgo.linter.repetition import without_repetition
from wslgo.linter.rules import Rule
from wslgo.linter.scene import Scene, sets_variables
from wslgo.linter.settings import Settings
from wslgo.machine.host import Host
from wslgo.syntax.file import File
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.pieces import Excerpt, Piece, Pieces, excerpt, moved_nodes, moved_span, root_of
from wslgo.syntax.json.text import Style
from wslgo.text.message import Text
from wslgo.text.span import Span
from wslgo.text.typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from wslgo.golang.project import Project


class Surroundings(NamedTuple):
    """Everything beside its text on which the findings about a file depend; `key` stands for what is on the disk."""

    key: object
    settings: Settings
    others: tuple[File, ...]
    host: Host
    project: "Project | None"

    def scene(self, file: File) -> Scene:
        """Return the input of a rule about a file in an editor."""
        check_assignment = checks.assignment_check(self.settings, self.others, self.host)
        settings = self.settings
        return Scene(
            file, self.others, self.host, check_assignment, self.project, True, settings.private, settings.policy
        )

    def equal(self, other: "Surroundings") -> bool:
        """Return whether nothing is different, so far as it is known without looking into the files."""
        return (
            self.key == other.key
            and self.settings == other.settings
            and self.host is other.host
            and self.project is other.project
            and len(self.others) == len(other.others)
            and all(mine is theirs for mine, theirs in zip(self.others, other.others, strict=True))
        )


class _Frame(NamedTuple):
    """A file without its entries: the path and the text around them."""

    path: str
    place: str
    encoding: str
    head: str
    tail: str


class Shown:
    """Findings about an entry as they are shown; `cache` is for the output that shows them."""

    __slots__ = ("_without_hints", "cache", "found", "hints")

    def __init__(self, found: Iterable[Reported]) -> None:
        self.found = tuple(found)
        self.hints = [place for place, reported in enumerate(self.found) if reported.severity is Severity.HINT]
        self.cache: object = None
        self._without_hints: Shown | None = None

    def without_hints(self) -> "Shown":
        """Return the findings that are not hints."""
        if self._without_hints is None:
            self._without_hints = Shown(reported for reported in self.found if reported.severity is not Severity.HINT)
        return self._without_hints


class EntryFindings:
    """The findings about one entry, with their offsets from the start of its piece."""

    __slots__ = ("_is_broken", "_style", "all", "by_severity", "once", "sets_variables", "shared", "some")

    def __init__(
        self, found: list[Reported], once: set[str], tree: Excerpt, shared: Shared, *, sets_variables: bool
    ) -> None:
        self.all = tuple(found)
        self.shared = shared
        self.once = tuple(place for place, reported in enumerate(found) if reported.rule in once)
        self.by_severity: dict[int, list[int]] = {}
        for place in sorted(range(len(found)), key=lambda place: checks.order(found[place])):
            self.by_severity.setdefault(found[place].severity, []).append(place)
        self.sets_variables = sets_variables
        self.some: dict[tuple[int, ...], Shown] = {}
        self._is_broken = tree.is_broken if tree.asks_for_problems else None
        self._style = tree[4] if tree.asks_for_style else None

    def hold(self, style: object, *, is_broken: bool) -> bool:
        """Return whether they are the findings also if the rest of the file is like this."""
        return self._is_broken in (None, is_broken) and self._style in (None, style)

    def shown(self, places: tuple[int, ...] | None = None) -> Shown:
        """Return the findings as they are shown, or some of them by their places."""
        key = tuple(range(len(self.all))) if places is None else places
        if key not in self.some:
            found = with_removals([self.all[place] for place in key])
            readables = (reported._replace(finding=readable(reported.finding)) for reported in found)
            self.some[key] = Shown(sorted(readables, key=checks.order))
        return self.some[key]


class Placed(NamedTuple):
    """Findings about an entry whose piece begins at `start`."""

    start: int
    shown: Shown

    def found(self) -> Iterator[Reported]:
        """Yield the findings where they are in the file."""
        return (moved(reported, by(self.start)) for reported in self.shown.found)


class Judged:
    """The findings about a file: those about its `entries`, and the `others`."""

    def __init__(
        self,
        surroundings: Surroundings,
        frame: _Frame,
        known: dict[tuple[str, str], EntryFindings],
        across: Across,
        entries: list[Placed],
        others: list[Reported],
    ) -> None:
        self.surroundings = surroundings
        self.frame = frame
        self.known = known
        self.across = across
        self.entries = entries
        self.others = others

    def is_of(self, file: File) -> bool:
        """Return whether a file has the same around its entries, so that findings about these hold."""
        pieces = file.pieces
        return pieces is not None and self.frame == _frame(file, pieces)

    def found(self) -> list[Reported]:
        """Return the findings in the order of their places."""
        return sorted(chain(*(placed.found() for placed in self.entries), self.others), key=checks.order)


class _NotOfEntryError(Exception):
    """A rule that looks at one entry has a finding elsewhere."""


def judge(
    file: File,
    surroundings: Surroundings,
    before: Judged | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Judged | None:
    """Return the findings about a file that is read entry by entry, equal to those of `check`; None about others.

    Raises CancelledError if `is_cancelled` returns true between two entries or rules.
    """
    pieces = None if file.is_too_large else file.pieces
    # Rules look at the text around the entries, too, which they see with any of them.
    if pieces is None or not pieces.entries or any(node.kind == "object" for node in pieces.tail.nodes):
        return None
    try:
        return _judged(file, pieces, surroundings, before, is_cancelled)
    except _NotOfEntryError:
        return None


def _judged(
    file: File, pieces: Pieces, around: Surroundings, before: Judged | None, is_cancelled: Callable[[], bool]
) -> Judged:
    frame = _frame(file, pieces)
    is_same = before is not None and before.frame == frame and before.surroundings.equal(around)
    before_by_text = before.known if before is not None and is_same else {}
    style = _style(file, pieces)
    is_broken = bool(pieces.head.problems or pieces.tail.problems or any(each.problems for each in pieces.entries))
    known: dict[tuple[str, str], EntryFindings] = {}
    placed: list[_Entry] = []
    for piece, start in zip(pieces.entries, pieces.starts(), strict=False):
        line = _line_before(file.source.text, start) if placed and not piece.has_own_line else ""
        key = line, piece.text
        entry = before_by_text.get(key)
        if entry is None or not entry.hold(style, is_broken=is_broken):
            if is_cancelled():
                raise checks.CancelledError
            part = excerpt(pieces, piece, line, frame.encoding, style, is_broken=is_broken)
            entry = _about_entry(file.with_tree(part), part, piece, around)
        known[key] = entry
        placed.append(_Entry(start, entry))
    shared = [each.findings.shared for each in placed]
    now = Across(shared, style, is_broken, list(pieces.starts()), ())
    ask = _AboutFile(around, any(each.findings.sets_variables for each in placed), is_cancelled)
    last = before.across if before is not None and is_same else None
    across = look_across(file, pieces, now, last, ask.across)
    found = [each for each in placed if each.findings.all]
    return Judged(
        around, frame, known, across, *_shown(file, around.settings, found, [*across.found, *ask.whole(file)])
    )


def _style(file: File, pieces: Pieces) -> Style:
    """Return how a file is written: its beginning shows that in almost every file."""
    piece = pieces.entries[0] if pieces.entries else None
    first = moved_nodes(piece.nodes, len(pieces.head.text) - piece.base) if piece is not None else ()
    start = Jsonc(file.source, root_of(pieces, first, len(file.source.text) - len(pieces.tail.text)), (), ())
    return edit.style_of(start if edit.unit_of(start) is not None else cast("Jsonc", file.tree))


def _frame(file: File, pieces: Pieces) -> _Frame:
    return _Frame(file.path, file.place, file.source.encoding, pieces.head.text, pieces.tail.text)


class _Entry(NamedTuple):
    """An entry whose piece begins at `start`."""

    start: int
    findings: EntryFindings


def _line_before(text: str, start: int) -> str:
    """Return what stands for the text before an entry on its line: its indentation and a sign."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    end = line
    while text[end] in " \t":
        end += 1
    return f"\n{text[line:end]}0"


def _about_entry(file: File, part: Excerpt, piece: Piece, around: Surroundings) -> EntryFindings:
    scene = around.scene(file)
    is_setting = sets_variables(file)
    rules = checks.rules_to_run(file.family.name, around.settings, False, is_setting, True)
    found = ((rule, finding) for rule in rules if rule.by_entry for finding in checks.findings(rule, scene))
    inside = Span(part.start, part.start + len(piece.text))
    mine = [_from(inside, reported) for reported in checks.with_severity(found, file, around.settings)]
    once = {rule.id for rule in rules if rule.once}
    return EntryFindings(mine, once, part, shared_by(piece), sets_variables=is_setting)


class _AboutFile(NamedTuple):
    """The questions to the rules that look further than one entry."""

    around: Surroundings
    is_setting: bool
    is_cancelled: Callable[[], bool]

    def across(self, file: File) -> list[Reported]:
        """Return the findings of the rules that look at what entries share, of which the file has nothing else."""
        return self._found(file, lambda rule: rule.by_entry is False)

    def whole(self, file: File) -> list[Reported]:
        """Return the findings of the rules that may look at everything."""
        return self._found(file, lambda rule: rule.by_entry is None)

    def _found(self, file: File, is_asked: Callable[[Rule], bool]) -> list[Reported]:
        rules = checks.rules_to_run(file.family.name, self.around.settings, False, self.is_setting, True)
        scene = self.around.scene(file)
        found: list[tuple[Rule, Finding]] = []
        for rule in filter(is_asked, rules):
            if self.is_cancelled():
                raise checks.CancelledError
            found += ((rule, finding) for finding in checks.findings(rule, scene))
        return list(checks.with_severity(found, file, self.around.settings))


# What is shown, as `check` does it for a whole file: no finding is moved that is shown as it was


def _shown(
    file: File, settings: Settings, entries: list[_Entry], others: list[Reported]
) -> tuple[list[Placed], list[Reported]]:
    chosen = _without_repeated(entries)
    if _depend_on_each_other(file, entries, others):
        every = [moved(entry.all[place], by(start)) for (start, entry), places in chosen for place in places]
        shown = checks.shown_findings(checks.without_ignored((*every, *others), file, settings), file, settings)
        return [], without_repetition(shown)
    if sum(len(places) for _, places in chosen) + len(others) > checks.MOST:
        chosen, others = _most_severe(file, settings, chosen, others)
    placed = [Placed(entry.start, entry.findings.shown(places)) for entry, places in chosen if places]
    others = [reported._replace(finding=readable(reported.finding)) for reported in others]
    return _without_repetition(placed, others)


# Entries, each with the places of those of its findings that are shown.
_Chosen = list[tuple[_Entry, tuple[int, ...]]]


def _without_repeated(entries: list[_Entry]) -> _Chosen:
    """Return the entries without what a rule has said of an entry before and says once."""
    seen: set[tuple[str, Text]] = set()
    chosen: _Chosen = []
    for entry in entries:
        found = entry.findings
        dropped: set[int] = set()
        for place in found.once:
            kind = found.all[place].rule, found.all[place].finding.message
            dropped |= {place} if kind in seen else set()
            seen.add(kind)
        chosen.append((entry, tuple(place for place in range(len(found.all)) if place not in dropped)))
    return chosen


def _depend_on_each_other(file: File, entries: list[_Entry], others: list[Reported]) -> bool:
    """Return whether a comment ignores findings, or a fix may remove what another rule would change."""
    if "wslgo:" in file.source.text:
        return True
    if not any(reported.finding.fixes for reported in others):
        return False
    found = chain(others, *(entry.findings.all for entry in entries))
    return any(is_removal(fix) for reported in found for fix in reported.finding.fixes[:1])


def _most_severe(
    file: File, settings: Settings, chosen: _Chosen, others: list[Reported]
) -> tuple[_Chosen, list[Reported]]:
    """Return the most severe findings, as many as are shown, with the one about those that are not."""
    total = sum(len(places) for _, places in chosen) + len(others)
    kept: list[set[int]] = [set() for _ in chosen]
    kept_others: list[Reported] = []
    room, worst = checks.MOST, None
    for severity in Severity:
        found = _first_of(severity, chosen, others, room + 1)
        for _, _, place, at in found[:room]:
            if place < 0:
                kept_others.append(others[at])
            else:
                kept[place].add(at)
        if len(found) > room:
            worst = severity
            break
        room -= len(found)
    overflow = Overflow(total - checks.MOST, worst or Severity.HINT, checks.MOST)
    kept_others += checks.of_limit("file/too-many-findings", overflow, file, settings)
    pairs = zip(chosen, kept, strict=True)
    return [(entry, tuple(place for place in places if place in some)) for (entry, places), some in pairs], kept_others


def _first_of(
    severity: Severity, chosen: _Chosen, others: list[Reported], most: int
) -> list[tuple[Span, str, int, int]]:
    """Return the first findings of a severity: span, rule, the place of the entry (-1: others), place in it."""
    found: list[tuple[Span, str, int, int]] = [
        (reported.finding.span, reported.rule, -1, at)
        for at, reported in enumerate(others)
        if reported.severity is severity
    ]
    count = 0
    for place, (entry, places) in enumerate(chosen):
        of_severity = entry.findings.by_severity.get(severity, ())
        for at in of_severity:
            if at in places:
                reported = entry.findings.all[at]
                found.append((moved_span(reported.finding.span, entry.start), reported.rule, place, at))
                count += 1
        if count >= most:
            break
    return sorted(found)[:most]


def _without_repetition(placed: list[Placed], others: list[Reported]) -> tuple[list[Placed], list[Reported]]:
    """Return the findings with hints of the same words only once."""
    count = sum(len(each.shown.hints) for each in placed)
    if count + sum(reported.severity is Severity.HINT for reported in others) < 2:
        return placed, others
    hints = [moved(each.shown.found[place], by(each.start)) for each in placed for place in each.shown.hints]
    merged = without_repetition(sorted((*hints, *others), key=checks.order))
    if len(merged) == len(hints) + len(others):
        return placed, others
    return [Placed(each.start, each.shown.without_hints()) for each in placed], merged


# Offsets


def _from(inside: Span, reported: Reported) -> Reported:
    """Return a finding with offsets from the start of its piece, which it must not leave."""
    for span in _spans(reported):
        if not inside.covers(span):
            raise _NotOfEntryError
    return moved(reported, by(-inside.start))


def _spans(reported: Reported) -> Iterator[Span]:
    yield reported.finding.span
    own = ("", reported.path)
    yield from (place.span for place in reported.finding.related if place.path in own)
    yield from (edit.span for fix in reported.finding.fixes for edit in fix.edits if edit.path in own)
