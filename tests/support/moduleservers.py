"""Servers on loopback in place of module proxies, each with one behaviour, and what the real go command does there."""

import contextlib
import io
import os
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wslgo.network.questions import MODULE, VERSION

PAGE = b"<!DOCTYPE html><html><title>Sign in to the network</title></html>"
_HANDSHAKE = b"\x16"  # of TLS
STATUSES = (400, 401, 403, 404, 410, 429, 500, 502, 503, 511)


def module_files() -> dict[str, bytes]:
    """Return the files of the module that is asked for, by their path at a proxy."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{MODULE}@{VERSION}/go.mod", f"module {MODULE}\n")
    folder = f"/{MODULE}/@v/{VERSION}"
    return {
        f"{folder}.info": f'{{"Version":"{VERSION}"}}'.encode(),
        f"{folder}.mod": f"module {MODULE}\n".encode(),
        f"{folder}.zip": packed.getvalue(),
    }


def response(
    status: int, body: bytes = b"", kind: str = "text/plain", more: str = "", size: int | None = None
) -> bytes:
    length = len(body) if size is None else size
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n"
    return head.encode() + body


ANSWERS = {
    "hang": b"",
    "close": b"",
    "hang in body": response(200, b"{", size=100),
    "cut": response(200, b"{", size=100),
    "login page": response(200, PAGE, "text/html; charset=utf-8"),
    "403 with a page": response(403, PAGE, "text/html"),
    "garbage": response(200, b"\x00\x01garbage"),
    "empty": response(200),
    "another version": response(200, b'{"Version":"v9.9.9"}'),
    "not http": b"220 ftp.example ready\r\n",
}


class Server:
    """A server with a behaviour; `asked` are the paths that were asked for."""

    def __init__(self, behaviour: str, context: ssl.SSLContext | None = None, target: str = "") -> None:
        self.behaviour, self.target, self.asked = behaviour, target, list[str]()
        self.logins: list[bytes] = []
        self.ended = threading.Event()
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    outer.serve(
                        self.request if context is None else context.wrap_socket(self.request, server_side=True)
                    )

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"{'http' if context is None else 'https'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def serve(self, sock: socket.socket) -> None:
        if self.behaviour == "silent handshake":
            self.ended.wait(20)
            return
        data = b""
        while b"\r\n\r\n" not in data and data[:1] != _HANDSHAKE and (piece := sock.recv(4096)):
            data += piece
        path = data.split(b" ")[1].decode("latin-1") if data.count(b" ") > 1 else ""
        self.asked.append(path)
        self.logins.append(next((line for line in data.split(b"\r\n") if line.startswith(b"Authorization:")), b""))
        answer = self.answer(path)
        sock.sendall(answer)
        if self.behaviour in ("hang", "hang in body"):
            self.ended.wait(20)
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_WR)
        sock.close()

    def answer(self, path: str) -> bytes:
        files = module_files()
        if self.behaviour == "good":
            return response(200, files[path]) if path in files else response(404, b"not found")
        if self.behaviour.isdecimal():
            return response(int(self.behaviour), b"no")
        if self.behaviour in ("redirect", "endless redirect"):
            return response(302, more=f"Location: {self.target}{path}\r\n")
        return ANSWERS[self.behaviour]

    def end(self) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def serving(behaviour: str, context: ssl.SSLContext | None = None, target: str = "") -> Iterator[Server]:
    server = Server(behaviour, context, target)
    try:
        yield server
    finally:
        server.end()


@contextlib.contextmanager
def socks_proxy(target: int) -> Iterator[int]:
    """Run a SOCKS5 proxy that connects every name to one port of this machine; yield its own port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            sock: socket.socket = self.request
            with contextlib.suppress(OSError):
                sock.recv(2 + 255)
                sock.sendall(b"\5\0")
                sock.recv(4 + 256 + 2)
                sock.sendall(b"\5\0\0\1" + bytes(6))
                with socket.create_connection(("127.0.0.1", target)) as other:
                    request = sock.recv(1 << 14)
                    other.sendall(request)
                    while piece := other.recv(1 << 14):
                        sock.sendall(piece)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class GoDownload(NamedTuple):
    """The end of `go mod download`; `is_killed` if it waited too long."""

    is_done: bool
    words: str
    is_killed: bool = False


def go_download(folder: Path, goproxy: str, seconds: float = 20, **variables: str) -> GoDownload:
    """Run `go mod download` with an empty module cache."""
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/m\n")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GOPATH": str(folder / "p"),
        "GOENV": "off",
        "GOMODCACHE": str(folder / "cache"),
        "GOFLAGS": "-mod=mod -modcacherw",
        "GOSUMDB": "off",
        "GOTOOLCHAIN": "local",
        "GOPROXY": goproxy,
        "GOVCS": "*:off",
        "SSL_CERT_DIR": "/nowhere",
        **variables,
    }
    go = shutil.which("go") or "go"
    try:
        done = subprocess.run(
            [go, "mod", "download", f"{MODULE}@{VERSION}"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return GoDownload(False, "", is_killed=True)
    return GoDownload(done.returncode == 0, done.stderr)


class Certificates(NamedTuple):
    """An authority and contexts of servers: a good certificate, and bad ones."""

    authority: Path
    contexts: dict[str, ssl.SSLContext]


def certificates(folder: Path) -> Certificates:
    """Make an authority, and certificates for this machine, for another host, of an unknown authority, and expired."""
    trusted, unknown = (_authority(folder, name) for name in ("trusted", "unknown"))
    made = {
        "good": _signed(folder, "good", trusted, "IP:127.0.0.1"),
        "another host": _signed(folder, "host", trusted, "DNS:proxy.example"),
        "unknown authority": _signed(folder, "foreign", unknown, "IP:127.0.0.1"),
        "expired": _signed(folder, "old", trusted, "IP:127.0.0.1", is_old=True),
    }
    contexts = {}
    for name, place in made.items():
        contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contexts[name].load_cert_chain(f"{place}.pem", f"{place}.key")
    return Certificates(Path(f"{trusted}.pem"), contexts)


def _openssl(*words: str) -> None:
    subprocess.run(("openssl", *words), check=True, capture_output=True)


def _authority(folder: Path, name: str) -> str:
    place = f"{folder}/{name}"
    new = (
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        f"/CN={name}",
    )
    _openssl(*new, "-keyout", f"{place}.key", "-out", f"{place}.pem", "-days", "2")
    return place


def _signed(folder: Path, name: str, authority: str, alternative: str, *, is_old: bool = False) -> str:
    """Sign a certificate by `openssl ca`, which can also make one that has expired."""
    place = f"{folder}/{name}"
    new = ("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}")
    _openssl(*new, "-keyout", f"{place}.key", "-out", f"{place}.csr")
    _write_configuration(Path(f"{place}.cnf"), Path(f"{place}.d"), alternative)
    until = ("-startdate", "20200101000000Z", "-enddate", "20200102000000Z") if is_old else ()
    chosen = ("ca", "-batch", "-config", f"{place}.cnf", "-cert", f"{authority}.pem", "-keyfile", f"{authority}.key")
    _openssl(*chosen, "-in", f"{place}.csr", "-out", f"{place}.pem", "-notext", *until)
    return place


def _write_configuration(path: Path, database: Path, alternative: str) -> None:
    database.mkdir()
    (database / "index").write_text("")
    (database / "serial").write_text("01\n")
    path.write_text(
        f"[ca]\ndefault_ca=c\n[c]\ndatabase={database}/index\nserial={database}/serial\nnew_certs_dir={database}\n"
        f"default_md=sha256\ndefault_days=2\npolicy=p\nx509_extensions=x\nunique_subject=no\n"
        f"[p]\ncommonName=supplied\n[x]\nsubjectAltName={alternative}\n"
    )
