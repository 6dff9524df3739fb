"""A proxy of the company that does not reach its module proxy, and the real go command."""

import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from realgo import RealGo
from wslgo.linter.machine_check import machine_findings
from wslgo.machine.host import Host, Network, Variable
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.net.http import Web
from wslgo.provision.survey.answers import answers_in
from wslgo.provision.survey.network import source_facts

MODULE = "example.com/lib@v1.0.0"
INTERNAL = "https://goproxy.corp.internal"
RULE = "machine/module-proxy-through-proxy"


class Proxy:
    """An HTTP proxy that answers each CONNECT with one status, and keeps the hosts that it was asked for."""

    def __init__(self, status: str) -> None:
        self.asked: list[str] = []
        self._status = status
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:
                first = lines.readline().decode()
                while lines.readline().strip():
                    pass
                self.asked.append(first.split()[1])
                connection.sendall(f"HTTP/1.1 {self._status}\r\nContent-Length: 0\r\n\r\n".encode())

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture
def proxy(request: pytest.FixtureRequest) -> Iterator[Proxy]:
    running = Proxy(getattr(request, "param", "502 Bad Gateway"))
    yield running
    running.close()


def downloaded(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return RealGo(folder).run("mod", "download", MODULE, GOSUMDB="off", GOMODCACHE=str(folder / "cache"), **variables)


def host(goproxy: str, proxy: str, excluded: str, network: Network | None = None) -> Host:
    known = (Variable("HTTPS_PROXY", proxy, "environment"), Variable("NO_PROXY", excluded, "environment"))
    return Host(
        go_variables=(Variable("GOPROXY", goproxy, "environment"),),
        network=(network or Network())._replace(proxies=known),
    )


def reported(machine: Host) -> dict[str, str]:
    return {found.rule: found.finding.message.render() for found in machine_findings(machine)}


def test_go_stops_at_a_comma_after_an_error_of_the_proxy(proxy: Proxy, tmp_path: Path) -> None:
    done = downloaded(tmp_path, GOPROXY=f"{INTERNAL},https://goproxy.cn", HTTPS_PROXY=f"127.0.0.1:{proxy.port}")
    assert (done.returncode, set(proxy.asked)) == (1, {"goproxy.corp.internal:443"})
    assert "Bad Gateway" in done.stderr
    assert RULE in reported(host(f"{INTERNAL},https://goproxy.cn", "http://10.1.2.3:8080", "localhost"))


def test_go_asks_the_next_entry_after_a_pipe(proxy: Proxy, tmp_path: Path) -> None:
    downloaded(tmp_path, GOPROXY=f"{INTERNAL}|https://goproxy.cn", HTTPS_PROXY=f"127.0.0.1:{proxy.port}")
    assert set(proxy.asked) == {"goproxy.corp.internal:443", "goproxy.cn:443"}


@pytest.mark.parametrize("excluded", ["goproxy.corp.internal", ".corp.internal", "internal:443", "*"])
def test_go_does_not_ask_the_proxy_for_what_is_excluded(excluded: str, proxy: Proxy, tmp_path: Path) -> None:
    done = downloaded(tmp_path, GOPROXY=INTERNAL, HTTPS_PROXY=f"127.0.0.1:{proxy.port}", NO_PROXY=excluded)
    assert (done.returncode, proxy.asked) == (1, [])
    assert RULE not in reported(host(INTERNAL, "http://10.1.2.3:8080", excluded))


@pytest.mark.parametrize("excluded", ["localhost;goproxy.corp.internal", "corp.internal:80", "https://corp.internal"])
def test_go_asks_the_proxy_in_spite_of_what_excludes_nothing(excluded: str, proxy: Proxy, tmp_path: Path) -> None:
    downloaded(tmp_path, GOPROXY=INTERNAL, HTTPS_PROXY=f"127.0.0.1:{proxy.port}", NO_PROXY=excluded)
    assert set(proxy.asked) == {"goproxy.corp.internal:443"}
    assert RULE in reported(host(INTERNAL, "http://10.1.2.3:8080", excluded))


@pytest.mark.parametrize(
    ("proxy", "rule", "words"),
    [
        ("502 Bad Gateway", RULE, "answers 502"),
        ("403 Forbidden", RULE, "answers 403"),
        ("407 Proxy Authentication Required", "machine/proxy-needs-login", "(407)"),
    ],
    indirect=["proxy"],
)
def test_provisioning_reports_the_answer_of_the_proxy(proxy: Proxy, rule: str, words: str) -> None:
    """The address of the proxy is not one of this computer to the rule: only the socket of the test is."""
    known = host(INTERNAL, f"http://127.0.0.1:{proxy.port}", "")
    facts = Facts(known, User("user", "/home/user"))
    asked = source_facts(facts, Spec(), Web({"HTTPS_PROXY": f"127.0.0.1:{proxy.port}"}))
    assert asked is not None
    answers = answers_in(facts._replace(proxies=asked.proxies))
    found = reported(host(INTERNAL, "http://10.1.2.3:8080", "", Network(answers=answers)))
    assert words in found[rule]
