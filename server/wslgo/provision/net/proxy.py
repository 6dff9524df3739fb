"""The HTTP proxy for a URL, chosen as Go chooses it (golang.org/x/net/http/httpproxy).

wslgo and the go command must reach a source through the same proxy.
"""

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from wslgo.provision.errors import ProvisionError, cut
from wslgo.text.message import Message

NO_SUCH_PROXY = Message(
    en="{proxy} is not an http proxy; wslgo supports only http proxies",
    zh="{proxy} 不是 http 代理；wslgo 只支持 http 代理",
)

_LONGEST = 253  # characters of the name of a host
_PORTS = {"http": 80, "https": 443}


def proxy_for(url: SplitResult, environment: Mapping[str, str]) -> SplitResult | None:
    """Return the proxy for a URL, None for a direct connection; a value without a scheme is an http proxy.

    Raises ProvisionError if the value is not a proxy, ValueError if the port of the URL is not a number.
    """
    name = f"{url.scheme}_proxy"
    value = environment.get(name.upper()) or environment.get(name) or ""
    excluded = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    host = (url.hostname or "").lower()
    if not value or is_loopback(host) or _is_excluded(host, url.port or _PORTS.get(url.scheme, 0), excluded):
        return None
    proxy = _split(value if "://" in value else f"http://{value}")
    if proxy is None or proxy.scheme != "http" or not is_host(proxy.hostname or ""):
        raise ProvisionError(NO_SUCH_PROXY(proxy=cut(value)))
    return proxy


def is_host(name: str) -> bool:
    """Return whether a name is a valid host name or address."""
    try:
        return 0 < len(name) <= _LONGEST and bool(name.encode("idna"))
    except UnicodeError:  # a label that is empty or too long
        return False


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine: `localhost`, 127.0.0.0/8, ::1."""
    address = _address(host)
    return host.lower() == "localhost" or (address is not None and address.is_loopback)


def _split(value: str) -> SplitResult | None:
    """Return the parts of a URL; None if it cannot be parsed."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_excluded(host: str, port: int, excluded: str) -> bool:
    return any(_excludes(entry.strip().lower(), host, port) for entry in excluded.split(","))


def _excludes(entry: str, host: str, port: int) -> bool:
    """Return whether an entry of NO_PROXY covers a host.

    An entry is `*`, a network, or a host with its subdomains; with a leading dot it covers only the subdomains.
    """
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
