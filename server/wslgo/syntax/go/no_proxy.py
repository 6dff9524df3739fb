"""NO_PROXY as Go reads it (`golang.org/x/net/http/httpproxy`, the same in `net/http`), with the entries it cannot use.

An entry is `*`, a network (`10.0.0.0/8`), an address, or a domain with its subdomains. With a leading dot or `*.` it
covers only the subdomains. A port after it limits it to that port. Go never uses a proxy for localhost.
"""

import ipaddress
from collections.abc import Iterator

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

PORTS = {"http": 80, "https": 443}
_EVERYTHING = "*"
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NETWORK = pattern(r"[0-9a-f:.]+/[0-9]{1,3}")


class Exclusion(NamedTuple):
    """An entry of NO_PROXY without the spaces around it, as written."""

    text: str
    span: Span


def exclusions(value: str) -> Iterator[Exclusion]:
    """Yield the entries of a value; those that are empty are left out."""
    start = 0
    for piece in value.split(","):
        text = piece.strip()
        if text:
            before = start + len(piece) - len(piece.lstrip())
            yield Exclusion(text, Span(before, before + len(text)))
        start += len(piece) + 1


def excludes(value: str, host: str, port: int) -> bool:
    """Return whether Go connects to a host without a proxy; the host is one of a URL, without brackets."""
    name = host.lower()
    if is_loopback(name):
        return True
    entries = [entry.text.lower() for entry in exclusions(value)]
    return _EVERYTHING in entries or any(_covers(entry, name, port) for entry in entries)


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine to Go: `localhost`, 127.0.0.0/8, ::1."""
    address = _address(host)
    return host.lower() == "localhost" or (address is not None and address.is_loopback)


def _covers(entry: str, host: str, port: int) -> bool:
    address = _address(host)
    if _NETWORK.fullmatch(entry) and (network := _network(entry)):
        return address is not None and address in network
    name, of_port = _split(entry)
    if not name or (of_port and of_port != str(port)):
        return False
    known = _address(name)
    if known is not None:
        return known == address
    name = name.removeprefix("*") if name.startswith("*.") else name
    return host.endswith(name) if name.startswith(".") else f".{host}".endswith(f".{name}")


def _split(entry: str) -> tuple[str, str]:
    """Return host and port of an entry, as `net.SplitHostPort` does; the whole entry is the host where that fails."""
    host, colon, port = entry.rpartition(":")
    if not colon or "]" in port:
        return entry, ""
    if host.startswith("[") and host.endswith("]"):
        return host[1:-1], port
    return (entry, "") if any(sign in host for sign in ":[]") else (host, port)


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return None


def _address(text: str) -> _Address | None:
    if "%" in text:
        return None
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
