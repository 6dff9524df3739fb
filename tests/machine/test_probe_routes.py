"""The default route, as the probe finds it."""

from pathlib import Path

import pytest

from natmachine import nat_machine
from wslgo.machine.probe import probe
from wslgo.machine.probe.routes import default_route

HEAD = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
NAT = "eth0\t00000000\t010014AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
SLOW = "eth1\t00000000\t0101A8C0\t0003\t0\t0\t300\t00000000\t0\t0\t0   \n"
LOCAL = "eth0\t000014AC\t00000000\t0001\t0\t0\t0\t00F0FFFF\t0\t0\t0\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (NAT + LOCAL, "172.20.0.1"),
        (SLOW + NAT, "172.20.0.1"),
        (SLOW, "192.168.1.1"),
        (LOCAL, ""),
        (NAT.replace("0003", "0002"), ""),  # the interface is down
        (NAT.replace("0003", "0001"), ""),  # no gateway
        (NAT.replace("\t00000000\t0\t0\t0\n", "\t00000080\t0\t0\t0\n"), ""),  # half of the addresses
        ("eth0 x\n", ""),
        ("", ""),
    ],
)
def test_the_gateway_of_the_default_route(rows: str, expected: str) -> None:
    found = default_route(HEAD + rows)
    assert (found.gateway if found else "") == expected


def test_a_machine_without_the_table(tmp_path: Path) -> None:
    more = "-- without: /proc/net/route --\n"
    assert probe(nat_machine(more, tmp_path), frozenset(("network",))).network.gateway is None
