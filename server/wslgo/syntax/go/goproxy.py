"""GOPROXY as the go command walks it.

The separator behind an entry decides when the next one is asked: after `,` only if the module is not there (404, 410),
after `|` also after any other error. `direct` and `off` end the walk; what follows them is not even parsed. One entry
that is refused before them kills the whole list, also when an earlier one would have served the module.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from wslgo.syntax.go.url import Refusal, Url, mask, mask_reason
from wslgo.syntax.go.url import parse as parse_url
from wslgo.text.source import Source
from wslgo.text.span import Span

NextOn = Literal["not-found", "any-error", "never"]

# $GOROOT/go.env, go1.13 to go1.27: what an unset or empty environment variable means.
DEFAULT = "https://proxy.golang.org,direct"
NO_ENTRIES = "GOPROXY list is not the empty string, but contains no entries"
KEYWORDS = ("direct", "off")

# What Go's strings.TrimSpace trims; Python's strip also trims \x1c to \x1f.
_BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_PIECE = re.compile(r"[^,|]+")


class ProxyEntry(NamedTuple):
    """One entry without the blanks around it."""

    text: str
    span: Span
    separator: Span  # the character that decides what follows a failure; empty behind the last entry
    next_on: NextOn
    url: str = ""  # as the go command asks it: a host alone gets `https://`; keywords stay
    target: Url | None = None  # None for keywords, refused and unreachable entries
    refusal: str = ""  # the go command's words

    @property
    def is_keyword(self) -> bool:
        """Whether it is `direct` or `off`."""
        return self.text in KEYWORDS


class GoProxy(NamedTuple):
    """The entries up to the first keyword, and those behind it that are never reached."""

    entries: tuple[ProxyEntry, ...]
    unreachable: tuple[ProxyEntry, ...] = ()
    is_default: bool = False  # the value was empty and the default stands for it, with empty spans

    @property
    def error(self) -> str:
        """Why the go command refuses the value; `net/url` does not mask passwords in its part of the words."""
        if not self.entries:
            return NO_ENTRIES
        return next((entry.refusal for entry in self.entries if entry.refusal), "")

    @property
    def steps(self) -> tuple[ProxyEntry, ...]:
        """The entries that the go command walks: none if it refuses the value."""
        return () if self.error else self.entries


def parse(value: str, default: str = DEFAULT) -> GoProxy:
    """The walk of a GOPROXY value.

    An empty value means `default`. In a go env file `GOPROXY=` overrides the default with nothing, which the go
    command refuses: pass "" as `default` for a value from there.
    """
    if not value and default:
        return _without_place(parse(default))
    entries = tuple(_entries(value))
    count = next((index for index, entry in enumerate(entries, 1) if entry.is_keyword), len(entries))
    reached = [_judged(entry) for entry in entries[:count]]
    if reached:
        reached[-1] = reached[-1]._replace(next_on="never")
    return GoProxy(tuple(reached), entries[count:])


def read(source: Source) -> GoProxy:
    """The walk of the value that a file holds; its final line end is not part of the value."""
    return parse(source.as_utf8().removesuffix("\n").removesuffix("\r"))


def report(proxy: GoProxy) -> dict[str, object]:
    """What `wslgo parse` prints: the steps, or the reason for which there are none, passwords masked."""
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


def _judged(entry: ProxyEntry) -> ProxyEntry:
    """The entry with its URL, and with a refusal if the go command has one."""
    if entry.is_keyword:
        return entry._replace(url=entry.text)
    url = f"https://{entry.text}" if _lacks_scheme(entry.text) else entry.text
    target = parse_url(url)
    if isinstance(target, Refusal):
        return entry._replace(url=url, refusal=target.reason)
    refusal = _refusal(target)
    return entry._replace(url=url, target=None if refusal else target, refusal=refusal)


def _lacks_scheme(text: str) -> bool:
    """Whether the go command puts `https://` in front; a word without any of `.:/` is reserved for keywords."""
    return any(mark in text for mark in ".:/") and ":/" not in text and not text.startswith("/")


def _refusal(target: Url) -> str:
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
