"""The text to remove with an assignment: the comment directly above it goes along, and a variable in use stays."""

from collections.abc import Collection, Mapping

from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_BLANKS = " \t\r"
_USE = pattern(r"\$[({]?([A-Za-z_][A-Za-z0-9_]*)")

# Comments that do not describe the next line: a command that is turned off, the marks of programs.
_COMMAND = pattern(r"(?:export[ \t]+|set[ \t]+-\w+[ \t]+)?[A-Za-z_]\w*=|\"")
_MARK = pattern(r">>>|<<<|wslgo:|shellcheck|vim?:")
_RULER = "-=#*_/ \t"


def with_comments(text: str, removal: Span, comments: Collection[int] | None = None) -> Span:
    """Return whole lines with the comment lines that touch them from above.

    `comments` are the offsets at which comments begin, if not each line that begins with `#` is one.
    """
    start = removal.start
    while start:
        line_start = text.rfind("\n", 0, start - 1) + 1
        line = text[line_start:start].strip(f"{_BLANKS}\n")
        begin = line_start + text[line_start:start].find("#")
        if not line.startswith("#") or _is_other_comment(line) or (comments is not None and begin not in comments):
            break
        start = line_start
    return _with_blank_line(text, Span(start, removal.end)) if start < removal.start else removal


def _is_other_comment(line: str) -> bool:
    """Return whether a comment line does not describe the next line, as the interpreter and rulers do not either."""
    words = line.lstrip("#/").lstrip(_BLANKS)
    return line.startswith("#!") or not line.strip(_RULER) or bool(_COMMAND.match(words) or _MARK.search(words))


def uses(text: str, comments: Collection[Span] = ()) -> dict[str, tuple[int, int]]:
    """Return the first and last place of each variable that a text refers to: `$NAME`, `${NAME...}`, `$(NAME)`."""
    found: dict[str, tuple[int, int]] = {}
    ignored = iter(comments)
    comment = next(ignored, None)
    for use in _USE.finditer(text):
        while comment is not None and comment.end <= use.start():
            comment = next(ignored, None)
        if comment is None or use.start() < comment.start:
            first, _ = found.get(use[1], (use.start(), 0))
            found[use[1]] = (first, use.start())
    return found


def is_used(name: str, places: Mapping[str, tuple[int, int]], removal: Span) -> bool:
    """Return whether text other than that to remove refers to a variable, which would then be empty there."""
    first, last = places.get(name, (removal.start, removal.start))
    return first < removal.start or last >= removal.end > removal.start


def json_start(text: str, start: int) -> int | None:
    """Return where the comment lines begin that touch a member of JSON from above; None if it is not clear."""
    at = start
    while True:
        line_start = text.rfind("\n", 0, at) + 1
        if text[line_start:at].strip(_BLANKS):
            return start
        above = text.rfind("\n", 0, max(line_start - 1, 0)) + 1
        line = text[above : max(line_start - 1, 0)].strip(_BLANKS)
        if line.endswith("*/"):
            return None
        if not line.startswith("//") or _is_other_comment(line):
            return at
        at = above + text[above:line_start].find("//")


def json_lines(text: str, start: int, end: int) -> Span | None:
    """Return the whole lines of a member of JSON and of the comma after it; None if they have other text."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    rest = text[end:line_end].strip(_BLANKS)
    is_alone = rest == "," or (rest.startswith(",") and rest[1:].lstrip(_BLANKS).startswith("//"))
    if line_end < 0 or not is_alone or text[line_start:start].strip(_BLANKS):
        return None
    return Span(line_start, line_end + 1)


def _with_blank_line(text: str, span: Span) -> Span:
    """Return the lines with one of the empty lines around them, if there is one on both sides."""
    before, rest = text[: span.start], text[span.end :]
    is_between = before.endswith("\n\n") and (not rest or rest.startswith("\n"))
    return Span(span.start - 1, span.end) if is_between else span
