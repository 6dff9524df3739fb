"""A request ends at its deadline, whatever the server sends until then."""

import contextlib
import ssl
import threading
import time
from collections.abc import Iterator
from socket import create_server, socket

import pytest

from wslgo.network.exchange import Failure, Line, Reply

SECONDS = 0.4
ONCE = (b"", 0.0)


@contextlib.contextmanager
def sending(first: bytes, then: bytes, pause: float) -> Iterator[int]:
    """Yield the port of a server that answers with `first`, and with `then` again and again."""
    server = create_server(("127.0.0.1", 0))

    def send(client: socket) -> None:
        with contextlib.suppress(OSError), client:
            client.recv(4096)
            client.sendall(first)
            while then:
                client.sendall(then)
                time.sleep(pause)

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                send(server.accept()[0])

    threading.Thread(target=serve, daemon=True).start()
    with server:
        yield server.getsockname()[1]


def answer(port: int, path: str = "/", **environment: str) -> Reply | Failure:
    line = Line(environment, ssl.create_default_context, time.monotonic() + SECONDS)
    found: list[Reply | Failure] = []
    url = path if "://" in path else f"http://127.0.0.1:{port}{path}"
    asking = threading.Thread(target=lambda: found.append(line.ask(url)), daemon=True)
    asking.start()
    asking.join(5 * SECONDS)
    assert found, "still waiting after its deadline"
    return found[0]


@pytest.mark.parametrize(
    ("first", "then", "pause"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.0),
        (b"HTTP/1.1 200 OK\r\n", b"x", 0.05),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05),
    ],
)
def test_a_server_that_never_ends(first: bytes, then: bytes, pause: float) -> None:
    with sending(first, then, pause) as port:
        found = answer(port)
    assert isinstance(found, Failure)
    assert found.is_late


def test_a_proxy_that_never_ends() -> None:
    with sending(b"", b"x", 0.05) as port:
        found = answer(port, "https://proxy.example/", HTTPS_PROXY=f"http://127.0.0.1:{port}")
    assert isinstance(found, Failure)
    assert found.is_late


def test_a_redirect_to_a_malformed_address() -> None:
    with sending(b"HTTP/1.1 302 Found\r\nLocation: //[bad\r\nContent-Length: 0\r\n\r\n", *ONCE) as port:
        found = answer(port)
    assert isinstance(found, Failure)
    assert (found.status, found.is_malformed) == (302, True)
