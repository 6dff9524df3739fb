r"""The files of `environment.d` as systemd reads them for the services of a user (env-file.c, 257).

`NAME=value` lines; `#` and `;` begin a comment line. Quotes count at the beginning of a value, `\` continues a line,
`$NAME` and `${NAME}` are expanded, between single quotes, too.
"""

import re

from wslgo.syntax.shell.script import Shell, ShellAssignment
from wslgo.syntax.shell.word import Quoting, Word
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_BLANKS = pattern(r"[ \t\r\n]*")
_COMMENT = pattern(r"[#;](?:[^\\\r\n]|\\[\s\S]?)*")
_KEY = pattern(r"([^=\r\n]*)(=?)")
_NAME = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_GAP = pattern(r"[ \t]*")
_SINGLE = pattern(r"'([^']*)('?)")
_DOUBLE = pattern(r'"((?:[^"\\]|\\[\s\S])*)("?)')
_BARE = pattern(r"(?:[^\\\r\n]|\\[\s\S]?)*")
_ESCAPE = pattern(r"\\([\s\S]?)")
_QUOTED_ESCAPE = pattern(r"\\([\"\\`$]|\n)")


class _Piece(NamedTuple):
    """A part of a value: its span with quotes, and what it says."""

    span: Span
    text: str
    quoting: Quoting


def parse(source: Source) -> Shell:
    """Return the variables of the file and its comments."""
    text = source.text if source.encoding == UTF8 else ""
    assignments: list[ShellAssignment] = []
    comments: list[Span] = []
    at = 0
    while at < len(text):
        at = _end(_BLANKS, text, at)
        comment = _COMMENT.match(text, at)
        if comment is not None:
            comments.append(Span(*comment.span()))
            at = comment.end()
        elif at < len(text):
            start, at, assignment = at, *_line(text, at)
            if assignment is not None:
                line = Span(text.rfind("\n", 0, start) + 1, at + text.startswith("\n", at))
                assignments.append(assignment._replace(command=line))
    return Shell(tuple(assignments), tuple(comments))


def _line(text: str, at: int) -> tuple[int, ShellAssignment | None]:
    """Return the end of a line and what it sets."""
    key = _KEY.match(text, at)
    if key is None or not key[2]:
        return (key.end() if key else len(text)), None
    pieces: list[_Piece] = []
    start = at = _end(_GAP, text, key.end())
    while at < len(text) and text[at] not in "\r\n":
        pieces.append(_piece(text, at))
        at = _end(_GAP, text, pieces[-1].span.end)
    name = key[1].rstrip(" \t")
    if _NAME.fullmatch(name) is None or not any(piece.text for piece in pieces):
        return at, None  # systemd calls an empty value invalid syntax, too
    return at, ShellAssignment(name, Span(key.start(), key.start() + len(name)), _word(text, start, pieces), True, True)


def _piece(text: str, at: int) -> _Piece:
    """Return the quoted part that begins here, or the rest of the line, trimmed."""
    single = _SINGLE.match(text, at)
    if single is not None:
        return _Piece(Span(*single.span()), single[1], Quoting.SINGLE)
    double = _DOUBLE.match(text, at)
    if double is not None:
        value = _QUOTED_ESCAPE.sub(lambda escape: escape[1].strip("\n"), double[1])
        return _Piece(Span(*double.span()), value, Quoting.DOUBLE)
    end = _end(_BARE, text, at)
    written = text[at:end]
    kept = written.rstrip(" \t")
    if kept.endswith("\\"):
        kept = written[: len(kept) + 1]
    value = _ESCAPE.sub(lambda escape: escape[1].strip("\n"), kept)
    return _Piece(Span(at, at + max(len(kept), 1)), value, Quoting.BARE if value == kept else Quoting.MIXED)


def _word(text: str, start: int, pieces: list[_Piece]) -> Word:
    value = "".join(piece.text for piece in pieces)
    head, reference, _ = value.partition("$")
    span = Span(start, pieces[-1].span.end if pieces else start)
    quoting = pieces[0].quoting if len(pieces) == 1 else Quoting.MIXED if pieces else Quoting.BARE
    is_quoted = quoting in (Quoting.SINGLE, Quoting.DOUBLE) and span.end - span.start > 1
    inner = Span(span.start + 1, span.end - 1) if is_quoted else span
    known = None if reference else value
    return Word(span, inner, known, head, quoting, is_literal=text[inner.start : inner.end] == known)


def _end(expression: re.Pattern[str], text: str, at: int) -> int:
    found = expression.match(text, at)
    return found.end() if found else at
