"""The part of a `.go` file that cgo reads: the `#cgo` lines, and the includes of the C code above `import "C"`.

It reads `#cgo` lines like `saveCgo` in `go/build` of go 1.27. A file without `import "C"` is empty here.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from wslgo.syntax.go import build_constraint, file_head
from wslgo.syntax.go.build_constraint import Constraint
from wslgo.syntax.go.c_includes import Include, Row
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

VERBS = ("CFLAGS", "CPPFLAGS", "CXXFLAGS", "FFLAGS", "LDFLAGS", "pkg-config")
SOURCE_FOLDER = "${SRCDIR}"
_MARK = "wslgo:"

_SAFE = frozenset("+-.,/0123456789=ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz:$@%! ~^")
_ANNOTATIONS = ("nocallback", "noescape")
_LINE = pattern(r"\s*#cgo(?=[ \t])")
_WORD = pattern(r"\S+")
_FLAG = pattern(r"""(?:[^\s"'\\]|\\.|\\\Z|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)+""", re.DOTALL)
_PIECE = pattern(r"""\\(.)|"((?:[^"\\]|\\.)*)"?|'((?:[^'\\]|\\.)*)'?|([^\\])""", re.DOTALL)
_ESCAPE = pattern(r"\\(.)", re.DOTALL)
_COMPLETE = pattern(r"""(?:[^"'\\]|\\.|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\Z""", re.DOTALL)


class Fault(Enum):
    """The reason why go rejects a `#cgo` line."""

    NO_COLON = "no colon"
    NO_VERB = "no verb"
    OPEN_QUOTE = "open quote"
    ARGUMENT = "argument"
    VERB = "verb"


class Word(NamedTuple):
    """A flag without its quotes, and where it is."""

    text: str
    span: Span


class Line(NamedTuple):
    """A `#cgo` line; `place` is that of its `fault`, and otherwise that of the verb.

    One of `conditions` must be true for go to read the line; without any it always does.
    """

    verb: str
    conditions: tuple[Constraint | None, ...]
    words: tuple[Word, ...]
    span: Span
    place: Span
    fault: Fault | None = None


class CgoFile(NamedTuple):
    """The `#cgo` lines and includes of a file; `detached` are comments that a blank line makes meaningless.

    `comments` are the lines in comments that are for wslgo: to it, the lines of C code beside them are not comments.
    """

    uses_cgo: bool = False
    constraint: Constraint | None = build_constraint.ALWAYS
    lines: tuple[Line, ...] = ()
    includes: tuple[Include, ...] = ()
    comments: tuple[Span, ...] = ()
    detached: tuple[Span, ...] = ()


_NOTHING = CgoFile()


def parse(source: Source) -> CgoFile:
    """Return what cgo reads of any text."""
    if '"C"' not in source.text:
        return _NOTHING
    head, preamble = file_head.parse_with_preamble(source.text)
    if not head.uses_cgo:
        return _NOTHING
    lines = tuple(line for row in preamble.rows if (line := _line(row)) is not None)
    remarks = tuple(_remarks(source.text, preamble.comments)) if _MARK in source.text else ()
    return CgoFile(True, head.constraint, lines, head.includes, remarks, preamble.detached)


def _remarks(text: str, comments: Iterable[Span]) -> Iterator[Span]:
    """Yield the lines of comments that are for wslgo."""
    for comment in comments:
        start = comment.start
        for line in text[comment.start : comment.end].split("\n"):
            if _MARK in line:
                begin = start + len(line) - len(line.lstrip())
                yield Span(begin, start + len(line.rstrip()))
            start += len(line) + 1


def _line(row: Row) -> Line | None:
    """Return a `#cgo` line; None for other lines, and for those that are about a C function."""
    found = _LINE.match(row.text)
    if found is None:
        return None
    text = row.text.rstrip()
    whole = Span(row.start + found.end() - len("#cgo"), row.start + len(text))
    before, colon, _ = text[found.end() :].partition(":")
    words = [
        Word(match[0], Span(row.start + found.end() + match.start(), row.start + found.end() + match.end()))
        for match in _WORD.finditer(before)
    ]
    if _is_annotation(text):
        return None
    if not colon:
        return Line("", (), tuple(words), whole, whole, Fault.NO_COLON)
    if not words:
        return Line("", (), (), whole, whole, Fault.NO_VERB)
    *conditions, verb = words
    conditioned = tuple(file_head.condition(word.text) for word in conditions)
    start = row.start + found.end() + len(before) + 1
    flags, is_whole = _split(text[found.end() + len(before) + 1 :], start)
    line = Line(verb.text, conditioned, flags, whole, verb.span)
    if not is_whole:
        return line._replace(place=Span(start, whole.end), fault=Fault.OPEN_QUOTE)
    unsafe = next((word for word in flags if not _is_safe(word.text)), None)
    if unsafe is not None:
        return line._replace(place=unsafe.span, fault=Fault.ARGUMENT)
    return line if verb.text in VERBS else line._replace(fault=Fault.VERB)


def _is_annotation(text: str) -> bool:
    words = text.split()
    return len(words) == 3 and words[1] in _ANNOTATIONS


def _split(text: str, start: int) -> tuple[tuple[Word, ...], bool]:
    """Return the flags as `splitQuoted` of go/build splits them, and whether all quotes and escapes are complete."""
    words = tuple(
        Word("".join(map(_unquoted, _PIECE.finditer(match[0]))), Span(start + match.start(), start + match.end()))
        for match in _FLAG.finditer(text)
    )
    return words, _COMPLETE.match(text) is not None


def _unquoted(piece: re.Match[str]) -> str:
    """Return a part of a flag without its quotes; a backslash stands for the next character in quotes, too."""
    quoted = piece[2] if piece[2] is not None else piece[3]
    return piece[1] or piece[4] or _ESCAPE.sub(r"\1", quoted or "")


def _is_safe(word: str) -> bool:
    """Return whether go accepts the characters of a flag, as `expandSrcDir` and `safeCgoName` do."""
    chunks = word.split(SOURCE_FOLDER)
    if len(chunks) == 1 and not word:
        return False
    return all(letter in _SAFE or letter > "\x7f" for chunk in chunks for letter in chunk)


def lines_in_effect(file: CgoFile, is_set: Callable[[str], bool]) -> Iterator[Line]:
    """Yield the `#cgo` lines that go reads in a build with these tags."""
    for line in file.lines:
        if not line.conditions or any(build_constraint.holds(condition, is_set) for condition in line.conditions):
            yield line
