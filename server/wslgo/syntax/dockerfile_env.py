r"""The variables that a Dockerfile sets: `ENV`, `ARG` as `RUN` sees it, and `RUN`, by stage (BuildKit 0.2x, 2026-11).

An `ARG` above the first `FROM` counts only where a stage names it again. Nothing is expanded: a value with `$` in it is
known only to a build. Files for Windows (`# escape=`, an image of Windows) have none.
"""

import re
from collections import deque
from collections.abc import Iterator

from wslgo.syntax.hash_comments import line_comments
from wslgo.syntax.shell import run_lines
from wslgo.syntax.shell.script import Shell, ShellAssignment
from wslgo.syntax.shell.word import Quoting, Word
from wslgo.text.pattern import pattern
from wslgo.text.source import BOM, UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_LINE = pattern(r"[^\n]*\n?")
_INSTRUCTION = pattern(r"[ \t]*([A-Za-z]+)(?=[ \t\\]|\Z)")
_ESCAPE = pattern(r"\s*#[ \t]*escape[ \t]*=", 0)
_FLAG = pattern(r"--[a-z]+(?:=[^\s\\]*)?")
_BETWEEN_FLAGS = " \t\\\r\n"
_COMMENT_LINE = pattern(r"\n[ \t]*#")
_WINDOWS = pattern(r"windows|nanoserver")
_HERE = pattern(r"<<-?[\"']?(\w+)[\"']?")
_CONTINUED = pattern(r"\\[ \t]*\Z")
_TOKEN = pattern(r"(?:[^\s'\"\\]|\\[\s\S]?|'[^']*'?|\"(?:[^\"\\]|\\[\s\S])*\"?)+")
_NAMED = pattern(r"([A-Za-z_][A-Za-z0-9_]*)(=?)")
_PIECE = pattern(r"'([^']*)('?)|\"((?:[^\"\\]|\\[\s\S])*)(\"?)|\\([\s\S]?)|([^'\"\\]+)")
_QUOTED_ESCAPE = pattern(r"\\([\"\\])")


class _Instruction(NamedTuple):
    """An instruction in capitals, and the places of its text, line by line, without comments and continuation signs."""

    name: str
    parts: tuple[Span, ...]


class _Part(NamedTuple):
    """A variable of an instruction; without a value it only names one."""

    name_span: Span
    value: Span | None


def parse(source: Source) -> Shell:
    """Return the variables of a Dockerfile and its comments."""
    text = source.text if source.encoding == UTF8 else ""
    comments = line_comments(text)
    if _ESCAPE.match(text.removeprefix(BOM)):
        return Shell((), comments)
    return Shell(tuple(_assignments(text)), comments)


def _assignments(text: str) -> Iterator[ShellAssignment]:
    above: dict[str, ShellAssignment] = {}
    is_in_stage = is_windows = False
    for instruction in _instructions(text):
        if instruction.name == "FROM":
            is_in_stage = True
            image = "".join(text[slice(*part)] for part in instruction.parts)
            is_windows = _WINDOWS.search(image.lower()) is not None
        if is_windows:
            continue
        if instruction.name == "RUN" and is_in_stage:
            yield from _of_run(text, instruction)
        if instruction.name not in ("ENV", "ARG"):
            continue
        parts = list(_parts(text, instruction))
        for part in parts:
            name = text[slice(*part.name_span)]
            if part.value is None:
                yield from filter(None, (above.pop(name, None) if is_in_stage else None,))
                continue
            found = _assignment(text, name, part, instruction, is_alone=len(parts) == 1)
            if is_in_stage:
                yield found
            else:
                above[name] = found


def _instructions(text: str) -> Iterator[_Instruction]:
    ends: deque[str] = deque()  # of here-documents
    name, parts = "", []
    at = len(BOM) if text.startswith(BOM) else 0
    for line in _LINE.finditer(text, at):
        written = line[0].rstrip("\r\n")
        if ends:
            if written.lstrip("\t") == ends[0]:
                ends.popleft()
            continue
        if written.lstrip(" \t").startswith("#") or not written.strip():
            continue
        first = _INSTRUCTION.match(written) if not name else None
        if not name and first is None:
            continue
        name = first[1].upper() if first else name
        continued = _CONTINUED.search(written)
        start = first.end() if first else 0
        end = continued.start() if continued else len(written)
        parts.append(Span(line.start() + start, line.start() + max(start, end)))
        if continued:
            continue
        if name in ("RUN", "COPY", "ADD"):
            ends.extend(end for part in parts for end in _HERE.findall(text, *part))
        yield _Instruction(name, tuple(parts))
        name, parts = "", []
    if name:
        yield _Instruction(name, tuple(parts))


def _of_run(text: str, instruction: _Instruction) -> Iterator[ShellAssignment]:
    """Yield the variables of a command; not of one with comments in it, with a here-document, or in JSON."""
    start, end = instruction.parts[0].start, instruction.parts[-1].end
    written = text[start:end].lstrip(_BETWEEN_FLAGS)
    while flag := _FLAG.match(written):
        written = written[flag.end() :].lstrip(_BETWEEN_FLAGS)
    start = end - len(written)
    is_plain = "=" in written and "<<" not in written and not written.lstrip().startswith("[")
    if is_plain and not _COMMENT_LINE.search(written):
        yield from run_lines.settings(written, lambda offset: start + offset)


def _parts(text: str, instruction: _Instruction) -> Iterator[_Part]:
    """Yield the variables of an instruction: `NAME=value` words, a bare name, or the older `ENV NAME value`."""
    words = [Span(*word.span()) for part in instruction.parts for word in _TOKEN.finditer(text, *part)]
    first = _NAMED.match(text, *words[0]) if words else None
    if instruction.name == "ENV" and first is not None and first.end() == words[0].end and not first[2]:
        if len(instruction.parts) == 1 and len(words) > 1:
            yield _Part(words[0], Span(words[1].start, words[-1].end))
        return
    for word in words:
        named = _NAMED.match(text, *word)
        if named is not None:
            is_bare = not named[2]
            if not is_bare or named.end() == word.end:
                yield _Part(Span(*named.span(1)), None if is_bare else Span(named.end(), word.end))


def _assignment(text: str, name: str, part: _Part, instruction: _Instruction, *, is_alone: bool) -> ShellAssignment:
    span = part.value or part.name_span
    removal = _line_of(span, text) if is_alone and len(instruction.parts) == 1 else None
    # The default of an ARG can be another one in a build.
    return ShellAssignment(name, part.name_span, _word(text, span), True, instruction.name == "ENV", removal)


def _line_of(span: Span, text: str) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end + 1)


def _word(text: str, span: Span) -> Word:
    known: list[str] = []
    quotings: list[Quoting] = []
    is_whole = True
    for match in _PIECE.finditer(text, *span):
        piece = _piece(match)
        known.append(piece.head)
        quotings.append(piece.quoting)
        if not piece.is_whole:
            is_whole = False
            break
    value = "".join(known)
    quoting = quotings[0] if len(quotings) == 1 else Quoting.MIXED if quotings else Quoting.BARE
    is_quoted = quoting in (Quoting.SINGLE, Quoting.DOUBLE) and span.end - span.start > 1
    inner = Span(span.start + 1, span.end - 1) if is_quoted else span
    is_literal = is_whole and quoting is not Quoting.MIXED and text[slice(*inner)] == value
    return Word(span, inner, value if is_whole else None, value, quoting, is_literal)


class _Piece(NamedTuple):
    """A part of a value: what it says up to the first reference, and whether that is all of it."""

    head: str
    is_whole: bool
    quoting: Quoting


def _piece(match: re.Match[str]) -> _Piece:
    single, closing_single, double, closing_double, escaped, bare = match.groups()
    if single is not None:
        return _Piece(single, bool(closing_single), Quoting.SINGLE)
    if escaped is not None:
        return _Piece(escaped, True, Quoting.MIXED)
    is_quoted = double is not None
    written = double if is_quoted else bare
    head, reference, _ = written.partition("$")
    if is_quoted:
        head = _QUOTED_ESCAPE.sub(r"\1", head)
    is_whole = not reference and (bool(closing_double) or not is_quoted)
    return _Piece(head, is_whole, Quoting.DOUBLE if is_quoted else Quoting.BARE)
