"""HTTP requests through the proxies and with the certificates of the environment.

Built on `http.client`, because a response must be resumed, cancelled and measured while it arrives, and the proxy is
chosen as Go chooses it. A redirect never leads from https to http. There are limits for the time
to connect, for silence, and for a small document as a whole; an archive must keep a minimum speed. Whatever a server
sends, the error is a ProvisionError with a message.
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
from wslgo.provision.net.pace import Pace, Response
from wslgo.provision.net.progress import Clock
from wslgo.provision.net.proxy import is_host, is_loopback, proxy_for
from wslgo.provision.net.tls import context
from wslgo.syntax import netrc
from wslgo.system.reader import open_regular, read_regular
from wslgo.text.message import Message, redact

UNREACHABLE = Message(en="Could not reach {url}: {words}", zh="无法访问 {url}：{words}")
ANSWERED = Message(en="{url} answers {status} {words}", zh="{url} 返回 {status} {words}")
DOWNGRADED = Message(
    en="{url} redirects to {target}, which is not encrypted; wslgo does not follow it",
    zh="{url} 重定向到未加密的 {target}；wslgo 不会跟随",
)
STRANGE = Message(
    en="{url} redirects to {target}, which wslgo cannot follow", zh="{url} 重定向到 {target}，wslgo 无法跟随"
)
ROUND = Message(en="{url} redirects more than {count} times", zh="{url} 的重定向超过 {count} 次")
TOO_LARGE = Message(en="{url} sends more than {limit} bytes", zh="{url} 发送的内容超过 {limit} 字节")
LATE = Message(
    en="{url} did not send a complete answer within {seconds} seconds", zh="{url} 在 {seconds} 秒内未返回完整内容"
)
SLOW = Message(
    en="{url} is too slow: less than {least} bytes in {seconds} seconds. The next run resumes the download",
    zh="{url} 过慢：{seconds} 秒内少于 {least} 字节。下次运行会继续下载",
)
CUT = Message(en="The connection to {url} closed before the answer was complete", zh="{url} 的内容未传完，连接就已关闭")
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 10
_POLL = 0.1  # seconds between two checks for cancellation
_DOCUMENT = 2  # times the silence: how long a small document may take in all
_LEAST = 60 << 10  # bytes of an archive within the silence: a kilobyte per second
_PIECE = 1 << 16
_SIZE = re.compile("[0-9]{1,15}")

# What a server, its address or the environment can cause: errors of the system, of HTTP, of names, numbers and depth.
ERRORS = (OSError, http.client.HTTPException, ValueError, ArithmeticError, RecursionError, MemoryError)


def never() -> bool:
    """Return False: for what cannot be cancelled."""
    return False


class StatusError(ProvisionError):
    """An answer of a server with another status than was asked for, such as 404."""

    def __init__(self, url: str, status: int) -> None:
        words = http.client.responses.get(status, "")
        super().__init__(ANSWERED(url=url, status=status, words=words))
        self.status = status
        self.words = f"{status} {words}".rstrip()

    @property
    def is_not_found(self) -> bool:
        """True if the server does not have the file: after such an answer the go command always asks the next proxy."""
        return self.status in (404, 410)


class UnreachableError(ProvisionError):
    """A server that could not be reached, with the reason alone in `words`."""

    def __init__(self, url: str, words: str) -> None:
        super().__init__(UNREACHABLE(url=url, words=words))
        self.words = words


class Web:
    """The network as one environment sees it.

    `connecting` and `silence` are in seconds of `clock`; `trust` makes the context that servers are verified with.
    """

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
        self.clock = clock

    @cached_property
    def context(self) -> ssl.SSLContext:
        return self._trust(self.environment)

    def within(self, seconds: float) -> "Web":
        """Return the same network with other limits of time."""
        return Web(self.environment, seconds, seconds, self._trust, self.clock)

    def whole(self, url: str) -> Pace:
        """Return the pace of a small document."""
        seconds = _DOCUMENT * self.silence
        return Pace(self.clock, seconds, LATE(url=url, seconds=seconds))

    def steady(self, url: str) -> Pace:
        """Return the pace of an archive."""
        return Pace(self.clock, self.silence, SLOW(url=url, least=_LEAST, seconds=self.silence), _LEAST)


class Body(Protocol):
    """The body of an answer."""

    def read1(self, count: int, /) -> bytes: ...


class Answer(NamedTuple):
    """A response whose body can be read; `size` is its announced size in bytes."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: Body
    size: int | None


@contextlib.contextmanager
def open_url(
    web: Web,
    url: str,
    headers: Mapping[str, str] | None = None,
    cancelled: Callable[[], bool] = never,
    pace: Pace | None = None,
) -> Iterator[Answer]:
    """Yield the answer of a server, or a file of `file://`, after redirects; any status but 200 and 206 raises.

    Raises ProvisionError, whose message has the URL without its password, and CancelledError soon after `cancelled`
    returns True.
    """
    with contextlib.ExitStack() as stack:
        try:
            yield _follow(web, url, headers or {}, stack, cancelled, pace or web.whole(url))
        except ERRORS as error:
            if cancelled():
                raise CancelledError from None
            raise UnreachableError(url, words_of(error)) from error


def get(web: Web, url: str, limit: int = 1 << 20, cancelled: Callable[[], bool] = never) -> bytes:
    """Return a small document. Raises ProvisionError if it is larger than `limit` bytes, incomplete, or too slow."""
    with open_url(web, url, cancelled=cancelled) as answer:
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
    """Return why a host cannot be reached, in a few words; "" if it can, with a verified certificate for https."""
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
    """Return what went wrong, in a few words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{UNTRUSTED}{error.verify_message}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, http.client.IncompleteRead | http.client.RemoteDisconnected):
        return "connection closed"
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return cut(redact(words or type(error).__name__))


def _follow(
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
            answer = _open_file(url, headers, stack)
        else:
            answer = _send(web, url, headers, stack, cancelled, pace)
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            # Go accepts only 200; 206 is for a request with a range.
            if answer.status != 200 and not (answer.status == 206 and "Range" in headers):
                raise StatusError(url, answer.status)
            return answer
        stack.pop_all().close()
        url = _target(url, answer.headers["location"])
    raise ProvisionError(ROUND(url=first, count=_MOST_REDIRECTS))


def _target(url: str, location: str) -> str:
    """Return where a redirect leads: to https from anywhere; from http to http only on this machine."""
    old = urlsplit(url)
    try:
        target = urljoin(url, location)
        new = urlsplit(target)
        _ = new.port
    except ValueError:  # not a URL
        raise ProvisionError(STRANGE(url=url, target=cut(location))) from None
    brings_login = "@" in new.netloc and new.netloc != old.netloc
    if new.scheme not in ("http", "https") or not is_host(new.hostname or "") or brings_login:
        raise ProvisionError(STRANGE(url=url, target=cut(redact(target))))
    stays_here = is_loopback(old.hostname or "") and is_loopback(new.hostname or "")
    if new.scheme == "http" and (old.scheme != "http" or not stays_here):
        raise ProvisionError(DOWNGRADED(url=url, target=cut(redact(target))))
    return target


def _open_file(url: str, headers: Mapping[str, str], stack: contextlib.ExitStack) -> Answer:
    """Return a file, from where a `Range` begins."""
    path = url2pathname(urlsplit(url).path)
    try:
        file = stack.enter_context(os.fdopen(open_regular(path), "rb"))
    except FileNotFoundError:
        raise StatusError(url, 404) from None
    start = int(headers.get("Range", "bytes=0-")[6:-1])
    size = os.fstat(file.fileno()).st_size
    file.seek(start)
    span = {"content-range": f"bytes {start}-{size - 1}/{size}"} if start else {}
    return Answer(url, 206 if start else 200, span, file, max(0, size - start))


def _send(
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
    stack.enter_context(_shut_down_on(cancelled, connection.sock))
    connection.request("GET", target, headers={**_own_headers(web, parts), **headers})
    response = stack.enter_context(connection.getresponse())
    received = {name.lower(): value for name, value in response.getheaders()}
    return Answer(url, response.status, received, response, _size(response))


def _size(response: http.client.HTTPResponse) -> int | None:
    """Return the size of a body, if it is announced.

    Raises HTTPException if it is ambiguous: `http.client` takes the first of several, and reads `1_000` as a number.
    """
    encoding = response.headers.get("transfer-encoding", "")
    sizes = {value.strip() for value in response.headers.get_all("content-length", [])}
    if encoding and not response.chunked:
        raise http.client.HTTPException(f"Transfer-Encoding {encoding!r}")
    if response.chunked or not sizes:
        return None
    if len(sizes) > 1 or not all(map(_SIZE.fullmatch, sizes)):
        raise http.client.HTTPException(f"Content-Length {', '.join(sorted(sizes))!r}")
    return int(sizes.pop())


def _connection(web: Web, url: SplitResult, pace: Pace) -> tuple[http.client.HTTPConnection, str]:
    """Return a connection and its request target: a proxy gets the whole URL for http, and a tunnel for https."""
    host = url.hostname or ""
    if url.scheme not in ("http", "https") or not is_host(host):
        raise http.client.InvalidURL("not the URL of a server")
    target = urlunsplit(("", "", url.path or "/", url.query, ""))
    proxy = proxy_for(url, web.environment)
    if proxy is None:
        return _direct(web, url.scheme, host, url.port, pace), target
    if url.scheme == "http":
        whole = urlunsplit(("http", url.netloc.rpartition("@")[2], url.path or "/", url.query, ""))
        return _direct(web, "http", proxy.hostname or "", proxy.port, pace), whole
    tunnel = _direct(web, "https", proxy.hostname or "", proxy.port or 80, pace)
    tunnel.set_tunnel(host, url.port or 443, headers=_proxy_login(proxy))
    return tunnel, target


def _direct(web: Web, scheme: str, host: str, port: int | None, pace: Pace) -> http.client.HTTPConnection:
    if scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=web.connecting, context=web.context
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=web.connecting)
    connection.response_class = cast("type[http.client.HTTPResponse]", partial(Response, pace=pace))
    return connection


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
    return {"Proxy-Authorization": basic(unquote(proxy.username), unquote(proxy.password or ""))}


def _login(web: Web, url: SplitResult) -> str:
    """Return the login in the URL, else that in `.netrc`, as the go command does."""
    if url.username is not None:
        return basic(unquote(url.username), unquote(url.password or ""))
    path = web.environment.get("NETRC") or f"{web.environment.get('HOME', '')}/.netrc"
    try:
        logins = netrc.parse(read_regular(path, netrc.LARGEST).decode("utf-8", "surrogateescape"))
    except OSError:
        return ""
    found = next((login for login in reversed(logins) if login.host == url.hostname), None)
    return basic(found.name, found.password) if found else ""


def basic(name: str, password: str) -> str:
    """Return the header of a login."""
    return "Basic " + base64.b64encode(f"{name}:{password}".encode("utf-8", "surrogateescape")).decode()


@contextlib.contextmanager
def _shut_down_on(cancelled: Callable[[], bool], connected: socket.socket) -> Iterator[None]:
    """Shut a connection down on cancellation, to wake the thread that waits for the server."""
    if cancelled is never:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_POLL):
            if cancelled():
                # `shutdown` of an SSLSocket would close the connection under the thread that reads it.
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
