"""Patterns of private modules that a repository names: only those that its team can own are taken from it."""

import re

from wslgo.knowledge.public_hosts import SHARED, is_public
from wslgo.text.pattern import pattern

_HOST = pattern(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_OWNER = pattern(r"[\w.~-]+")


def is_of_a_team(text: str) -> bool:
    """Return whether a pattern is one host that a team can own, or an organisation at a shared host."""
    host, owner, _ = _parts(text)
    if not _HOST.fullmatch(host) or is_public(host):
        return False
    return host not in SHARED or bool(_OWNER.fullmatch(owner))


def is_own(text: str, own: tuple[str, ...]) -> bool:
    """Return whether a module or a remote is at the host of a pattern; at a shared host, at its organisation."""
    host, owner, _ = _parts(text)
    places = [_parts(path) for path in own]
    return any(host == place[0] and (host not in SHARED or owner == place[1]) for place in places)


def _parts(path: str) -> tuple[str, str, str]:
    """Return host, organisation and the rest of a path or pattern."""
    host, _, rest = path.lower().partition("/")
    owner, _, rest = rest.partition("/")
    return host, owner, rest
