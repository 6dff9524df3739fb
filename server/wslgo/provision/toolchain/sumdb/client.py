"""A client of the checksum database, as strict as go (modfetch/sumdb.go, go1.27).

It asks the first proxy that serves the database, else the database itself. The tree of an answer must be signed, the
record must be in it, and the tree must continue the one that was signed the last time: so the database cannot show this
machine another history than it shows everyone else.
"""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from wslgo.provision.errors import CancelledError, ProvisionError, not_written
from wslgo.provision.net.http import StatusError, Web, get, never
from wslgo.provision.toolchain.policy import Policy
from wslgo.provision.toolchain.sumdb import note, tlog
from wslgo.provision.toolchain.sumdb.tlog import MerkleTree, Tile
from wslgo.syntax.go import gosumdb
from wslgo.syntax.go.escaped_path import escaped
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.system.reader import read_regular
from wslgo.text.message import Message

BAD_VALUE = Message(
    en="GOSUMDB is not valid, so go cannot download a toolchain: {words}",
    zh="GOSUMDB 的值无效，go 无法下载工具链：{words}",
)
NO_RECORD = Message(
    en="The checksum database {name} did not send a record of {version}",
    zh="校验和数据库 {name} 未返回 {version} 的记录",
)
NOT_REMEMBERED = Message(
    en="{path} is not a tree that {name} signed: {words}. Remove the file to start from the current tree",
    zh="{path} 不是 {name} 签名的树：{words}。删除该文件即可从当前的树重新开始",
)
FORKED = Message(
    en="The checksum database {name} contradicts what it signed earlier, so wslgo does not trust it.\n"
    "Before:\n{before}\nNow:\n{now}",
    zh="校验和数据库 {name} 的内容与其先前签名的不一致，因此 wslgo 不信任它。\n之前：\n{before}\n现在：\n{now}",
)

DISABLED = "checksum database disabled by GOSUMDB=off"  # go's words
MODULE = "golang.org/toolchain"
KEYS = {"sum.golang.org": "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"}
MIRRORS = {"sum.golang.org": ("https://sum.golang.google.cn",)}

_LARGEST = 1 << 16  # bytes of an answer: a record has hundreds, a tile 8 KiB
_LONGEST_NAME = 200  # characters
_RECORD = re.compile(rb"(0|[1-9][0-9]{0,17})\n((?:[^\n]+\n)+)\n", re.DOTALL)


class Database(NamedTuple):
    """A checksum database: its key and its addresses, from GOSUMDB or the built-in table."""

    key: note.Key
    addresses: tuple[str, ...]
    is_named: bool  # by GOSUMDB with an address, which bypasses the proxies


class Lookup(NamedTuple):
    """The answer to a lookup: a record, its number, and the signed tree that it should be in."""

    number: int
    record: bytes
    signed: bytes


def database(value: str) -> Database:
    """Return the database that a value of GOSUMDB names; raise ProvisionError with go's words if go rejects it."""
    value = value or gosumdb.KNOWN[0]
    if value == gosumdb.KNOWN[1]:
        value = f"{gosumdb.KNOWN[0]} https://{gosumdb.KNOWN[1]}"
    words = DISABLED if value == "off" else gosumdb.error_of(value)
    name, *address = value.split()[:2] or [""]
    key = None if words else note.key(KEYS.get(name, name))
    if key is None or not _is_folder(key.name):
        raise ProvisionError(BAD_VALUE(words=words or "malformed verifier id"))
    known = (f"https://{key.name}", *MIRRORS.get(key.name, ()))
    return Database(key, tuple(address) or known, bool(address))


def _is_folder(name: str) -> bool:
    """Return whether the name of a database is safe as a relative path: its tree head is stored there."""
    parts = name.split("/")
    return len(name) <= _LONGEST_NAME and name.isprintable() and not {"", ".", ".."} & set(parts)


class SumDb:
    """A connection to the checksum database; `heads` is the folder of remembered tree heads."""

    def __init__(self, policy: Policy, web: Web, heads: Path, cancelled: Callable[[], bool] = never) -> None:
        self._policy = policy
        self._get = partial(_got, web, cancelled)
        self._heads = heads

    def h1(self, version: str, module: str = MODULE) -> str:
        """Return the hash `h1:BASE64` of a module's zip; that of a toolchain is `v0.0.1-go1.27.3.linux-amd64`.

        Raises ProvisionError if the database has no record, or cannot prove it.
        """
        found = database(self._policy.gosumdb)
        ask, answer = self.first_answer(found, f"lookup/{escaped(module)}@{escaped(version)}")
        told = lookup(answer)
        if told is None:
            raise ProvisionError(NO_RECORD(name=found.key.name, version=version))
        tree = self._merge(found, told.signed, ask)
        if tlog.hashes(tree, [(0, told.number)], partial(tiles, ask)) != [tlog.record_hash(told.record)]:
            raise ProvisionError(tlog.UNPROVEN())
        return _line(told.record.decode("utf-8", "replace"), module, version, found.key.name)

    def first_answer(self, found: Database, path: str) -> tuple["Ask", bytes]:
        """Ask the proxy that serves the database, and then no other address; without one, each address in turn."""
        proxy = None if found.is_named else self._proxy(found.key.name)
        *others, last = (proxy,) if proxy else found.addresses
        for address in others:
            ask = partial(self._get, address)
            try:
                return ask, ask(path)
            except (StatusError, CancelledError):
                raise
            except ProvisionError:  # unreachable; the answer of a mirror is signed as well
                continue
        ask = partial(self._get, last)
        return ask, ask(path)

    def _proxy(self, name: str) -> str | None:
        """Return the first proxy that serves the database."""
        for entry in self._policy.walk:
            address = f"{entry.url.rstrip('/')}/sumdb/{name}"
            try:
                self._get(address, "supported")
            except StatusError as error:
                if not error.is_not_found and not entry.continues:
                    raise
            except CancelledError:
                raise
            except ProvisionError:
                if not entry.continues:
                    raise
            else:
                return address
        return None

    def _merge(self, found: Database, signed: bytes, ask: "Ask") -> MerkleTree:
        """Return the larger of the new tree and the remembered one; the smaller one must be its beginning."""
        path = self._heads / found.key.name / "latest"
        new = tlog.tree(note.verified_text(signed, found.key))
        remembered, old = _last_signed(path, found.key)
        if old is None:
            self._remember(path, signed)
            return new
        earlier, later = sorted((old, new), key=lambda tree: tree.size)
        proven = tlog.hashes(later, tlog.subtrees(earlier.size), partial(tiles, ask))
        if tlog.root(proven) != earlier.hash:
            before, now = (text.decode("utf-8", "replace") for text in (remembered, signed))
            raise ProvisionError(FORKED(name=found.key.name, before=before, now=now))
        if new.size > old.size:
            self._remember(path, signed)
        return later

    def _remember(self, path: Path, signed: bytes) -> None:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(path, signed)
        except OSError as error:
            raise not_written(str(path), error) from error


def _last_signed(path: Path, key: note.Key) -> tuple[bytes, MerkleTree | None]:
    """Return the note that was signed the last time, and its tree; None if there is none."""
    try:
        signed = read_regular(path, _LARGEST)
        return signed, tlog.tree(note.verified_text(signed, key)) if signed else None
    except FileNotFoundError:
        return b"", None
    except (OSError, ProvisionError) as error:
        words = error.text if isinstance(error, ProvisionError) else reason(error)
        raise ProvisionError(NOT_REMEMBERED(path=str(path), name=key.name, words=words)) from error


Ask = Callable[[str], bytes]


def _got(web: Web, cancelled: Callable[[], bool], address: str, path: str) -> bytes:
    return get(web, f"{address.rstrip('/')}/{path}", _LARGEST, cancelled)


def lookup(answer: bytes) -> Lookup | None:
    """Return what an answer to a lookup says; None if it is none."""
    match = _RECORD.match(answer)
    return Lookup(int(match[1]), match[2], answer[match.end() :]) if match is not None else None


def tiles(ask: Ask, wanted: list[Tile]) -> list[bytes]:
    """Return tiles that a database sends; nothing proves them yet."""
    pool = ThreadPoolExecutor(max_workers=8)
    try:
        return list(pool.map(partial(_tile, ask), wanted))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _tile(ask: Ask, tile: Tile) -> bytes:
    """Return a tile; if it has grown since the tree was signed, a database may serve only the larger one."""
    try:
        return ask(tile.path)
    except StatusError as error:
        if not error.is_not_found or tile.is_full:
            raise
        return ask(tile.full.path)[: tile.width * tlog.SIZE]


def _line(record: str, module: str, version: str, name: str) -> str:
    """Return the hash in the line of a record about the zip."""
    prefix = f"{module} {version} h1:"
    for line in record.split("\n"):
        if line.startswith(prefix):
            return line.rpartition(" ")[2]
    raise ProvisionError(NO_RECORD(name=name, version=version))
