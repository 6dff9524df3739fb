"""Command substitutions in a shell file: `$(...)` and backticks."""

from collections.abc import Iterator

from wslgo.syntax.shell.script import Shell
from wslgo.syntax.shell.word import end_of_nested
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_OPENING = pattern(r"\$\((?!\()|`")


def substitutions(shell: Shell, text: str) -> Iterator[Span]:
    """Yield the outermost command substitutions of commands and values, also those in functions and conditions."""
    for command in shell.commands:
        at = command.span.start
        while (opening := _OPENING.search(text, at, command.span.end)) is not None:
            closer = "`" if opening.group() == "`" else ")"
            at = end_of_nested(text, opening.end(), closer)
            yield Span(opening.start(), at)
