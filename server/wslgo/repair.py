"""Fixes to a fixed point: the same loop for "fix all" in the editor and for `wslgo fix`."""

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from wslgo.check import check
from wslgo.finding import Fix, Reported, Safety
from wslgo.host import UNKNOWN, Host
from wslgo.scene import File, read
from wslgo.settings import Settings
from wslgo.source import Source
from wslgo.text import Edit, Span, apply

if TYPE_CHECKING:
    from wslgo.goproject import Project

# A fix may uncover the next finding (a bad line hides the rest of wsl.conf), but not for ever.
ROUNDS = 100


class Repair(NamedTuple):
    """A file after its fixes, what they answered, and what is left."""

    file: File
    fixed: tuple[Reported, ...]
    left: tuple[Reported, ...]


def repair(
    file: File,
    settings: Settings | None = None,
    others: tuple[File, ...] = (),
    *,
    unsafe: bool = False,
    bytewise: bool = True,
    host: Host = UNKNOWN,
    project: "Project | None" = None,
) -> Repair:
    """Apply fixes until none is left. Only fixes that stay in the file count; `bytewise` ones can be left out."""
    fixed: list[Reported] = []
    for _ in range(ROUNDS):
        left = check(file, settings, others, host, project)
        chosen = _compatible([(one, fix) for one in left if (fix := choice(one, unsafe, bytewise))])
        if not chosen:
            return Repair(file, tuple(fixed), tuple(left))
        source = applied(file.source, [fix for _, fix in chosen])
        file = read(file.path, file.family, source, file.place)
        fixed += [reported for reported, _ in chosen]
    return Repair(file, tuple(fixed), tuple(check(file, settings, others, host, project)))


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


def _compatible(wanted: list[tuple[Reported, Fix]]) -> list[tuple[Reported, Fix]]:
    """As many as can be applied together, the first in the file first; a change of encoding goes alone."""
    alone = [one for one in wanted if one[1].encoding]
    if alone:
        return alone[:1]
    chosen: list[tuple[Reported, Fix]] = []
    taken: list[Edit] = []
    for reported, fix in wanted:
        if all(_is_free(edit, taken) for edit in fix.edits):
            chosen.append((reported, fix))
            for edit in fix.edits:
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
    """Whether two edits cannot both be applied; the very same edit can."""
    if edit == other:
        return False
    return _touches(edit.span, other.span)


def _touches(span: Span, other: Span) -> bool:
    if span.start == span.end or other.start == other.end:
        return span.start <= other.end and other.start <= span.end
    return span.start < other.end and other.start < span.end
