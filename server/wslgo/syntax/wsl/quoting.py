"""Quotes, backslashes and `#` in values of `.wslconfig` and `wsl.conf`: what WSL removes, and how to keep it.

`"` switches quoting anywhere and is dropped; an unquoted `#` ends the value, with or without a space before it.
"""

import re

from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_DROPPED = pattern(r'\\.|(")', re.DOTALL)
_BEFORE_OPENING = tuple(" \t=(")
_COMMENT = pattern(r"(?<![ \t])[ \t]+#")


class Cut(NamedTuple):
    """A value that ends at a `#` that must have been part of it."""

    sign: Span
    meant: str  # as written in the file, up to the end of the line or to a real comment
    span: Span


def dropped_quotes(raw: str) -> list[int]:
    """Return the offsets of the quotes in a raw value that WSL drops."""
    return [match.start() for match in _DROPPED.finditer(raw) if match[1]]


def with_escapes(raw: str) -> str:
    """Return the raw value with a backslash before each quote that WSL would drop."""
    return _DROPPED.sub(lambda match: '\\"' if match[1] else match.group(), raw)


def is_enclosed(raw: str) -> bool:
    """Return whether the first and last of several quotes enclose the value: the second one then seems to open."""
    quotes = dropped_quotes(raw)
    is_around = len(quotes) > 2 and quotes[0] == 0 and quotes[-1] == len(raw) - 1
    return is_around and raw[quotes[1] - 1] in _BEFORE_OPENING


def with_quotes(raw: str) -> str:
    """Return the raw value in quotes; quotes inside it are kept for the program that gets the value."""
    inner = raw[1:-1] if is_enclosed(raw) else raw
    return f'"{with_escapes(inner)}"'


def file_form(value: str) -> str:
    """Return the text that WSL reads as exactly this value."""
    safe = with_doubled_backslashes(value).replace('"', '\\"')
    return f'"{safe}"' if "#" in value or value != value.strip(" \t") else safe


def with_doubled_backslashes(path: str) -> str:
    """Return a path with each backslash doubled, as WSL requires."""
    return path.replace("\\", "\\\\")


def cut(file: IniFile, setting: Setting) -> Cut | None:
    """Return where a `#` cuts a value in the middle of a word or of single quotes; None if it begins a comment."""
    start = setting.value_span.start
    line = file.text[start : setting.written.span.end].rstrip("\r\n")
    at = line.find("#", setting.value_span.end - start)
    if at <= 0 or not setting.written.raw:
        return None
    is_quoted = line.count("'", 0, at) % 2 == 1 and "'" in line[at:]
    if line[at - 1] in ' \t"' and not is_quoted and not _opens(line, at):
        return None
    meant = line[: _end_of_value(line, at, is_quoted)].rstrip(" \t")
    return Cut(Span(start + at, start + at + 1), meant, Span(start, start + len(meant)))


def _opens(line: str, at: int) -> bool:
    """Return whether the quote before `at` looks like an opening one, although it closes for WSL."""
    return line[at - 1] == '"' and line[at - 2 : at - 1] in _BEFORE_OPENING and '"' in line[at:]


def _end_of_value(line: str, at: int, is_quoted: bool) -> int:
    comment = _COMMENT.search(line, line.index("'", at) if is_quoted else at)
    return comment.start() if comment else len(line)
