"""A mirror as a read-only module proxy over HTTP, for the trial of a team: a WSGI application, and the server for it.

waitress is the server: see `docs/decisions/0021-mirrors.md`. What a URL may name is a list: files of modules, lists of
versions, and the checksum database; so no name leads out of the folder or to what is ours in it. On loopback, only
requests for loopback are answered: a web page that rebinds its own name to this machine must not read private modules.
"""

import contextlib
import os
import re
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.utils import formatdate
from typing import Any, NamedTuple

from wslgo.mirror.pinned import INFO, MOD, ZIP, of_file, pinned
from wslgo.mirror.store import Store
from wslgo.provision.errors import ProvisionError
from wslgo.provision.net.http import StatusError
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

NO_SERVER = Message(
    en="--serve needs the Python package waitress: install it with pip install waitress",
    zh="--serve 需要 Python 包 waitress：请用 pip install waitress 安装",
)
NOT_BOUND = Message(en="Cannot listen on {address} port {port}: {words}", zh="无法监听 {address} 端口 {port}：{words}")

LOOPBACK = "127.0.0.1"
_THREADS = 8
_LARGEST_REQUEST = 64 << 10
_PIECE = 1 << 18
_KINDS = {INFO: "application/json", MOD: "text/plain; charset=utf-8", ZIP: "application/zip"}
_TEXT, _BYTES = "text/plain; charset=utf-8", "application/octet-stream"
_RANGE = pattern(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_DATABASE = pattern(
    r"sumdb/[a-z0-9.-]{1,100}/(supported|latest|lookup/.{1,500}|tile/8/[0-9]{1,2}/[x0-9/]{3,40}(?:\.p/[0-9]{1,3})?)"
)
_LOOKUP = pattern(r"sumdb/[^/]*/lookup/([A-Za-z0-9._~!/+-]+)@(v[A-Za-z0-9.+!-]+)")
_UNESCAPED = pattern(r"!([a-z])")
_LISTED = pattern(r"(.{1,500})/(?:@v/list|@latest)")

Start = Callable[[str, list[tuple[str, str]]], Any]
Ask = Callable[[str], bytes]


class Part(NamedTuple):
    """The bytes of a file that a request asks for, from `start` to before `end`."""

    start: int
    end: int


class Proxy:
    """The application. `ask` passes questions to the checksum database that the mirror cannot answer."""

    def __init__(self, store: Store, database: str, ask: Ask | None, hosts: frozenset[str] | None) -> None:
        self._store = store
        self._database = database
        self._ask = ask
        self._hosts = hosts

    def __call__(self, environ: Mapping[str, Any], start: Start) -> Iterable[bytes]:
        method = environ.get("REQUEST_METHOD", "")
        if method not in ("GET", "HEAD"):
            return _told(start, "405 Method Not Allowed", "read-only", [("Allow", "GET, HEAD")])
        if self._hosts is not None and host_of(str(environ.get("HTTP_HOST", ""))) not in self._hosts:
            return _told(start, "421 Misdirected Request", "not a name of this machine")
        name = name_of(str(environ.get("PATH_INFO", "")))
        if name is None:
            return _told(start, "404 Not Found", "not found")
        try:
            descriptor = self._store.open(name)
        except OSError:  # a link, or another kind of file
            descriptor = None
        if descriptor is not None:
            return _file(environ, start, descriptor, kind_of(name))
        return self._passed(environ, start, name)

    def _passed(self, environ: Mapping[str, Any], start: Start, name: str) -> Iterable[bytes]:
        """Answer with what the checksum database says; nothing else is passed on."""
        folder = f"sumdb/{self._database}/"
        if self._ask is None or not self._database or not name.startswith(folder):
            return _told(start, "404 Not Found", "not found")
        question = name.removeprefix(folder)
        try:
            data = b"" if question == "supported" else self._ask(question)
        except StatusError as error:
            return _told(start, "404 Not Found" if error.is_not_found else "502 Bad Gateway", error.words)
        except ProvisionError as error:
            return _told(start, "502 Bad Gateway", str(error))
        start("200 OK", [("Content-Type", kind_of(name)), ("Content-Length", str(len(data)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [data]


def name_of(path: str) -> str | None:
    """Return the name of a file in a mirror from the path of a URL as WSGI has it; None for what is not served."""
    try:
        name = path.encode("latin-1").decode("utf-8").removeprefix("/")
    except UnicodeError:
        return None
    if not path.startswith("/"):
        return None
    listed = _LISTED.fullmatch(name)
    if of_file(name) is not None or (listed is not None and _is_path(listed[1])):
        return name
    asked = _DATABASE.fullmatch(name)
    if asked is None:
        return None
    is_lookup = asked[1].startswith("lookup/")
    return name if not is_lookup or _is_lookup(name) else None


def kind_of(name: str) -> str:
    """Return the type of a file."""
    if "/tile/" in name and name.startswith("sumdb/"):
        return _BYTES
    return _KINDS.get(name.rpartition(".")[2], _KINDS[INFO] if name.endswith("/@latest") else _TEXT)


def part_of(asked: str, size: int) -> Part | None:
    """Return the part of a file that a `Range` asks for; None for all of it: that is also how to treat an odd one.

    Raises ValueError if the file has no such part.
    """
    match = _RANGE.fullmatch(asked)
    if match is None or match[0] == "bytes=-":
        return None
    first, last = match[1], match[2]
    if not first:
        if int(last) == 0 or not size:
            raise ValueError(asked)
        return Part(max(0, size - int(last)), size)
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    if start >= size:
        raise ValueError(asked)
    return Part(start, end)


def host_of(header: str) -> str:
    """Return the name in a `Host` header, without its port."""
    if header.startswith("["):
        return header.partition("]")[0].removeprefix("[")
    return header.partition(":")[0].lower()


def hosts_of(address: str) -> frozenset[str] | None:
    """Return the names that a server on loopback answers to; None for all: on other addresses it has many."""
    is_here = address == "localhost" or address.startswith("127.") or address == "::1"
    return frozenset((address, "localhost", LOOPBACK, "::1")) if is_here else None


def first_of(ask: Callable[[str], tuple[Ask, bytes]]) -> Ask:
    """Return a function that finds out once where the database answers, and asks there from then on."""
    found: list[Ask] = []
    guard = threading.Lock()

    def question(path: str) -> bytes:
        if found:
            return found[0](path)
        with guard:
            if not found:
                address, answer = ask(path)
                found.append(address)
                return answer
        return found[0](path)

    return question


def server_of(proxy: Proxy, address: str, port: int) -> Any:
    """Return a server that is bound and not running yet. Raises ProvisionError."""
    try:
        from waitress import create_server  # type: ignore[import-untyped]  # only for --serve
    except ImportError:
        raise ProvisionError(NO_SERVER()) from None
    try:
        return create_server(
            proxy,
            host=address,
            port=port,
            threads=_THREADS,
            ident="wslgo",
            max_request_body_size=_LARGEST_REQUEST,
            max_request_header_size=_LARGEST_REQUEST,
        )
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or str(error)
        raise ProvisionError(NOT_BOUND(address=address, port=port, words=words)) from error


def _is_path(escaped: str) -> bool:
    """Return whether an escaped path is that of a module."""
    path = _UNESCAPED.sub(lambda found: found[1].upper(), escaped)
    return "!" not in path and re.search("[A-Z]", escaped) is None and pinned(path, "v0") is not None


def _is_lookup(name: str) -> bool:
    match = _LOOKUP.fullmatch(name)
    return match is not None and _is_path(match[1])


def _told(start: Start, status: str, words: str, headers: Iterable[tuple[str, str]] = ()) -> Iterable[bytes]:
    data = f"{words}\n".encode()
    start(status, [("Content-Type", _TEXT), ("Content-Length", str(len(data))), *headers])
    return [data]


def _file(environ: Mapping[str, Any], start: Start, descriptor: int, kind: str) -> Iterable[bytes]:
    """Answer with an open file, or with the part that is asked for."""
    body = _Body(descriptor)
    found = os.fstat(descriptor)
    tag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
    headers = [
        ("Content-Type", kind),
        ("ETag", tag),
        ("Last-Modified", formatdate(found.st_mtime, usegmt=True)),
        ("Accept-Ranges", "bytes"),
    ]
    if tag in [word.strip() for word in str(environ.get("HTTP_IF_NONE_MATCH", "")).split(",")]:
        body.close()
        start("304 Not Modified", headers)
        return []
    size = found.st_size if stat.S_ISREG(found.st_mode) else 0
    asked = str(environ.get("HTTP_RANGE", "")) if environ["REQUEST_METHOD"] == "GET" else ""
    condition = environ.get("HTTP_IF_RANGE")
    try:
        part = part_of(asked, size) if asked and condition in (None, tag) else None
    except ValueError:
        body.close()
        return _told(start, "416 Range Not Satisfiable", "no such part", [("Content-Range", f"bytes */{size}")])
    if part is not None:
        headers.append(("Content-Range", f"bytes {part.start}-{part.end - 1}/{size}"))
    body.set_part(part or Part(0, size))
    headers.append(("Content-Length", str(body.left)))
    start("206 Partial Content" if part is not None else "200 OK", headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        body.close()
        return []
    return body


class _Body:
    """The bytes of an answer, from an open file that it closes."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.left = 0

    def set_part(self, part: Part) -> None:
        os.lseek(self._descriptor, part.start, os.SEEK_SET)
        self.left = part.end - part.start

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (piece := os.read(self._descriptor, min(self.left, _PIECE))):
            self.left -= len(piece)
            yield piece

    def close(self) -> None:
        """Close the file; WSGI servers call this at the end of each answer, also of one that was cut."""
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
        self.left = 0
