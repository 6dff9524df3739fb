r"""The variables of a `mise.toml`: the strings in its tables `[env]` and `[[env]]` (mise 2026.11).

A string is the value of the name, or that of `value` in a table: `NAME = { value = "...", tools = true }`.

A value that mise fills in (`{{ ... }}`, `$NAME`) has no value here.
"""

from collections.abc import Iterator

from wslgo.syntax import toml
from wslgo.syntax.hash_comments import comments
from wslgo.syntax.shell.script import Shell, ShellAssignment
from wslgo.syntax.shell.word import Quoting, Word
from wslgo.syntax.toml import Kind, Value
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span

_NAME = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_REFERENCE = pattern(r"\{[{%]|\$")
_QUOTINGS = {Kind.BASIC: Quoting.JSON, Kind.LITERAL: Quoting.SINGLE}


def parse(source: Source) -> Shell:
    """Return the variables of a file and its comments."""
    text = source.text if source.encoding == UTF8 else ""
    return Shell(tuple(_assignments(text)), comments(text))


def _assignments(text: str) -> Iterator[ShellAssignment]:
    for value in toml.values(text):
        if value.keys[0] != "env" or value.kind not in _QUOTINGS:
            continue
        name, *more = [key for key in value.keys[1:] if isinstance(key, str)] or [""]
        if not _NAME.fullmatch(name) or more not in ([], ["value"]):
            continue
        if not more:
            yield ShellAssignment(name, value.key_span, _word(value, text), True, True, value.line)
            continue
        # The key `value` has the span: the name is before it. Its line is not the whole variable.
        start = text.rfind(name, 0, value.key_span.start)
        if start >= 0:
            yield ShellAssignment(name, Span(start, start + len(name)), _word(value, text), True, True)


def _word(value: Value, text: str) -> Word:
    written = text[slice(*value.inner)]
    reference = _REFERENCE.search(written)
    return Word(
        value.span,
        value.inner,
        None if reference else value.text,
        written[: reference.start()] if reference else value.text or "",
        _QUOTINGS[value.kind],
        is_literal=reference is None and value.text == written,
    )
