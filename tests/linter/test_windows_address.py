"""The address of Windows: `resolv.conf` may name another one, and the lines of the fix work in real programs."""

import shutil
import subprocess
from pathlib import Path

import pytest

from machines import host
from wslgo.linter.check import check
from wslgo.linter.finding import Reported
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import decode
from wslgo.text.span import apply

RULE = "host-address-from-resolv-conf"
LINE = "WINDOWS_HOST=$(grep nameserver /etc/resolv.conf | awk '{print $2}')\n"
CONFIG = "/mnt/c/Users/user/.wslconfig"


def file_of(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, decode(text.encode()), path)


def findings(text: str, path: str, machine: Host = UNKNOWN, **others: str) -> list[Reported]:
    files = tuple(file_of(name, content) for name, content in others.items())
    found = check(file_of(path, text), others=files, host=machine)
    return [reported for reported in found if reported.rule.endswith(RULE)]


def changed(name: str, *servers: str, networking: str = "nat", gateway: str | None = "172.20.0.1") -> Host:
    machine = host(name)
    network = machine.network._replace(name_servers=servers, gateway=gateway)
    return machine._replace(network=network, running=machine.running._replace(networking=networking))


@pytest.mark.parametrize(
    ("servers", "networking", "gateway", "words"),
    [
        (
            ["10.255.255.254"],
            "nat",
            "172.20.0.1",
            "the DNS tunnel (10.255.255.254), not Windows. Use the default gateway",
        ),
        (["10.255.255.254"], "mirrored", "192.168.1.1", "In mirrored mode use 127.0.0.1"),
        (["1.1.1.1"], "nat", "172.20.0.1", "a DNS server, not Windows. Use the default gateway"),
        (["127.0.0.53"], "nat", "172.20.0.1", "a DNS server, not Windows. Use the default gateway"),
        (["192.168.1.1"], "mirrored", "192.168.1.1", "a DNS server, not Windows. In mirrored mode use 127.0.0.1"),
    ],
)
def test_what_the_file_of_the_machine_names(servers: list[str], networking: str, gateway: str, words: str) -> None:
    machine = changed("ubuntu-24.04-nat", *servers, networking=networking, gateway=gateway)
    (found,) = findings(f"export {LINE}", "/home/user/.bashrc", machine)
    assert words in found.finding.message.render()


@pytest.mark.parametrize(
    ("servers", "networking", "gateway"),
    [
        (["172.20.0.1"], "nat", "172.20.0.1"),
        (["172.20.0.1", "1.1.1.1"], "nat", "172.20.0.1"),
        (["1.1.1.1"], "nat", None),
        (["1.1.1.1"], "nat", ""),
        (["10.255.255.254"], "consomme", "172.20.0.1"),
        (["10.255.255.254"], "bridged", "192.168.1.1"),
    ],
)
def test_silent_where_it_names_windows_or_that_is_unknown(
    servers: list[str], networking: str, gateway: str | None
) -> None:
    machine = changed("ubuntu-24.04-nat", *servers, networking=networking, gateway=gateway)
    assert findings(f"export {LINE}", "/home/user/.bashrc", machine) == []


@pytest.mark.parametrize("name", ["wsl-1", "windows-10", "not-wsl"])
def test_silent_on_machines_without_the_tunnel(name: str) -> None:
    assert findings(f"export {LINE}", "/home/user/.bashrc", host(name)) == []


def test_another_address_of_the_tunnel() -> None:
    config = "[experimental]\ndnsTunnelingIpAddress=10.9.9.9\n"
    (found,) = findings(LINE, "a/run.sh", **{CONFIG: config})
    assert "(10.9.9.9)" in found.finding.message.render()
    assert findings(LINE, "a/run.sh", changed("ubuntu-24.04-nat", "10.9.9.9"), **{CONFIG: config})


def test_a_resolv_conf_of_ones_own() -> None:
    own = {"/etc/wsl.conf": "[network]\ngenerateResolvConf=false\n", CONFIG: "[wsl2]\ndnsTunneling=false\n"}
    (found,) = findings(LINE, "a/run.sh", **own)
    assert "generateResolvConf=false" in found.finding.message.render()
    assert findings(LINE, "a/run.sh", **{**own, "/etc/wsl.conf": "[network]\ngenerateResolvConf=true\n"}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("entrypoint.sh", "resolver $(awk '/^nameserver/ {print $2}' /etc/resolv.conf)\n"),
        ("run.sh", "SERVER=$(awk '/^nameserver/ {print $2}' /etc/resolv.conf)\n"),
        ("run.sh", "HOST=$(cat /etc/resolv.conf)\n"),
        ("run.sh", "HOST=$(awk '/^search/ {print $2}' /etc/resolv.conf)\n"),
        ("run.sh", f"# {LINE}"),
        ("Makefile", "DNS_HOST := $(shell awk '/nameserver/ {print $$2}' /etc/resolv.conf)\n"),
        ("Makefile", "HOST := $(info don't) resolv.conf nameserver\n"),
        ("Dockerfile", "FROM a\nRUN echo $(grep nameserver /etc/resolv.conf)\n"),
        ("compose.yaml", "x: $$(cat /etc/resolv.conf\n"),
        (".vscode/tasks.json", '{"tasks": [{"command": "HOST=$(grep nameserver /etc/hosts)"}]}\n'),
        ("resolv.conf", "# WINDOWS_HOST=$(grep nameserver /etc/resolv.conf)\n"),
    ],
)
def test_silent_where_a_name_server_is_meant_or_nothing_is_read(path: str, text: str) -> None:
    assert findings(text, path) == []


def test_many_mentions_and_open_brackets_take_no_time() -> None:
    text = "HOST=$(" * 5_000 + "resolv.conf nameserver $(" * 20_000
    for path in ("a.sh", "Makefile", "Dockerfile", "compose.yaml", ".config/fish/config.fish", "mise.toml"):
        assert isinstance(findings(text, path), list)


def fixed(path: str, text: str) -> str:
    """Return a text with the fix of its finding."""
    (found,) = findings(text, path)
    return apply(text, found.finding.fixes[0].edits)


@pytest.fixture
def route(tmp_path: Path) -> dict[str, str]:
    """Return an environment whose `ip` knows two default routes."""
    program = tmp_path / "bin" / "ip"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n[ \"$*\" = 'route show default' ] || exit 2\n"
        "echo 'default via 172.20.0.1 dev eth0 proto kernel'\necho 'default via 10.0.0.1 dev eth1 metric 300'\n"
    )
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": str(tmp_path)}


def run(words: list[str], environment: dict[str, str], folder: Path) -> str:
    return subprocess.run(words, env=environment, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("shell", ["bash", "sh", "zsh"])
@pytest.mark.parametrize("line", [LINE, 'WINDOWS_HOST="`cat /etc/resolv.conf | grep nameserver | cut -c 12-`"\n'])
def test_the_fixed_line_finds_the_gateway_in_a_shell(
    line: str, shell: str, route: dict[str, str], tmp_path: Path
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    script = fixed("run.sh", line) + 'echo "$WINDOWS_HOST"\n'
    assert run([shell, "-c", script], route, tmp_path) == "172.20.0.1"


@pytest.mark.skipif(not shutil.which("make"), reason="no make here")
@pytest.mark.parametrize(
    "text",
    [
        "HOST := $(shell grep nameserver /etc/resolv.conf | awk '{print $$2}')\nall:\n\t@echo $(HOST)\n",
        "all:\n\t@HOST=$$(grep nameserver /etc/resolv.conf | awk '{print $$2}'); echo $$HOST\n",
        "all:\n\t@HOST=`grep nameserver /etc/resolv.conf | cut -c 12-`; echo $$HOST\n",
    ],
)
def test_the_fixed_line_finds_the_gateway_in_make(text: str, route: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text(fixed("Makefile", text))
    assert run(["make", "-s"], route, tmp_path) == "172.20.0.1"
