"""Passwords of URLs in a text, found entry by entry, so that a mask never hides a host.

`https://me:secret@host` has one place to mask. A list such as GOPROXY is split as the go command splits it, at `,` and
`|`, so each of its hosts stays visible: `https://evil.example|x@goproxy.cn` asks evil.example first. The user part of a
URL ends at `/`, `?`, `#` and, for some programs, `\\`: `https://evil.example?x@goproxy.cn` asks evil.example, too.

A password may contain such characters. `me:sec,ret@host` cannot be a list, because `sec` is not a port, and is masked
as a whole. If both readings are possible, a single label such as `intranet` is masked, and the place is doubtful: wslgo
does not ask a user to agree to it.
"""

from collections.abc import Iterator

from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

MASK = "xxxxx"

_MARK = "://"
_END = pattern(r"""[ \t\r\n"']""")
_AUTHORITY = pattern(r"[^/?#\\]*")
_SEPARATOR = pattern(r"[,|]")
_PORT = pattern(r"[0-9]{1,5}")
_DOTTED = pattern(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{1,5})?")
_KEYWORDS = ("", "direct", "off")


class Place(NamedTuple):
    """A password, or a user without one, from `start` to before the `@` or separator after it."""

    start: int
    end: int
    is_doubtful: bool = False


def without_passwords(text: str) -> str:
    """Return the text with each of its `places` masked, as the go command masks passwords."""
    pieces, at = [], 0
    for place in places(text):
        pieces += [text[at : place.start], MASK]
        at = place.end
    return "".join((*pieces, text[at:]))


def is_doubtful(text: str) -> bool:
    """Return whether a mask could hide a host."""
    return any(place.is_doubtful for place in places(text))


def places(text: str) -> Iterator[Place]:
    """Yield the passwords in a text, in order."""
    mark = text.find(_MARK)
    while mark >= 0:
        start = mark + len(_MARK)
        mark = text.find(_MARK, start)
        limit = len(text) if mark < 0 else mark
        found = _END.search(text, start, limit)
        yield from _of_url(text, start, found.start() if found else limit)


def _of_url(text: str, start: int, end: int) -> Iterator[Place]:
    at = text.rfind("@", start, end)
    if at < 0:
        return
    authority = _AUTHORITY.match(text, start, end)
    stop = authority.end() if authority else start
    last = text.rfind("@", start, stop)
    pieces = [*_pieces(text, start, last if last >= 0 else stop)]
    is_cut = last < 0 and text[stop : stop + 1] in ("?", "#", "\\") and not _DOTTED.fullmatch(text, start, stop)
    if is_cut or _is_credential(text[slice(*pieces[0])]):
        yield Place(start, at if last < 0 else last, is_doubtful=last < 0 or len(pieces) > 1)
    elif last >= 0:
        for piece in pieces[:-1]:
            yield from _of_entry(text, *piece)
        if pieces[-1][0] < last:
            yield Place(pieces[-1][0], last)


def _of_entry(text: str, start: int, end: int) -> Iterator[Place]:
    """Yield the password of an entry before the last one; its host stays visible if it certainly is a host."""
    at = text.rfind("@", start, end)
    host = text[max(start, at + 1) : end]
    if not (_DOTTED.fullmatch(host) or host in _KEYWORDS):
        yield Place(start, end, is_doubtful=True)
    elif at > start:
        yield Place(start, at)


def _is_credential(piece: str) -> bool:
    """Return whether a piece is `user:password` and cannot be `host:port`."""
    user, colon, password = piece.partition(":")
    return bool(colon) and "@" not in piece and not user.startswith("[") and not _PORT.fullmatch(password)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each entry of a list."""
    for separator in _SEPARATOR.finditer(text, start, end):
        yield start, separator.start()
        start = separator.end()
    yield start, end
