"""GOPROXY as the go command reads it.

The separator after an entry decides when the next one is asked: after `,` only if the module is not there (404, 410),
after `|` also after any other error. `direct` and `off` end the list; entries after them are not even parsed. One
invalid entry before them makes the whole list invalid, even if an earlier one would have served the module.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from wslgo.syntax.go.url import Rejection, Url, mask, mask_reason
from wslgo.syntax.go.url import parse as parse_url
from wslgo.text.source import Source
from wslgo.text.span import Span
from wslgo.text.typing import Literal, NamedTuple

NextOn = Literal["not-found", "any-error", "never"]

# $GOROOT/go.env, go1.13 to go1.27: what an unset or empty environment variable means.
DEFAULT = "https://proxy.golang.org,direct"
NO_ENTRIES = "GOPROXY list is not the empty string, but contains no entries"
KEYWORDS = ("direct", "off")

# The characters that Go's strings.TrimSpace trims; Python's strip also trims \x1c to \x1f.
_BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_PIECE = re.compile(r"[^,|]+")


class ProxyEntry(NamedTuple):
    """An entry without the spaces around it."""

    text: str
    span: Span
    separator: Span  # the character that decides what follows a failure; empty after the last entry
    next_on: NextOn
    url: str = ""  # as the go command requests it: a host alone gets `https://`; keywords stay
    target: Url | None = None  # None for keywords, invalid and unreachable entries
    error: str = ""  # of the go command

    @property
    def is_keyword(self) -> bool:
        """True for `direct` and `off`."""
        return self.text in KEYWORDS


class GoProxy(NamedTuple):
    """The entries up to the first keyword, and those after it, which are never reached."""

    entries: tuple[ProxyEntry, ...]
    unreachable: tuple[ProxyEntry, ...] = ()
    is_default: bool = False  # the value was empty: these are the entries of the default, with empty spans

    @property
    def error(self) -> str:
        """The go command's error, "" without one; `net/url` does not mask passwords in its part of it."""
        if not self.entries:
            return NO_ENTRIES
        return next((entry.error for entry in self.entries if entry.error), "")

    @property
    def steps(self) -> tuple[ProxyEntry, ...]:
        """The entries that the go command asks; none if the value is invalid."""
        return () if self.error else self.entries


# Several rules ask about the same value.
@lru_cache(maxsize=16)
def parse(value: str, default: str = DEFAULT) -> GoProxy:
    """Return the entries of a GOPROXY value.

    An empty value means `default`. In a go env file `GOPROXY=` replaces the default with nothing, which is an error of
    the go command: pass "" as `default` for a value from there.
    """
    if not value and default:
        return _without_place(parse(default))
    entries = tuple(_entries(value))
    count = next((index for index, entry in enumerate(entries, 1) if entry.is_keyword), len(entries))
    reached = [_checked_entry(entry) for entry in entries[:count]]
    if reached:
        reached[-1] = reached[-1]._replace(next_on="never")
    return GoProxy(tuple(reached), entries[count:])


def read(source: Source) -> GoProxy:
    """Return the entries of the value in a file; its last line end is not part of the value."""
    return parse(source.as_utf8().removesuffix("\n").removesuffix("\r"))


def report(proxy: GoProxy) -> dict[str, object]:
    """Return the output of `wslgo parse`: the steps or the error, with passwords masked."""
    return {
        "steps": [{"url": mask(entry.url), "next_on": entry.next_on} for entry in proxy.steps],
        "errors": [mask_reason(proxy.error)] if proxy.error else [],
    }


def _entries(value: str) -> Iterator[ProxyEntry]:
    for piece in _PIECE.finditer(value):
        text = piece.group().strip(_BLANKS)
        if not text:
            continue
        start = piece.start() + piece.group().index(text)
        separator = Span(piece.end(), min(piece.end() + 1, len(value)))
        next_on: NextOn = "any-error" if value[piece.end() : piece.end() + 1] == "|" else "not-found"
        yield ProxyEntry(text, Span(start, start + len(text)), separator, next_on)


def _checked_entry(entry: ProxyEntry) -> ProxyEntry:
    """Return the entry with its URL, and with the go command's error if there is one."""
    if entry.is_keyword:
        return entry._replace(url=entry.text)
    url = f"https://{entry.text}" if _lacks_scheme(entry.text) else entry.text
    target = parse_url(url)
    if isinstance(target, Rejection):
        return entry._replace(url=url, error=target.reason)
    error = _error_of(target)
    return entry._replace(url=url, target=None if error else target, error=error)


def _lacks_scheme(text: str) -> bool:
    """Return whether the go command adds `https://`; a word without any of `.:/` is reserved for keywords."""
    return any(mark in text for mark in ".:/") and ":/" not in text and not text.startswith("/")


def _error_of(target: Url) -> str:
    if target.scheme == "file":
        is_path = target == Url("file", path=target.path)
        return "" if is_path else f"invalid file:// proxy URL with non-path elements: {target.redacted()}"
    if not target.scheme:
        return f"invalid proxy URL missing scheme: {target.redacted()}"
    if target.scheme not in ("http", "https"):
        return f"invalid proxy URL scheme (must be https, http, file): {target.redacted()}"
    return ""


def _without_place(proxy: GoProxy) -> GoProxy:
    nowhere = Span(0, 0)
    return GoProxy(tuple(entry._replace(span=nowhere, separator=nowhere) for entry in proxy.entries), is_default=True)
