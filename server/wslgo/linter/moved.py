"""Findings at other places of the same file."""

from collections.abc import Callable

from wslgo.linter.finding import Fix, Reported
from wslgo.text.span import Span

Move = Callable[[Span], Span]


def by(shift: int) -> Move:
    """Return the move by a number of characters."""
    return lambda span: Span(span.start + shift, span.end + shift)


def moved(reported: Reported, move: Move) -> Reported:
    """Return a finding with all its places in its own file moved."""
    finding = reported.finding
    own = ("", reported.path)
    related = tuple(place._replace(span=move(place.span)) if place.path in own else place for place in finding.related)
    fixes = tuple(_moved_fix(fix, move, own) for fix in finding.fixes)
    return reported._replace(finding=finding._replace(span=move(finding.span), fixes=fixes, related=related))


def _moved_fix(fix: Fix, move: Move, own: tuple[str, str]) -> Fix:
    edits = (edit._replace(span=move(edit.span)) if edit.path in own else edit for edit in fix.edits)
    return fix._replace(edits=tuple(edits))
