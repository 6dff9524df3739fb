"""`# wslgo: ignore[rule]` in a file: silences a rule where it hurts.

Behind other text the comment speaks about its own line, alone on a line about the next line that is not a comment;
`ignore-file[rule]` speaks about the whole file. Without brackets all rules are meant.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.pattern import pattern
from wslgo.settings import EVERYTHING, names
from wslgo.text import Lines, Span

_MARK = pattern(r"wslgo:\s*ignore(-file)?\b(?:\s*\[([^\]\r\n]*)\])?")


class Suppression(NamedTuple):
    """Rules that are silent on one line (`None`: on all)."""

    rules: tuple[str, ...]
    line: int | None

    def covers(self, rule: str, line: int) -> bool:
        return self.line in (None, line) and names(self.rules, rule)


def suppressions(comments: Iterable[Span], lines: Lines) -> tuple[Suppression, ...]:
    """What the comments of a file silence."""
    if "wslgo:" not in lines.text:
        return ()
    return tuple(_found(sorted(comments), lines))


def _found(comments: list[Span], lines: Lines) -> Iterator[Suppression]:
    alone = {lines.line_of(span.start) for span in comments if _is_alone(span, lines)}
    for span in comments:
        match = _MARK.search(lines.text, span.start, span.end)
        if match is None:
            continue
        rules = tuple(match[2].split(",")) if match[2] is not None else (EVERYTHING,)
        line = lines.line_of(span.start)
        yield Suppression(rules, None if match[1] else _spoken_of(line, alone))


def _is_alone(comment: Span, lines: Lines) -> bool:
    start = lines.full_span(lines.line_of(comment.start)).start
    return not lines.text[start : comment.start].strip()


def _spoken_of(line: int, alone: set[int]) -> int:
    while line in alone:
        line += 1
    return line
