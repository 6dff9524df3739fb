"""Which HTTP proxy the environment names for a URL, decided as Go decides it (golang.org/x/net/http/httpproxy).

The same machine should not reach a source by one way here and by another when the go command asks it.
"""

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

_PORTS = {"http": 80, "https": 443}


def proxy_for(url: SplitResult, environment: Mapping[str, str]) -> SplitResult | None:
    """The proxy that is to be asked, None for the straight way; a value without a scheme is an http proxy."""
    name = f"{url.scheme}_proxy"
    value = environment.get(name.upper()) or environment.get(name) or ""
    excluded = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    host = (url.hostname or "").lower()
    if not value or is_loopback(host) or _is_excluded(host, url.port or _PORTS.get(url.scheme, 0), excluded):
        return None
    return urlsplit(value if "://" in value else f"http://{value}")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: `localhost`, 127.0.0.0/8, ::1."""
    address = _address(host)
    return host.lower() == "localhost" or (address is not None and address.is_loopback)


def _is_excluded(host: str, port: int, excluded: str) -> bool:
    return any(_excludes(entry.strip().lower(), host, port) for entry in excluded.split(","))


def _excludes(entry: str, host: str, port: int) -> bool:
    """Whether an entry of NO_PROXY (`*`, a network, a host with its subdomains, with a leading dot those alone) means a
    host."""
    if entry == "*":
        return True
    if "/" in entry:
        return _is_in_network(host, entry)
    name, colon, of_port = entry.rpartition(":") if entry.count(":") == 1 else (entry, "", "")
    if not name or (colon and of_port != str(port)):
        return False
    name = name.removeprefix("*").strip("[]")
    return host == name or host.endswith(name if name.startswith(".") else f".{name}")


def _is_in_network(host: str, entry: str) -> bool:
    address = _address(host)
    try:
        return address is not None and address in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
