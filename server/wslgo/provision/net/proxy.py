"""The HTTP proxy for a URL, chosen as Go chooses it (golang.org/x/net/http/httpproxy).

wslgo and the go command must reach a source through the same proxy.
"""

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from wslgo.provision.errors import ProvisionError, cut
from wslgo.syntax.go.no_proxy import PORTS, excludes
from wslgo.syntax.go.no_proxy import is_loopback as is_loopback
from wslgo.text.message import Message

NO_SUCH_PROXY = Message(
    en="{proxy} is not an http proxy; wslgo supports only http proxies",
    zh="{proxy} 不是 http 代理；wslgo 只支持 http 代理",
)

_LONGEST = 253  # characters of the name of a host


def proxy_for(url: SplitResult, environment: Mapping[str, str]) -> SplitResult | None:
    """Return the http proxy for a URL, None for a direct connection.

    Raises ProvisionError if the value is not an http proxy, ValueError if the port of the URL is not a number.
    """
    proxy = any_proxy_for(url, environment)
    if proxy is not None and (proxy.scheme != "http" or not is_host(proxy.hostname or "")):
        raise ProvisionError(NO_SUCH_PROXY(proxy=cut(proxy.geturl().removeprefix("http://"))))
    return proxy


def any_proxy_for(url: SplitResult, environment: Mapping[str, str]) -> SplitResult | None:
    """Return the proxy of any scheme for a URL, None for a direct connection; without a scheme it is an http proxy.

    Raises ProvisionError if the value is not a URL, ValueError if the port of the URL is not a number.
    """
    name = f"{url.scheme}_proxy"
    value = environment.get(name.upper()) or environment.get(name) or ""
    excluded = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    host = (url.hostname or "").lower()
    if not value or excludes(excluded, host, url.port or PORTS.get(url.scheme, 0)):
        return None
    proxy = _split(value if "://" in value else f"http://{value}")
    if proxy is None:
        raise ProvisionError(NO_SUCH_PROXY(proxy=cut(value)))
    return proxy


def is_host(name: str) -> bool:
    """Return whether a name is a valid host name or address."""
    try:
        return 0 < len(name) <= _LONGEST and bool(name.encode("idna"))
    except UnicodeError:  # a label that is empty or too long
        return False


def _split(value: str) -> SplitResult | None:
    """Return the parts of a URL; None if it cannot be parsed."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return None
    return parts
