"""What stands in the body of a Go file, without parsing it: calls, composite literals, constants.

Comments and the insides of literals are blanked first, so that an expression finds nothing but code; places in the
blanked text are those of the text. Reading ends nowhere, and no text is refused.
"""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_MOST = 4_000  # characters between two brackets: no address is told in more


class Call(NamedTuple):
    """`receiver.name(arguments)` or `receiver.name{fields}`, each part as it is written; the span ends at the name."""

    receiver: str
    name: str
    arguments: tuple[str, ...]
    span: Span


class Code(NamedTuple):
    """A Go text, and the same with comments and the insides of literals blanked."""

    text: str
    blanked: str


# What does not close is dark to its end: that of the line, for `/*` and a backtick that of the text.
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
    """A text, ready to be asked."""
    return Code(text, _DARK.sub(_blank, text))


def calls(source: Code, names: re.Pattern[str], opener: str = "(") -> Iterator[Call]:
    """The calls whose `receiver.name` a pattern matches, which has the two as its groups; with `{` the literals.

    A pattern need not match more of the receiver than its last name.
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
    """The constants that are plainly a string or a decimal number, as they are written."""
    found: dict[str, str] = {}
    for begin, end in (*_blocks(source.blanked), *(match.span(1) for match in _LONE.finditer(source.blanked))):
        for line in _LINE.finditer(source.blanked, begin, end):
            name = _CONSTANT.match(source.blanked, line.start(), end)
            value = None if name is None else _VALUE.match(source.text, name.end())
            if name is not None and value is not None and literal(value[0]) is not None:
                found[name[1]] = value[0]
    return found


def literal(written: str) -> str | None:
    """The value of a string or number that is written plainly; None for any other expression."""
    match = _LITERAL.match(written)
    return None if match is None else next(group for group in match.groups() if group is not None)


def _blocks(blanked: str) -> Iterator[tuple[int, int]]:
    """The insides of `const (...)`."""
    end = 0
    while block := _BLOCK.search(blanked, end):
        end = blanked.find(_BLOCK_END, block.end()) + 1
        if not end:
            return
        yield block.end(), end


def _receiver(blanked: str, end: int) -> str:
    """The names and dots that end at a place, from the first name on."""
    start = end
    while start and (blanked[start - 1].isalnum() or blanked[start - 1] in "_."):
        start -= 1
    return blanked[start:end].rpartition("..")[2].lstrip(".")


def _blank(match: re.Match[str]) -> str:
    """The same length and lines; quotes stay, so that a literal is still seen to be one."""
    dark = match[0]
    if dark[0] == "/":
        return _VISIBLE.sub(" ", dark)
    inside = dark[1:].removesuffix(dark[0])
    return dark[0] + _VISIBLE.sub(" ", inside) + dark[1 + len(inside) :]


def _parts(blanked: str, opened: Container[int]) -> dict[int, list[tuple[int, int]]]:
    """For each of these brackets what commas part between it and the one that closes it, where that is not far."""
    found: dict[int, list[tuple[int, int]]] = {}
    around: list[list[int]] = []  # for each bracket that is open its place and those of its commas
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
