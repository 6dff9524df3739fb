r"""The variables of a `mise.toml`: the strings in its table `[env]` (TOML 1.0; mise 2026.11).

A value that mise fills in (`{{ ... }}`, `$NAME`) has no value here. Other tables, arrays, dates and strings of several
lines are skipped.
"""

import re
from collections.abc import Iterator

from wslgo.syntax.hash_comments import comments
from wslgo.syntax.shell.script import Shell, ShellAssignment
from wslgo.syntax.shell.word import Quoting, Word
from wslgo.text.pattern import pattern
from wslgo.text.source import BOM, UTF8, Source
from wslgo.text.span import Span

_TABLE = pattern(r"\[[ \t]*([A-Za-z0-9_-]+)[ \t]*\][ \t]*(?=#|\r?\n|\Z)")
_NAME = pattern(r"(\"?)([A-Za-z_][A-Za-z0-9_]*)(\"?)")
_LONG = pattern(r"\"\"\"(?:[^\"\\]|\\[\s\S]|\"(?!\"\"))*(?:\"\"\")?|'''(?:[^']|'(?!''))*(?:''')?")
_BASIC = pattern(r"\"((?:[^\"\\\r\n]|\\[^\r\n])*)(\"?)")
_LITERAL = pattern(r"'([^'\r\n]*)('?)")
_COMMENT = pattern(r"#[^\n]*")
_OTHER = pattern(r"[^\"'#\[\]{}\n]+")
_REST = pattern(r"(?:#[^\n]*|\r)?(?:\n|\Z)")
_REFERENCE = pattern(r"\{[{%]|\$")
_ESCAPES = {"\\\\": "\\", '\\"': '"', "\\t": "\t"}
_ESCAPE = pattern(r"\\(.)")


def parse(source: Source) -> Shell:
    """Return the variables of a file and its comments."""
    text = source.text if source.encoding == UTF8 else ""
    return Shell(tuple(_assignments(text)), comments(text))


def _assignments(text: str) -> Iterator[ShellAssignment]:
    table = ""
    at = len(BOM) if text.startswith(BOM) else 0
    while at < len(text):
        start = at
        at = _past_spaces(text, at)
        header = _TABLE.match(text, at)
        if header is not None:
            table = header[1]
        elif text.startswith("[", at):
            table = ""
        elif table == "env":
            found = _assignment(text, at, start)
            if found is not None:
                yield found
        at = _end_of_entry(text, at)


def _assignment(text: str, at: int, line: int) -> ShellAssignment | None:
    named = _NAME.match(text, at)
    sign = _past_spaces(text, named.end()) if named else at
    if named is None or named[1] != named[3] or not text.startswith("=", sign):
        return None
    start = _past_spaces(text, sign + 1)
    basic = _BASIC.match(text, start)
    string = basic or _LITERAL.match(text, start)
    end = _REST.match(text, _past_spaces(text, string.end())) if string else None
    if string is None or not string[2] or end is None:
        return None
    value = _decoded(string[1]) if basic else string[1]
    reference = _REFERENCE.search(string[1])
    inner = Span(*string.span(1))
    word = Word(
        Span(*string.span()),
        inner,
        None if reference else value,
        string[1][: reference.start()] if reference else value or "",
        Quoting.JSON if basic else Quoting.SINGLE,
        is_literal=reference is None and value == string[1],
    )
    return ShellAssignment(named[2], Span(*named.span(2)), word, True, True, Span(line, end.end()))


def _decoded(written: str) -> str | None:
    """Return the text of a basic string; None if it has another escape than those of quotes, backslashes and tabs."""
    if any(found[0] not in _ESCAPES for found in _ESCAPE.finditer(written)):
        return None
    return _ESCAPE.sub(lambda found: _ESCAPES[found[0]], written)


def _end_of_entry(text: str, at: int) -> int:
    """Return the end of the line at which a key with its value, or a header, ends; brackets can span several."""
    depth = 0
    while at < len(text):
        sign = text[at]
        skipped = _skipped(text, at)
        if skipped is not None:
            at = skipped.end()
            continue
        at += 1
        depth = max(0, depth + (sign in "[{") - (sign in "]}"))
        if sign == "\n" and not depth:
            break
    return at


def _skipped(text: str, at: int) -> re.Match[str] | None:
    """Return a string, a comment, or text without any meaning."""
    every = (_LONG, _BASIC, _LITERAL, _COMMENT, _OTHER)
    return next((match for expression in every if (match := expression.match(text, at))), None)


def _past_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at
