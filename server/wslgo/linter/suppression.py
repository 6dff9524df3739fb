"""`# wslgo: ignore[rule]` in a file: silences a rule where it hurts.

Behind other text the comment speaks about its own line, alone on a line about the next line that is not a comment;
`ignore-file[rule]` speaks about the whole file. Without brackets all rules are meant.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wslgo.linter.settings import EVERYTHING, names
from wslgo.text.pattern import pattern
from wslgo.text.span import Lines, Span

_MARK = pattern(r"wslgo:\s*ignore(-file)?\b(?:\s*\[([^\]\r\n]*)(\])?)?")


class Suppressions(NamedTuple):
    """The rules that are silent in the whole file, and those that are silent on one line."""

    everywhere: list[str]
    on_line: Mapping[int, list[str]]

    def cover(self, rule: str, line: int) -> bool:
        return names(self.everywhere, rule) or names(self.on_line.get(line, ()), rule)


def suppressions(comments: Iterable[Span], lines: Lines) -> Suppressions:
    """What the comments of a file silence."""
    comments = sorted(comments)
    next_line = _next_line(comments, lines)
    everywhere: list[str] = []
    on_line: dict[int, list[str]] = {}
    for span in comments:
        match = _MARK.search(lines.text, span.start, span.end)
        if match is None:
            continue
        line = lines.line_of(span.start)
        spoken_of = everywhere if match[1] else on_line.setdefault(next_line.get(line, line), [])
        spoken_of += match[2].split(",") if match[3] else (EVERYTHING,)
    return Suppressions(everywhere, on_line)


def _next_line(comments: list[Span], lines: Lines) -> dict[int, int]:
    """For each line with nothing but a comment, the line below that is none."""
    found: dict[int, int] = {}
    for span in reversed(comments):
        if _is_alone(span, lines):
            line = lines.line_of(span.start)
            found[line] = found.get(line + 1, line + 1)
    return found


def _is_alone(comment: Span, lines: Lines) -> bool:
    start = lines.full_span(lines.line_of(comment.start)).start
    return not lines.text[start : comment.start].strip()
