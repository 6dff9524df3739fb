"""A real server on loopback with files, and with the faults that a test asks for."""

import hashlib
import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import smallgo


class Mirror:
    """A server with `files` by path; the other attributes are faults that take effect at once."""

    def __init__(self, scheme: str = "http") -> None:
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.statuses: dict[str, int] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.knows_ranges = True
        self.announces_more = 0  # extra bytes after a file
        self.cuts_after: int | None = None  # bytes of each answer
        self.waits_after: int | None = None  # bytes, then `waiting` is set and it waits for `go_on`
        self.waiting = threading.Event()
        self.go_on = threading.Event()
        self.password = ""
        self.scheme = scheme
        self.port = 0

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def has_tarball(self, packed: bytes, name: str = smallgo.NAME) -> str:
        """Serve a tarball with a list like that of go.dev; return the URL of the archive."""
        filename = f"{name}.linux-amd64.tar.gz"
        described = {"filename": filename, "os": "linux", "arch": "amd64", "version": name, "kind": "archive"}
        described |= {"sha256": smallgo.sha256(packed), "size": len(packed)}
        listed = [{"version": name, "stable": True, "files": [described]}]
        self.files["/dl/?mode=json"] = json.dumps(listed).encode()
        self.files[f"/dl/{filename}"] = packed
        return f"{self.url}/dl/{filename}"

    def has_module(self, packed: bytes, version: str = smallgo.MODULE_VERSION) -> str:
        """Serve a module zip like a GOPROXY; return the URL of the zip."""
        base = "/golang.org/toolchain/@v"
        self.files[f"{base}/list"] = f"{version}\n".encode()
        self.files[f"{base}/{version}.info"] = json.dumps({"Version": version}).encode()
        self.files[f"{base}/{version}.zip"] = packed
        return f"{self.url}{base}/{version}.zip"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    mirror: Mirror

    def do_GET(self) -> None:
        mirror = self.mirror
        mirror.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        path = self.path.removeprefix(f"http://{self.headers['Host']}")
        status = mirror.statuses.get(path) or (
            302 if path in mirror.redirects else 200 if path in mirror.files else 404
        )
        if mirror.password and self.headers["Authorization"] != mirror.password:
            status = 401
        if status != 200:
            self.send_response(status)
            self.send_header("Location", mirror.redirects.get(path, ""))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._send(mirror.files[path])

    def _send(self, data: bytes) -> None:
        tag = f'"{hashlib.sha256(data).hexdigest()[:12]}"'
        start = self._start(tag) if self.mirror.knows_ranges else 0
        if start >= len(data) > 0:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(data) - start + self.mirror.announces_more))
        self.end_headers()
        self._body(data[start:])

    def _start(self, tag: str) -> int:
        asked = self.headers["Range"]
        if not asked or self.headers["If-Range"] not in (None, tag):
            return 0
        return int(asked.removeprefix("bytes=").removesuffix("-"))

    def _body(self, data: bytes) -> None:
        mirror = self.mirror
        pause = mirror.waits_after
        if pause is not None and len(data) > pause:
            self.wfile.write(data[:pause])
            mirror.waiting.set()
            mirror.go_on.wait(60)
            data = data[pause:]
        cut = mirror.cuts_after
        self.wfile.write(data if cut is None else data[:cut])
        self.close_connection = cut is not None or mirror.announces_more > 0

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Ignore connections that the client closes: it does so on purpose."""


@contextmanager
def serving(mirror: Mirror, certificate: Path | None = None) -> Iterator[Mirror]:
    """Run the mirror on a free port, with TLS if there is a certificate (with its key)."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"mirror": mirror}))
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    mirror.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield mirror
    finally:
        mirror.go_on.set()
        server.shutdown()
        thread.join()
        server.server_close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make the certificate of a company's own authority, and one for 127.0.0.1 that it signed, with its key."""
    authority, key, asked, signed = (folder / name for name in ("ca.pem", "ca.key", "server.csr", "server.pem"))
    server_key, words = folder / "server.key", folder / "words"
    words.write_text("subjectAltName=IP:127.0.0.1\n")
    new = ("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    _run(*new, "-x509", "-subj", "/CN=company", "-keyout", key, "-out", authority, "-days", "2")
    _run(*new, "-subj", "/CN=mirror", "-keyout", server_key, "-out", asked)
    sign = ("openssl", "x509", "-req", "-in", asked, "-CA", authority, "-CAkey", key, "-CAcreateserial", "-days", "2")
    _run(*sign, "-extfile", words, "-out", signed)
    signed.write_bytes(signed.read_bytes() + server_key.read_bytes())
    return authority, signed


def _run(*words: str | Path) -> None:
    subprocess.run(words, check=True, capture_output=True)
