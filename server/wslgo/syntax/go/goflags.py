"""GOFLAGS as the go command splits it (cmd/internal/quoted and cmd/go/internal/base/goflags.go, go1.26.8).

Entries are separated by spaces. A quote counts only at the beginning of an entry, which then extends to the next one
of its kind; nothing is unescaped. Each entry is a flag of its own, with its value after a `=`.
"""

from functools import lru_cache
from typing import NamedTuple

from wslgo.knowledge.go_flags import BOOLEANS, BUILD_VALUES, CHOICES, IN_GOFLAGS, OF_PACKAGES, REAL_SWITCHES
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_SPACES = " \t\n\r"
_QUOTES = "\"'"
_NUMBER = pattern(r"[+-]?(?:0[xX][0-9A-Fa-f]+|0[bB][01]+|0[oO]?[0-7]+|[0-9]+)")
_PARSING = "parsing $GOFLAGS"


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
    def value(self) -> str | None:
        """The text after the `=`."""
        _, equals, value = self.text.partition("=")
        return value if equals else None

    @property
    def lacks_value(self) -> bool:
        """True if the value of a flag of `go build` is missing; commands that do not build overlook it."""
        return self.text.startswith("-") and self.name in BUILD_VALUES and "=" not in self.text


def first_error(entries: tuple[FlagEntry, ...]) -> FlagEntry | None:
    """Return the entry that the go command names: it looks at values only after all else."""
    wrong = [entry for entry in entries if entry.error]
    return next((entry for entry in wrong if is_fatal(entry)), wrong[0] if wrong else None)


def is_fatal(entry: FlagEntry) -> bool:
    """Return whether every go command fails; commands that do not build overlook a bad value."""
    return entry.error.startswith(_PARSING)


# Several rules ask about the same value.
@lru_cache(maxsize=16)
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
            error = f"{_PARSING}: unterminated {quote} string" if end < 0 else ""
            entries.append(FlagEntry(value[start + 1 : at - (end >= 0)], Span(start, at), error))
        else:
            while at < len(value) and value[at] not in _SPACES:
                at += 1
            entries.append(FlagEntry(value[start:at], Span(start, at)))


def error_of(entry: FlagEntry) -> str:
    """Return the go command's reason to reject an entry."""
    text = entry.text
    if not text.startswith("-") or text in ("-", "--") or text.startswith(("---", "-=", "--=")):
        return f"{_PARSING}: non-flag {quoted(text)}"
    if entry.name not in IN_GOFLAGS and entry.name.removeprefix("test.") not in IN_GOFLAGS:
        return f"{_PARSING}: unknown flag -{entry.name}"
    if entry.lacks_value:
        return f"flag needs an argument: -{entry.name} (from $GOFLAGS)"
    return "" if entry.value is None else _error_of_value(entry.name, entry.value)


def _error_of_value(name: str, value: str) -> str:
    """Return the reason of `go build` to reject the value of a flag."""
    wrong = f"value {quoted(value)} for flag -{name} (from $GOFLAGS):"
    if name in REAL_SWITCHES and value not in BOOLEANS:
        return f"invalid boolean {wrong} parse error"
    if name == "buildvcs" and value not in (*BOOLEANS, "auto", ""):
        return f"invalid boolean {wrong} value is neither 'auto' nor a valid bool"
    if name == "C":
        return f"invalid {wrong} -C flag must be first flag on command line"
    if name == "p":
        return _error_of_number(value, wrong)
    if name == "modfile" and value and not value.endswith(".mod"):
        return f"-modfile={value}: file does not have .mod extension"
    if name in OF_PACKAGES:
        problem = _error_for_packages(value.strip())
        return f"invalid {wrong} {problem}" if problem else ""
    choices = CHOICES.get(name)
    return "" if choices is None or value in choices.values else choices.words.format(value=value, wrong=wrong)


def _error_for_packages(value: str) -> str:
    """Return what is wrong with flags of another tool, perhaps with the packages that they are for."""
    if not value or value.startswith("-"):
        return ""
    place = value.find("=")
    if place < 0:
        return "missing =<value> in <pattern>=<value>"
    if place == 0:
        return "missing <pattern> in <pattern>=<value>"
    return f"parameter may not start with quote character {value[0]}" if value[0] in _QUOTES else ""


def _error_of_number(value: str, wrong: str) -> str:
    if not _NUMBER.fullmatch(value):
        return f"invalid {wrong} parse error"
    is_positive = not value.startswith("-") and value.strip("+0xXbBoO") != ""
    return "" if is_positive else f"-p must be a positive integer: {value.lstrip('+')}"


def quoted(text: str) -> str:
    """Return a text in double quotes, as Go writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
