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

    @property
    def lacks_value(self) -> bool:
        """True if the value of a flag of `go build` is missing; commands that do not build overlook it."""
        return self.text.startswith("-") and self.name in BUILD_VALUES and "=" not in self.text


def first_error(entries: tuple[FlagEntry, ...]) -> FlagEntry | None:
    """Return the entry that the go command names: it looks for values that are missing only after all else."""
    wrong = [entry for entry in entries if entry.error]
    return next((entry for entry in wrong if not entry.lacks_value), wrong[0] if wrong else None)


def parse(value: str) -> tuple[FlagEntry, ...]:
    """Return the entries of a value."""
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
            error = f"parsing $GOFLAGS: unterminated {quote} string" if end < 0 else ""
            entries.append(FlagEntry(value[start + 1 : at - (end >= 0)], Span(start, at), error))
        else:
            while at < len(value) and value[at] not in _SPACES:
                at += 1
            entries.append(FlagEntry(value[start:at], Span(start, at)))


def error_of(entry: FlagEntry) -> str:
    """Return the go command's reason to reject an entry."""
    text = entry.text
    if not text.startswith("-") or text in ("-", "--") or text.startswith(("---", "-=", "--=")):
        return f"parsing $GOFLAGS: non-flag {quoted(text)}"
    if entry.name not in IN_GOFLAGS and entry.name.removeprefix("test.") not in IN_GOFLAGS:
        return f"parsing $GOFLAGS: unknown flag -{entry.name}"
    return f"flag needs an argument: -{entry.name} (from $GOFLAGS)" if entry.lacks_value else ""


def quoted(text: str) -> str:
    """Return a text in double quotes, as Go writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
