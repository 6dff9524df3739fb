"""Servers that answer only in small packets, because something between here and there loses large ones.

A TLS handshake is tried twice, as usual and with segments that fit every connection. The certificate does not matter.
"""

import socket
import ssl
from collections.abc import Callable, Iterable

from wslgo.provision.net.http import never

SECONDS = 4.0
SMALL = 1160  # bytes of a segment: with its headers in the 1280 that IPv6 asks of every connection
_MOST = 4  # servers
_HTTPS = 443

Cancelled = Callable[[], bool]


def losing_large_packets(
    servers: Iterable[tuple[str, int | None]], seconds: float = SECONDS, is_cancelled: Cancelled = never
) -> tuple[str, ...]:
    """Return the hosts, of those that were silent, whose handshake ends only with small packets."""
    lost = []
    for host, port in [*dict.fromkeys(servers)][:_MOST]:
        place = (host, port or _HTTPS)
        if not is_cancelled() and not _answers(place, seconds) and _answers(place, seconds, SMALL):
            lost.append(host)
    return tuple(lost)


def _answers(place: tuple[str, int], seconds: float, largest: int | None = None) -> bool:
    """Return whether a TLS handshake comes to an end, good or bad."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(*place, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as channel:
            channel.settimeout(seconds)
            if largest is not None:
                channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, largest)  # also told to the other side
            channel.connect(address)
            ssl.create_default_context().wrap_socket(channel, server_hostname=place[0]).close()
    except TimeoutError:
        return False
    except ssl.SSLError:
        return True  # the server has answered
    except (OSError, ValueError):
        return False
    return True
