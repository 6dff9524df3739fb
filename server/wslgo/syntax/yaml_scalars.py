"""The scalars of block YAML with the keys that lead to them, as in compose files and Kubernetes manifests.

It skips anchors, tags and flow mappings, and leaves templates as written, which a YAML parser rejects with the whole
file (docs/decisions/0004-own-parsers.md). A test compares its values of plain, quoted and block scalars, and of flow
sequences of these, with those of PyYAML.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wslgo.text.pattern import pattern
from wslgo.text.span import Span

Key = str | int


class Leaf(NamedTuple):
    """A scalar: the number of its document, the keys and indices to it, its value as text, and its span."""

    document: int
    keys: tuple[Key, ...]
    value: str
    span: Span


class _Level(NamedTuple):
    indent: int
    key: Key


_LINE = pattern(r"([ ]*)([^\r\n]*)\r?\n?")
_KEY = pattern(r"((?:\"[^\"]*\"|'[^']*')[ \t]*|[^\s#\"'\[\]{},&*!|>%@`-][^:#]*|-[^\s:#][^:#]*):(?:[ \t]+|\Z)")
_DASH = pattern(r"-(?:[ \t]+|\Z)")
_SCALAR = pattern(r"(?:[&!][^ \t]*[ \t]+)*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'|([^\s#](?:[^#]|(?<=\S)#)*))")
_BLOCK = pattern(r"(?:[&!][^ \t]*[ \t]+)*[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?\Z")
_ITEM = pattern(
    r"(?<=[\[,])[ \t\n]*(?![ \t\n])(?:(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')[ \t\n]*|([^,\[\]\"']*))(?:,|\])"
)

_BLANKS = " \t"
_DEEPEST = 100  # levels: no container file has ten; deeper ones are skipped


def leaves(text: str) -> Iterator[Leaf]:
    """Yield the scalars of all documents in order, without null."""
    reader = _Reader(text)
    place = 0
    while place < len(text):
        match = _LINE.match(text, place)
        if match is None:
            return
        place = match.end()
        yield from reader.line(len(match[1]), match[2], match.start(2))
        place = max(place, reader.resume)


class _Reader:
    """The keys around a line; `resume` is where to continue after a value of several lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.resume = 0
        self._document = 0
        self._levels: list[_Level] = []

    def line(self, indent: int, content: str, start: int) -> Iterator[Leaf]:
        if not content.strip(_BLANKS) or content.startswith("#"):
            return
        if indent == 0 and re.match(r"---(?:\s|\Z)", content):
            self._document += 1
            self._levels = []
            return
        while len(self._levels) <= _DEEPEST and (dash := _DASH.match(content)):
            self._enter_item(indent)
            indent, content, start = indent + dash.end(), content[dash.end() :], start + dash.end()
        key = _KEY.match(content)
        if key is not None:
            while self._levels and self._levels[-1].indent >= indent:
                self._levels.pop()
            self._levels.append(_Level(indent, key[1].rstrip(" \t").strip("\"'")))
            content, start = content[key.end() :], start + key.end()
        elif not self._levels or self._levels[-1].indent >= indent:
            return
        if len(self._levels) <= _DEEPEST:
            yield from self._value(content, start)

    def _enter_item(self, indent: int) -> None:
        """Enter the next item of the list at this indent, which may be that of the key above it."""
        while self._levels and self._levels[-1].indent > indent:
            self._levels.pop()
        last = self._levels[-1] if self._levels else None
        if last is not None and last.indent == indent and isinstance(last.key, int):
            self._levels[-1] = _Level(indent, last.key + 1)
        else:
            self._levels.append(_Level(indent, 0))

    def _value(self, content: str, start: int) -> Iterator[Leaf]:
        keys = tuple(level.key for level in self._levels)
        if _BLOCK.match(content):
            yield self._block(keys, start + len(content))
        elif content.startswith("["):
            yield from self._flow(keys, start)
        else:
            match = _SCALAR.match(content)
            value = None if match is None else _scalar(match)
            if match is not None and value is not None:
                yield Leaf(self._document, keys, value, Span(start + match.start(), start + match.end()))

    def _block(self, keys: tuple[Key, ...], start: int) -> Leaf:
        """Return the lines that are indented deeper than the key."""
        indent = self._levels[-1].indent
        lines = []
        place = self.text.find("\n", start) + 1 or len(self.text)
        first = place
        while place < len(self.text) and (match := _LINE.match(self.text, place)):
            if match[2].strip(_BLANKS) and len(match[1]) <= indent:
                break
            lines.append(match[2])
            place = match.end()
        self.resume = place
        return Leaf(self._document, keys, "\n".join(lines).rstrip("\n"), Span(first, place))

    def _flow(self, keys: tuple[Key, ...], start: int) -> Iterator[Leaf]:
        place, number = start + 1, 0
        while match := _ITEM.match(self.text, place):
            scalar = _SCALAR.match(match[1] or match[2])
            value = None if scalar is None else _scalar(scalar)
            if value is not None:
                yield Leaf(self._document, (*keys, number), value, Span(*match.span(match.lastindex or 0)))
            place, number = match.end(), number + 1
            if self.text[place - 1] == "]":
                break
        self.resume = place


def _scalar(match: re.Match[str]) -> str | None:
    """Return the text of a scalar; only escapes of quotes and backslashes are decoded."""
    double, single, plain = match.groups()
    if double is not None:
        return re.sub(r"\\([\"\\/])", r"\1", double)
    if single is not None:
        return single.replace("''", "'")
    text = (plain or "").rstrip(f"{_BLANKS}\n")
    return None if text in ("~", "null") or text[:1] in "&*!" else text
