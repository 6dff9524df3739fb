"""The `#include` lines of C and C++ text; macros are not expanded."""

from collections.abc import Iterable, Iterator

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class Row(NamedTuple):
    """A line without its end, and where it starts in its file."""

    start: int
    text: str


class Include(NamedTuple):
    """`#include <name>` or `#include "name"`; `guards` are the macros that must be defined for it to apply.

    An include inside very many conditions is skipped.
    """

    name: str
    span: Span
    is_quoted: bool
    guards: tuple[str, ...] = ()


_DIRECTIVE = pattern(r"[ \t]*#[ \t]*(include|ifdef|ifndef|if|elif|else|endif)\b[ \t]*([^\r\n]*)")
_NAME = pattern(r'(?:<([^>\r\n]+)>|"([^"\r\n]+)")')
_MACRO = pattern(r"[A-Za-z_]\w*")
_LINE = pattern(r"[^\r\n]+")

_DEEPEST = 30  # conditions around an `#include`
_MOST_MACROS = 100  # in these conditions


def rows(text: str) -> Iterator[Row]:
    """Yield the lines of a text that could be directives."""
    return (Row(match.start(), match[0]) for match in _LINE.finditer(text) if "#" in match[0])


def includes(lines: Iterable[Row]) -> tuple[Include, ...]:
    """Yield the included files, each with the macros of the `#ifdef` and `#if` around it."""
    found: list[Include] = []
    guards: list[tuple[str, ...]] = []
    for start, line in lines:
        match = _DIRECTIVE.match(line)
        if match is None:
            continue
        word, rest = match.groups()
        if word == "include":
            name = _NAME.match(rest)
            if name is not None and len(guards) <= _DEEPEST and sum(map(len, guards)) <= _MOST_MACROS:
                span = Span(start + match.start(2), start + match.start(2) + name.end())
                around = tuple(macro for level in guards for macro in level)
                found.append(Include(name[1] or name[2], span, name[2] is not None, around))
        else:
            _enter(word, rest, guards)
    return tuple(found)


def _enter(word: str, condition: str, guards: list[tuple[str, ...]]) -> None:
    """Follow a directive that opens, turns or closes a conditional part."""
    if word in ("ifdef", "if"):
        guards.append(_macros(condition))
    elif word == "ifndef":  # mostly the guard of a header against being read twice
        guards.append(())
    elif guards and word == "elif":
        guards[-1] = _macros(condition)
    elif guards and word == "endif":
        guards.pop()


def _macros(condition: str) -> tuple[str, ...]:
    code = condition.partition("//")[0].partition("/*")[0]
    return tuple(name for name in _MACRO.findall(code) if name != "defined")
