"""Quotes, backslashes and `#` in values of `.wslconfig` and `wsl.conf`: what WSL takes away, and how to keep it.

`"` switches quoting wherever it stands and is dropped; an unquoted `#` ends the value, with or without a blank before
it.
"""

import re
from typing import NamedTuple

from wslgo.syntax.wsl.file import IniFile, Setting
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_DROPPED = pattern(r'\\.|(")', re.DOTALL)
_BEFORE_OPENING = tuple(" \t=(")
_COMMENT = pattern(r"(?<![ \t])[ \t]+#")


class Cut(NamedTuple):
    """A value that ends at a `#` which must have been meant as a part of it."""

    sign: Span
    meant: str  # as it stands in the file, up to the end of the line or to a real comment
    span: Span


def dropped_quotes(raw: str) -> list[int]:
    """Where in a raw value the quotes are that WSL takes away."""
    return [match.start() for match in _DROPPED.finditer(raw) if match[1]]


def with_escapes(raw: str) -> str:
    """The raw value with a backslash before each quote that WSL would take away."""
    return _DROPPED.sub(lambda match: '\\"' if match[1] else match.group(), raw)


def is_enclosed(raw: str) -> bool:
    """Whether the first and last of several quotes enclose the whole value: the second one then seems to open."""
    quotes = dropped_quotes(raw)
    is_around = len(quotes) > 2 and quotes[0] == 0 and quotes[-1] == len(raw) - 1
    return is_around and raw[quotes[1] - 1] in _BEFORE_OPENING


def with_quotes(raw: str) -> str:
    """The raw value between quotes, with those inside kept for whoever gets the value."""
    inner = raw[1:-1] if is_enclosed(raw) else raw
    return f'"{with_escapes(inner)}"'


def file_form(value: str) -> str:
    """How to write a value so that WSL reads exactly that."""
    safe = with_doubled_backslashes(value).replace('"', '\\"')
    return f'"{safe}"' if "#" in value or value != value.strip(" \t") else safe


def with_doubled_backslashes(path: str) -> str:
    """A path with the backslashes that WSL wants."""
    return path.replace("\\", "\\\\")


def cut(file: IniFile, setting: Setting) -> Cut | None:
    """Where a `#` cuts a value in the middle of a word or of single quotes, or None when it begins a comment."""
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
    """Whether the quote before `at` looks like an opening one, although to WSL it closes."""
    return line[at - 1] == '"' and line[at - 2 : at - 1] in _BEFORE_OPENING and '"' in line[at:]


def _end_of_value(line: str, at: int, is_quoted: bool) -> int:
    comment = _COMMENT.search(line, line.index("'", at) if is_quoted else at)
    return comment.start() if comment else len(line)
