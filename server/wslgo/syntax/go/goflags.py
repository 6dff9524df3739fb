"""GOFLAGS as the go command splits it (cmd/internal/quoted and cmd/go/internal/base/goflags.go, go1.26.8).

Entries are separated by spaces. A quote counts only at the beginning of an entry, which then extends to the next one
of its kind; nothing is unescaped. Each entry is a flag of its own, with its value after a `=`.
"""

from typing import NamedTuple

from wslgo.knowledge.go_flags import BUILD_VALUES, IN_GOFLAGS
from wslgo.text.span import Span

_SPACES = " \t\n\r"
_QUOTES = "\"'"


class FlagEntry(NamedTuple):
    """An entry without its quotes; `span` includes them. `error` is the go command's reason to reject it."""

    text: str
    span: Span
    error: str = ""

    @property
    def name(self) -> str:
        """The name of the flag, without dashes."""
        return self.text[2 if self.text.startswith("--") else 1 :].partition("=")[0]


def parse(value: str) -> tuple[FlagEntry, ...]:
    """Return the entries of a value; after an entry with an error go reads no further."""
    entries: list[FlagEntry] = []
    at = 0
    while True:
        while at < len(value) and value[at] in _SPACES:
            at += 1
        if at == len(value):
            return tuple(entry._replace(error=entry.error or error_of(entry)) for entry in entries)
        start, quote = at, value[at]
        if quote in _QUOTES:
            end = value.find(quote, at + 1)
            at = len(value) if end < 0 else end + 1
            error = f"unterminated {quote} string" if end < 0 else ""
            entries.append(FlagEntry(value[start + 1 : at - (end >= 0)], Span(start, at), error))
        else:
            while at < len(value) and value[at] not in _SPACES:
                at += 1
            entries.append(FlagEntry(value[start:at], Span(start, at)))


def error_of(entry: FlagEntry) -> str:
    """Return the go command's reason to reject an entry."""
    text = entry.text
    if not text.startswith("-") or text in ("-", "--") or text.startswith(("---", "-=", "--=")):
        return f"non-flag {quoted(text)}"
    if entry.name not in IN_GOFLAGS and entry.name.removeprefix("test.") not in IN_GOFLAGS:
        return f"unknown flag -{entry.name}"
    if entry.name in BUILD_VALUES and "=" not in text:
        return f"flag needs an argument: -{entry.name}"
    return ""


def quoted(text: str) -> str:
    """Return a text in double quotes, as Go writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
