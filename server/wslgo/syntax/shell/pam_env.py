"""/etc/environment as pam_env reads it: no expansion, a quote is dropped at each end, `#` ends a line."""

import re

from wslgo.syntax.shell.script import Shell, ShellAssignment
from wslgo.syntax.shell.word import Quoting, Word
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span

_LINE = pattern(
    r"^[ \t]*(?:(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?P<value>[^#\n]*))?(?P<comment>\#[^\n]*)?\n?",
    re.MULTILINE,
)
_QUOTES = "\"'"


def parse(source: Source) -> Shell:
    """Return the variables of the file, all of them exported, and its comments."""
    text = source.text if source.encoding == UTF8 else ""
    assignments: list[ShellAssignment] = []
    comments: list[Span] = []
    for match in _LINE.finditer(text):
        if match["comment"] is not None:
            comments.append(Span(*match.span("comment")))
        if match["name"] is not None:
            assignments.append(_assignment(match, text))
    return Shell(tuple(assignments), tuple(comments))


def _assignment(match: re.Match[str], text: str) -> ShellAssignment:
    start, end = match.span("value")
    end -= len(match["value"]) - len(match["value"].rstrip(" \t\r"))
    is_opened = text[start:end][:1] in (*_QUOTES,)
    is_closed = is_opened and end - start > 1 and text[end - 1] in _QUOTES
    inner = Span(start + is_opened, end - is_closed)
    value = text[inner.start : inner.end]
    quoting = Quoting.DOUBLE if is_opened else Quoting.BARE
    word = Word(Span(start, end), inner, value, value, quoting, is_literal=True)
    whole = Span(match.start(), match.end())
    return ShellAssignment(match["name"], Span(*match.span("name")), word, True, True, whole)
