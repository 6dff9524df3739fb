"""YAML in brackets: the scalars of `{a: b}` and `[c, d]` with the keys that lead to them, anchors and aliases.

A scalar of several lines, one with a tag and one with an escape that only YAML knows have no value here.
"""

import re

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

Keys = tuple[str | int, ...]


class Scalar(NamedTuple):
    """A scalar; `key_span` is its key without quotes, None in a list."""

    keys: Keys
    value: str
    span: Span
    key_span: Span | None


class Name(NamedTuple):
    """An anchor, or an alias."""

    keys: Keys
    name: str
    is_anchor: bool


class Flow(NamedTuple):
    """The nodes in brackets, and where these end: None if they never do, or hold no YAML.

    `reached` is the last place that was read.
    """

    found: tuple[Scalar | Name, ...]
    end: int | None
    reached: int


class _Container(NamedTuple):
    """A list or a mapping that is open."""

    keys: Keys
    is_list: bool


_GAP = pattern(r"\s+|(?<=\s)#[^\n]*")
_QUOTED = pattern(r"\"((?:[^\"\\\n]|\\.)*)(\"?)|'((?:[^'\n]|'')*)('?)")
_PLAIN = pattern(r"[^,\[\]{}\n]+")
_END_OF_PLAIN = pattern(r":(?=\s|\Z)|\s#")
_NAMED = pattern(r"[&*][^\s,\[\]{}]+")
_TAG = pattern(r"![^\s,\[\]{}]*")
_ESCAPE = pattern(r"\\[^\"\\/]")
_INDICATORS = "&*!|>%@`\"'#"
_DEEPEST = 50


class _NotFlowError(Exception):
    """The text is not YAML in brackets."""


def read(text: str, start: int, keys: Keys) -> Flow:
    """Return what is in the brackets at an offset."""
    reader = _Reader(text, start)
    try:
        reader.read(keys)
    except (_NotFlowError, IndexError):
        return Flow((), None, reader.at)
    return Flow(tuple(reader.found), reader.at, reader.at)


class _Reader:
    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.at = start
        self.found: list[Scalar | Name] = []
        self._open: list[_Container] = []
        self._counts: list[int] = []

    def read(self, keys: Keys) -> None:
        self._enter(keys)
        while self._open:
            self._skip()
            sign = self.text[self.at]
            if sign in "]}":
                container = self._open.pop()
                self._counts.pop()
                if container.is_list != (sign == "]"):
                    raise _NotFlowError
                self.at += 1
            elif sign == ",":
                self.at += 1
            elif self._open[-1].is_list:
                self._counts[-1] += 1
                self._node((*self._open[-1].keys, self._counts[-1] - 1), None)
            else:
                self._pair(self._open[-1].keys)

    def _enter(self, keys: Keys) -> None:
        if len(self._open) >= _DEEPEST:
            raise _NotFlowError
        self._open.append(_Container(keys, self.text[self.at] == "["))
        self._counts.append(0)
        self.at += 1

    def _pair(self, keys: Keys) -> None:
        """Read a key with its value, which may be missing."""
        quoted = _QUOTED.match(self.text, self.at)
        if quoted is not None:
            key, span = self._quoted(quoted)
            self._skip()
        else:
            key, span = self._plain()
        if key is None:
            raise _NotFlowError
        if self.text[self.at] == ":":
            self.at += 1
            self._skip()
            if self.text[self.at] not in ",}":
                self._node((*keys, key), span)

    def _node(self, keys: Keys, key_span: Span | None) -> None:
        """Read a value."""
        is_tagged = False
        while match := _NAMED.match(self.text, self.at) or _TAG.match(self.text, self.at):
            self.at = match.end()
            if match[0][0] == "!":
                is_tagged = True
            else:
                is_anchor = match[0][0] == "&"
                self.found.append(Name(keys, match[0][1:], is_anchor))
                if not is_anchor:
                    return
            self._skip()
        if self.text[self.at] in "[{":
            self._enter(keys)
            return
        if self.text[self.at] in ",]}":
            return
        quoted = _QUOTED.match(self.text, self.at)
        start = self.at
        value, inner = self._quoted(quoted) if quoted else self._plain()
        if self.text[self.at : self.at + 1] == ":":
            raise _NotFlowError  # a pair in a list
        is_null = not quoted and value in ("~", "null", "")
        if value is not None and not is_tagged and not is_null:
            span = Span(start, inner.end + bool(quoted))
            self.found.append(Scalar(keys, value, span, key_span))

    def _quoted(self, match: re.Match[str]) -> tuple[str | None, Span]:
        """Return the text of a string and its place without quotes; no text with an escape that only YAML knows."""
        double, closing, single, closing_single = match.groups()
        if not (closing or closing_single):
            raise _NotFlowError
        self.at = match.end()
        inner = Span(match.start() + 1, match.end() - 1)
        if single is not None:
            return single.replace("''", "'"), inner
        return (None if _ESCAPE.search(double) else re.sub(r"\\([\"\\/])", r"\1", double)), inner

    def _plain(self) -> tuple[str | None, Span]:
        """Return a scalar without quotes; no text for one that continues in the next line."""
        match = _PLAIN.match(self.text, self.at)
        if match is None or match[0][0] in _INDICATORS or (match[0][0] in "-?:" and match[0][1:2].strip() == ""):
            raise _NotFlowError
        ending = _END_OF_PLAIN.search(match[0])
        value = (match[0][: ending.start()] if ending else match[0]).rstrip()
        span = Span(match.start(), match.start() + len(value))
        self.at = match.start() + ending.start() if ending else match.end()
        self._skip()
        return (value if self.text[self.at] in ",]}:" else None), span

    def _skip(self) -> None:
        while match := _GAP.match(self.text, self.at):
            self.at = match.end()
