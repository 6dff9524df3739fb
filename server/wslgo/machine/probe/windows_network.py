"""The network of Windows: the route to the internet, VPNs, and reserved ports, from the tables that netsh prints.

Their words are localised, so rows are known by their numbers. A VPN comes and goes, so nothing is cached.
"""

import re

from wslgo.knowledge.vpns import VPNS
from wslgo.machine.host import PortRange
from wslgo.machine.probe import interop, kernel
from wslgo.machine.probe.context import ProbeContext
from wslgo.text.typing import NamedTuple

_SHOW = ("netsh", "interface", "ipv4", "show")
TABLES = (*_SHOW, "route", "&", *_SHOW, "interfaces", "&", *_SHOW, "excludedportrange", "protocol=tcp")

# `No  Manual  0  0.0.0.0/0  12  192.168.1.1`: the metric, the prefix and the number of the interface.
_ROUTE = re.compile(r"[ \t]([0-9]{1,6})[ \t]+([0-9]{1,3}(?:\.[0-9]{1,3}){3}/[0-9]{1,2})[ \t]+([0-9]{1,6})[ \t]")
# `12  35  1500  connected  Wi-Fi`: the number, the metric and the MTU.
_INTERFACE = re.compile(r"[ \t]*([0-9]{1,6})[ \t]+([0-9]{1,6})[ \t]+([0-9]{1,10})[ \t]+[^\s0-9]")
_RANGE = re.compile(r"([0-9]{1,5})[ \t]+([0-9]{1,5})(?:[ \t]+\*)?\Z")
_EVERYWHERE = ("0.0.0.0/0", "0.0.0.0/1")  # a VPN for everything takes the halves, which win over the whole
_LOOPBACK_MTU = 4294967295


class _Interface(NamedTuple):
    """A row of the table of interfaces."""

    number: int
    metric: int
    mtu: int
    text: str


class _Route(NamedTuple):
    """A row of the table of routes."""

    prefix: str
    metric: int
    interface: int


def mtu(machine: ProbeContext) -> int | None:
    """Return the MTU of the interface through which Windows reaches the internet."""
    interfaces = {found.number: found for found in machine.ask(_interfaces)}
    routes = [
        (-int(route.prefix[-1]), route.metric + interfaces[route.interface].metric, interfaces[route.interface].mtu)
        for route in machine.ask(_routes)
        if route.prefix in _EVERYWHERE and route.interface in interfaces
    ]
    return min(routes)[2] if routes else None


def vpn(machine: ProbeContext) -> str | None:
    """Return the kind of a connected VPN, "" if there is none that can be known by its name."""
    interfaces, used = machine.ask(_interfaces), {route.interface for route in machine.ask(_routes)}
    if not interfaces or not used:
        return None
    texts = [found.text.lower() for found in interfaces if found.number in used]
    return next((vpn for vpn in VPNS if any(vpn.lower() in text for text in texts)), "")


def reserved_ports(machine: ProbeContext) -> tuple[PortRange, ...] | None:
    """Return the TCP ports that Windows keeps for itself or for Hyper-V; None if it did not answer."""
    if not machine.ask(_interfaces):
        return None
    found = (_RANGE.match(line.strip(" \t\r")) for line in machine.ask(_tables))
    return tuple(sorted(PortRange(int(row[1]), int(row[2])) for row in found if row))


def _routes(machine: ProbeContext) -> tuple[_Route, ...]:
    found = map(_ROUTE.search, machine.ask(_tables))
    return tuple(_Route(row[2], int(row[1]), int(row[3])) for row in found if row)


def _interfaces(machine: ProbeContext) -> tuple[_Interface, ...]:
    rows = ((_INTERFACE.match(line), line) for line in machine.ask(_tables))
    found = (_Interface(int(row[1]), int(row[2]), int(row[3]), line[row.end() - 1 :]) for row, line in rows if row)
    return tuple(interface for interface in found if interface.mtu < _LOOPBACK_MTU)


def _tables(machine: ProbeContext) -> tuple[str, ...]:
    """Return the lines of the three tables from a single program."""
    if machine.ask(kernel.generation) != 2 or not machine.ask(kernel.has_interop):
        return ()
    ran = machine.ask(interop.interop).run(interop.CMD, "/d", "/c", *TABLES)
    return tuple(ran.out.decode("ascii", "replace").splitlines()) if ran else ()
