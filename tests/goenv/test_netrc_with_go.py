"""The real go sends the login in .netrc, unless GOAUTH=off forbids it."""

import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from realgo import RealGo


def certificate(folder: Path) -> Path:
    """Make a certificate for localhost, in PEM, with its key in the same file."""
    made = folder / "localhost.pem"
    new = ("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-x509")
    named = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2")
    words = (*new, *named, "-keyout", folder / "key", "-out", made)
    subprocess.run(words, check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + (folder / "key").read_bytes())
    return made


@pytest.mark.parametrize(
    ("variables", "has_port", "is_sent"),
    [({}, True, True), ({"GOAUTH": "netrc"}, True, True), ({"GOAUTH": "off"}, True, False), ({}, False, False)],
)
def test_go_sends_the_login_of_netrc(variables: dict[str, str], has_port: bool, is_sent: bool, tmp_path: Path) -> None:
    received: list[str | None] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            received.append(self.headers.get("Authorization"))
            self.send_error(404)

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    known = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(known)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Since Go 1.24 the port belongs to the name.
    machine = f"localhost:{server.server_port}" if has_port else "localhost"
    (tmp_path / ".netrc").write_text(f"machine {machine} login me password secret\n", encoding="utf-8")
    settings = {"GOPROXY": f"https://localhost:{server.server_port}", "SSL_CERT_FILE": str(known), "GOSUMDB": "off"}
    RealGo(tmp_path).run("mod", "download", "example.com/a@v1.0.0", **settings, **variables)
    server.shutdown()
    server.server_close()
    assert {bool(value) for value in received} == {is_sent}
