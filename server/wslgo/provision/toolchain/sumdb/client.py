"""What the checksum database says of a toolchain, asked and believed as by the go command (modfetch/sumdb.go, go1.27).

Through the first proxy that serves it, else straight. Everything must lead to the signature of the key: the tree that
an answer comes with must be signed, the record must be in it, and it must continue the tree that was signed when we
last looked, so that the database cannot tell this machine something else than everybody.
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
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.system.reader import read_regular
from wslgo.text.message import Message

REFUSED = Message(
    en="GOSUMDB has a value with which go downloads no toolchain: {words}",
    zh="GOSUMDB 的值使 go 无法下载工具链：{words}",
)
NO_RECORD = Message(
    en="What the checksum database {name} answers about {version} is no record of it",
    zh="校验和数据库 {name} 关于 {version} 的回答不是该版本的记录",
)
NOT_REMEMBERED = Message(
    en="{path} is not what the checksum database {name} signed earlier: {words}. Remove it to begin again with what it "
    "signs now",
    zh="{path} 不是校验和数据库 {name} 先前签名的内容：{words}。删除它即可从现在签名的内容重新开始",
)
FORKED = Message(
    en="The checksum database {name} shows another history than the one it signed earlier; nothing of it is believed.\n"
    "Before:\n{before}\nNow:\n{now}",
    zh="校验和数据库 {name} 给出的历史与其先前签名的不一致；不予信任。\n之前：\n{before}\n现在：\n{now}",
)

DISABLED = "checksum database disabled by GOSUMDB=off"  # go's words
MODULE = "golang.org/toolchain"
KEYS = {"sum.golang.org": "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"}
MIRRORS = {"sum.golang.org": ("https://sum.golang.google.cn",)}

_LARGEST = 1 << 16  # bytes of an answer: a record has hundreds, a tile 8 KiB
_LONGEST_NAME = 200  # characters
_RECORD = re.compile(rb"(0|[1-9][0-9]{0,17})\n((?:[^\n]+\n)+)\n", re.DOTALL)


class Database(NamedTuple):
    """Whom to ask: its key, and the addresses that GOSUMDB names or are known, in their order."""

    key: note.Key
    addresses: tuple[str, ...]
    is_named: bool  # by GOSUMDB with an address, which bypasses the proxies


def database(value: str) -> Database:
    """What a value of GOSUMDB means; raises ProvisionError with go's words where go refuses it."""
    value = value or gosumdb.KNOWN[0]
    if value == gosumdb.KNOWN[1]:
        value = f"{gosumdb.KNOWN[0]} https://{gosumdb.KNOWN[1]}"
    words = DISABLED if value == "off" else gosumdb.refusal(value)
    name, *address = value.split()[:2] or [""]
    key = None if words else note.key(KEYS.get(name, name))
    if key is None or not _is_folder(key.name):
        raise ProvisionError(REFUSED(words=words or "malformed verifier id"))
    known = (f"https://{key.name}", *MIRRORS.get(key.name, ()))
    return Database(key, tuple(address) or known, bool(address))


def _is_folder(name: str) -> bool:
    """Return whether the name of a database can be that of a folder below others: heads are remembered there."""
    parts = name.split("/")
    return len(name) <= _LONGEST_NAME and name.isprintable() and not {"", ".", ".."} & set(parts)


class SumDb:
    """A checksum database, by the way that the first question finds. `heads` is the folder of remembered trees."""

    def __init__(self, policy: Policy, web: Web, heads: Path, cancelled: Callable[[], bool] = never) -> None:
        self._policy = policy
        self._get = partial(_got, web, cancelled)
        self._heads = heads

    def h1(self, version: str) -> str:
        """The hash of the zip of golang.org/toolchain at a version (`v0.0.1-go1.27.3.linux-amd64`): `h1:BASE64`.

        Raises ProvisionError where nobody has it, or the database cannot prove what it says.
        """
        found = database(self._policy.gosumdb)
        ask, answer = self._first_answer(found, f"lookup/{MODULE}@{version}")
        match = _RECORD.match(answer)
        if match is None:
            raise ProvisionError(NO_RECORD(name=found.key.name, version=version))
        number, record, signed = int(match[1]), match[2], answer[match.end() :]
        tree = self._merged(found, signed, ask)
        if tlog.hashes(tree, [(0, number)], partial(_tiles, ask)) != [tlog.record_hash(record)]:
            raise ProvisionError(tlog.UNPROVEN())
        return _line(record.decode("utf-8", "replace"), version, found.key.name)

    def _first_answer(self, found: Database, path: str) -> tuple["Ask", bytes]:
        """From the proxy that serves the database, which is then the only one that is asked, or the next address."""
        proxy = None if found.is_named else self._proxy(found.key.name)
        *others, last = (proxy,) if proxy else found.addresses
        for address in others:
            ask = partial(self._get, address)
            try:
                return ask, ask(path)
            except (StatusError, CancelledError):
                raise
            except ProvisionError:  # not to be reached: what a mirror says is signed all the same
                continue
        ask = partial(self._get, last)
        return ask, ask(path)

    def _proxy(self, name: str) -> str | None:
        """The first proxy that says that it serves the database."""
        for entry in self._policy.walk:
            address = f"{entry.url.rstrip('/')}/sumdb/{name}"
            try:
                self._get(address, "supported")
            except StatusError as error:
                if not error.is_not_found and not entry.goes_on:
                    raise
            except CancelledError:
                raise
            except ProvisionError:
                if not entry.goes_on:
                    raise
            else:
                return address
        return None

    def _merged(self, found: Database, signed: bytes, ask: "Ask") -> MerkleTree:
        """The larger of the tree that came and the one that is remembered; the smaller one must be its beginning."""
        path = self._heads / found.key.name / "latest"
        new = tlog.tree(note.opened(signed, found.key))
        remembered, old = _remembered(path, found.key)
        if old is None:
            self._remember(path, signed)
            return new
        earlier, later = sorted((old, new), key=lambda tree: tree.size)
        proven = tlog.hashes(later, tlog.subtrees(earlier.size), partial(_tiles, ask))
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


def _remembered(path: Path, key: note.Key) -> tuple[bytes, MerkleTree | None]:
    """Return what was signed when we last looked, and its tree; None where nothing is remembered."""
    try:
        signed = read_regular(path, _LARGEST)
        return signed, tlog.tree(note.opened(signed, key)) if signed else None
    except FileNotFoundError:
        return b"", None
    except (OSError, ProvisionError) as error:
        words = error.text if isinstance(error, ProvisionError) else reason(error)
        raise ProvisionError(NOT_REMEMBERED(path=str(path), name=key.name, words=words)) from error


Ask = Callable[[str], bytes]


def _got(web: Web, cancelled: Callable[[], bool], address: str, path: str) -> bytes:
    return get(web, f"{address.rstrip('/')}/{path}", _LARGEST, cancelled)


def _tiles(ask: Ask, tiles: list[Tile]) -> list[bytes]:
    pool = ThreadPoolExecutor(max_workers=8)
    try:
        return list(pool.map(partial(_tile, ask), tiles))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _tile(ask: Ask, tile: Tile) -> bytes:
    """A tile; one that has grown since the tree was signed may be served as a whole only."""
    try:
        return ask(tile.path)
    except StatusError as error:
        if not error.is_not_found or tile.is_full:
            raise
        return ask(tile.full.path)[: tile.width * tlog.SIZE]


def _line(record: str, version: str, name: str) -> str:
    """The hash in the line of a record that is about the zip."""
    prefix = f"{MODULE} {version} h1:"
    for line in record.split("\n"):
        if line.startswith(prefix):
            return line.rpartition(" ")[2]
    raise ProvisionError(NO_RECORD(name=name, version=version))
