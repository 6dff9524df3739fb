"""What stands in the body of a Go file, without parsing it: calls, composite literals, constants.

Comments and the insides of literals are blanked first, so that an expression finds nothing but code; places in the
blanked text are those of the text. Reading ends nowhere, and no text is refused.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wslgo.pattern import pattern
from wslgo.text import Span

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


_DARK = pattern(r"""//[^\n]*|/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"|`[^`]*(?:`|\Z)|'(?:[^'\\\n]|\\[^\n])+'""", re.DOTALL)
_VISIBLE = pattern(r"[^\n]")
_BRACKET = pattern(r"[()\[\]{},]")
_BLOCK = pattern(r"^const[ \t]*\((.*?)^\)", re.MULTILINE | re.DOTALL)
_LONE = pattern(r"^const[ \t]+([^\n]+)", re.MULTILINE)
_CONSTANT = pattern(r"[ \t;]*(\w+)(?:[ \t]+\w+)?[ \t]*=[ \t]*(?=[\"`\d])")
_LITERAL = pattern(r'"((?:[^"\\\n]|\\.)*)"\Z|`([^`]*)`\Z|(\d+)\Z')
_VALUE = pattern(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`|\d+')


def code(text: str) -> Code:
    """A text, ready to be asked."""
    return Code(text, _DARK.sub(_blank, text))


def calls(source: Code, names: re.Pattern[str], opener: str = "(") -> Iterator[Call]:
    """The calls whose `receiver.name` a pattern matches, which has the two as its groups; with `{` the literals."""
    for match in names.finditer(source.blanked):
        opened = source.blanked.find(opener, match.end())
        if opened < 0 or source.blanked[match.end() : opened].strip(" \t"):
            continue
        parts = _parts(source.blanked, opened)
        if parts is not None:
            arguments = tuple(source.text[start:end].strip() for start, end in parts)
            yield Call(match[1], match[2], arguments, Span(match.start(1), match.end(2)))


def constants(source: Code) -> dict[str, str]:
    """The constants that are plainly a string or a decimal number, as they are written."""
    found: dict[str, str] = {}
    for match in (*_BLOCK.finditer(source.blanked), *_LONE.finditer(source.blanked)):
        for line in re.finditer(r"[^\n]+", match[1]):
            start = match.start(1) + line.start()
            name = _CONSTANT.match(source.blanked, start, match.end(1))
            value = None if name is None else _VALUE.match(source.text, name.end())
            if name is not None and value is not None:
                found[name[1]] = value[0]
    return found


def literal(written: str) -> str | None:
    """The value of a string or number that is written plainly; None for any other expression."""
    match = _LITERAL.match(written)
    return None if match is None else next(group for group in match.groups() if group is not None)


def _blank(match: re.Match[str]) -> str:
    """The same length and lines; quotes stay, so that a literal is still seen to be one."""
    dark = match[0]
    if dark[0] == "/" or len(dark) < 2:
        return _VISIBLE.sub(" ", dark)
    return dark[0] + _VISIBLE.sub(" ", dark[1:-1]) + dark[-1]


def _parts(blanked: str, opened: int) -> list[tuple[int, int]] | None:
    """What commas part between a bracket and the one that closes it; None where that is far or missing."""
    depth = 0
    start = opened + 1
    parts = []
    for match in _BRACKET.finditer(blanked, opened, opened + _MOST):
        if match[0] in "([{":
            depth += 1
        elif match[0] in ")]}":
            depth -= 1
        if depth == 0 or (depth == 1 and match[0] == ","):
            parts.append((start, match.start()))
            start = match.end()
        if depth == 0:
            return [part for part in parts if blanked[part[0] : part[1]].strip()]
    return None
