"""Flags in a string, split into words as each program that reads one splits it.

The go command splits GOFLAGS and CGO_CFLAGS, Delve a `buildFlags` string, and the Go extension an `args` string; in
lists, each element is a word. A shell is in `syntax/shell`. Tests compare each with the real program.
"""

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_QUOTES = "\"'"
_OF_GO = " \t\n\r"
# Go's unicode.IsSpace, and what `\s` matches in JavaScript. Python's own `str.isspace` is neither.
_COMMON = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_OF_DELVE = frozenset(_COMMON + "\u0085")
_OF_JAVASCRIPT = frozenset(_COMMON + "\ufeff")

_COMPILER_FLAGS = pattern(r"-gcflags[= ]")


class Word(NamedTuple):
    """A word of a string: its place, which includes its quotes, and its text without them.

    `is_closed`: False if a quote in it has no end.
    """

    span: Span
    text: str
    is_closed: bool = True


def go_words(value: str) -> tuple[Word, ...]:
    """Return the words of GOFLAGS, CGO_CFLAGS and their like (go1.26.8, cmd/internal/quoted).

    A quote counts only at the beginning of a word, which then ends at the next quote of its kind; nothing is unescaped.
    """
    found: list[Word] = []
    place = 0
    while True:
        while place < len(value) and value[place] in _OF_GO:
            place += 1
        if place == len(value):
            return tuple(found)
        start, quote = place, value[place]
        if quote in _QUOTES:
            end = value.find(quote, place + 1)
            place = len(value) if end < 0 else end + 1
            found.append(Word(Span(start, place), value[start + 1 : place - (end >= 0)], end >= 0))
            continue
        while place < len(value) and value[place] not in _OF_GO:
            place += 1
        found.append(Word(Span(start, place), value[start:place]))


def delve_words(flags: str) -> tuple[Word, ...]:
    """Return the words of a `buildFlags` string (Delve 1.27.1, config.SplitQuotedFields with a single quote).

    In single quotes a backslash takes the next character. A quote without an end reaches to the end of the string, and
    does not make a word if nothing follows it.
    """
    found: list[Word] = []
    place = 0
    while place < len(flags):
        if flags[place] in _OF_DELVE:
            place += 1
            continue
        word = _delve_word(flags, place)
        place = word.span.end
        if word.is_closed or word.text:
            found.append(word)
    return tuple(found)


def _delve_word(flags: str, start: int) -> Word:
    text: list[str] = []
    place, is_quoted = start, False
    while place < len(flags) and (is_quoted or flags[place] not in _OF_DELVE):
        if flags[place] == "'":
            is_quoted = not is_quoted
        elif is_quoted and flags[place] == "\\":
            place += 1
            text.append(flags[place : place + 1])
        else:
            text.append(flags[place])
        place += 1
    return Word(Span(start, min(place, len(flags))), "".join(text), not is_quoted)


def extension_words(args: str) -> tuple[Word, ...] | None:
    """Return the words of an `args` string (vscode-go 0.58, utils/argsUtil.ts); None if a quote has no end.

    Only the space separates words. Quotes of both kinds hold words together, and a backslash takes a quote.
    """
    found: list[Word] = []
    place = 0
    while place < len(args):
        if args[place] == " ":
            place += 1
            continue
        word = _extension_word(args, place)
        if not word.is_closed:
            return None
        found.append(word)
        place = word.span.end
    return tuple(found)


def _extension_word(args: str, start: int) -> Word:
    text: list[str] = []
    place, quote = start, ""
    while place < len(args) and (quote or args[place] != " "):
        if args[place] == "\\" and args[place + 1 : place + 2] in ("'", '"'):
            place += 1
            text.append(args[place])
        elif args[place] == quote:
            quote = ""
        elif not quote and args[place] in _QUOTES:
            quote = args[place]
        else:
            text.append(args[place])
        place += 1
    return Word(Span(start, place), "".join(text), not quote)


def compiler_flags(flags: str) -> Span | None:
    """Return the first `-gcflags` that the Go extension removes, with the space before it.

    It does so in a `buildFlags` string and in GOFLAGS of `env`, again and again (vscode-go 0.58, removeGcflags in
    goDebugConfiguration.ts). One `=` or one space follows the name. The value ends at a space outside of quotes of
    either kind; a quote without an end ends it as well.
    """
    for match in _COMPILER_FLAGS.finditer(flags):
        start = match.start()
        if start and flags[start - 1] not in _OF_JAVASCRIPT:
            continue
        end = _end_of_value(flags, match.end())
        if end > match.end():
            return Span(start - 1 if start else 0, end)
    return None


def _end_of_value(flags: str, start: int) -> int:
    place = start
    while place < len(flags) and flags[place] not in _OF_JAVASCRIPT:
        if flags[place] in _QUOTES:
            end = flags.find(flags[place], place + 1)
            if end < 0:
                break
            place = end
        place += 1
    return place


def without_compiler_flags(flags: str) -> str:
    """Return what the Go extension leaves of a string."""
    while (removed := compiler_flags(flags)) is not None:
        flags = flags[: removed.start] + flags[removed.end :]
    return flags
