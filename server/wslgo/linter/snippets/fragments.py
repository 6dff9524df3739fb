"""A part of a file as a whole one: with the section or the braces that the part lacks."""

from collections.abc import Sequence

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.snippets.placeholders import is_placeholder
from wslgo.syntax.excerpt import Excerpt
from wslgo.syntax.family import DEVCONTAINER, LAUNCH, SETTINGS, TASKS, WSLCONF, WSLCONFIG
from wslgo.text.pattern import pattern
from wslgo.text.span import Lines, Span

_KEY = pattern(r"\s{0,99}([A-Za-z][\w.-]{0,80})\s{0,99}=")
_MEMBER = pattern(r'\s{0,99}"[^"\n]{1,200}"\s{0,99}:')
_LISTS = pattern(r'\s{0,99}"(?:configurations|tasks|compounds|inputs|version)"\s{0,99}:')
_FIRST_SECTION = {WSLCONFIG: "wsl2", WSLCONF: "automount"}
_AROUND = {LAUNCH: ('{"version": "0.2.0", "configurations": [', "]}"), TASKS: ('{"version": "2.0.0", "tasks": [', "]}")}


def whole_file(family: str, rows: Sequence[str], spans: Sequence[Span], whole: Lines, end: int) -> Excerpt | None:
    """Return the text of a fence as a file of this family; None if it cannot be made one."""
    excerpt = Excerpt(whole)
    after = ""
    if family in (WSLCONFIG, WSLCONF):
        section = _missing_section(family, rows)
        if section is None:
            return None
        excerpt.add_own(f"[{section}]\n" if section else "")
    elif family in (LAUNCH, TASKS, SETTINGS, DEVCONTAINER):
        before, after = _braces(family, rows)
        excerpt.add_own(before)
    for row, span in zip(rows, spans, strict=True):
        excerpt.add_line(span, _comment(family, row))
    return excerpt.add_own(after) if after else excerpt.close(end)


def _comment(family: str, row: str) -> str:
    """Return a comment of the same length instead of a line that stands for others, "" for any other line."""
    if not is_placeholder(row):
        return ""
    sign = "//" if family in (LAUNCH, TASKS, SETTINGS, DEVCONTAINER) else "#"
    return f"{sign}{' ' * len(row)}"[: len(row)]


def _missing_section(family: str, rows: Sequence[str]) -> str | None:
    """Return the section that settings before the first header are in; "" without any, None if unknown."""
    for row in rows:
        if row.lstrip().startswith("["):
            return ""
        match = _KEY.match(row)
        if match:
            name = match[1].lower()
            found = [key.section for key in KEYS[family] if key.name.lower() == name]
            return found[0] if found else None
    return ""


def _braces(family: str, rows: Sequence[str]) -> tuple[str, str]:
    """Return what a part of a JSON file needs before and after it."""
    first = next((row for row in rows if row.strip() and not row.lstrip().startswith("//")), "")
    text = "\n".join(rows)
    if _MEMBER.match(first):
        if family not in _AROUND or _LISTS.match(first):
            return "{", "}"
        before, after = _AROUND[family]
        return f"{before}{{", f"}}{after}"
    if first.lstrip().startswith("{") and family in _AROUND and '"request"' in text and '"configurations"' not in text:
        return _AROUND[family]
    return "", ""
