"""Command substitutions in a shell file: `$(...)` and backticks."""

import re
from collections.abc import Iterator

from wslgo.syntax.shell.script import Shell
from wslgo.syntax.shell.word import end_of_nested
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_OPENING = pattern(r"\$\((?!\()|`")
_NEAR = 500  # characters before and after a place: a line can have a million
_DEEPEST = 4


def substitutions(shell: Shell, text: str) -> Iterator[Span]:
    """Yield the outermost command substitutions of commands and values, also those in functions and conditions."""
    for command in shell.commands:
        at = command.span.start
        while (opening := _OPENING.search(text, at, command.span.end)) is not None:
            closer = "`" if opening.group() == "`" else ")"
            at = end_of_nested(text, opening.end(), closer)
            yield Span(opening.start(), at)


def around(text: str, at: int, opening: re.Pattern[str] = _OPENING) -> Iterator[Span]:
    """Yield the substitutions around a place of any text, in its line, the innermost first."""
    start = max(text.rfind("\n", 0, at) + 1, at - _NEAR)
    end = at + _NEAR
    found = [*opening.finditer(text, start, at)]
    for opener in reversed(found[-_DEEPEST:]):
        closer = "`" if opener.group() == "`" else ")"
        nearby = text[opener.end() : end]
        after = end_of_nested(nearby, 0, closer)
        if nearby[after - 1 : after] == closer and opener.end() + after > at:
            yield Span(opener.start(), opener.end() + after)
