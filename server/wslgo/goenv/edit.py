"""Edits of a Go variable's value, written as the syntax of its file requires."""

import re

from wslgo.goenv.assignment import Assignment, Style
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

_SAFE_BARE = pattern(r"[A-Za-z0-9_@%+:,./-]*")
# A scalar of YAML that needs no quotes in any schema and position.
_SAFE_PLAIN = pattern(r"(?:-?[A-Za-z_/]|\.(?=/))(?:[A-Za-z0-9_@%+.,=/|-]|:(?=[A-Za-z0-9_/]))*")
_YAML_WORD = pattern(r"(?:y|yes|n|no|on|off|true|false|null|none)", re.IGNORECASE)
_HOME = pattern(r"(?:~|\$HOME|\$\{HOME\})(?=/|\Z)")


# No other quotes can be put around these.
_ONLY_INSIDE = (Style.JSON, Style.LINE, Style.MAKE, Style.ITEM, Style.DOUBLED, Style.FIXED)


def part_span(assignment: Assignment, span: Span) -> Span:
    """Return the span of a part of the value, or of the whole value if the file does not hold it literally."""
    if not assignment.is_literal:
        return assignment.value_span
    start = assignment.value_span.start
    return Span(start + span.start, start + span.end)


def part_edit(assignment: Assignment, span: Span, new: str) -> Edit | None:
    """Return the edit that replaces a part of the value with `new`; None if the syntax cannot express it."""
    if assignment.value is None:
        return None
    is_whole = assignment.style in (
        Style.PLAIN,
        Style.FLOW,
        Style.ITEM,
    )  # whether they need quotes is a matter of the whole
    if assignment.is_literal and not is_whole and quoted_value(new, assignment.style) == new:
        return Edit(part_span(assignment, span), new)
    return value_edit(assignment, assignment.value[: span.start] + new + assignment.value[span.end :])


def value_edit(assignment: Assignment, value: str) -> Edit | None:
    """Return the edit that gives the variable another value; None if the syntax cannot express it."""
    text = quoted_value(value, assignment.style)
    if text is not None:
        return Edit(assignment.value_span, text)
    if assignment.style in (Style.PLAIN, Style.FLOW):
        text = quoted_value(value, Style.JSON)
        return None if text is None else Edit(assignment.word_span, f'"{text}"')
    text = None if assignment.style in _ONLY_INSIDE else quoted_value(value, Style.DOUBLE)
    return None if text is None else Edit(assignment.word_span, f'"{text}"')


def home_edit(assignment: Assignment, value: str) -> Edit | None:
    """Return the edit that sets `$HOME` and `value` after it; None if the syntax does not expand `$HOME`."""
    text = quoted_value(value, Style.DOUBLE)
    if not assignment.is_expanded or text is None:
        return None
    if assignment.style is Style.DOUBLE:
        return Edit(assignment.value_span, f"$HOME{text}")
    is_bare = assignment.style is Style.BARE and _SAFE_BARE.fullmatch(value)
    return Edit(assignment.word_span, f"$HOME{text}" if is_bare else f'"$HOME{text}"')


def path_after_home(value: str) -> str | None:
    """Return the path after an unexpanded `~` or `$HOME`; None if the value starts with neither."""
    match = _HOME.match(value)
    return None if match is None else value[match.end() :]


def removal_edit(assignment: Assignment) -> Edit | None:
    """Return the edit that removes the assignment, or None if it would remove more."""
    return None if assignment.removal is None else Edit(assignment.removal, "")


def _in_make(sign: re.Match[str]) -> str:
    return "$$" if sign[1] == "$" else "\\#"


def quoted_value(value: str, style: Style) -> str | None:
    """Return a value as a syntax writes it inside its quotes; None if it cannot."""
    if style is Style.LINE:
        return None if re.search(r"[\r\n]", value) else value
    if not value.isprintable():
        return None
    if style is Style.MAKE:
        return None if value.startswith(" ") or "\\" in value else re.sub(r"([$#])", _in_make, value)
    if style is Style.JSON:
        return re.sub(r'(["\\])', r"\\\1", value)
    if style is Style.DOUBLED:
        return value.replace("'", "''")
    if style in (Style.PLAIN, Style.FLOW, Style.ITEM):
        is_safe = _SAFE_PLAIN.fullmatch(value) and (style is Style.ITEM or not _YAML_WORD.fullmatch(value))
        is_safe = is_safe and (style is not Style.FLOW or "," not in value)
        return value if is_safe else None
    if style is Style.BARE:
        return value if _SAFE_BARE.fullmatch(value) else None
    if style is Style.SINGLE:
        return None if re.search(r"['\\]", value) else value
    if style is Style.DOUBLE:
        return None if "`" in value else re.sub(r'(["\\$])', r"\\\1", value)
    return None
