"""The private names of a machine, and a placeholder for each of them."""

import re
from collections.abc import Iterable

from wslgo.knowledge import public_names
from wslgo.text.pattern import pattern

USER = "user"
DOMAIN = "example"  # reserved by RFC 2606; addresses become those of RFC 5737 and RFC 3849

_PLACEHOLDER = pattern(rf"(?:host-\d+\.)*(?:host-\d+|{DOMAIN})")
_OTHER_PLACEHOLDER = pattern(r"(?:folder|name|distribution-)\d{1,5}")
_PUBLIC_ADDRESS = pattern(r"127\.|192\.0\.2\.|10\.255\.255\.\d+\Z|0\.0\.0\.0\Z|::1?\Z|2001:db8:")
_PIECES = pattern(r"[^\W\d_]+|\d+")
_LONGEST_NUMBER = 5  # digits that identify no person; a telephone number or an account has more


class Names:
    """Placeholders by name; `users` and `hosts` are those that a first pass over the machine found."""

    def __init__(self, users: Iterable[str] = (), hosts: Iterable[str] = ()) -> None:
        self._users = set(users)
        self._hosts = _host_placeholders(hosts)
        self._met_hosts: set[str] = set()
        self._others: dict[tuple[str, str], str] = {}

    def for_second_pass(self) -> "Names":
        """Return placeholders for the users and hosts that this pass found."""
        return Names(self._users, self._met_hosts)

    @property
    def count(self) -> int:
        """The number of names that were replaced."""
        return len(self._users) + len(self._hosts) + len(self._others)

    def user(self, name: str) -> str:
        """Return the placeholder of an account."""
        if name.strip().lower() in public_names.USERS or not name.strip():
            return name
        self._users.add(name.strip().lower())
        return USER

    def is_user(self, name: str) -> bool:
        """Return whether an account has this name."""
        return name.lower() in self._users

    def host(self, name: str) -> str:
        """Return the placeholder of a host name or an address, without brackets or a port."""
        key = name.lower().strip(".")
        if not key or key in public_names.HOSTS or _PLACEHOLDER.fullmatch(key) or _PUBLIC_ADDRESS.match(key):
            return name
        self._met_hosts.add(key)
        return self._hosts.get(key, key)

    def distribution(self, name: str) -> str:
        """Return the placeholder of a distribution."""
        return self._other("distribution-", name)

    def folder(self, name: str) -> str:
        """Return the placeholder of a folder or file."""
        return USER if self.is_user(name) else self._other("folder", name)

    def word(self, name: str) -> str:
        """Return the placeholder of any other word."""
        return self._other("name", name)

    def _other(self, kind: str, name: str) -> str:
        if _OTHER_PLACEHOLDER.fullmatch(name):
            return name
        count = sum(1 for other, _ in self._others if other == kind)
        return self._others.setdefault((kind, name.lower()), f"{kind}{count + 1}")


def is_public_word(word: str, vocabulary: frozenset[str]) -> bool:
    """Return whether a run of letters, digits and `_` is in a vocabulary, perhaps with a number beside it."""
    if word.lower() in vocabulary:
        return True
    return all(_is_public_part(part, vocabulary) for part in word.split("_"))


def _is_public_part(part: str, vocabulary: frozenset[str]) -> bool:
    pieces = _PIECES.findall(part)
    letters = [piece.lower() for piece in pieces if not piece.isdigit()]
    digits = sum(len(piece) for piece in pieces if piece.isdigit())
    # Several single letters between digits are a key in base 16 or 64.
    singles = [piece for piece in letters if len(piece) == 1]
    is_known = all(piece in vocabulary or (len(piece) == 1 and piece.isascii()) for piece in letters)
    return is_known and len(singles) <= 1 and digits <= _LONGEST_NUMBER


def _host_placeholders(hosts: Iterable[str]) -> dict[str, str]:
    """Return a placeholder for each host.

    An address stays an address, and a host stays in its domain, so that patterns match as before.
    """
    placeholders: dict[str, str] = {}
    for number, name in enumerate(sorted(hosts, key=lambda name: (len(name), name)), 1):
        placeholders[name] = _host_placeholder(name, number, placeholders)
    return placeholders


def _host_placeholder(name: str, number: int, others: dict[str, str]) -> str:
    if re.fullmatch(r"[0-9.]+", name):
        return f"192.0.2.{number % 256}"
    if ":" in name:
        return f"2001:db8::{number}"
    above = max((other for other in others if name.endswith(f".{other}")), key=len, default="")
    suffix = others.get(above, DOMAIN if "." in name else "")
    return f"host-{number}.{suffix}" if suffix else f"host-{number}"
