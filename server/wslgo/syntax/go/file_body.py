"""Calls, composite literals and constants in the body of a Go file, which is not parsed.

Comments and the content of literals are first replaced by spaces, so that an expression finds only code; offsets stay
the same. Any text can be read, to its end.
"""

import re
from collections.abc import Container, Iterator

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_MOST = 4_000  # characters between two brackets: no address needs more


class Call(NamedTuple):
    """`receiver.name(arguments)` or `receiver.name{fields}`, each part as written; the span ends at the name."""

    receiver: str
    name: str
    arguments: tuple[str, ...]
    span: Span


class Code(NamedTuple):
    """A Go text, and the same text with spaces for comments and the content of literals."""

    text: str
    blanked: str


# An unclosed literal extends to the end of the line; an unclosed `/*` or backtick to the end of the text.
_DARK = pattern(
    r"""//[^\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?|`[^`]*`?"""
    r"""|"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"?|'[^'\\\n]*(?:\\[^\n][^'\\\n]*)*'?"""
)
_VISIBLE = pattern(r"[^\n]")
_NOT_BLANK = pattern(r"[^ \t]")
_BRACKET = pattern(r"[()\[\]{},]")
_BLOCK = pattern(r"^const[ \t]*\(", re.MULTILINE)
_BLOCK_END = "\n)"
_LONE = pattern(r"^const[ \t]+([^\n]+)", re.MULTILINE)
_CONSTANT = pattern(r"[ \t;]*(\w+)(?:[ \t]+\w+)?[ \t]*=[ \t]*(?=[\"`\d])")
_LITERAL = pattern(r'"((?:[^"\\\n]|\\.)*)"\Z|`([^`]*)`\Z|(\d+)\Z')
_VALUE = pattern(r'"(?:[^"\\\n]|\\.)*"?|`[^`]*`?|\d+')
_LINE = pattern(r"[^\n]+")


def code(text: str) -> Code:
    """Return a text in the form that the other functions need."""
    return Code(text, _DARK.sub(_with_spaces, text))


def calls(source: Code, names: re.Pattern[str], opener: str = "(") -> Iterator[Call]:
    """Yield the calls whose `receiver.name` a pattern matches, with the two as its groups; with `{` the literals.

    A pattern needs to match only the last name of the receiver.
    """
    opened = {}
    for match in names.finditer(source.blanked):
        bracket = _NOT_BLANK.search(source.blanked, match.end())
        if bracket is not None and bracket[0] == opener:
            opened[bracket.start()] = match
    parts = _parts(source.blanked, opened) if opened else {}
    for place, match in opened.items():
        if place in parts:
            receiver = _receiver(source.blanked, match.end(1))
            arguments = tuple(source.text[start:end].strip() for start, end in parts[place])
            yield Call(receiver, match[2], arguments, Span(match.end(1) - len(receiver), match.end(2)))


def constants(source: Code) -> dict[str, str]:
    """Return the constants that are plainly a string or a decimal number, as written."""
    found: dict[str, str] = {}
    for begin, end in (*_blocks(source.blanked), *(match.span(1) for match in _LONE.finditer(source.blanked))):
        for line in _LINE.finditer(source.blanked, begin, end):
            name = _CONSTANT.match(source.blanked, line.start(), end)
            value = None if name is None else _VALUE.match(source.text, name.end())
            if name is not None and value is not None and literal(value[0]) is not None:
                found[name[1]] = value[0]
    return found


def literal(written: str) -> str | None:
    """Return the value of a plain string or number; None for any other expression."""
    match = _LITERAL.match(written)
    return None if match is None else next(group for group in match.groups() if group is not None)


def _blocks(blanked: str) -> Iterator[tuple[int, int]]:
    """Yield the content of each `const (...)`."""
    end = 0
    while block := _BLOCK.search(blanked, end):
        end = blanked.find(_BLOCK_END, block.end()) + 1
        if not end:
            return
        yield block.end(), end


def _receiver(blanked: str, end: int) -> str:
    """Return the names and dots that end at an offset, from the first name on."""
    start = end
    while start and (blanked[start - 1].isalnum() or blanked[start - 1] in "_."):
        start -= 1
    return blanked[start:end].rpartition("..")[2].lstrip(".")


def _with_spaces(match: re.Match[str]) -> str:
    """Return spaces of the same length and lines; quotes stay, so that a literal is still recognised."""
    dark = match[0]
    if dark[0] == "/":
        return _VISIBLE.sub(" ", dark)
    inside = dark[1:].removesuffix(dark[0])
    return dark[0] + _VISIBLE.sub(" ", inside) + dark[1 + len(inside) :]


def _parts(blanked: str, opened: Container[int]) -> dict[int, list[tuple[int, int]]]:
    """Return the parts between commas for each of these brackets, up to the closing one if it is near."""
    found: dict[int, list[tuple[int, int]]] = {}
    around: list[list[int]] = []  # for each open bracket its offset and those of its commas
    for match in _BRACKET.finditer(blanked):
        if match[0] in "([{":
            around.append([match.start()])
        elif around and match[0] == ",":
            around[-1].append(match.start())
        elif around:
            marks = around.pop()
            if marks[0] in opened and match.start() - marks[0] < _MOST:
                ends = zip(marks, (*marks[1:], match.start()), strict=True)
                pieces = ((start + 1, end) for start, end in ends)
                found[marks[0]] = [piece for piece in pieces if blanked[piece[0] : piece[1]].strip()]
    return found
