"""Asking a URL: by the proxies and with the certificates of the environment, and never from https down to http.

`http.client` alone, since a response must be continued, cancelled and measured while it comes. Time is limited for
connecting, for silence, and for the whole of a small document; an archive must keep coming. Whatever a server answers,
ProvisionError has words for it.
"""

import base64
import contextlib
import http.client
import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import NamedTuple, Protocol, cast
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import url2pathname

from wslgo import __version__
from wslgo.provision.errors import CancelledError, ProvisionError, cut
from wslgo.provision.model.facts import UNTRUSTED
from wslgo.provision.net import netrc
from wslgo.provision.net.pace import Clock, Pace, Response
from wslgo.provision.net.proxy import is_host, is_loopback, proxy_for
from wslgo.provision.net.tls import context
from wslgo.system.reader import open_regular, read_regular
from wslgo.text.message import Message, redact

UNREACHABLE = Message(en="{url} cannot be reached: {words}", zh="无法访问 {url}：{words}")
ANSWERED = Message(en="{url} answers {status} {words}", zh="{url} 返回 {status} {words}")
DOWNGRADED = Message(
    en="{url} redirects to {target}, which is not encrypted; that is not followed",
    zh="{url} 重定向到未加密的 {target}；不会跟随",
)
STRANGE = Message(en="{url} redirects to {target}, which cannot be followed", zh="{url} 重定向到无法跟随的 {target}")
ROUND = Message(en="{url} redirects more than {count} times", zh="{url} 的重定向超过 {count} 次")
TOO_LARGE = Message(en="{url} answers more than {limit} bytes", zh="{url} 返回的内容超过 {limit} 字节")
LATE = Message(
    en="{url} has not answered in full after {seconds} seconds", zh="{url} 在 {seconds} 秒后仍未返回完整内容"
)
SLOW = Message(
    en="{url} sends less than {least} bytes in {seconds} seconds; what has come is kept and continued next time",
    zh="{url} 在 {seconds} 秒内发送的内容少于 {least} 字节；已收到的部分会保留，下次继续",
)
CUT = Message(en="{url} ends before all of it has come", zh="{url} 的内容未传完就中断")
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 10
_POLL = 0.1  # seconds between two looks at whether somebody has cancelled
_DOCUMENT = 2  # times the silence: what a small document may take in all
_LEAST = 60 << 10  # bytes of an archive within the silence: a kilobyte a second
_PIECE = 1 << 16
_SIZE = re.compile("[0-9]{1,15}")

# What a server, its address and the environment can break: the system, HTTP, names and numbers, and depth.
ERRORS = (OSError, http.client.HTTPException, ValueError, ArithmeticError, RecursionError, MemoryError)


def never() -> bool:
    """For what nobody cancels."""
    return False


class StatusError(ProvisionError):
    """A server that answered, but with a status of 400 or more."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(ANSWERED(url=url, status=status, words=http.client.responses.get(status, "")))
        self.status = status

    @property
    def is_not_found(self) -> bool:
        """Whether it only does not have it: the one answer after which the go command asks another in any case."""
        return self.status in (404, 410)


class Web:
    """The way to servers from one environment. `connecting` and `silence` are in seconds by `clock`; `trust` makes what
    servers are judged by."""

    def __init__(
        self,
        environment: Mapping[str, str],
        connecting: float = 15,
        silence: float = 60,
        trust: Callable[[Mapping[str, str]], ssl.SSLContext] = context,
        clock: Clock = time.monotonic,
    ) -> None:
        self.environment = environment
        self.connecting = connecting
        self.silence = silence
        self._trust = trust
        self._clock = clock

    @cached_property
    def context(self) -> ssl.SSLContext:
        return self._trust(self.environment)

    def within(self, seconds: float) -> "Web":
        """The same way with so much patience."""
        return Web(self.environment, seconds, seconds, self._trust, self._clock)

    def whole(self, url: str) -> Pace:
        """Return the pace of a small document."""
        seconds = _DOCUMENT * self.silence
        return Pace(self._clock, seconds, LATE(url=url, seconds=seconds))

    def steady(self, url: str) -> Pace:
        """Return the pace of an archive."""
        return Pace(self._clock, self.silence, SLOW(url=url, least=_LEAST, seconds=self.silence), _LEAST)


class Body(Protocol):
    """The bytes of an answer."""

    def read1(self, count: int, /) -> bytes: ...


class Answer(NamedTuple):
    """A response whose body can be read. `size` is that of the body in bytes, where it is told."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: Body
    size: int | None


@contextlib.contextmanager
def asked(
    web: Web,
    url: str,
    headers: Mapping[str, str] | None = None,
    cancelled: Callable[[], bool] = never,
    pace: Pace | None = None,
) -> Iterator[Answer]:
    """Yield the answer of a server, or a file of `file://`, redirects followed; any status but 200 and 206 raises.

    Raises ProvisionError whose words name the URL without its password, CancelledError soon after `cancelled` says so.
    """
    with contextlib.ExitStack() as stack:
        try:
            yield _followed(web, url, headers or {}, stack, cancelled, pace or web.whole(url))
        except ERRORS as error:
            if cancelled():
                raise CancelledError from None
            raise ProvisionError(UNREACHABLE(url=url, words=words_of(error))) from error


def get(web: Web, url: str, limit: int = 1 << 20, cancelled: Callable[[], bool] = never) -> bytes:
    """Return a small document; one above `limit` bytes raises ProvisionError, as one that is cut off or drips does."""
    with asked(web, url, cancelled=cancelled) as answer:
        data = bytearray()
        while piece := answer.body.read1(_PIECE):
            data += piece
            if len(data) > limit:
                raise ProvisionError(TOO_LARGE(url=url, limit=limit))
        if cancelled():  # which cuts the connection
            raise CancelledError
        if answer.size is not None and len(data) < answer.size:
            raise ProvisionError(CUT(url=url))
        return bytes(data)


def obstacle(web: Web, url: str) -> str:
    """What keeps us from a host, in few words; "" where a connection is made and, for https, verified."""
    try:
        connection, _ = _connection(web, urlsplit(url), web.whole(url))
        with contextlib.closing(connection):
            connection.connect()
    except ProvisionError as error:
        return str(error)
    except ERRORS as error:
        return words_of(error)
    return ""


def words_of(error: Exception) -> str:
    """What went wrong in few words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{UNTRUSTED}{error.verify_message}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, http.client.IncompleteRead | http.client.RemoteDisconnected):
        return "connection closed"
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return cut(redact(said or type(error).__name__))


def _followed(
    web: Web,
    url: str,
    headers: Mapping[str, str],
    stack: contextlib.ExitStack,
    cancelled: Callable[[], bool],
    pace: Pace,
) -> Answer:
    first = url
    for _ in range(_MOST_REDIRECTS + 1):
        if url.startswith("file:"):
            answer = _of_file(url, headers, stack)
        else:
            answer = _sent(web, url, headers, stack, cancelled, pace)
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            # Go takes nothing but 200; a part is for those who have asked for one.
            if answer.status != 200 and not (answer.status == 206 and "Range" in headers):
                raise StatusError(url, answer.status)
            return answer
        stack.pop_all().close()
        url = _target(url, answer.headers["location"])
    raise ProvisionError(ROUND(url=first, count=_MOST_REDIRECTS))


def _target(url: str, location: str) -> str:
    """Return where a redirect leads: up to https from anywhere; from http to http on this machine alone."""
    old = urlsplit(url)
    try:
        target = urljoin(url, location)
        new = urlsplit(target)
        _ = new.port
    except ValueError:  # no URL at all
        raise ProvisionError(STRANGE(url=url, target=cut(location))) from None
    brings_login = "@" in new.netloc and new.netloc != old.netloc
    if new.scheme not in ("http", "https") or not is_host(new.hostname or "") or brings_login:
        raise ProvisionError(STRANGE(url=url, target=cut(redact(target))))
    stays_here = is_loopback(old.hostname or "") and is_loopback(new.hostname or "")
    if new.scheme == "http" and (old.scheme != "http" or not stays_here):
        raise ProvisionError(DOWNGRADED(url=url, target=cut(redact(target))))
    return target


def _of_file(url: str, headers: Mapping[str, str], stack: contextlib.ExitStack) -> Answer:
    """Return a file, from where a `Range` begins."""
    path = url2pathname(urlsplit(url).path)
    try:
        file = stack.enter_context(open(open_regular(path), "rb"))  # noqa: PTH123, SIM115 - closed by the stack
    except FileNotFoundError:
        raise StatusError(url, 404) from None
    start = int(headers.get("Range", "bytes=0-")[6:-1])
    size = os.fstat(file.fileno()).st_size
    file.seek(start)
    span = {"content-range": f"bytes {start}-{size - 1}/{size}"} if start else {}
    return Answer(url, 206 if start else 200, span, file, max(0, size - start))


def _sent(
    web: Web,
    url: str,
    headers: Mapping[str, str],
    stack: contextlib.ExitStack,
    cancelled: Callable[[], bool],
    pace: Pace,
) -> Answer:
    parts = urlsplit(url)
    connection, target = _connection(web, parts, pace)
    stack.callback(connection.close)
    connection.connect()
    connection.sock.settimeout(web.silence)
    stack.enter_context(_cut_when(cancelled, connection.sock))
    connection.request("GET", target, headers={**_own_headers(web, parts), **headers})
    response = stack.enter_context(connection.getresponse())
    told = {name.lower(): value for name, value in response.getheaders()}
    return Answer(url, response.status, told, response, _size(response))


def _size(response: http.client.HTTPResponse) -> int | None:
    """Return the size of a body, where it is told. Raises HTTPException where it is not told plainly: `http.client`
    takes the first of several, and reads `1_000` as a number."""
    framed = response.headers.get("transfer-encoding", "")
    told = {value.strip() for value in response.headers.get_all("content-length", [])}
    if framed and not response.chunked:
        raise http.client.HTTPException(f"Transfer-Encoding {framed!r}")
    if response.chunked or not told:
        return None
    if len(told) > 1 or not all(map(_SIZE.fullmatch, told)):
        raise http.client.HTTPException(f"Content-Length {', '.join(sorted(told))!r}")
    return int(told.pop())


def _connection(web: Web, url: SplitResult, pace: Pace) -> tuple[http.client.HTTPConnection, str]:
    """Return a connection, and what is asked for over it: a proxy gets the whole URL of http, a tunnel for https."""
    host = url.hostname or ""
    if url.scheme not in ("http", "https") or not is_host(host):
        raise http.client.InvalidURL("no URL of a server")
    target = urlunsplit(("", "", url.path or "/", url.query, ""))
    proxy = proxy_for(url, web.environment)
    if proxy is None:
        return _straight(web, url.scheme, host, url.port, pace), target
    if url.scheme == "http":
        whole = urlunsplit(("http", url.netloc.rpartition("@")[2], url.path or "/", url.query, ""))
        return _straight(web, "http", proxy.hostname or "", proxy.port, pace), whole
    tunnel = _straight(web, "https", proxy.hostname or "", proxy.port or 80, pace)
    tunnel.set_tunnel(host, url.port or 443, headers=_proxy_login(proxy))
    return tunnel, target


def _straight(web: Web, scheme: str, host: str, port: int | None, pace: Pace) -> http.client.HTTPConnection:
    if scheme == "https":
        made: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=web.connecting, context=web.context
        )
    else:
        made = http.client.HTTPConnection(host, port, timeout=web.connecting)
    made.response_class = cast("type[http.client.HTTPResponse]", partial(Response, pace=pace))
    return made


def _own_headers(web: Web, url: SplitResult) -> dict[str, str]:
    headers = {"User-Agent": f"wslgo/{__version__}", "Accept-Encoding": "identity", "Connection": "close"}
    proxy = proxy_for(url, web.environment)
    if proxy is not None and url.scheme == "http":
        headers |= _proxy_login(proxy)
    login = _login(web, url)
    return headers | ({"Authorization": login} if login else {})


def _proxy_login(proxy: SplitResult) -> dict[str, str]:
    if proxy.username is None:
        return {}
    return {"Proxy-Authorization": _basic(unquote(proxy.username), unquote(proxy.password or ""))}


def _login(web: Web, url: SplitResult) -> str:
    """Return that of the URL, else that of `.netrc`, as the go command has it."""
    if url.username is not None:
        return _basic(unquote(url.username), unquote(url.password or ""))
    path = web.environment.get("NETRC") or f"{web.environment.get('HOME', '')}/.netrc"
    try:
        logins = netrc.parse(read_regular(path, netrc.LARGEST).decode("utf-8", "surrogateescape"))
    except OSError:
        return ""
    found = next((login for login in reversed(logins) if login.host == url.hostname), None)
    return _basic(found.name, found.password) if found else ""


def _basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode("utf-8", "surrogateescape")).decode()


@contextlib.contextmanager
def _cut_when(cancelled: Callable[[], bool], connected: socket.socket) -> Iterator[None]:
    """Wakes whoever waits for a server when somebody cancels."""
    if cancelled is never:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_POLL):
            if cancelled():
                # That of TLS would take the connection away from under its reader.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(connected, socket.SHUT_RDWR)
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
