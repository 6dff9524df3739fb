"""The table of routes of the kernel (proc_net(5)): addresses in hexadecimal, in the byte order of the machine."""

import re

from wslgo.text.typing import NamedTuple

TABLE = "/proc/net/route"
_TO_GATEWAY = 3  # RTF_UP and RTF_GATEWAY
# The interface, the destination (all), the gateway, flags, two unused numbers, the metric, and the mask (none).
_DEFAULT = re.compile(r"^(\S+)\s+0{8}\s+([0-9A-F]{8})\s+([0-9A-F]{4})\s+\d+\s+\d+\s+(\d{1,10})\s+0{8}\s", re.MULTILINE)


class DefaultRoute(NamedTuple):
    """The interface and the address through which all other addresses are reached."""

    interface: str
    gateway: str


def default_route(table: str) -> DefaultRoute | None:
    """Return the default route that is taken, the one with the lowest metric; None without one."""
    rows = [
        (int(metric), interface, digits)
        for interface, digits, flags, metric in _DEFAULT.findall(table)
        if int(flags, 16) & _TO_GATEWAY == _TO_GATEWAY
    ]
    if not rows:
        return None
    _, interface, digits = min(rows)
    return DefaultRoute(interface, ".".join(map(str, bytes.fromhex(digits)[::-1])))
