"""Code actions for the findings of a range: fixes, and comments that ignore a rule."""

from collections.abc import Callable, Iterable, Iterator

from wslgo.linter.check import check
from wslgo.linter.finding import Fix, Reported, Safety
from wslgo.linter.fix import fix_file, source_after
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import CGO
from wslgo.syntax.file import File, read
from wslgo.syntax.wsl.edit import newline
from wslgo.text.message import Message, Text
from wslgo.text.source import BOM
from wslgo.text.span import Edit, Lines, Span
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wslgo.golang.project import Project

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.wslgo"

_FIX_ALL = Message(en="Fix all wslgo problems in this file", zh="修复此文件中的所有 wslgo 问题")

# Testing if a comment makes wslgo ignore a finding costs two checks: limits for the number of rules and for the text.
_TRIED = 8
_TRIED_TEXT = 1 << 19


class Action(NamedTuple):
    """A code action: text edits, or bytes to write if a text edit cannot express the change."""

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
    """A file with its findings, and everything that they depend on."""

    file: File
    found: tuple[Reported, ...]
    settings: Settings
    others: tuple[File, ...]
    host: Host = UNKNOWN
    project: "Project | None" = None
    is_cancelled: Callable[[], bool] = lambda: False


def findings_at(context: ActionContext, span: Span) -> list[Reported]:
    """Return the findings that a span touches."""
    return [reported for reported in context.found if reported.finding.span.meets(span)]


def actions(context: ActionContext, span: Span, only: tuple[str, ...] | None, *, is_invoked: bool) -> Iterator[Action]:
    """Yield the actions for a span; `only` has the kinds that the client requests, None means the usual ones.

    Editors ask on every cursor move; only an explicit request gets the slow actions.
    """
    if wants(only, QUICK_FIX):
        here = findings_at(context, span)
        yield from _quick_fixes(here)
        if is_invoked:
            yield from _fix_all_here(context)
    if only is not None and wants(only, FIX_ALL):
        yield from _fix_all(context, FIX_ALL)


def wants(only: tuple[str, ...] | None, kind: str) -> bool:
    """Return whether a kind is requested; a kind includes its sub-kinds."""
    return only is None or any(requested in ("", kind) or kind.startswith(f"{requested}.") for requested in only)


def _quick_fixes(found: list[Reported]) -> Iterator[Action]:
    """Yield an action for each fix; findings with the same fix share the action."""
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
    """Return the only safe fix that stays in the file; None if there is none or several."""
    safe = [fix for fix in reported.finding.fixes if fix.safety is Safety.SAFE]
    is_clear = len(safe) == 1 and not any(edit.path not in ("", reported.path) for edit in safe[0].edits)
    return safe[0] if is_clear else None


# Fix all


def _fix_all_here(context: ActionContext) -> Iterator[Action]:
    """Yield "fix all" as a quick fix if there are several findings to fix."""
    fixable = [
        reported for reported in context.found if any(fix.safety is Safety.SAFE for fix in reported.finding.fixes)
    ]
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
        # Findings that a later pass fixed have positions that are not in this file.
        answered = {_identity(reported) for reported, _ in fixed.applied}
        answers = tuple(reported for reported in context.found if _identity(reported) in answered)
        yield Action(_FIX_ALL(), kind, (edit,), answers)


def _identity(reported: Reported) -> tuple[str, Span, Text]:
    """Return the identity of a finding, with long values shortened as in the editor."""
    return reported.rule, reported.finding.span, reported.finding.message.shortened()


def minimal_edit(old: str, new: str) -> Edit | None:
    """Return the replacement between the common start and end of two texts; it never separates a CR from its LF."""
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
    """Return the length of the common start of two texts, by bisection."""
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
    """Yield the comments that ignore the rules of the findings that a span touches."""
    if context.file.is_too_large:  # its comments are not read
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
    mark = "//" if file.family.syntax in ("gomod", "gowork", "jsonc", "cgo") else "#"
    line = Lines(text).full_span(Lines(text).line_of(reported.finding.span.start))
    start = max(line.start, len(BOM) if text.startswith(BOM) else 0)
    indent = text[start : line.end][: len(text[start : line.end]) - len(text[start : line.end].lstrip(" \t"))]
    # In a Go file the line becomes C code, of which it is a comment then.
    is_code = file.family.name == CGO and text.startswith("//", start + len(indent))
    inner = f"// {mark}" if is_code else mark
    above = f"{indent}{inner} wslgo: ignore[{reported.rule}]{newline(text)}"
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
    before = {_original_place(reported, 0, edit) for reported in context.found}
    after = {_original_place(reported, grown, edit) for reported in left}
    return after <= before - {_original_place(comment.reported, 0, edit)}


def _original_place(reported: Reported, grown: int, edit: Edit) -> tuple[str, Span]:
    """Return a finding with the position that it had before an insertion."""
    start, end = reported.finding.span
    start -= grown if start >= edit.span.start + grown else 0
    end -= grown if end >= edit.span.start + grown else 0
    return reported.rule, Span(start, end)
