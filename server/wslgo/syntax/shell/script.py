"""Assignments of shell files: `export NAME=value`, `NAME=value`, fish's `set -gx NAME value` and `setenv NAME value`.

Nothing is evaluated. A value with an expansion in it (`$HOME`, `~`, `$(...)`, a glob) is unknown after its `head`; an
assignment in an `if`, a function or after `&&` is not certain; one in a pipeline or a subshell sets nothing.
"""

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from wslgo.syntax.shell.command import Command, Commands
from wslgo.syntax.shell.dialect import FISH, SH, Dialect
from wslgo.syntax.shell.word import Quoting, RawWord, Word, value_of
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_NAMED = pattern(r"([A-Za-z_][A-Za-z0-9_]*)(\+?)=")
_NAME = pattern(r"[A-Za-z_][A-Za-z0-9_]*")


class ShellAssignment(NamedTuple):
    """A variable with a value; `command` is the span to remove with the assignment, None if none can be removed."""

    name: str
    name_span: Span
    word: Word
    is_exported: bool
    is_certain: bool
    command: Span | None = None
    pipe: Span | None = None  # a bare `|` after the value: the shell runs the rest as a program and sets nothing


class Shell(NamedTuple):
    """The assignments of a file in order, its comments, its commands, and the names that it exports without a value."""

    assignments: tuple[ShellAssignment, ...]
    comments: tuple[Span, ...]
    commands: tuple[Command, ...] = ()
    exported: frozenset[str] = frozenset()


def parse(source: Source) -> Shell:
    """Return the assignments of a file for sh, bash or zsh; in UTF-16 a shell finds none."""
    sh = _Sh()
    shell = _read(source, SH, sh.sets)
    found = (
        assignment._replace(is_exported=assignment.is_exported or assignment.name in sh.exported)
        for assignment in shell.assignments
    )
    return shell._replace(assignments=tuple(found), exported=frozenset(sh.exported))


def parse_fish(source: Source) -> Shell:
    """Return the assignments of a file for fish."""
    return _read(source, FISH, _fish_sets)


def _read(source: Source, dialect: Dialect, sets: "Callable[[tuple[RawWord, ...]], Iterator[_Set]]") -> Shell:
    reader = Commands(source.text if source.encoding == UTF8 else "", dialect)
    commands = tuple(reader.read())
    found = [assignment for command in commands for assignment in _assignments(command, list(sets(command.words)))]
    return Shell(tuple(found), tuple(reader.comments), commands)


def _assignments(command: Command, found: "list[_Set]") -> Iterator[ShellAssignment]:
    line = command.line if len(found) == 1 else None
    return (ShellAssignment(*assignment, command.is_certain, line, command.pipe) for assignment in found)


class _Set(NamedTuple):
    """A variable and the value that a command gives it."""

    name: str
    name_span: Span
    word: Word
    is_exported: bool


class _Sh:
    """The state of sh, bash and zsh: the names to be exported."""

    def __init__(self) -> None:
        self.exported: set[str] = set()
        self._exports_all = False

    def sets(self, words: tuple[RawWord, ...]) -> Iterator[_Set]:
        verb = words[0].plain
        if verb in ("export", "declare", "typeset"):
            yield from self._declarations(verb, words[1:])
        elif verb == "set":
            self._set_option([word.plain for word in words[1:]])
        elif all(_name_match(word) for word in words):
            yield from (found for word in words if (found := _set(word, self._exports_all)))

    def _declarations(self, verb: str, words: tuple[RawWord, ...]) -> Iterator[_Set]:
        flags, rest = _flags(words)
        is_exported = (verb == "export" and not flags) or any("x" in flag for flag in flags)
        self.exported.update(word.plain or "" for word in rest if is_exported)
        return (found for word in rest if (found := _set(word, is_exported)))

    def _set_option(self, options: list[str | None]) -> None:
        if options in (["-a"], ["-o", "allexport"]):
            self._exports_all = True
        elif options in (["+a"], ["+o", "allexport"]):
            self._exports_all = False


def _set(word: RawWord, is_exported: bool) -> _Set | None:
    named = _name_match(word)
    if named is None:
        return None
    name = named[1]
    value = value_of(word, len(named.group()))
    if named[2]:  # NAME+=value
        value = value._replace(value=None, head="")
    return _Set(name, Span(word.start, word.start + len(name)), value, is_exported)


def assigned(word: RawWord) -> ShellAssignment | None:
    """Return the assignment of a word `NAME=value`, whatever command it belongs to."""
    found = _set(word, True)
    return None if found is None else ShellAssignment(*found, is_certain=False)


def _name_match(word: RawWord) -> re.Match[str] | None:
    """Return `NAME=` at the start of an unquoted word."""
    first = word.pieces[0]
    return None if first.quoting is not Quoting.BARE else _NAMED.match(first.value or "")


_FISH_OTHER = pattern(r"-[A-Za-z]*[eqSnaplf]|--(?:erase|query|show|names|append|prepend|local|function)\Z")


def _fish_sets(words: tuple[RawWord, ...]) -> Iterator[_Set]:
    """Yield the assignments of `set -gx NAME value`; lists, local variables and changes of a list are skipped.

    `setenv` and `export` are functions that fish brings along.
    """
    verb = words[0].plain
    if verb == "setenv" and len(words) == len(("setenv", "NAME", "value")):
        yield from _fish_set(words[1], words[2], True)
    if verb == "export":
        yield from (found for word in words[1:] if (found := _set(word, True)))
    if verb != "set":
        return
    # Options end at the name: `-mod=mod` after it is the value.
    options = list(takewhile(lambda word: (word.plain or "").startswith("-"), words[1:]))
    flags = [word.plain or "" for word in options]
    rest = words[1 + len(options) :]
    if any(map(_FISH_OTHER.match, flags)) or len(rest) != 2:
        return
    is_exported = any(flag == "--export" or (flag[1:2] != "-" and "x" in flag) for flag in flags)
    yield from _fish_set(rest[0], rest[1], is_exported)


def _fish_set(named: RawWord, value: RawWord, is_exported: bool) -> Iterator[_Set]:
    name = named.plain
    if name is not None and _NAME.fullmatch(name):
        yield _Set(name, Span(named.start, named.end), value_of(value, 0), is_exported)


def _flags(words: tuple[RawWord, ...]) -> tuple[list[str], list[RawWord]]:
    """Return the options among the words of a command, and the other words."""
    flags = [word.plain for word in words if word.plain and word.plain.startswith("-")]
    return flags, [word for word in words if not (word.plain or "").startswith("-")]
