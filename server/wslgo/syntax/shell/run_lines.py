"""The variables that commands of a build set: a shell text inside of another file.

Beside what a shell file sets these are the assignments in front of a command, those of `env` and of `go env -w`, and
lines that `echo` adds to the file of a GitHub runner, which sets them for the steps after it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import takewhile

from wslgo.syntax.shell import script
from wslgo.syntax.shell.command import Command
from wslgo.syntax.shell.script import Shell, ShellAssignment, assigned
from wslgo.syntax.shell.word import Quoting, RawWord, Word
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Span

Place = Callable[[int], int]

_GO_ENV = ("go", "env", "-w")
_LINE = pattern(r"([ \t]*)([^\n]*\n?)")
_SETTING = pattern(r"([A-Za-z_][A-Za-z0-9_]*)=")
_BLANKS = pattern(r"[ \t]*")
_TO_RUNNER = pattern(r">>[ \t]*[\"']?\$\{?GITHUB_ENV\b")


def settings(text: str, place: Place) -> Iterator[ShellAssignment]:
    """Yield the variables that a text of commands sets; `place` returns where an offset is in the file."""
    shell = script.parse(Source(text))
    for found in _found(shell, text):
        yield _moved(found, place)


def block(text: str, span: Span) -> tuple[str, Place]:
    """Return lines of a file without the spaces that all of them begin with, and where an offset of them is."""
    lines = [(*match.span(), len(match[1])) for match in _LINE.finditer(text, *span) if match[0]]
    indent = min((width for start, end, width in lines if text[start:end].strip()), default=0)
    parts: list[str] = []
    starts, origins, at = [], [], 0
    for start, end, width in lines:
        begin = start + min(indent, width)
        parts.append(text[begin:end])
        starts.append(at)
        origins.append(begin)
        at += end - begin

    def place(offset: int) -> int:
        number = max(bisect_right(starts, offset) - 1, 0)
        return origins[number] + offset - starts[number]

    return "".join(parts), place


def _found(shell: Shell, text: str) -> Iterator[ShellAssignment]:
    yield from (found for found in shell.assignments if found.is_exported and not found.pipe)
    for command in shell.commands:
        yield from _in_front(command)
        yield from _of_go_env(command)
        yield from _for_later_steps(command, text)


def _in_front(command: Command) -> Iterator[ShellAssignment]:
    """Yield the assignments in front of a program: `NAME=value go build`, `env NAME=value go build`."""
    words = command.words[1:] if command.words[0].plain == "env" else command.words
    found = list(takewhile(bool, map(assigned, words)))
    if len(found) < len(words):
        yield from filter(None, found)


def _of_go_env(command: Command) -> Iterator[ShellAssignment]:
    """Yield the variables that `go env -w` writes; an empty one means something else there."""
    words = command.words
    if [word.plain for word in words[: len(_GO_ENV)]] == [*_GO_ENV]:
        found = map(_in_one_word, words[len(_GO_ENV) :])
        yield from (setting for setting in found if setting is not None and setting.word.value != "")


def _for_later_steps(command: Command, text: str) -> Iterator[ShellAssignment]:
    words = command.words
    is_one = words[0].plain == "echo" and len(words) == len(("echo", "NAME=value"))
    gap = _BLANKS.match(text, command.span.end) if is_one else None
    if gap is not None and _TO_RUNNER.match(text, gap.end()):
        found = _in_one_word(words[1])
        if found is not None:
            yield found


def _in_one_word(word: RawWord) -> ShellAssignment | None:
    """Return the variable of a word `NAME=value`, which may be in quotes as a whole."""
    if len(word.pieces) != 1:
        return assigned(word) if word.pieces else None
    piece = word.pieces[0]
    known = piece.value if piece.value is not None else piece.head
    named = _SETTING.match(known)
    if named is None:
        return None
    if piece.quoting is Quoting.BARE:
        return assigned(word)
    start = piece.start + 1
    span = Span(start + named.end(), max(piece.end - 1, start + named.end()))
    value = None if piece.value is None else piece.value[named.end() :]
    is_literal = value is not None and span.end - span.start == len(value)
    quoting = Quoting.DOUBLE if piece.quoting is Quoting.DOUBLE else Quoting.FIXED
    setting = Word(span, span, value, known[named.end() :], quoting, is_literal)
    return ShellAssignment(named[1], Span(start, start + len(named[1])), setting, True, False)


def _moved(found: ShellAssignment, place: Place) -> ShellAssignment:
    """Return an assignment with the places that it has in the file; its line stays."""

    def moved(span: Span) -> Span:
        return Span(place(span.start), place(span.end - 1) + 1 if span.end > span.start else place(span.start))

    span, inner = moved(found.word.span), moved(found.word.inner)
    word = found.word._replace(span=span, inner=inner)
    return found._replace(name_span=moved(found.name_span), word=word, is_certain=False, command=None)
