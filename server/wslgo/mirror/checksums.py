"""The part of the checksum database that go asks for about the modules of a mirror.

Go reads it from the folder `sumdb` of a proxy, `file://` included, if that has a file `supported`. A record proves
nothing without the tree that it is in, so all records here refer to one signed tree, and the mirror has the tiles that
prove each of them. It also has those that prove that the tree continues every tree that it showed earlier: a machine
remembers the last one. A record that contradicts go.sum, or a tree that was forged, ends the run.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from wslgo.knowledge.module_proxies import is_private_domain
from wslgo.mirror.pinned import Pinned
from wslgo.mirror.store import OWN, Store
from wslgo.provision.errors import ProvisionError
from wslgo.provision.net.http import StatusError, Web, never
from wslgo.provision.toolchain.policy import Policy
from wslgo.provision.toolchain.sumdb import note, tlog
from wslgo.provision.toolchain.sumdb.client import Ask, Database, Lookup, SumDb, database, lookup, tiles
from wslgo.provision.toolchain.sumdb.tlog import MerkleTree, Tile
from wslgo.syntax.go import module_patterns
from wslgo.text.message import Message

NO_ANSWER = Message(
    en="The checksum database {name} did not send a record of {module}", zh="校验和数据库 {name} 未返回 {module} 的记录"
)
CONTRADICTS = Message(
    en="Checksum mismatch for {module}: {found}, but the checksum database {name} has {wanted}. Remove the mirror",
    zh="{module} 的校验和不符：{found}，而校验和数据库 {name} 给出的是 {wanted}。请删除此镜像",
)
FORKED = Message(
    en="The checksum database {name} contradicts what it signed earlier, so wslgo does not trust it",
    zh="校验和数据库 {name} 的内容与其先前签名的不一致，因此 wslgo 不信任它",
)

_THREADS = 8
_HEADS = f"{OWN}/heads.json"
_MOST_HEADS = 200  # earlier trees; each takes a few tiles


class DistrustError(ProvisionError):
    """A database that contradicts a module, or what it signed earlier."""


class Known(NamedTuple):
    """The hashes of a module that were computed here; "" for what is not in the mirror."""

    zip: str
    mod: str


class Outcome(NamedTuple):
    """The name of the database, the modules with a record in the mirror, and its files that are needed."""

    name: str = ""
    covered: frozenset[Pinned] = frozenset()
    files: frozenset[str] = frozenset()


def name_of(gosumdb: str) -> str:
    """Return the name of the database that GOSUMDB means; "" if it is off."""
    return "" if gosumdb == "off" else database(gosumdb).key.name


def update(
    store: Store,
    modules: Mapping[Pinned, Known],
    policy: Policy,
    exempt: str,
    web: Web,
    hear: Callable[[int, int], None],
    cancelled: Callable[[], bool] = never,
) -> Outcome:
    """Add the records of modules that have none, and what proves them all. Raises ProvisionError.

    `exempt` is GONOSUMDB: go does not ask for these modules, nor does wslgo, so no database learns their names.
    """
    if policy.gosumdb == "off":
        return Outcome()
    found = database(policy.gosumdb)
    folder = f"sumdb/{found.key.name}"
    asked = [module for module in modules if not _is_exempt(module, exempt)]
    source = _Source(store, folder, SumDb(policy, web, Path(store.path), cancelled), found)
    records = source.records(asked, hear)
    if not records:
        return Outcome(found.key.name)
    for module, told in records.items():
        _check(module, modules[module], told, found.key.name)
    signed, head = source.head(records.values())
    earlier = source.earlier(head)
    needed = source.prove(head, records.values(), earlier)
    source.write(records, signed, [*earlier, head])
    names = {f"{folder}/{module.lookup}" for module in records}
    return Outcome(
        found.key.name, frozenset(records), frozenset({*needed, *names, f"{folder}/latest", f"{folder}/supported"})
    )


def stored(store: Store, modules: Iterable[Pinned], policy: Policy) -> Outcome:
    """Return what a mirror already has of a database, without asking it; which of its files are needed is unknown."""
    name = name_of(policy.gosumdb)
    return Outcome("", frozenset(module for module in modules if name and store.has(f"sumdb/{name}/{module.lookup}")))


class _Source:
    """One database: what the mirror has of it, and how the rest is asked for."""

    def __init__(self, store: Store, folder: str, client: SumDb, found: Database) -> None:
        self._store = store
        self._folder = folder
        self._client = client
        self._found = found
        self._ask: Ask | None = None

    def records(self, modules: Sequence[Pinned], hear: Callable[[int, int], None]) -> dict[Pinned, Lookup]:
        """Return the record of each module, from the mirror or from the database; none for what it does not know."""
        there = {module: self._stored(module) for module in modules}
        missing = [module for module, told in there.items() if told is None]
        if missing:
            first, *rest = missing
            there[first] = self._first(first)
            pool = ThreadPoolExecutor(_THREADS)
            try:
                for number, (module, told) in enumerate(zip(rest, pool.map(self._record, rest), strict=True), 2):
                    there[module] = told
                    hear(number, len(missing))
            finally:  # Ctrl-C does not wait for the questions that are left
                pool.shutdown(wait=False, cancel_futures=True)
        return {module: told for module, told in there.items() if told is not None}

    def head(self, records: Iterable[Lookup]) -> tuple[bytes, MerkleTree]:
        """Return the largest signed tree that is known; all records are in it."""
        notes = {told.signed for told in records}
        latest = self._store.read(f"{self._folder}/latest")
        notes |= {latest} if latest else set()
        trees = {signed: self._tree(signed) for signed in notes}
        signed = max(trees, key=lambda signed: trees[signed].size)
        return signed, trees[signed]

    def earlier(self, head: MerkleTree) -> list[MerkleTree]:
        """Return the trees that this mirror has shown and that are smaller."""
        try:
            stored = json.loads(self._store.read(_HEADS) or b"{}").get(self._found.key.name, [])
            trees = [MerkleTree(int(size), bytes.fromhex(root)) for size, root in stored]
        except (ValueError, TypeError, AttributeError, RecursionError):
            return []
        return [tree for tree in trees if tree.size < head.size][-_MOST_HEADS:]

    def prove(self, head: MerkleTree, records: Iterable[Lookup], earlier: Sequence[MerkleTree]) -> set[str]:
        """Write the tiles that prove records and earlier trees; return their names."""
        told = list(records)
        places = [(0, record.number) for record in told]
        old = [tlog.subtrees(tree.size) for tree in earlier]
        flat = [*places, *(place for trees in old for place in trees)]
        read: dict[Tile, bytes] = {}
        try:
            proven = tlog.hashes(head, flat, partial(self._read, read, from_store=True))
        except ProvisionError:  # a damaged tile: once more from the database
            read.clear()
            proven = tlog.hashes(head, flat, partial(self._read, read, from_store=False))
        if proven[: len(places)] != [tlog.record_hash(record.record) for record in told]:
            raise ProvisionError(tlog.UNPROVEN())
        rest = iter(proven[len(places) :])
        for tree, trees in zip(earlier, old, strict=True):
            if tlog.root([next(rest) for _ in trees]) != tree.hash:
                raise DistrustError(FORKED(name=self._found.key.name))
        for tile, data in read.items():
            self._store.write(f"{self._folder}/{tile.path}", data)
        return {f"{self._folder}/{tile.path}" for tile in read}

    def write(self, records: Mapping[Pinned, Lookup], signed: bytes, heads: Sequence[MerkleTree]) -> None:
        """Write the records, all with the same tree, once the tiles are there."""
        stored = {}
        for head in heads:
            stored[head.size] = [head.size, head.hash.hex()]
        self._store.write(_HEADS, json.dumps({self._found.key.name: list(stored.values())}).encode())
        for module, told in records.items():
            self._store.write(f"{self._folder}/{module.lookup}", b"%d\n%s\n%s" % (told.number, told.record, signed))
        self._store.write(f"{self._folder}/latest", signed)
        self._store.write(f"{self._folder}/supported", b"")

    def _stored(self, module: Pinned) -> Lookup | None:
        data = self._store.read(f"{self._folder}/{module.lookup}")
        return lookup(data) if data else None

    def _first(self, module: Pinned) -> Lookup | None:
        """Ask for a record, and find out which address answers for this database."""
        try:
            self._ask, answer = self._client.first_answer(self._found, module.lookup)
        except StatusError as error:
            if not error.is_not_found:
                raise
            return None
        return self._lookup(module, answer)

    def _record(self, module: Pinned) -> Lookup | None:
        if self._ask is None:  # the first module was unknown
            return self._first(module)
        try:
            return self._lookup(module, self._ask(module.lookup))
        except StatusError as error:
            if not error.is_not_found:
                raise
            return None

    def _lookup(self, module: Pinned, answer: bytes) -> Lookup:
        told = lookup(answer)
        if told is None:
            raise ProvisionError(NO_ANSWER(name=self._found.key.name, module=str(module)))
        self._tree(told.signed)
        return told

    def _tree(self, signed: bytes) -> MerkleTree:
        return tlog.tree(note.verified_text(signed, self._found.key))

    def _read(self, read: dict[Tile, bytes], wanted: list[Tile], *, from_store: bool) -> list[bytes]:
        """Return tiles, those of the mirror first, and remember them."""
        for tile in wanted:
            data = self._store.read(f"{self._folder}/{tile.path}") if from_store and tile not in read else None
            if data is not None and len(data) == tile.width * tlog.SIZE:
                read[tile] = data
        missing = [tile for tile in wanted if tile not in read]
        if missing:
            if self._ask is None:
                self._ask, _ = self._client.first_answer(self._found, missing[0].path)
            read.update(zip(missing, tiles(self._ask, missing), strict=True))
        return [read[tile] for tile in wanted]


def _is_exempt(module: Pinned, exempt: str) -> bool:
    """Return whether the database is not asked about a module: by GONOSUMDB, or because its host is not public."""
    return module_patterns.matches(exempt, module.path) or is_private_domain(module.path.partition("/")[0])


def _check(module: Pinned, known: Known, told: Lookup, name: str) -> None:
    """Raise ProvisionError if a record has another hash of a module than was computed here."""
    lines = [line.split() for line in told.record.decode("utf-8", "replace").splitlines()]
    for version, h1 in ((module.version, known.zip), (f"{module.version}/go.mod", known.mod)):
        wanted = [words[2] for words in lines if len(words) == 3 and words[:2] == [module.path, version]]
        if h1 and h1 not in wanted:
            text = CONTRADICTS(module=str(module), found=h1, name=name, wanted=", ".join(wanted) or "no hash")
            raise DistrustError(text)
