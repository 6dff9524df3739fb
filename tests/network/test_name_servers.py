"""Queries to real name servers on loopback that answer, drop, and know no TCP; and what the rule says of them."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count

import pytest

from machines import host
from wslgo.linter.machine_check import every_machine_finding
from wslgo.machine.host import Lookups
from wslgo.network.name_servers import AT_ONCE, lookups

HOST = "proxy.golang.org"
LOOPBACK = "127.0.0.1"
Chosen = Callable[[int], bool]


@contextmanager
def name_server(is_answered: Chosen, *, over_tcp: bool = True) -> Iterator[int]:
    """Run a server that answers the queries whose numbers are chosen; yield its port."""
    with socket.socket(type=socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
        udp.bind((LOOPBACK, 0))
        port = udp.getsockname()[1]
        threading.Thread(target=serve_udp, args=(udp, is_answered), daemon=True).start()
        if over_tcp:
            tcp.bind((LOOPBACK, port))
            tcp.listen()
            threading.Thread(target=serve_tcp, args=(tcp,), daemon=True).start()
        yield port
        with socket.socket(type=socket.SOCK_DGRAM) as last:
            last.sendto(b"", (LOOPBACK, port))


def serve_udp(server: socket.socket, is_answered: Chosen) -> None:
    """Answer until an empty packet comes, or until the socket is closed."""
    with suppress(OSError):
        for number in count():
            query, peer = server.recvfrom(4096)
            if not query:
                return
            if is_answered(number):
                server.sendto(answer(query), peer)


def serve_tcp(server: socket.socket) -> None:
    """Answer one query, if any comes before the socket is closed."""
    with suppress(OSError):
        channel, _ = server.accept()
        with channel:
            query = channel.recv(4096)[2:]
            channel.sendall(struct.pack("!H", len(query)) + answer(query))


def answer(query: bytes) -> bytes:
    """Return an answer that the name does not exist: any answer shows that the query arrived."""
    return query[:2] + b"\x81\x83" + query[4:]


def asked(port: int, *, server: str = LOOPBACK, hosts: tuple[str, ...] = (HOST,)) -> tuple[Lookups, ...]:
    return lookups((server,), hosts, port, seconds=0.3)


def rules(found: tuple[Lookups, ...], name: str = "ubuntu-24.04-nat", **network: object) -> list[str]:
    machine = host(name)
    changed = machine._replace(network=machine.network._replace(lookups=found, **network))
    return [reported.finding.message.render() for reported in every_machine_finding(changed)]


def test_a_server_that_answers() -> None:
    with name_server(lambda _: True) as port:
        found = asked(port)
    assert found == (Lookups(LOOPBACK, True, AT_ONCE, AT_ONCE, True),)
    assert rules(found) == []


def test_a_server_that_drops_everything() -> None:
    with name_server(lambda _: False) as port:
        found = asked(port)
    assert found == (Lookups(LOOPBACK),)
    assert rules(found) == ["The name server 127.0.0.1 does not answer: each name costs seconds, or is not found"]


def test_a_closed_port() -> None:
    with name_server(lambda _: True) as port:
        pass
    assert asked(port) == (Lookups(LOOPBACK),)


def test_a_server_that_drops_many_at_once() -> None:
    with name_server(lambda number: number < 6) as port:
        found = asked(port)
    assert found == (Lookups(LOOPBACK, True, AT_ONCE, 5, True),)
    assert rules(found) == [
        "The name server 127.0.0.1 answered only 5 of 16 queries sent at once: downloads wait or fail"
    ]


def test_a_lost_packet_is_asked_again() -> None:
    with name_server(lambda number: number > 0) as port:
        assert asked(port) == (Lookups(LOOPBACK, True, AT_ONCE, AT_ONCE, True),)


def test_a_server_without_tcp() -> None:
    with name_server(lambda _: True, over_tcp=False) as port:
        found = asked(port)
    assert found == (Lookups(LOOPBACK, True, AT_ONCE, AT_ONCE, False),)
    assert rules(found) == [
        "The name server 127.0.0.1 does not answer over TCP: names with many addresses are not found"
    ]


@pytest.mark.parametrize("name", ["127.0.0.1", "::1", "localhost", "a..b", "é.example", "a" * 64 + ".b", ""])
def test_nothing_is_asked_without_a_name(name: str) -> None:
    assert lookups((LOOPBACK,), (name,), 9, seconds=0.1) == ()


def test_an_address_without_a_route_and_one_that_is_none() -> None:
    assert lookups(("no address",), (HOST,), 9, seconds=0.1) == (Lookups("no address"),)


def test_nothing_is_asked_after_the_user_ends_it() -> None:
    assert lookups((LOOPBACK,), (HOST,), 9, is_cancelled=lambda: True) == ()


def steps(found: Lookups, config: str = "", **network: object) -> list[str]:
    machine = host("ubuntu-24.04-nat")
    text = machine.wslconfig and machine.wslconfig._replace(text=config, at_start=config, knows_start=True)
    machine = machine._replace(wslconfig=text, network=machine.network._replace(lookups=(found,), **network))
    return [
        reported.finding.next.render()
        for reported in every_machine_finding(machine)
        if reported.rule == "machine/lost-queries" and reported.finding.next
    ]


def test_the_next_step_depends_on_whose_server_it_is() -> None:
    off = "[wsl2]\ndnsTunneling=false\n"
    assert "set dnsTunneling=true" in steps(Lookups("172.20.0.1"), name_servers=("172.20.0.1",))[0]
    assert "remove dnsTunneling=false" in steps(Lookups("172.20.0.1"), off, name_servers=("172.20.0.1",))[0]
    assert "wsl --shutdown" in steps(Lookups("10.255.255.254"))[0]
    assert "name another server in /etc/resolv.conf" in steps(Lookups("10.1.1.1"), resolv_conf="/etc/resolv.conf")[0]
