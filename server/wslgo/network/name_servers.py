"""Queries to the name servers of the machine, as programs send them: one, many at once, and one over TCP.

Each asks for a host that go asks anyway. Any answer counts, also that the name does not exist.
"""

import select
import socket
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from wslgo.machine.host import Lookups
from wslgo.provision.net.http import never

PORT = 53
SECONDS = 2.0  # for the answers of one step; glibc waits 5 s for each, and asks again
AT_ONCE = 16  # a build asks for both kinds of addresses of several hosts
MOST_SERVERS = 3  # that glibc reads from resolv.conf
_ADDRESS, _ADDRESS_6 = 1, 28
_LONGEST = 4096

Cancelled = Callable[[], bool]


def lookups(
    servers: Iterable[str],
    hosts: Iterable[str],
    port: int = PORT,
    seconds: float = SECONDS,
    is_cancelled: Cancelled = never,
) -> tuple[Lookups, ...]:
    """Return how many queries each name server answered; none without a host to ask for."""
    names = [name for name in map(_encoded, dict.fromkeys(hosts)) if name]
    asked = [*dict.fromkeys(servers)][:MOST_SERVERS]
    if not names or not asked or is_cancelled():
        return ()
    with ThreadPoolExecutor(len(asked)) as pool:
        return tuple(pool.map(lambda server: _lookups(server, names, port, seconds, is_cancelled), asked))


def _lookups(server: str, names: list[bytes], port: int, seconds: float, is_cancelled: Cancelled) -> Lookups:
    single = _answered(server, port, [_query(1, names[0], _ADDRESS)], seconds)
    if not single:
        single = _answered(server, port, [_query(2, names[0], _ADDRESS)], seconds)  # a packet can get lost
    if not single or is_cancelled():
        return Lookups(server, answers=bool(single))
    many = _answered(server, port, [*_many(names)], seconds)
    return Lookups(server, True, AT_ONCE, many, _answers_over_tcp(server, port, names[0], seconds))


def _many(names: list[bytes]) -> Iterator[bytes]:
    for number in range(AT_ONCE):
        kind = _ADDRESS_6 if number % 2 else _ADDRESS
        yield _query(100 + number, names[number // 2 % len(names)], kind)


def _answered(server: str, port: int, queries: list[bytes], seconds: float) -> int:
    """Return how many of some queries are answered, each sent from the same socket, as systemd-resolved sends them."""
    family = socket.AF_INET6 if ":" in server else socket.AF_INET
    missing = {query[:2] for query in queries}
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as channel:
            channel.setblocking(False)
            channel.connect((server, port))
            for query in queries:
                channel.send(query)
            deadline = time.monotonic() + seconds
            while missing and (left := deadline - time.monotonic()) > 0:
                if select.select([channel], [], [], left)[0]:
                    _take(channel.recv(_LONGEST), missing)
    except OSError:  # no route, or the port is closed
        pass
    return len(queries) - len(missing)


def _take(packet: bytes, missing: set[bytes]) -> None:
    is_answer = len(packet) >= 12 and packet[2] & 0x80
    if is_answer:
        missing.discard(packet[:2])


def _answers_over_tcp(server: str, port: int, name: bytes, seconds: float) -> bool:
    """Return whether a server answers over TCP, which is for answers that are too large for a packet."""
    query = _query(3, name, _ADDRESS)
    try:
        with socket.create_connection((server, port), seconds) as channel:
            channel.sendall(struct.pack("!H", len(query)) + query)
            return channel.recv(_LONGEST) != b""
    except OSError:
        return False


def _query(number: int, name: bytes, kind: int) -> bytes:
    """Return a query (RFC 1035) that wants recursion."""
    return struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + name + struct.pack("!2H", kind, 1)


def _encoded(host: str) -> bytes:
    """Return a name in labels; nothing for an address, or for what is not a name of the network."""
    name = host.rstrip(".")
    is_address = ":" in name or name.rpartition(".")[2].isdecimal()
    labels = name.split(".")
    if is_address or len(labels) < 2 or not name.isascii() or any(not 0 < len(label) < 64 for label in labels):
        return b""
    return b"".join(bytes((len(label),)) + label.encode() for label in labels) + b"\0"
