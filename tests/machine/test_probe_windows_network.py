"""The network of Windows in the tables of netsh, whose words are localised, and Docker as dpkg knows it."""

from pathlib import Path

import pytest

from natmachine import nat_machine
from wslgo.machine.host import Docker, Host, PortRange
from wslgo.machine.probe import probe

ROUTES = """
Publier  Type      Mét  Préfixe                   Idx  Passerelle/Nom d'interface
-------  --------  ---  ------------------------  ---  ------------------------
Non      Manuel    0    0.0.0.0/0                  12  192.168.1.1
Non      Système   256  192.168.1.0/24             12  Wi-Fi
"""
OF_VPN = "Non      Manuel    0    10.0.0.0/8                 17  10.8.0.1\n"
HALVES = "Non      Manuel    0    0.0.0.0/1                  17  10.8.0.1\n"
INTERFACES = """
Idx     Mét         MTU          État                 Nom
---  ----------  ----------  ------------  ---------------------------
  1          75  4294967295  connecté      Loopback Pseudo-Interface 1
 12          35        1500  connecté      Wi-Fi
 17           5        1380  connecté      WireGuard bureau
"""
RANGES = """
Plages d'exclusion de ports du protocole tcp

Port de début    Port de fin
-------------    -----------
         5357           5357
        50000          50059     *

* - Exclusions de ports administrées.
"""


def probed(text: str, folder: Path) -> Host:
    return probe(nat_machine(f"-- says: cmd.exe /d /c netsh --\n{text}\n", folder), frozenset(("windows",)))


@pytest.mark.parametrize(
    ("routes", "mtu", "vpn"),
    [
        (ROUTES, 1500, ""),
        (ROUTES + OF_VPN, 1500, "WireGuard"),
        (ROUTES + HALVES, 1380, "WireGuard"),
        (ROUTES.replace("0.0.0.0/0 ", "0.0.0.0/0 ").replace("  12  192.168.1.1", "  17  10.8.0.1"), 1380, "WireGuard"),
        (f"\n{OF_VPN}", None, "WireGuard"),
        ("", None, None),
    ],
)
def test_the_route_to_the_internet(routes: str, mtu: int | None, vpn: str | None, tmp_path: Path) -> None:
    windows = probed(routes + INTERFACES + RANGES, tmp_path).windows
    assert (windows.mtu, windows.vpn) == (mtu, vpn)
    assert windows.reserved_ports == (PortRange(5357, 5357), PortRange(50000, 50059))


@pytest.mark.parametrize("text", ["", "garbage\n1 2 3\n", ROUTES, RANGES, "9" * 5000])
def test_what_windows_does_not_say_is_unknown(text: str, tmp_path: Path) -> None:
    windows = probed(text, tmp_path).windows
    assert (windows.mtu, windows.vpn, windows.reserved_ports) == (None, None, None)


@pytest.mark.parametrize("more", ["-- hangs: cmd.exe /d /c netsh --\n", "-- complains: cmd.exe /d /c netsh --\nno\n"])
def test_a_netsh_that_fails(more: str, tmp_path: Path) -> None:
    assert probe(nat_machine(more, tmp_path), frozenset(("windows.mtu",))).windows.mtu is None


def package(name: str, version: str) -> str:
    return f"Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n\n"


@pytest.mark.parametrize(
    ("packages", "settings", "expected"),
    [
        (package("docker-ce", "5:27.3.1-1~ubuntu.24.04~noble"), "", Docker("27.3.1")),
        (package("docker.io", "24.0.7-0ubuntu4"), "", Docker("24.0.7")),
        (package("docker.io", "24.0.7-0ubuntu4"), '{"log-level": "debug"}', Docker("24.0.7")),
        (package("docker.io", "24.0.7-0ubuntu4"), '{"iptables" : false}', Docker("24.0.7", publishes_by_rules=False)),
        (package("docker.io", "24.0.7"), '{\n "userland-proxy": false\n}', Docker("24.0.7", publishes_by_rules=False)),
        (package("docker.io", "of today"), "", None),
        (package("docker-ce-cli", "5:24.0.7"), "", None),
        ("", "", None),
    ],
)
def test_docker_of_the_distribution(packages: str, settings: str, expected: Docker | None, tmp_path: Path) -> None:
    base = package("dpkg", "1.22")
    more = f"-- /var/lib/dpkg/status --\n{base}{packages}" + (
        f"-- /etc/docker/daemon.json --\n{settings}\n" if settings else ""
    )
    assert probe(nat_machine(more, tmp_path), frozenset(("network.docker",))).network.docker == expected


HOSTS = "-- {path} --\n127.0.0.1 localhost\n{more}\n"
WINDOWS_HOSTS = "/mnt/c/Windows/System32/drivers/etc/hosts"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", False),
        (HOSTS.format(path="/etc/hosts", more="192.168.1.7 host.docker.internal"), True),
        (HOSTS.format(path=WINDOWS_HOSTS, more="192.168.1.7 host.docker.internal"), True),
        (f"-- without: {WINDOWS_HOSTS} --\n", None),
        (
            f"-- without: {WINDOWS_HOSTS} --\n"
            + HOSTS.format(path="/etc/hosts", more="192.168.1.7 host.docker.internal"),
            True,
        ),
    ],
)
def test_the_name_that_docker_desktop_gives_the_host(more: str, expected: bool | None, tmp_path: Path) -> None:
    assert (
        probe(nat_machine(more, tmp_path), frozenset(("network.has_docker_name",))).network.has_docker_name is expected
    )
