"""The tables of sockets of the kernel (proc_net(5)): addresses in hexadecimal, in the byte order of the machine."""

import re
from collections.abc import Iterator, Mapping

# The state of a socket without a peer, by table: TCP_LISTEN for TCP, TCP_CLOSE for UDP.
WAITING: Mapping[str, str] = {"udp": "07", "tcp": "0A", "udp6": "07", "tcp6": "0A"}

_ROW = re.compile(
    r"^ *[0-9]{1,9}: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F:]{13,37} ([0-9A-F]{2}) ", re.MULTILINE
)
_MAPPED = bytes(10) + b"\xff\xff"  # an address of IPv4 in one of IPv6


def addresses(table: str, port: int, state: str) -> Iterator[str]:
    """Yield the local addresses of the sockets at a port in a state."""
    for digits, place, found in _ROW.findall(table):
        if int(place, 16) == port and found == state:
            yield _address(digits)


def _address(digits: str) -> str:
    words = (bytes.fromhex(digits[start : start + 8])[::-1] for start in range(0, len(digits), 8))
    data = b"".join(words).removeprefix(_MAPPED)
    if len(data) == 4:
        return ".".join(map(str, data))
    groups = [data[start : start + 2].hex().lstrip("0") or "0" for start in range(0, 16, 2)]
    *first, last = groups
    return f"::{last.removeprefix('0')}" if set(first) == {"0"} else ":".join(groups)
