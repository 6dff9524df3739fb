"""Findings in a text that the safe fix of another finding removes: that fix is theirs, too.

`wslgo fix` would apply both, one after the other, and announce a change of a line that is gone in the end.
"""

from wslgo.linter.finding import Fix, Reported, Safety
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple


class _Removal(NamedTuple):
    span: Span
    fix: Fix


def is_removal(fix: Fix) -> bool:
    """Return whether a fix only removes text of its own file."""
    return bool(fix.edits) and not fix.bytewise and not any(edit.new or edit.path for edit in fix.edits)


def with_removals(found: list[Reported]) -> list[Reported]:
    """Return the findings of a file, each with the safe fix that removes what its own fixes would change."""
    first = [reported.finding.fixes[0] for reported in found if reported.finding.fixes]
    safe = [fix for fix in first if fix.safety is Safety.SAFE and is_removal(fix)]
    removals = sorted(
        (_Removal(edit.span, fix) for fix in safe for edit in fix.edits), key=lambda removal: removal.span
    )
    return [_with_removal(reported, removals) for reported in found] if removals else found


def _with_removal(reported: Reported, removals: list[_Removal]) -> Reported:
    fixes = reported.finding.fixes
    kept: list[Fix] = []
    for fix in fixes:
        removal = None if is_removal(fix) or not fix.edits else _removal_of(fix.edits, removals)
        if (removal or fix) not in kept:
            kept.append(removal or fix)
    if kept == list(fixes):
        return reported
    return reported._replace(finding=reported.finding._replace(fixes=tuple(kept)))


def _removal_of(edits: tuple[Edit, ...], removals: list[_Removal]) -> Fix | None:
    """Return the fix that removes the places of all edits."""
    fixes: list[Fix] = []
    for edit in edits:
        from bisect import bisect_right  # a library of its own, and few files have a safe fix that removes

        place = bisect_right(removals, edit.span.start, key=lambda removal: removal.span.start) - 1
        if edit.path or place < 0 or not removals[place].span.covers(edit.span):
            return None
        fixes.append(removals[place].fix)
    return fixes[0] if fixes.count(fixes[0]) == len(fixes) else None
