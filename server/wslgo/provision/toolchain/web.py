"""Asking a URL: by the proxies and with the certificates of the environment, and never from https down to http.

`http.client` alone, since a response must be continued, cancelled and measured while it comes. Time is limited for
connecting and for silence, not for the whole: lines are slow, archives are large.
"""

import base64
import contextlib
import http.client
import netrc
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol, cast
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import url2pathname

from wslgo import __version__
from wslgo.message import Message, redact
from wslgo.provision.found import UNTRUSTED
from wslgo.provision.toolchain.certificates import context
from wslgo.provision.toolchain.trouble import CancelledError, TroubleError
from wslgo.provision.toolchain.webproxy import is_loopback, proxy_for

UNREACHABLE = Message(en="{url} cannot be reached: {words}", zh="无法访问 {url}：{words}")
ANSWERED = Message(en="{url} answers {status} {words}", zh="{url} 返回 {status} {words}")
DOWNGRADED = Message(
    en="{url} redirects to {target}, which is not encrypted; that is not followed",
    zh="{url} 重定向到未加密的 {target}；不会跟随",
)
STRANGE = Message(en="{url} redirects to {target}, which cannot be followed", zh="{url} 重定向到无法跟随的 {target}")
ROUND = Message(en="{url} redirects more than {count} times", zh="{url} 的重定向超过 {count} 次")
TOO_LARGE = Message(en="{url} answers more than {limit} bytes", zh="{url} 返回的内容超过 {limit} 字节")
CUT = Message(en="{url} ends before all of it has come", zh="{url} 的内容未传完就中断")
NO_SUCH_PROXY = Message(
    en="{proxy} is no http proxy, and only those can be used here", zh="{proxy} 不是 http 代理，这里只能使用 http 代理"
)

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 10
_POLL = 0.1  # seconds between two looks at whether somebody has cancelled


def never() -> bool:
    """For what nobody cancels."""
    return False


class StatusError(TroubleError):
    """A server that answered, but with a status of 400 or more."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(ANSWERED(url=url, status=status, words=http.client.responses.get(status, "")))
        self.status = status

    @property
    def is_not_found(self) -> bool:
        """Whether it only does not have it: the one answer after which the go command asks another in any case."""
        return self.status in (404, 410)


class Web:
    """The way to servers from one environment. `connecting` and `silence` are in seconds; `trust` makes what servers
    are judged by."""

    def __init__(
        self,
        environment: Mapping[str, str],
        connecting: float = 15,
        silence: float = 60,
        trust: Callable[[Mapping[str, str]], ssl.SSLContext] = context,
    ) -> None:
        self.environment = environment
        self.connecting = connecting
        self.silence = silence
        self._trust = trust

    @cached_property
    def context(self) -> ssl.SSLContext:
        return self._trust(self.environment)

    def within(self, seconds: float) -> "Web":
        """The same way with so much patience."""
        return Web(self.environment, seconds, seconds, self._trust)


class Body(Protocol):
    """The bytes of an answer."""

    def read(self, count: int, /) -> bytes: ...

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
    web: Web, url: str, headers: Mapping[str, str] | None = None, cancelled: Callable[[], bool] = never
) -> Iterator[Answer]:
    """The answer of a server, or a file of `file://`, redirects followed; a status of 400 or more raises.

    Raises TroubleError whose words name the URL without its password, CancelledError soon after `cancelled` says so.
    """
    with contextlib.ExitStack() as stack:
        try:
            yield _followed(web, url, headers or {}, stack, cancelled)
        except (OSError, http.client.HTTPException) as error:
            if cancelled():
                raise CancelledError from None
            raise TroubleError(UNREACHABLE(url=url, words=words_of(error))) from error


def get(web: Web, url: str, limit: int = 1 << 20, cancelled: Callable[[], bool] = never) -> bytes:
    """A small document; one above `limit` bytes raises TroubleError, as one that is cut off does."""
    with asked(web, url, cancelled=cancelled) as answer:
        data = answer.body.read(limit + 1)
        if len(data) > limit:
            raise TroubleError(TOO_LARGE(url=url, limit=limit))
        if answer.size is not None and len(data) < answer.size:
            raise TroubleError(CUT(url=url))
        return data


def obstacle(web: Web, url: str) -> str:
    """What keeps us from a host, in few words; "" where a connection is made and, for https, verified."""
    try:
        connection, _ = _connection(web, urlsplit(url))
        with contextlib.closing(connection):
            connection.connect()
    except TroubleError as error:
        return str(error)
    except (OSError, http.client.HTTPException, ValueError) as error:
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
    return redact(said or type(error).__name__)


def _followed(
    web: Web, url: str, headers: Mapping[str, str], stack: contextlib.ExitStack, cancelled: Callable[[], bool]
) -> Answer:
    first = url
    for _ in range(_MOST_REDIRECTS + 1):
        answer = (
            _of_file(url, headers, stack) if url.startswith("file:") else _sent(web, url, headers, stack, cancelled)
        )
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            if answer.status >= 400:
                raise StatusError(url, answer.status)
            return answer
        stack.pop_all().close()
        target = urljoin(url, answer.headers["location"])
        _check_redirect(url, target)
        url = target
    raise TroubleError(ROUND(url=first, count=_MOST_REDIRECTS))


def _check_redirect(url: str, target: str) -> None:
    """Up to https from anywhere; from http to http on this machine alone."""
    old, new = urlsplit(url), urlsplit(target)
    if new.scheme == "https" and new.hostname:
        return
    if new.scheme != "http":
        raise TroubleError(STRANGE(url=url, target=target))
    stays_here = is_loopback(old.hostname or "") and is_loopback(new.hostname or "")
    if old.scheme != "http" or not stays_here:
        raise TroubleError(DOWNGRADED(url=url, target=target))


def _of_file(url: str, headers: Mapping[str, str], stack: contextlib.ExitStack) -> Answer:
    """A file, from where a `Range` begins."""
    path = url2pathname(urlsplit(url).path)
    try:
        file = stack.enter_context(Path(path).open("rb"))  # noqa: SIM115 - closed by the stack
    except FileNotFoundError:
        raise StatusError(url, 404) from None
    start = int(headers.get("Range", "bytes=0-")[6:-1])
    size = os.fstat(file.fileno()).st_size
    file.seek(start)
    span = {"content-range": f"bytes {start}-{size - 1}/{size}"} if start else {}
    return Answer(url, 206 if start else 200, span, cast("Body", file), max(0, size - start))


def _sent(
    web: Web, url: str, headers: Mapping[str, str], stack: contextlib.ExitStack, cancelled: Callable[[], bool]
) -> Answer:
    parts = urlsplit(url)
    connection, target = _connection(web, parts)
    stack.callback(connection.close)
    connection.connect()
    connection.sock.settimeout(web.silence)
    stack.enter_context(_cut_when(cancelled, connection.sock))
    connection.request("GET", target, headers={**_own_headers(web, parts), **headers})
    response = stack.enter_context(connection.getresponse())
    told = {name.lower(): value for name, value in response.getheaders()}
    return Answer(url, response.status, told, response, response.length)


def _connection(web: Web, url: SplitResult) -> tuple[http.client.HTTPConnection, str]:
    """A connection, and what is asked for over it: a proxy gets the whole URL of http, and a tunnel for https."""
    if not url.hostname or url.scheme not in ("http", "https"):
        raise http.client.InvalidURL("no URL of a server")
    target = urlunsplit(("", "", url.path or "/", url.query, ""))
    proxy = proxy_for(url, web.environment)
    if proxy is None:
        return _straight(web, url.scheme, url.hostname, url.port), target
    if proxy.scheme != "http" or not proxy.hostname:
        raise TroubleError(NO_SUCH_PROXY(proxy=proxy.geturl()))
    if url.scheme == "http":
        whole = urlunsplit(("http", url.netloc.rpartition("@")[2], url.path or "/", url.query, ""))
        return _straight(web, "http", proxy.hostname, proxy.port), whole
    tunnel = http.client.HTTPSConnection(proxy.hostname, proxy.port or 80, timeout=web.connecting, context=web.context)
    tunnel.set_tunnel(url.hostname, url.port or 443, headers=_proxy_login(proxy))
    return tunnel, target


def _straight(web: Web, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=web.connecting, context=web.context)
    return http.client.HTTPConnection(host, port, timeout=web.connecting)


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
    return {"Proxy-Authorization": _basic(proxy.username, proxy.password or "")}


def _login(web: Web, url: SplitResult) -> str:
    """That of the URL, else that of `.netrc`, as the go command has it."""
    if url.username is not None:
        return _basic(url.username, url.password or "")
    path = web.environment.get("NETRC") or f"{web.environment.get('HOME', '')}/.netrc"
    try:
        found = netrc.netrc(path).hosts.get(url.hostname or "")
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError):
        return ""
    return _basic(found[0], found[2] or "") if found else ""


def _basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{unquote(name)}:{unquote(password)}".encode()).decode()


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
