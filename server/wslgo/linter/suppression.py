"""The comment `# wslgo: ignore[rule]`, which ignores a rule inline.

After other text the comment applies to its own line, alone on a line to the next line that is not a comment, and
`ignore-file[rule]` to the whole file. Without brackets it means all rules.
"""

from collections.abc import Iterable, Iterator, Mapping

from wslgo.linter.named import EVERYTHING, is_named
from wslgo.text.pattern import pattern
from wslgo.text.span import Lines, Span
from wslgo.text.typing import NamedTuple

_MARK = pattern(r"wslgo:\s*ignore(-file)?\b(?:\s*\[([^\]\r\n]*)(\])?)?")


class Suppressions(NamedTuple):
    """The rules ignored in the whole file, and those ignored on one line."""

    everywhere: list[str]
    on_line: Mapping[int, list[str]]

    def cover(self, rule: str, line: int) -> bool:
        return is_named(rule, self.everywhere) or is_named(rule, self.on_line.get(line, ()))


def suppressions(comments: Iterable[Span], lines: Lines) -> Suppressions:
    """Return the rules that the comments of a file ignore."""
    comments = sorted(comments)
    next_line = _next_line(comments, lines)
    everywhere: list[str] = []
    on_line: dict[int, list[str]] = {}
    for span in comments:
        match = _MARK.search(lines.text, span.start, span.end)
        if match is None:
            continue
        line = lines.line_of(span.start)
        ignored = everywhere if match[1] else on_line.setdefault(next_line.get(line, line), [])
        ignored += match[2].split(",") if match[3] else (EVERYTHING,)
    return Suppressions(everywhere, on_line)


def named_rules(comments: Iterable[Span], text: str) -> Iterator[tuple[str, Span]]:
    """Yield the names of rules that comments ignore, with their places."""
    for span in sorted(comments):
        match = _MARK.search(text, span.start, span.end)
        if match is None or not match[3]:
            continue
        start = match.start(2)
        for name in match[2].split(","):
            blanks = len(name) - len(name.lstrip())
            yield name.strip(), Span(start + blanks, start + blanks + len(name.strip()))
            start += len(name) + 1


def _next_line(comments: list[Span], lines: Lines) -> dict[int, int]:
    """Return for each line with only a comment the next line without one."""
    found: dict[int, int] = {}
    for span in reversed(comments):
        if _is_alone(span, lines):
            line = lines.line_of(span.start)
            found[line] = found.get(line + 1, line + 1)
    return found


def _is_alone(comment: Span, lines: Lines) -> bool:
    start = lines.full_span(lines.line_of(comment.start)).start
    return not lines.text[start : comment.start].strip()
