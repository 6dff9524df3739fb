"""The scalars of YAML with the keys that lead to them, as in compose files and Kubernetes manifests.

It skips tags, and leaves templates as written, which a YAML parser rejects with the whole file
(docs/decisions/0004-own-parsers.md). `leaves` yields a scalar where it is written, `resolved` also where an alias or a
merge key repeats it. A test compares the values of both with those of PyYAML.
"""

import re
from collections.abc import Iterator

from wslgo.syntax import yaml_flow
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

Key = str | int


class Leaf(NamedTuple):
    """A scalar: the number of its document, the keys and indices to it, its value as text, and its span.

    `key_span` is the last key as written; `is_flow` means that it is in brackets.
    """

    document: int
    keys: tuple[Key, ...]
    value: str
    span: Span
    key_span: Span | None = None
    is_flow: bool = False


class Mark(NamedTuple):
    """An anchor, or an alias for what one names, with the keys to its place."""

    document: int
    keys: tuple[Key, ...]
    name: str
    is_anchor: bool


class _Level(NamedTuple):
    indent: int
    key: Key


_LINE = pattern(r"([ ]*)([^\r\n]*)\r?\n?")
_KEY = pattern(r"((?:\"[^\"]*\"|'[^']*')[ \t]*|[^\s#\"'\[\]{},&*!|>%@`-][^:#]*|-[^\s:#][^:#]*):(?:[ \t]+|\Z)")
_DASH = pattern(r"-(?:[ \t]+|\Z)")
_SCALAR = pattern(r"(?:[&!][^ \t]*[ \t]+)*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'|([^\s#](?:[^#]|(?<=\S)#)*))")
_BLOCK = pattern(r"(?:[&!][^ \t]*[ \t]+)*[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?\Z")
_ANCHOR = pattern(r"&([^\s,\[\]{}]+)(?:[ \t]+|\Z)")
_ALIAS = pattern(r"\*([^\s,\[\]{}]+)")

_BLANKS = " \t"
_MOST_OPEN = 50_000  # characters to read in brackets that do not end
_MOST_REPEATED = 10_000  # scalars by aliases, which can repeat each other without bounds
_DEEPEST = 100  # levels: no container file has ten; deeper ones are skipped


def leaves(text: str) -> Iterator[Leaf]:
    """Yield the scalars of all documents in order, without null."""
    return (found for found in _nodes(text) if isinstance(found, Leaf))


def resolved(text: str, *, merges: bool) -> Iterator[Leaf]:
    """Yield the scalars of all documents, also where an alias or, with `merges`, a merge key repeats them.

    What is repeated has the keys of its new place, and the span of the old one.
    """
    document, found = 0, _Repeated(merges)
    for node in _nodes(text):
        if node.document != document:
            yield from found.all()
            document, found = node.document, _Repeated(merges)
        found.take(node)
    yield from found.all()


class _Repeated:
    """The scalars of a document with those that aliases and merge keys repeat."""

    def __init__(self, merges: bool) -> None:
        self._merges = merges
        self._found: list[Leaf] = []
        self._anchors: dict[str, tuple[tuple[Key, ...], int]] = {}  # with the number of scalars before
        # By the key that they set, with the number of the first merge key that does.
        self._merged: dict[tuple[Key, ...], tuple[int, list[Leaf]]] = {}
        self._merges_seen = 0
        self._left = _MOST_REPEATED

    def take(self, node: "Leaf | Mark") -> None:
        if isinstance(node, Leaf):
            self._found.append(node)
        elif node.is_anchor:
            self._anchors[node.name] = node.keys, len(self._found)
        elif node.name in self._anchors:
            self._repeat(node.keys, *self._anchors[node.name])

    def _repeat(self, keys: tuple[Key, ...], origin: tuple[Key, ...], first: int) -> None:
        is_merge = "<<" in keys[-2:]
        self._merges_seen += is_merge
        base = keys[: len(keys) - 1 - isinstance(keys[-1], int)] if is_merge else keys
        for place in range(first, min(len(self._found), first + self._left)):
            leaf = self._found[place]
            if leaf.keys[: len(origin)] != origin:
                break
            rest = leaf.keys[len(origin) :]
            self._left -= 1
            if is_merge and rest:
                if self._merges:
                    self._merge(leaf._replace(keys=(*base, *rest)), (*base, rest[0]))
            else:
                self._found.append(leaf._replace(keys=(*base, *rest)))

    def _merge(self, leaf: Leaf, key: tuple[Key, ...]) -> None:
        number, leaves = self._merged.setdefault(key, (self._merges_seen, []))
        if number == self._merges_seen:
            leaves.append(leaf)
            self._found.append(leaf)

    def all(self) -> Iterator[Leaf]:
        """Yield all scalars; a key that is written itself wins over a merged one, and the first merge over others."""
        merged = {id(leaf) for _, found in self._merged.values() for leaf in found}
        own = [leaf for leaf in self._found if id(leaf) not in merged]
        yield from own
        if merged:
            written = {leaf.keys[:length] for leaf in own for length in range(len(leaf.keys) + 1)}
            yield from (leaf for key, (_, found) in self._merged.items() if key not in written for leaf in found)


def _nodes(text: str) -> Iterator[Leaf | Mark]:
    """Yield scalars, anchors and aliases in order."""
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
        self._key: Span | None = None
        self._left = _MOST_OPEN

    def line(self, indent: int, content: str, start: int) -> Iterator[Leaf | Mark]:
        self._key = None
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
            name = key[1].rstrip(" \t")
            quote = name[:1] in "\"'"
            self._key = Span(start + quote, start + len(name) - quote)
            while self._levels and self._levels[-1].indent >= indent:
                self._levels.pop()
            self._levels.append(_Level(indent, name.strip("\"'")))
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

    def _value(self, content: str, start: int) -> Iterator[Leaf | Mark]:
        keys = tuple(level.key for level in self._levels)
        while anchor := _ANCHOR.match(content):
            yield Mark(self._document, keys, anchor[1], True)
            content, start = content[anchor.end() :], start + anchor.end()
        alias = _ALIAS.match(content)
        if alias is not None and not re.sub(r"\s#.*", "", content[alias.end() :]).strip():
            yield Mark(self._document, keys, alias[1], False)
        elif _BLOCK.match(content):
            yield self._block(keys, start + len(content))
        elif content[:1] in ("[", "{"):
            yield from self._in_brackets(keys, start)
        else:
            match = _SCALAR.match(content)
            value = None if match is None else _scalar(match)
            if match is not None and value is not None:
                span = Span(start + match.start(), start + match.end())
                yield Leaf(self._document, keys, value, span, self._key)

    def _in_brackets(self, keys: tuple[Key, ...], start: int) -> Iterator[Leaf | Mark]:
        """Yield what is in brackets, unless they never end."""
        if self._left <= 0:
            return
        flow = yaml_flow.read(self.text, start, keys)
        if flow.end is None:
            self._left -= flow.reached - start
            return
        self.resume = flow.end
        for found in flow.found:
            if isinstance(found, yaml_flow.Scalar):
                yield Leaf(self._document, found.keys, found.value, found.span, found.key_span, True)
            else:
                yield Mark(self._document, found.keys, found.name, found.is_anchor)

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
        return Leaf(self._document, keys, "\n".join(lines).rstrip("\n"), Span(first, place), self._key)


def _scalar(match: re.Match[str]) -> str | None:
    """Return the text of a scalar; only escapes of quotes and backslashes are decoded."""
    double, single, plain = match.groups()
    if double is not None:
        return re.sub(r"\\([\"\\/])", r"\1", double)
    if single is not None:
        return single.replace("''", "'")
    text = (plain or "").rstrip(f"{_BLANKS}\n")
    return None if text in ("~", "null") or text[:1] in "&*!" else text
