r"""The values of a TOML file (1.0) with the keys that lead to them, and where each is written.

It never raises. A value of several lines and one with an escape for other signs than quotes, backslashes and tabs have
no text here; a line that is not TOML has no value at all, while a TOML parser rejects the whole file. A test compares
it with tomllib.
"""

import re
from collections.abc import Iterator
from enum import Enum

from wslgo.text.pattern import pattern
from wslgo.text.source import BOM
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

Key = str | int
Keys = tuple[Key, ...]


class Kind(Enum):
    """The type of a value."""

    BASIC = "basic"  # a string in double quotes
    LITERAL = "literal"  # a string in single quotes
    NUMBER = "number"
    OTHER = "other"


class Value(NamedTuple):
    """A value: `text` is that of a string, else as written, and None if it is not known; `inner` is without quotes.

    `line` are the lines of a value that is alone with its key.
    """

    keys: Keys
    text: str | None
    kind: Kind
    key_span: Span
    span: Span
    inner: Span
    line: Span | None = None


class _Container(NamedTuple):
    """An array or an inline table that is open: its keys, and whether it is an array."""

    keys: Keys
    is_array: bool


class _String(NamedTuple):
    """A string of one line; `inner` is without its quotes."""

    text: str | None
    kind: Kind
    inner: Span


class _Name(NamedTuple):
    """A key, perhaps with dots, the span of its last part, and its end."""

    keys: tuple[str, ...]
    span: Span
    end: int


_KEY = pattern(r"[A-Za-z0-9_-]+")
_LONG = pattern(r"\"\"\"(?:[^\"\\]|\\[\s\S]|\"(?!\"\"))*(?:\"{3,5})?|'''(?:[^']|'(?!''))*(?:'{3,5})?")
_BASIC = pattern(r"\"((?:[^\"\\\r\n]|\\[^\r\n])*)(\"?)")
_LITERAL = pattern(r"'([^'\r\n]*)('?)")
_BARE = pattern(r"[A-Za-z0-9_.:+-]+(?: [0-9:.Z+-]+)?")
_NUMBER = pattern(r"[+-]?(?:\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?|inf|nan)|0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+")
_COMMENT = pattern(r"#[^\n]*")
_GAP = pattern(r"[ \t\r\n,]+|#[^\n]*")
_OTHER = pattern(r"[^\"'#\[\]{}\n]+")
_REST = pattern(r"(?:#[^\n]*|\r)?(?:\n|\Z)")
_ESCAPES = {"\\\\": "\\", '\\"': '"', "\\t": "\t"}
_ESCAPE = pattern(r"\\(.)")
_DEEPEST = 100  # levels: no file of settings has ten


def values(text: str) -> Iterator[Value]:
    """Yield the values of all tables in order."""
    table: Keys | None = ()
    numbers: dict[Keys, int] = {}  # of arrays of tables
    at = len(BOM) if text.startswith(BOM) else 0
    while at < len(text):
        start, at = at, _past_spaces(text, at)
        if text.startswith("[", at):
            table = _header(text, at, numbers)
        elif table is not None:
            yield from _entry(text, at, start, table)
        at = _end_of_entry(text, at)


def _header(text: str, at: int, numbers: dict[Keys, int]) -> Keys | None:
    """Return the keys of a table; None if a line is none."""
    is_array = text.startswith("[[", at)
    brackets = 1 + is_array
    name = _name(text, _past_spaces(text, at + brackets))
    if name is None or not text.startswith("]" * brackets, name.end) or not _rest(text, name.end + brackets):
        return None
    if not is_array:
        return name.keys
    numbers[name.keys] = numbers.get(name.keys, -1) + 1
    return (*name.keys, numbers[name.keys])


def _entry(text: str, at: int, line: int, table: Keys) -> Iterator[Value]:
    """Yield the values of a key: its own, or those in its brackets."""
    name = _name(text, at)
    if name is None or not text.startswith("=", name.end):
        return
    at = _past_spaces(text, name.end + 1)
    keys = (*table, *name.keys)
    if text[at : at + 1] in ("[", "{"):
        yield from _nested(text, at, keys, name.span)
        return
    value = _scalar(text, at, keys, name.span)
    rest = _rest(text, value.span.end) if value is not None else None
    if value is not None and rest is not None:
        yield value._replace(line=Span(line, rest.end()))


def _nested(text: str, at: int, keys: Keys, key_span: Span) -> Iterator[Value]:
    """Yield the values of an array or an inline table, which has arrays and tables in it."""
    open_: list[_Container] = []
    counts: list[int] = []
    while at < len(text) and len(open_) <= _DEEPEST:
        at = _past_gap(text, at)
        if text[at : at + 1] in ("]", "}"):
            open_.pop()
            counts.pop()
            at += 1
            if not open_:
                return
            continue
        if open_ and open_[-1].is_array:
            keys = (*open_[-1].keys, counts[-1])
            counts[-1] += 1
        elif open_:
            name = _name(text, at)
            if name is None or not text.startswith("=", name.end):
                return
            keys, key_span = (*open_[-1].keys, *name.keys), name.span
            at = _past_spaces(text, name.end + 1)
        if text[at : at + 1] in ("[", "{"):
            open_.append(_Container(keys, text[at] == "["))
            counts.append(0)
            at += 1
            continue
        value = _scalar(text, at, keys, key_span)
        if value is None:
            return
        yield value
        at = value.span.end


def _past_gap(text: str, at: int) -> int:
    """Return the end of spaces, commas, line ends and comments."""
    while match := _GAP.match(text, at):
        at = match.end()
    return at


def _scalar(text: str, at: int, keys: Keys, key_span: Span) -> Value | None:
    """Return the value that begins at an offset; None if it is none."""
    if long := _LONG.match(text, at):
        return Value(keys, None, Kind.OTHER, key_span, Span(*long.span()), Span(*long.span()))
    string = _string(text, at)
    if string is not None:
        return Value(keys, string.text, string.kind, key_span, Span(at, string.inner.end + 1), string.inner)
    bare = _BARE.match(text, at)
    if bare is None:
        return None
    kind = Kind.NUMBER if _NUMBER.fullmatch(bare[0]) else Kind.OTHER
    return Value(keys, bare[0], kind, key_span, Span(*bare.span()), Span(*bare.span()))


def _string(text: str, at: int) -> _String | None:
    """Return the string that begins at an offset and ends in its line."""
    if basic := _BASIC.match(text, at):
        return _String(_decoded(basic[1]), Kind.BASIC, Span(*basic.span(1))) if basic[2] else None
    literal = _LITERAL.match(text, at)
    return _String(literal[1], Kind.LITERAL, Span(*literal.span(1))) if literal and literal[2] else None


def _name(text: str, at: int) -> _Name | None:
    """Return the key at an offset, with the spaces after it."""
    keys: list[str] = []
    while True:
        bare = _KEY.match(text, at)
        string = None if bare else _string(text, at)
        if bare is not None:
            keys.append(bare[0])
            inner, at = Span(*bare.span()), bare.end()
        elif string is not None and string.text is not None:
            keys.append(string.text)
            inner, at = string.inner, string.inner.end + 1
        else:
            return None
        at = _past_spaces(text, at)
        if not text.startswith(".", at):
            return _Name(tuple(keys), inner, at)
        at = _past_spaces(text, at + 1)


def _rest(text: str, at: int) -> re.Match[str] | None:
    """Return the rest of a line, which a comment may be in."""
    return _REST.match(text, _past_spaces(text, at))


def _decoded(written: str) -> str | None:
    """Return the text of a basic string; None if it has another escape than those of quotes, backslashes and tabs."""
    if any(found[0] not in _ESCAPES for found in _ESCAPE.finditer(written)):
        return None
    return _ESCAPE.sub(lambda found: _ESCAPES[found[0]], written)


def _end_of_entry(text: str, at: int) -> int:
    """Return the end of the line at which a key with its value, or a header, ends; brackets can span several."""
    depth = 0
    while at < len(text):
        sign = text[at]
        skipped = _skipped(text, at)
        if skipped is not None:
            at = skipped.end()
            continue
        at += 1
        depth = max(0, depth + (sign in "[{") - (sign in "]}"))
        if sign == "\n" and not depth:
            break
    return at


def _skipped(text: str, at: int) -> re.Match[str] | None:
    """Return a string, a comment, or text without any meaning."""
    every = (_LONG, _BASIC, _LITERAL, _COMMENT, _OTHER)
    return next((match for expression in every if (match := expression.match(text, at))), None)


def _past_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at
