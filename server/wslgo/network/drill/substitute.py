"""Servers on loopback that take the place of the entries of GOPROXY, and of the hosts of modules at its end."""

import contextlib
import http.client
import io
import socket
import socketserver
import ssl
import threading
import zipfile
from functools import cache
from pathlib import Path

from wslgo.text.typing import NamedTuple

# Names that RFC 2606 reserves: no request for them leaves this machine, because the substitutes answer it.
PUBLIC, PRIVATE = "public.example/lib", "private.example/team/app"
VERSION = "v1.0.0"

# How an entry fails.
NOT_FOUND, FORBIDDEN, SERVER_ERROR = "404", "403", "500"
CLOSES, HANGS, LOGIN_PAGE, GARBAGE = "closes", "hangs", "login-page", "garbage"
BAD_CERTIFICATE, CLOSED_PORT, NO_ADDRESS, MISSING = "bad-certificate", "closed-port", "no-address", "missing-folder"

_PAGE = b"<!DOCTYPE html><html><title>Sign in</title></html>"
_LONGEST = 1 << 14  # bytes of a request
_PATIENCE = 60.0  # seconds that a server hangs
_HANDSHAKE = b"\x16"


class Asked(NamedTuple):
    """A request that a substitute has received: of which module, and for which file."""

    module: str
    file: str


class Substitute:
    """A server for one entry. It serves `modules`, unless `failure` says how it fails."""

    def __init__(self, modules: tuple[str, ...], failure: str = "", certificate: Path | None = None) -> None:
        self.asked: list[Asked] = []
        self._failure = failure
        self._modules = modules
        self._ended = threading.Event()
        self._context = None if certificate is None else ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if self._context is not None and certificate is not None:
            self._context.load_cert_chain(certificate)
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError, ValueError):
                    outer._serve(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self.url = f"{'http' if certificate is None else 'https'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def end(self) -> None:
        """Close the server and every connection that hangs."""
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, sock: socket.socket) -> None:
        if self._context is not None:
            sock = self._context.wrap_socket(sock, server_side=True)
        data = b""
        while b"\r\n\r\n" not in data and len(data) < _LONGEST and (piece := sock.recv(4096)):
            data += piece
        method, _, rest = data.decode("latin-1").partition(" ")
        sock.sendall(self._answer(method, rest.partition(" ")[0]))
        if self._failure == HANGS:
            self._ended.wait(_PATIENCE)
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_WR)
        sock.close()

    def _answer(self, method: str, target: str) -> bytes:
        if method == "CONNECT":  # of `direct`, which then tries http, as GOINSECURE allows
            return _response(502, b"")
        if target.startswith("http://"):
            return self._page(target)
        module = next((module for module in (PUBLIC, PRIVATE) if target.startswith(f"/{module}/")), "")
        self.asked.append(Asked(module, target.rpartition("/")[2]))
        if self._failure in (CLOSES, HANGS):
            return b""
        if self._failure in (NOT_FOUND, FORBIDDEN, SERVER_ERROR):
            return _response(int(self._failure), b"")
        if self._failure == LOGIN_PAGE:
            return _response(200, _PAGE, "text/html")
        if self._failure == GARBAGE:
            return _response(200, b"\0\1\2")
        files = _files(module) if module in self._modules else {}
        return _response(200, files[target]) if target in files else _response(404, b"not found")

    def _page(self, target: str) -> bytes:
        """Return the page of a host of modules: they are at a proxy, which this server is, too."""
        module = next((module for module in (PUBLIC, PRIVATE) if module in target), PUBLIC)
        self.asked.append(Asked(module, "?go-get=1"))
        meta = f'<html><head><meta name="go-import" content="{module} mod {self.url}"></head></html>'
        return _response(200, meta.encode(), "text/html")


def write_folder(folder: Path) -> None:
    """Write both modules where `file://` finds them."""
    for module in (PUBLIC, PRIVATE):
        for path, data in _files(module).items():
            place = folder / path.lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


@cache
def _files(module: str) -> dict[str, bytes]:
    """Return the files of a module by their path at a proxy."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{module}@{VERSION}/go.mod", f"module {module}\n")
    base = f"/{module}/@v/{VERSION}"
    return {
        f"/{module}/@v/list": f"{VERSION}\n".encode(),
        f"{base}.info": f'{{"Version":"{VERSION}"}}'.encode(),
        f"{base}.mod": f"module {module}\n".encode(),
        f"{base}.zip": packed.getvalue(),
    }


def _response(status: int, body: bytes, kind: str = "text/plain") -> bytes:
    lines = (
        f"HTTP/1.1 {status} {http.client.responses.get(status, '')}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
