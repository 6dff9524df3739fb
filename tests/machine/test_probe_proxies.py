"""The proxy of Windows, and the proxies of a distribution at which nothing listens, as the probe finds them."""

from pathlib import Path

import pytest

from natmachine import nat_machine, probed_host
from wslgo.linter.machine_check import machine_findings
from wslgo.machine.probe import probe
from wslgo.machine.probe.windows_proxy import KEY
from wslgo.machine.redaction import redacted_host

HEADING = KEY.replace("HKCU", "HKEY_CURRENT_USER")
QUERY = f"cmd.exe /d /c reg query {KEY}"
LISTENS = (
    "   0: 0100007F:1ED2 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 20123 1 0 100 0 0 10 0"
)
OTHER = (
    "   0: 0100007F:1ED3 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 20123 1 0 100 0 0 10 0"
)


def registry(*values: str) -> str:
    lines = "".join(f"    {value}\n" for value in values)
    return f"-- says: {QUERY} --\n\n{HEADING}\n{lines}\n{HEADING}\\Connections\n"


def sockets(row: str) -> str:
    return f"-- /proc/net/tcp --\n  sl  local_address rem_address   st tx_queue\n{row}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("values", "proxy", "script"),
    [
        (("ProxyEnable    REG_DWORD    0x1", "ProxyServer    REG_SZ    127.0.0.1:7890"), "127.0.0.1:7890", ""),
        (("ProxyServer    REG_SZ    proxy:8080", "ProxyEnable    REG_DWORD    0x1"), "proxy:8080", ""),
        (("ProxyEnable    REG_DWORD    0x0", "ProxyServer    REG_SZ    127.0.0.1:7890"), "", ""),
        (("ProxyServer    REG_SZ    127.0.0.1:7890",), "", ""),
        (("ProxyEnable    REG_DWORD    0x1",), "", ""),
        (
            ("ProxyEnable    REG_DWORD    0x1", "ProxyServer    REG_SZ    http=10.0.0.1:80;https=10.0.0.2:81"),
            "10.0.0.2:81",
            "",
        ),
        (
            ("ProxyEnable    REG_DWORD    0x1", "ProxyServer    REG_SZ    socks=127.0.0.1:1080"),
            "socks://127.0.0.1:1080",
            "",
        ),
        (
            ("ProxyEnable    REG_DWORD    0x0", "AutoConfigURL    REG_SZ    http://corp.example/proxy.pac"),
            "",
            "http://corp.example/proxy.pac",
        ),
        (
            ("ProxyEnable    REG_DWORD    0x1", "ProxyServer    REG_SZ    http://me:secret@proxy:8080"),
            "http://xxxxx@proxy:8080",
            "",
        ),
    ],
)
def test_the_registry_has_the_proxy_of_windows(
    values: tuple[str, ...], proxy: str, script: str, tmp_path: Path
) -> None:
    host = probe(nat_machine(registry(*values), tmp_path), frozenset({"windows.proxy", "windows.proxy_script"}))
    assert (host.windows.proxy, host.windows.proxy_script) == (proxy, script)


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        f"-- says: {QUERY} --\nERROR: Registry editing has been disabled by your administrator.\n",
        f"-- says: {QUERY} --\n",
        f"-- complains: {QUERY} --\nERROR\n",
        f"-- hangs: {QUERY} --\n",
        "-- without: /proc/sys/fs/binfmt_misc/WSLInterop --\n",
    ],
)
def test_without_an_answer_the_proxy_of_windows_is_unknown(changes: str, tmp_path: Path) -> None:
    host = probe(nat_machine(changes, tmp_path), frozenset({"windows.proxy", "windows.proxy_script"}))
    assert (host.windows.proxy, host.windows.proxy_script) == (None, None)


@pytest.mark.parametrize(
    ("row", "proxy", "silent"),
    [
        (LISTENS, "http://127.0.0.1:7890", ()),
        (LISTENS.replace("0100007F", "00000000"), "http://localhost:7890", ()),
        (OTHER, "http://127.0.0.1:7890", ("http://127.0.0.1:7890",)),
        (LISTENS.replace(" 0A ", " 01 "), "localhost:7890", ("localhost:7890",)),
        (LISTENS, "http://10.1.2.3:7890", None),
        (LISTENS, "", None),
    ],
)
def test_a_proxy_on_this_machine_has_a_socket(
    row: str, proxy: str, silent: tuple[str, ...] | None, tmp_path: Path
) -> None:
    tree = nat_machine(sockets(row), tmp_path, HTTPS_PROXY=proxy)
    host = probe(tree, frozenset({"network.silent_proxies", "network.proxies"}))
    assert host.network.silent_proxies == silent


@pytest.mark.slow
def test_a_machine_of_a_report_gets_the_sentence_that_explains_it(tmp_path: Path) -> None:
    """microsoft/WSL#10753: a proxy of Windows at localhost, which WSL does not mirror in NAT mode."""
    host = probed_host(registry("ProxyEnable    REG_DWORD    0x1", "ProxyServer    REG_SZ    127.0.0.1:7890"), tmp_path)
    for machine in (host, redacted_host(host).host):
        [found] = [each for each in machine_findings(machine) if each.finding.about == "network.proxy"]
        assert found.rule == "machine/windows-proxy-not-used"
        assert "127.0.0.1:7890" in found.finding.message.render()
        assert "networkingMode=mirrored" in (found.finding.next.render() if found.finding.next else "")
