"""One request as the go command sends it: its proxy, its certificates, its redirects, and where it gets stuck.

Unlike `provision/net/http.py`, which downloads, this must tell apart what goes wrong: each stage has its own time limit
in Go, and none of them ends the wait for an answer.
"""

import contextlib
import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

from wslgo import __version__
from wslgo.network import socks
from wslgo.provision.errors import ProvisionError
from wslgo.provision.net.http import ERRORS, basic, words_of
from wslgo.provision.net.proxy import any_proxy_for, is_host
from wslgo.syntax import netrc
from wslgo.system.reader import read_regular
from wslgo.text.message import redact
from wslgo.text.typing import NamedTuple

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# The stages of a request. Go gives up in each of them but the last.
NAME, CONNECT, PROXY, TLS, ANSWER = "name", "connect", "proxy", "tls", "answer"

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 10
_LARGEST = 1 << 20  # bytes of an answer
_PIECE = 1 << 14
_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


class Reply(NamedTuple):
    """The last answer of a server, after redirects; `is_whole` unless its body was cut off."""

    url: str
    status: int
    kind: str  # the media type
    body: bytes
    is_whole: bool = True
    words: str = ""  # why it is not whole
    location: str = ""  # where a redirect leads


class Failure(NamedTuple):
    """A request without an answer: the stage, the reason, and the certificate error if that is the reason.

    `status` is the answer of a proxy that does not pass the request on, or a redirect that go does not follow.
    """

    stage: str
    words: str
    is_late: bool = False
    distrust: str = ""
    is_certificate: bool = False
    status: int | None = None
    is_malformed: bool = False


class Line:
    """The network as the environment shows it to go, until a deadline of the monotonic clock.

    `stage` and `via` of the running request can be read by another thread. `trust` returns the certificates that
    servers are verified with.
    """

    def __init__(self, environment: Mapping[str, str], trust: Callable[[], ssl.SSLContext], deadline: float) -> None:
        self.environment = environment
        self.deadline = deadline
        self.stage = NAME
        self.via = ""
        self._trust = trust

    def unverified(self) -> "Line":
        """Return the same network, where GOINSECURE lets any certificate pass."""
        return Line(self.environment, _unverified, self.deadline)

    def ask(self, url: str) -> Reply | Failure:
        """Return the answer to a GET request, after redirects."""
        first = urlsplit(url)
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._send(url)
            if isinstance(answer, Failure) or not answer.location:
                return answer
            try:
                target = urljoin(url, answer.location)
            except ValueError as error:
                return Failure(ANSWER, words_of(error), status=answer.status, is_malformed=True)
            if first.scheme == "https" and not target.startswith("https:"):
                return Failure(ANSWER, f"redirects to {redact(target)}, which is not encrypted", status=answer.status)
            url = target
        return Failure(ANSWER, f"stopped after {_MOST_REDIRECTS} redirects", status=answer.status)

    def greeting(self, host: str, port: int) -> Reply | Failure:
        """Return the first line that a server sends by itself, as one of ssh does."""
        with contextlib.ExitStack() as stack:
            try:
                sock = stack.enter_context(self._connected(host, port))
                self.stage = ANSWER
                data = sock.recv(256)
                if not data:
                    raise http.client.RemoteDisconnected("closed")
            except ERRORS as error:
                return self._failure(error)
        return Reply(f"ssh://{host}", 200, "", data)

    def _send(self, url: str) -> Reply | Failure:
        """Return one answer, which may be a redirect."""
        self.stage = NAME
        with contextlib.ExitStack() as stack:
            try:
                parts = urlsplit(url)
                host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
                if parts.scheme not in ("http", "https") or not is_host(host):
                    return Failure(NAME, "no host in the URL")
                proxy = any_proxy_for(parts, self.environment)
                self.via = "" if proxy is None else redact(proxy.geturl())
                sock, target = self._opened(parts, host, port, proxy, stack)
                if isinstance(sock, Failure):
                    return sock
                self.stage = ANSWER
                sock.settimeout(_left(self.deadline))
                sock.sendall(_request(parts, target, self._headers(parts, proxy)))
                return _answer(url, sock, stack, self.deadline)
            except ProvisionError as error:  # the value of a proxy variable
                return Failure(PROXY, str(error))
            except ERRORS as error:
                return self._failure(error)

    def _opened(
        self,
        parts: SplitResult,
        host: str,
        port: int,
        proxy: SplitResult | None,
        stack: contextlib.ExitStack,
    ) -> tuple[socket.socket | Failure, str]:
        """Return a connection to a server, and the target of a request there."""
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        if proxy is None:
            sock = stack.enter_context(self._connected(host, port))
        else:
            if proxy.scheme not in _PORTS:
                return Failure(PROXY, f"{self.via} is not a proxy that go can use"), target
            place = proxy.hostname or "", proxy.port or _PORTS[proxy.scheme]
            sock = stack.enter_context(self._connected(*place))
            if proxy.scheme == "https":
                sock = stack.enter_context(self._encrypted(sock, place[0]))
            self.stage = PROXY
            sock.settimeout(_left(self.deadline))
            if proxy.scheme in ("socks5", "socks5h"):
                socks.connect(sock, host, port, proxy)
            elif parts.scheme == "http":
                return sock, urlunsplit(("http", parts.netloc.rpartition("@")[2], parts.path or "/", parts.query, ""))
            elif (refusal := _tunnel(sock, host, port, proxy, self.deadline)) is not None:
                return refusal, target
        if parts.scheme == "https":
            sock = stack.enter_context(self._encrypted(sock, host))
        return sock, target

    def _connected(self, host: str, port: int) -> socket.socket:
        self.stage = NAME
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        self.stage = CONNECT
        trouble: OSError | None = None
        for number, (family, kind, protocol, _, place) in enumerate(found):
            sock = socket.socket(family, kind, protocol)
            try:
                # As Go does, each address gets its share of the time that is left.
                sock.settimeout(_left(self.deadline) / (len(found) - number))
                sock.connect(place)
            except OSError as error:
                sock.close()
                trouble = error
                continue
            sock.settimeout(_left(self.deadline))
            return sock
        raise trouble or OSError("no address")

    def _encrypted(self, sock: socket.socket, host: str) -> socket.socket:
        self.stage = TLS
        sock.settimeout(_left(self.deadline))
        return self._trust().wrap_socket(sock, server_hostname=host)

    def _failure(self, error: Exception) -> Failure:
        words = words_of(error)
        if isinstance(error, ssl.SSLCertVerificationError):
            return Failure(TLS, words, distrust=error.verify_message, is_certificate=True)
        if isinstance(error, TimeoutError):
            return Failure(self.stage, words, is_late=True)
        if isinstance(error, socket.gaierror):
            return Failure(NAME, words)
        is_closed = isinstance(error, http.client.RemoteDisconnected | ConnectionError | ssl.SSLError)
        is_malformed = isinstance(error, http.client.HTTPException | ValueError) and not is_closed
        return Failure(self.stage, words, is_malformed=is_malformed)

    def _headers(self, parts: SplitResult, proxy: SplitResult | None) -> Iterator[tuple[str, str]]:
        yield "Host", parts.netloc.rpartition("@")[2]
        yield "User-Agent", f"wslgo/{__version__}"
        yield "Connection", "close"
        if proxy is not None and parts.scheme == "http" and proxy.username is not None:
            yield "Proxy-Authorization", _basic(proxy)
        if parts.username is not None:
            yield "Authorization", _basic(parts)
        elif parts.scheme == "https" and (login := self._login(parts.netloc)) is not None:
            yield "Authorization", basic(*login)

    def _login(self, host: str) -> tuple[str, str] | None:
        """Return the login of a host and port in `.netrc`, which go sends over https unless GOAUTH says otherwise."""
        commands = (self.environment.get("GOAUTH") or "netrc").split(";")
        if "netrc" not in map(str.strip, commands):
            return None
        path = self.environment.get("NETRC") or f"{self.environment.get('HOME', '')}/.netrc"
        try:
            logins = netrc.parse(read_regular(path, netrc.LARGEST).decode("utf-8", "surrogateescape"))
        except OSError:
            return None
        return next(((login.name, login.password) for login in logins if login.host == host), None)


def _unverified() -> ssl.SSLContext:
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusted.check_hostname, trusted.verify_mode = False, ssl.CERT_NONE
    return trusted


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _request(parts: SplitResult, target: str, headers: Iterator[tuple[str, str]]) -> bytes:
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    if any("\r" in line or "\n" in line for line in lines):
        raise http.client.InvalidURL(parts.path)
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def _tunnel(sock: socket.socket, host: str, port: int, proxy: SplitResult, deadline: float) -> Failure | None:
    """Open a tunnel through an http proxy; return why it does not, or None."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    login = "" if proxy.username is None else f"Proxy-Authorization: {_basic(proxy)}\r\n"
    sock.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n{login}\r\n".encode())
    # Read byte by byte: what follows belongs to the tunnel.
    data = bytearray()
    while not data.endswith(b"\r\n\r\n") and len(data) < _PIECE:
        sock.settimeout(_left(deadline))
        piece = sock.recv(1)
        if not piece:
            raise http.client.RemoteDisconnected("the proxy closed the connection")
        data += piece
    words = data.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    status = int(words[1]) if len(words) > 1 and words[0].startswith("HTTP/") and words[1].isdecimal() else 0
    if status == 200:
        return None
    return Failure(PROXY, f"the proxy answers {' '.join(words[1:])[:100]}", status=status or None)


class _Stream(io.RawIOBase):
    """The bytes of a server until a deadline; one that drips bytes never exceeds a time limit for each read."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        super().__init__()
        self._sock = sock
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the file that `HTTPResponse` asks a socket for."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._sock.settimeout(_left(self._deadline))
        return self._sock.recv_into(buffer)


def _answer(url: str, sock: socket.socket, stack: contextlib.ExitStack, deadline: float) -> Reply:
    response = http.client.HTTPResponse(_Stream(sock, deadline), method="GET")  # type: ignore[arg-type]  # one method
    stack.callback(response.close)
    response.begin()
    location = response.getheader("location", "") if response.status in _REDIRECTS else ""
    kind = response.headers.get_content_type() if response.getheader("content-type") else ""
    body = io.BytesIO()
    is_whole, words = True, ""
    try:
        while not location and body.tell() < _LARGEST and (piece := response.read1(_PIECE)):
            body.write(piece)
        missing = response.length
        is_whole = bool(location) or not missing
        words = "" if is_whole else "the connection closed before the answer was complete"
    except (http.client.IncompleteRead, ConnectionError) as error:
        is_whole, words = False, words_of(error)
    return Reply(url, response.status, kind, body.getvalue(), is_whole, words, location)


def _basic(url: SplitResult) -> str:
    """Return the header of the login in a URL, which has one."""
    return basic(unquote(url.username or ""), unquote(url.password or ""))
