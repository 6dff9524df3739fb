"""The address of a proxy in HTTP_PROXY or HTTPS_PROXY as Go reads it (`golang.org/x/net/http/httpproxy`).

A value that is not a URL with a scheme and a host is read again with `http://` before it; if that fails, too, Go uses
no proxy at all and reports nothing.
"""

from wslgo.syntax.go.url import Rejection, Url
from wslgo.syntax.go.url import parse as parse_url


def parse(value: str) -> Url | None:
    """Return the proxy that Go uses, None if it uses none."""
    if not value:
        return None
    found = parse_url(value)
    if isinstance(found, Rejection) or not found.scheme or not found.host:
        second = parse_url(f"http://{value}")
        found = found if isinstance(second, Rejection) else second
    return None if isinstance(found, Rejection) else found
