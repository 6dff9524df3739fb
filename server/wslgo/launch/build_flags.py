"""A string of `buildFlags`, as the Go extension and Delve read it (vscode-go 0.58, Delve 1.27.1 with go1.26.8, run).

Delve splits it at spaces outside single quotes; in them a backslash takes the next character. Before that, the Go
extension removes one `-gcflags` with its value, which ends at a space unless it is in quotes of either kind.
"""

from typing import NamedTuple

from wslgo.knowledge.go_flags import BUILD_SWITCHES, BUILD_VALUES, IN_GOFLAGS
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_COMPILER_FLAGS = pattern(r"-gcflags(?:=|\s+)(?:'[^']*'|\"[^\"]*\"|[^'\"\s]+)+")


class Word(NamedTuple):
    """A word of a string: its place, and its text without quotes."""

    span: Span
    text: str


class CompilerFlags(NamedTuple):
    """A `-gcflags` in a string: its place, and the words after it that were meant as a part of its value."""

    span: Span
    strays: tuple[str, ...]


def words(flags: str) -> tuple[Word, ...] | None:
    """Return the words of a string; None if a quote is not closed."""
    found: list[Word] = []
    at = 0
    while at < len(flags):
        if flags[at].isspace():
            at += 1
            continue
        word = _word_at(flags, at)
        if word is None:
            return None
        found.append(word)
        at = word.span.end
    return tuple(found)


def compiler_flags(flags: str) -> CompilerFlags | None:
    """Return the first `-gcflags` of a string, with the words up to the next flag of `go build`."""
    match = next((match for match in _COMPILER_FLAGS.finditer(flags) if _begins_word(flags, match.start())), None)
    if match is None:
        return None
    end = match.end()
    strays: list[str] = []
    for span, text in words(flags[end:]) or ():
        if is_build_flag(text):
            break
        strays.append(text)
        end = match.end() + span.end
    return CompilerFlags(Span(match.start(), end), tuple(strays))


def is_flag_list(flags: str) -> bool:
    """Return whether each word of a string is a flag of `go build`, or the value of the flag before it."""
    found = words(flags)
    if found is None:
        return False
    is_value = False
    for _, text in found:
        if is_value:
            is_value = False
        elif not is_build_flag(text):
            return False
        else:
            is_value = _name(text) in BUILD_VALUES and "=" not in text
    return not is_value


def is_build_flag(word: str) -> bool:
    """Return whether a word is a flag of `go build` or `go test -c`."""
    return word.startswith("-") and (_name(word) in BUILD_SWITCHES | BUILD_VALUES or _is_of_test(word))


def _is_of_test(word: str) -> bool:
    """Return whether a word is a flag that only `go test` has, with its value; `-l` and `-N` are none."""
    return len(_name(word)) > 1 and _name(word) in IN_GOFLAGS


def _name(word: str) -> str:
    return word.lstrip("-").partition("=")[0]


def _begins_word(flags: str, at: int) -> bool:
    return flags[:at].count("'") % 2 == 0 and (at == 0 or flags[at - 1].isspace())


def _word_at(flags: str, start: int) -> Word | None:
    """Return the word that begins at an offset; None if a quote is not closed."""
    at, text = start, ""
    while at < len(flags) and not flags[at].isspace():
        if flags[at] != "'":
            text += flags[at]
            at += 1
            continue
        at += 1
        while at < len(flags) and flags[at] != "'":
            at += flags[at] == "\\"
            text += flags[at : at + 1]
            at += 1
        if at >= len(flags):
            return None
        at += 1
    return Word(Span(start, at), text)
