"""What can be done about the findings of a range: pure, and the same whoever asks."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from wslgo.linter.check import check
from wslgo.linter.finding import Fix, Reported, Safety
from wslgo.linter.fix import fix_file, source_after
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.file import File, read
from wslgo.syntax.wsl.edit import newline
from wslgo.text.message import Message, Text
from wslgo.text.source import BOM
from wslgo.text.span import Edit, Lines, Span

if TYPE_CHECKING:
    from wslgo.golang.project import Project

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.wslgo"

_FIX_ALL = Message(en="Fix all wslgo problems in this file", zh="修复此文件中的所有 wslgo 问题")

# Testing if a comment makes wslgo ignore a finding costs two checks: limits for the number of rules and for the text.
_TRIED = 8
_TRIED_TEXT = 1 << 19


class Action(NamedTuple):
    """Something to do: text edits, or bytes to be written where a text edit cannot say it."""

    title: Text
    kind: str
    edits: tuple[Edit, ...] = ()
    answers: tuple[Reported, ...] = ()
    is_preferred: bool = False
    writes_bytes: bool = False


class IgnoreComment(NamedTuple):
    """A comment that makes wslgo ignore a rule: on the line of a finding, or in the whole file."""

    reported: Reported
    edit: Edit
    in_whole_file: bool


class ActionContext(NamedTuple):
    """A file with its findings, and what they depend on."""

    file: File
    found: tuple[Reported, ...]
    settings: Settings
    others: tuple[File, ...]
    host: Host = UNKNOWN
    project: "Project | None" = None
    is_cancelled: Callable[[], bool] = lambda: False


def findings_at(context: ActionContext, span: Span) -> list[Reported]:
    """The findings that a span touches."""
    return [one for one in context.found if one.finding.span.meets(span)]


def actions(context: ActionContext, span: Span, only: tuple[str, ...] | None, *, is_invoked: bool) -> Iterator[Action]:
    """The actions for a span; `only` names the kinds that the client wants, None the usual ones.

    Editors ask on every move of the cursor; only what somebody really invoked gets the slow ones.
    """
    if wants(only, QUICK_FIX):
        here = findings_at(context, span)
        yield from _quick_fixes(here)
        if is_invoked:
            yield from _fix_all_here(context)
    if only is not None and wants(only, FIX_ALL):
        yield from _fix_all(context, FIX_ALL)


def wants(only: tuple[str, ...] | None, kind: str) -> bool:
    """Whether a kind is asked for; a kind covers the more special ones."""
    return only is None or any(one in ("", kind) or kind.startswith(f"{one}.") for one in only)


def _quick_fixes(found: list[Reported]) -> Iterator[Action]:
    """One action a fix; findings that share a fix share the action."""
    answered: dict[Fix, list[Reported]] = {}
    for reported in found:
        for fix in reported.finding.fixes:
            answered.setdefault(fix, []).append(reported)
    for fix, some in answered.items():
        is_preferred = any(_only_safe_fix(reported) == fix for reported in some)
        writes_bytes = fix.bytewise or bool(fix.encoding)
        edits = () if writes_bytes else fix.edits
        yield Action(fix.title, QUICK_FIX, edits, tuple(some), is_preferred, writes_bytes)


def _only_safe_fix(reported: Reported) -> Fix | None:
    """The one safe fix that stays in the file, or None when there is none or a choice."""
    safe = [fix for fix in reported.finding.fixes if fix.safety is Safety.SAFE]
    is_clear = len(safe) == 1 and not any(edit.path not in ("", reported.path) for edit in safe[0].edits)
    return safe[0] if is_clear else None


# Fix all


def _fix_all_here(context: ActionContext) -> Iterator[Action]:
    """Among the quick fixes, where there is more than one thing to fix."""
    fixable = [one for one in context.found if any(fix.safety is Safety.SAFE for fix in one.finding.fixes)]
    if len(fixable) > 1:
        yield from _fix_all(context, QUICK_FIX)


def _fix_all(context: ActionContext, kind: str) -> Iterator[Action]:
    fixed = fix_file(
        context.file,
        context.settings,
        context.others,
        bytewise=False,
        host=context.host,
        project=context.project,
        is_cancelled=context.is_cancelled,
    )
    edit = minimal_edit(context.file.source.text, fixed.after.source.text)
    if edit is not None:
        # Findings of later rounds are at places that the file does not have yet.
        answered = {_identity(reported) for reported, _ in fixed.applied}
        answers = tuple(reported for reported in context.found if _identity(reported) in answered)
        yield Action(_FIX_ALL(), kind, (edit,), answers)


def _identity(reported: Reported) -> tuple[str, Span, Text]:
    """What tells findings apart; in what is shown long values are cut."""
    return reported.rule, reported.finding.span, reported.finding.message.shortened()


def minimal_edit(old: str, new: str) -> Edit | None:
    """The one replacement between what both texts begin and end with; it never parts a CR from its LF."""
    if old == new:
        return None
    start = _common(old, new)
    while start and old[start - 1] == "\r":
        start -= 1
    end = _common(old[start:][::-1], new[start:][::-1])
    while end and old[len(old) - end] == "\n" and start < len(old) - end and old[len(old) - end - 1] == "\r":
        end -= 1
    return Edit(Span(start, len(old) - end), new[start : len(new) - end])


def _common(left: str, right: str) -> int:
    """How many characters two texts begin with in common, by halving."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


# Comments that ignore a rule


def ignore_comments(context: ActionContext, span: Span) -> Iterator[IgnoreComment]:
    """Yield for the rules of the findings that a span touches the comments that work there."""
    if context.file.is_too_large:  # its comments are not read either
        return
    tried = min(_TRIED, 1 + _TRIED_TEXT // (4 * len(context.file.source.text) + 1))
    for reported in first_of_each_rule(findings_at(context, span))[:tried]:
        for comment in _comments(context.file, reported):
            if _is_effective(context, comment):
                yield comment


def first_of_each_rule(found: Iterable[Reported]) -> list[Reported]:
    return list({reported.rule: reported for reported in found}.values())


def _comments(file: File, reported: Reported) -> Iterator[IgnoreComment]:
    text = file.source.text
    mark = "//" if file.family.syntax in ("gomod", "gowork", "jsonc") else "#"
    line = Lines(text).full_span(Lines(text).line_of(reported.finding.span.start))
    start = max(line.start, len(BOM) if text.startswith(BOM) else 0)
    indent = text[start : line.end][: len(text[start : line.end]) - len(text[start : line.end].lstrip(" \t"))]
    above = f"{indent}{mark} wslgo: ignore[{reported.rule}]{newline(text)}"
    yield IgnoreComment(reported, Edit(Span(start, start), above), in_whole_file=False)
    top = len(BOM) if text.startswith(BOM) else 0
    first = f"{mark} wslgo: ignore-file[{reported.rule}]{newline(text)}"
    yield IgnoreComment(reported, Edit(Span(top, top), first), in_whole_file=True)


def _is_effective(context: ActionContext, comment: IgnoreComment) -> bool:
    """Report if the finding is gone with the comment, and no other has appeared.

    Inside a continued value a comment would become part of the value; after the line at which WSL stops reading it is
    not a comment.
    """
    file = context.file
    edit = comment.edit
    source = source_after(file.source, [Fix(comment.reported.finding.message, (edit,))])
    changed = read(file.path, file.family, source, file.place)
    left = check(
        changed, context.settings, context.others, context.host, context.project, is_cancelled=context.is_cancelled
    )
    grown = len(edit.new)
    before = {_original_place(one, 0, edit) for one in context.found}
    after = {_original_place(one, grown, edit) for one in left}
    return after <= before - {_original_place(comment.reported, 0, edit)}


def _original_place(reported: Reported, grown: int, edit: Edit) -> tuple[str, Span]:
    """A finding at the place that it had before an insertion."""
    start, end = reported.finding.span
    start -= grown if start >= edit.span.start + grown else 0
    end -= grown if end >= edit.span.start + grown else 0
    return reported.rule, Span(start, end)
