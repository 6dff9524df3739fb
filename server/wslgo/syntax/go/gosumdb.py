"""GOSUMDB as the go command reads it (modfetch/sumdb.go and x/mod/sumdb/note of go1.27.3).

`off`, or a key with perhaps a URL after it. A key is a database that go knows by name, or `name+hash+key`.
"""

import re

from wslgo.syntax.go.url import Rejection, parse

# The databases whose key go has; the second is the first through a mirror in mainland China.
KNOWN = ("sum.golang.org", "sum.golang.google.cn")

_KEY = re.compile(r"([^+\s]+)\+([0-9A-Fa-f]{8})\+([A-Za-z0-9+/]+={0,2})")
_SPACE = re.compile("[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_ED25519 = 1
_KEY_SIZE = 32


def error_of(value: str) -> str:
    """Return the go command's error for a value, "" without one. An empty value counts as missing."""
    if value in ("", "off", KNOWN[1]):
        return ""
    fields = [field for field in _SPACE.split(value) if field]
    if not fields:
        return "missing GOSUMDB"
    if len(fields) > 2:
        return "invalid GOSUMDB: too many fields"
    fault = "" if fields[0] == KNOWN[0] else _fault(fields[0])
    if fault:
        return f"invalid GOSUMDB: {fault}"
    url = parse(fields[1]) if len(fields) == 2 else None
    return f"invalid GOSUMDB URL: {url.reason}" if isinstance(url, Rejection) else ""


def _fault(key: str) -> str:
    """Return what is wrong with a verifier key."""
    match = _KEY.fullmatch(key)
    if match is None:
        return "malformed verifier id"
    import base64  # few have a database of their own
    import hashlib

    try:
        data = base64.b64decode(match[3], validate=True)
    except ValueError:
        return "malformed verifier id"
    digest = hashlib.sha256(match[1].encode("utf-8", "surrogateescape") + b"\n" + data).digest()
    if digest[:4] != bytes.fromhex(match[2]):
        return "invalid verifier hash"
    if data[0] != _ED25519:
        return "unknown verifier algorithm"
    return "" if len(data) == _KEY_SIZE + 1 else "malformed verifier id"
