"""Edits of JSON with comments that keep comments, order, indentation and line ends: fixes and generation share them.

Only nodes of the tree in hand may be given; a container that the text does not close is left alone.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Union

from wslgo.memo import of_last
from wslgo.pattern import pattern
from wslgo.syntax.jsonc import Jsonc, Node
from wslgo.text import Edit, Span

Value = Union[str, int, float, bool, None, Mapping[str, "Value"], Sequence["Value"]]  # noqa: UP007 - names itself

_UNIT = "    "  # what VS Code indents with by default
_KEY_BEFORE = pattern(r'[ \t\ufeff]*(?:"(?:[^"\\]|\\.)*"[ \t]*:[ \t]*)?\Z')
_SPECIAL = pattern(r'["\\\x00-\x1f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


class Style(NamedTuple):
    """How a file is written: line end, one step of indentation, what stands inside `{` and behind `:` and `,`."""

    newline: str
    unit: str
    padding: str
    colon: str
    comma: str


def with_member(tree: Jsonc, container: Node, key: str, value: Value) -> tuple[Edit, ...]:
    """Put a member at the end of an object."""
    return _appended(tree, container, value, key)


def with_element(tree: Jsonc, container: Node, value: Value) -> tuple[Edit, ...]:
    """Put a value at the end of an array."""
    return _appended(tree, container, value, None)


def replaced(tree: Jsonc, node: Node, value: Value) -> tuple[Edit, ...]:
    """Put another value in the place of one."""
    text = tree.source.text
    is_stacked = _is_stacked(text, node, _entries(node))
    new = _written(value, _style(tree), _indentation(text, node.span.start), is_stacked=is_stacked)
    return () if new == text[node.span.start : node.span.end] else (Edit(node.span, new),)


# Where a new entry goes


def _appended(tree: Jsonc, container: Node, value: Value, key: str | None) -> tuple[Edit, ...]:
    text, entries = tree.source.text, _entries(container)
    if text[container.span.end - 1] not in "}]" or len(text[container.span.start : container.span.end]) < 2:
        return ()
    style = _style(tree)
    if not _is_stacked(text, container, entries):
        entry = _entry(key, value, style, "", is_stacked=False)
        if not entries:
            return _inside(text, container, entry, style)
        return _behind(tree, entries[-1], container, style.comma, entry)
    if not entries:
        return (_first_line(text, container, key, value, style),)
    indentation = _indentation(text, entries[-1].start)
    entry = _entry(key, value, style, indentation, is_stacked=True)
    return _behind(tree, entries[-1], container, "," + style.newline + indentation, entry)


def _behind(tree: Jsonc, last: Span, container: Node, separator: str, entry: str) -> tuple[Edit, ...]:
    """A new entry behind the last one, and behind the comment beside that; a comma at the end stays at the end."""
    between = separator[1:]
    comma = _comma_behind(tree, last.end, container.span.end - 1)
    if comma is not None:
        at = _end_of_line(tree, comma + 1) if "\n" in between or "\r" in between else comma + 1
        return (Edit(Span(at, at), f"{between}{entry},"),)
    at = _end_of_line(tree, last.end) if "\n" in between or "\r" in between else last.end
    if at == last.end:
        return (Edit(Span(at, at), separator + entry),)
    return (Edit(Span(last.end, last.end), ","), Edit(Span(at, at), between + entry))


def _inside(text: str, container: Node, entry: str, style: Style) -> tuple[Edit, ...]:
    """The first entry of a container on one line, behind a comment that stands there."""
    padding = style.padding if container.kind == "object" else ""
    end = container.span.end - 1
    start = container.span.start + 1 + len(text[container.span.start + 1 : end].rstrip())
    return (Edit(Span(start, end), f"{padding}{entry}{padding}"),)


def _first_line(text: str, container: Node, key: str | None, value: Value, style: Style) -> Edit:
    """The first entry, on a line of its own below the comments that stand there."""
    base = _indentation(text, container.span.start)
    entry = _entry(key, value, style, base + style.unit, is_stacked=True)
    inner = text[container.span.start + 1 : container.span.end - 1]
    start = container.span.start + 1 + len(inner.rstrip())
    return Edit(Span(start, container.span.end - 1), f"{style.newline}{base}{style.unit}{entry}{style.newline}{base}")


def _comma_behind(tree: Jsonc, at: int, end: int) -> int | None:
    """The comma that follows `at`, comments passed over."""
    text = tree.source.text
    ends = {comment.span.start: comment.span.end for comment in tree.comments}
    while at < end:
        if at in ends:
            at = ends[at]
        elif text[at] == ",":
            return at
        elif text[at] in " \t\r\n":
            at += 1
        else:
            return None
    return None


def _end_of_line(tree: Jsonc, at: int) -> int:
    """Behind the comments that stand on the same line."""
    text = tree.source.text
    ends = {comment.span.start: comment.span.end for comment in tree.comments}
    end = at
    while True:
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        if at not in ends:
            return end
        at = end = ends[at]


# How a file is written


def _entries(container: Node) -> tuple[Span, ...]:
    return tuple(one.span for one in container.members or container.elements)


def _is_stacked(text: str, container: Node, entries: tuple[Span, ...]) -> bool:
    """Whether entries stand on lines of their own; an empty container does as the one around it does."""
    if entries:
        return not text[_line_start(text, entries[-1].start) : entries[-1].start].strip(" \t")
    inside = text[container.span.start + 1 : container.span.end - 1]
    before = text[_line_start(text, container.span.start) : container.span.start]
    return "\n" in inside or "\r" in inside or _KEY_BEFORE.match(before) is not None


@of_last
def _style(tree: Jsonc) -> Style:
    text = tree.source.text
    newline = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    is_dense = '":' in text and not re.search(r'":[ \t]', text)
    padding = " " if text.count('{ "') > text.count('{"') else ""
    return Style(newline, _unit(tree), padding, ":" if is_dense else ": ", "," if is_dense else ", ")


def _unit(tree: Jsonc) -> str:
    """By how much the first entry on a line of its own is indented."""
    text = tree.source.text
    for node in tree.root.walk() if tree.root else ():
        for entry in _entries(node)[:1]:
            outer, inner = _indentation(text, node.span.start), _indentation(text, entry.start)
            if inner != outer and inner.startswith(outer):
                return inner[len(outer) :]
    return _UNIT


def _indentation(text: str, at: int) -> str:
    """The blanks at the start of the line that holds `at`."""
    start = _line_start(text, at)
    line = text[start:at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


# Values as text


def _entry(key: str | None, value: Value, style: Style, indentation: str, *, is_stacked: bool) -> str:
    written = _written(value, style, indentation, is_stacked=is_stacked)
    return written if key is None else f"{_quoted(key)}{style.colon}{written}"


def _written(value: Value, style: Style, indentation: str, *, is_stacked: bool) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return repr(value)
    pairs = list(value.items()) if isinstance(value, Mapping) else [(None, one) for one in value]
    is_object = isinstance(value, Mapping)
    opener, closer = "{}" if is_object else "[]"
    is_stacked = is_stacked and (is_object or any(isinstance(one, (Mapping, list, tuple)) for _, one in pairs))
    inner = indentation + style.unit
    entries = [_entry(key, one, style, inner, is_stacked=is_stacked) for key, one in pairs]
    if not entries:
        return opener + closer
    if is_stacked:
        between = f",{style.newline}{inner}".join(entries)
        return f"{opener}{style.newline}{inner}{between}{style.newline}{indentation}{closer}"
    padding = style.padding if is_object else ""
    return f"{opener}{padding}{style.comma.join(entries)}{padding}{closer}"


def _quoted(text: str) -> str:
    return '"' + _SPECIAL.sub(lambda one: _ESCAPES.get(one[0]) or f"\\u{ord(one[0]):04x}", text) + '"'
