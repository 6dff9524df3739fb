"""GOFLAGS as the go command splits it (cmd/internal/quoted and cmd/go/internal/base/goflags.go, go1.26.8).

Each entry is a flag of its own, with its value after a `=`.
"""

from functools import lru_cache

from wslgo.knowledge.go_flags import BUILD_VALUES, FALSE, IN_GOFLAGS
from wslgo.syntax.go.flag_value import error_of_value, quoted, tags_of
from wslgo.syntax.go.flag_words import Word, go_words
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_PARSING = "parsing $GOFLAGS"
_UNTERMINATED = f"{_PARSING}: unterminated"
_ORIGIN = " (from $GOFLAGS)"


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
    """Return the entry that the go command names: it looks for quotes before, and at values after all else."""
    wrong = [entry for entry in entries if entry.error]
    if wrong and wrong[-1].error.startswith(_UNTERMINATED):
        return wrong[-1]
    return next((entry for entry in wrong if is_fatal(entry)), wrong[0] if wrong else None)


def is_fatal(entry: FlagEntry) -> bool:
    """Return whether every go command fails; commands that do not build overlook a bad value."""
    return entry.error.startswith(_PARSING)


# Several rules ask about the same value.
@lru_cache(maxsize=16)
def parse(value: str) -> tuple[FlagEntry, ...]:
    """Return the entries of a value."""
    words = go_words(value)
    return tuple(_entry(value, word) for word in words)


def _entry(value: str, word: Word) -> FlagEntry:
    if not word.is_closed:
        return FlagEntry(word.text, word.span, f"{_UNTERMINATED} {value[word.span.start]} string")
    entry = FlagEntry(word.text, word.span)
    return entry._replace(error=error_of(entry))


def error_of(entry: FlagEntry) -> str:
    """Return the go command's reason to reject an entry."""
    text = entry.text
    if not text.startswith("-") or text in ("-", "--") or text.startswith(("---", "-=", "--=")):
        return f"{_PARSING}: non-flag {quoted(text)}"
    if entry.name not in IN_GOFLAGS and entry.name.removeprefix("test.") not in IN_GOFLAGS:
        return f"{_PARSING}: unknown flag -{entry.name}"
    if entry.lacks_value:
        return f"flag needs an argument: -{entry.name}{_ORIGIN}"
    return "" if entry.value is None else error_of_value(entry.name, entry.value, _ORIGIN)


def tags(value: str) -> frozenset[str]:
    """Return the build tags in a value."""
    return tags_of(_last(value, "tags") or "")


def is_off(value: str, name: str) -> bool:
    """Return whether a value switches a flag off."""
    return _last(value, name) in FALSE


def _last(value: str, name: str) -> str | None:
    """Return the value of the last flag of a name, which counts."""
    values = [entry.value for entry in parse(value) if entry.name == name]
    return values[-1] if values else None
