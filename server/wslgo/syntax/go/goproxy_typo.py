"""The likely form of a GOPROXY entry that go cannot use."""

import re

from wslgo.knowledge.punctuation import half_width
from wslgo.syntax.go.goproxy import KEYWORDS, GoProxy, ProxyEntry
from wslgo.syntax.go.goproxy import parse as parse_proxy
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

SCHEMES = ("https", "http", "file")

# `https:/host`, `https:host`, `https//host`: parts of `://` are missing. Go reads most of them as a host, or as none.
_TORN_SCHEME = pattern(r"(https?)(?::/?|//?)(?![/:0-9])(?=[^/]*[./\]]|localhost\b)", re.IGNORECASE)
_SCHEME = pattern(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_FILE = pattern(r"file:/(?!/)")
# Words that other variables of Go have, and the keyword that they can mean here.
_WORDS_OF_OTHERS = {"none": "off", "no": "off", "false": "off", "disabled": "off", "origin": "direct", "local": "off"}
_WORDS = pattern(r"[^\s;]+")


class Typo(NamedTuple):
    """The corrected entry; `is_sure` if nothing else can have been meant."""

    meant: str
    is_sure: bool


def typo(entry: ProxyEntry) -> Typo | None:
    """Return the corrected entry; None if it is right or the intention is unclear."""
    text = entry.text
    if not entry.error and not _TORN_SCHEME.match(text):
        return None
    if text.lower() in KEYWORDS:
        return Typo(text.lower(), is_sure=True)
    if text.lower() in _WORDS_OF_OTHERS:
        return Typo(_WORDS_OF_OTHERS[text.lower()], is_sure=False)
    found = _correction(text)
    return found if found is not None and not parse_proxy(found.meant).error else None


def has_torn_scheme(entry: ProxyEntry) -> bool:
    """Return whether go takes `https` for a host, or sees no host, and reports that only when it connects."""
    return not entry.error and not entry.is_keyword and _TORN_SCHEME.match(entry.text) is not None


def _correction(text: str) -> Typo | None:
    torn = _TORN_SCHEME.match(text)
    if torn is not None:
        return Typo(f"{torn[1].lower()}://{text[torn.end() :]}", is_sure=True)
    if text.startswith("://"):
        return Typo(f"https{text}", is_sure=False)
    if _FILE.match(text):
        return Typo(f"file:///{text[len('file:/') :]}", is_sure=True)
    if text.startswith("/") and not text.startswith("//"):
        return Typo(f"file://{text}", is_sure=True)
    return _with_scheme(text)


def _with_scheme(text: str) -> Typo | None:
    """Return a text with its misspelt scheme corrected; `ftp` and `ssh` are not misspellings."""
    scheme = _SCHEME.match(text)
    near = nearest(scheme[1], SCHEMES) if scheme is not None else None
    return None if scheme is None or near is None else Typo(f"{near}://{text[scheme.end() :]}", is_sure=True)


def with_commas(entry: ProxyEntry) -> str | None:
    """Return the entry with commas instead of spaces or semicolons between entries, None if it is one entry."""
    pieces = _WORDS.findall(entry.text)
    if len(pieces) < 2 or not all(_is_entry(piece) for piece in pieces):
        return None
    return ",".join(pieces)


def _is_entry(text: str) -> bool:
    if text in KEYWORDS:
        return True
    return ("://" in text or "." in text) and not parse_proxy(text).error


def is_full_width(proxy: GoProxy) -> bool:
    """Return whether an entry has punctuation of an input method."""
    return any(half_width(entry.text) != entry.text for entry in (*proxy.entries, *proxy.unreachable))


def is_quoted(value: str) -> bool:
    """Return whether quotes are part of the value; no Go variable has quotes around it."""
    return len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
