"""Words of a shell with their quotes and expansions. Nothing is evaluated: a word with an expansion has no value.

Nested substitutions are read so that their content does not end the word. As in the shell, an unclosed quote or
substitution extends to the end of the file.
"""

import re
from enum import Enum
from itertools import takewhile

from wslgo.syntax.shell.dialect import Dialect
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

# `<(...)` and `>(...)` are not redirections but expand to the name of a pipe.
_PROCESS = pattern(r"[<>]\(")
_NOTHING = pattern(r"\([ \t\n]*\)")
_QUOTES = "\"'"
_ANSI_QUOTED = pattern(r"'(?:[^'\\]|\\[\s\S])*'?")
_VARIABLE = pattern(r"\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])")
_DOUBLE_TEXT = pattern(r'[^"\\$`]+')
_NESTED = pattern(r"""\\[\s\S]?|['"`)}]|\$?\(|\$\{|(?<=[\s;])\#[^\n]*""")
# Bare letters that a shell may turn into something else: globs, braces, history.
_MAGIC = pattern(r"[*?\[\]{}!^]")
_TILDE = pattern(r"(?:\A|:)~")


class Quoting(Enum):
    """The way a value is written, in which another value has to be written in its place."""

    BARE = "bare"
    DOUBLE = "double"
    SINGLE = "single"
    MIXED = "mixed"
    MAKE = "make"
    PLAIN = "plain"
    FLOW = "flow"
    ITEM = "item"
    DOUBLED = "doubled"
    JSON = "json"
    FIXED = "fixed"


class Word(NamedTuple):
    """A value: `span` with its quotes, `inner` without; `value` is None if only a running shell knows it.

    `head` is the part before the first expansion; `is_literal` means that `inner` is the value, letter by letter.
    """

    span: Span
    inner: Span
    value: str | None
    head: str
    quoting: Quoting
    is_literal: bool


class _Piece(NamedTuple):
    """A part of a word: `value` is None if it contains an expansion; `head` is the part before that."""

    start: int
    end: int
    value: str | None
    quoting: Quoting = Quoting.BARE
    head: str = ""


class RawWord(NamedTuple):
    """A word of a command as written, in pieces."""

    start: int
    end: int
    pieces: tuple[_Piece, ...]

    @property
    def plain(self) -> str | None:
        """The word, if it has no quotes and expansions."""
        return self.pieces[0].value if len(self.pieces) == 1 and self.pieces[0].quoting is Quoting.BARE else None


class Words:
    """The words of a text."""

    __slots__ = ("dialect", "text")

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect

    def at(self, start: int) -> RawWord:
        """Return the word that begins at an offset."""
        at = start
        pieces: list[_Piece] = []
        while at < len(self.text) and not self._is_end(at, bool(pieces)):
            pieces.append(self._piece(at))
            at = pieces[-1].end
        return RawWord(start, at, tuple(pieces))

    def _is_end(self, at: int, has_begun: bool) -> bool:
        """Return whether a parenthesis ends a word: `()` does; an array, a glob or fish's substitution does not."""
        if self.text[at] == "(" and self.dialect.is_fish:
            return False
        if self.text[at] == "(":
            return not has_begun or _NOTHING.match(self.text, at) is not None
        return self.text[at] in " \t\n;&|<>)" and not _PROCESS.match(self.text, at)

    def _piece(self, at: int) -> _Piece:
        text = self.text
        first = text[at]
        if first == "'":
            return self._single(at)
        if first == '"':
            return self._double(at)
        if first == "\\":
            escaped = text[at + 1 : at + 2].replace("\n", "")  # a continued line
            return _Piece(at, min(at + 2, len(text)), escaped, Quoting.MIXED)
        if _PROCESS.match(text, at):
            return _Piece(at, end_of_nested(text, at + 2, ")"), None)
        if first == "(":
            return _Piece(at, end_of_nested(text, at + 1, ")"), None)
        if first in "$`":
            return self._expansion(at) or _Piece(at, at + 1, first)
        bare = self.dialect.bare.match(text, at)
        end = bare.end() if bare else at + 1
        return _Piece(at, end, text[at:end])

    def _single(self, at: int) -> _Piece:
        match = self.dialect.single.match(self.text, at)
        if match is None or not match[2]:
            return _Piece(at, len(self.text), None, Quoting.SINGLE)
        value = re.sub(r"\\([\\'])", r"\1", match[1]) if self.dialect.is_fish else match[1]
        return _Piece(at, match.end(), value, Quoting.SINGLE)

    def _double(self, at: int) -> _Piece:
        """Return the content of double quotes, whose value is the part before the first expansion."""
        text = self.text
        parts: list[str | None] = []
        at, start = at + 1, at
        while at < len(text) and text[at] != '"':
            letters = _DOUBLE_TEXT.match(text, at)
            expansion = None if letters or text[at] == "\\" else self._expansion(at, is_quoted=True)
            if letters is not None:
                parts.append(letters.group())
                at = letters.end()
            elif expansion is not None:
                parts.append(None)
                at = expansion.end
            elif text[at] == "\\":
                parts.append(_escape_value(text[at : at + 2]))
                at += 2
            else:
                parts.append(text[at])
                at += 1
        known = "".join(part for part in takewhile(_is_known, parts) if part is not None)
        value = known if at < len(text) and None not in parts else None
        return _Piece(start, min(at + 1, len(text)), value, Quoting.DOUBLE, known)

    def _expansion(self, at: int, is_quoted: bool = False) -> _Piece | None:
        """Return the expansion that begins at a dollar or a backtick, None for a plain letter."""
        text = self.text
        if text[at] == "`":
            return None if self.dialect.is_fish else _Piece(at, end_of_nested(text, at + 1, "`"), None)
        follower = text[at + 1 : at + 2]
        if follower == "(":
            return _Piece(at, end_of_nested(text, at + 2, ")"), None)
        if follower == "{":
            return _Piece(at, end_of_nested(text, at + 2, "}"), None)
        if follower and follower in _QUOTES and not is_quoted:  # $'...' has escapes of its own, $"..." is translated
            quoted = _ANSI_QUOTED.match(text, at + 1) if follower == "'" else None
            return _Piece(at, quoted.end() if quoted else self._double(at + 1).end, None)
        variable = _VARIABLE.match(text, at)
        return None if variable is None else _Piece(at, variable.end(), None)


def value_of(word: RawWord, skipped: int) -> Word:
    """Return the word after its first letters, which are bare."""
    pieces = list(word.pieces)
    if skipped:
        first = pieces[0]
        pieces[0] = first._replace(start=first.start + skipped, value=(first.value or "")[skipped:])
    pieces = [piece for piece in pieces if piece.start < piece.end]
    span = Span(pieces[0].start if pieces else word.end, word.end)
    head, is_whole = _head(pieces)
    quoting = pieces[0].quoting if len(pieces) == 1 else Quoting.MIXED if pieces else Quoting.BARE
    is_quoted = len(pieces) == 1 and quoting in (Quoting.DOUBLE, Quoting.SINGLE)
    inner = Span(span.start + 1, span.end - 1) if is_quoted and span.end - span.start > 1 else span
    is_literal = is_whole and inner.end - inner.start == len(head) and len(pieces) < 2 and quoting is not Quoting.MIXED
    return Word(span, inner, head if is_whole else None, head, quoting, is_literal)


def end_of_nested(text: str, at: int, closer: str) -> int:
    """Return the end of a substitution opened before `at`, with all that is nested; the end of the text if unclosed."""
    closers = [closer]
    double_quotes = 0  # of those in `closers`
    while closers:
        match = _NESTED.search(text, at)
        if match is None:
            return len(text)
        at = match.end()
        mark = match.group()
        if closers[-1] == "'":
            at = text.find("'", match.start()) + 1 or len(text)
            closers.pop()
        elif mark == closers[-1]:
            double_quotes -= closers.pop() == '"'
        else:
            opened = _closers_of(mark, closers[-1], double_quotes > 0)
            double_quotes += opened.count('"')
            closers += opened
    return at


def _head(pieces: list[_Piece]) -> tuple[str, bool]:
    """Return the known start of a word, and whether it is the whole word."""
    known: list[str] = []
    for piece in pieces:
        value = piece.value
        is_bare = piece.quoting is Quoting.BARE
        if value is None or (is_bare and (_MAGIC.search(value) or _TILDE.search(value))):
            return "".join((*known, piece.head)), False
        known.append(value)
    return "".join(known), True


def _is_known(part: str | None) -> bool:
    return part is not None


def _escape_value(escape: str) -> str:
    r"""Return the character of an escape in double quotes: only `\$`, `\"`, `\\` and a line end are special."""
    if escape[1:] == "\n":
        return ""
    return escape[1:] if escape[1:] in ('"', "\\", "$", "`") else escape


def _closers_of(mark: str, inside: str, is_quoted: bool) -> list[str]:
    """Return the closer of a mark inside the current one; `is_quoted` means inside double quotes."""
    if inside == "`" or mark[0] in "\\#)}":
        return []
    if mark == "${":
        return ["}"]
    if mark == "'":
        return [] if is_quoted else ["'"]
    if mark == "(" and inside in ('"', "}"):
        return []
    return [")"] if mark[-1] == "(" else [mark]
