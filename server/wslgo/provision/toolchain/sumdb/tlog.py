"""The Merkle tree of a checksum database (golang.org/x/mod/sumdb/tlog, RFC 6962).

Hash (level, number) covers the `1 << level` records from `number << level` on. Hashes are served in tiles: a tile
covers eight levels and contains the hashes of its lowest one. A tile is trusted only if it leads to the root of a
signed tree, so every hash that `hashes` returns is proven to be in that tree.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from wslgo.provision.errors import ProvisionError
from wslgo.text.message import Message

NOT_IN_TREE = Message(
    en="The checksum database refers to record {number}, but its signed tree has only {size}",
    zh="校验和数据库指向第 {number} 条记录，但其已签名的树只有 {size} 条",
)
UNPROVEN = Message(
    en="The checksum database cannot prove its answer: its tiles do not lead to the hash it signed",
    zh="校验和数据库无法证明其回答：其哈希分块推导不出已签名的哈希",
)
NO_TREE = Message(en="The note signed by the checksum database is not a tree head", zh="校验和数据库签名的记录不是树头")

HEIGHT = 8  # levels in a tile
_WIDTH = 1 << HEIGHT  # hashes in a full tile
SIZE = 32  # bytes of a hash
_TREE = re.compile(r"go\.sum database tree\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n(?:.*\n)*")

Place = tuple[int, int]


class MerkleTree(NamedTuple):
    """A number of records, and the hash of them all."""

    size: int
    hash: bytes


class Tile(NamedTuple):
    """The hashes from `number * 256` on at level `level * 8`, `width` of them."""

    level: int
    number: int
    width: int

    @property
    def is_full(self) -> bool:
        return self.width == _WIDTH

    @property
    def full(self) -> "Tile":
        """The same tile with all its hashes."""
        return self._replace(width=_WIDTH)

    @property
    def path(self) -> str:
        """The path under which a database serves the tile: `tile/8/0/x001/234.p/5`."""
        digits = f"{self.number % 1000:03}"
        rest = self.number // 1000
        while rest:
            digits = f"x{rest % 1000:03}/{digits}"
            rest //= 1000
        return f"tile/{HEIGHT}/{self.level}/{digits}" + ("" if self.is_full else f".p/{self.width}")


def tree(text: str) -> MerkleTree:
    """Return the tree in the text of a signed note."""
    match = _TREE.fullmatch(text)
    if match is None:
        raise ProvisionError(NO_TREE())
    return MerkleTree(int(match[1]), base64.b64decode(match[2]))


def record_hash(record: bytes) -> bytes:
    return hashlib.sha256(b"\0" + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def subtrees(size: int) -> list[Place]:
    """Return the fewest full subtrees of `size` records, from the left."""
    levels = range(size.bit_length() - 1, -1, -1)
    return [(level, (size >> level) - 1) for level in levels if size >> level & 1]


def root(of_subtrees: Sequence[bytes]) -> bytes:
    """Return the hash of a tree from those of its `subtrees`; without records it is the hash of no bytes."""
    if not of_subtrees:
        return hashlib.sha256().digest()
    *others, total = of_subtrees
    for left in reversed(others):
        total = node_hash(left, total)
    return total


def hashes(tree: MerkleTree, places: Sequence[Place], read: Callable[[list[Tile]], list[bytes]]) -> list[bytes]:
    """Return the hashes at some places of a tree, each proven; `read` gets tiles from anywhere and is not trusted.

    Raises ProvisionError if the tiles do not lead to the hash of the tree.
    """
    for level, number in places:
        if (number + 1) << level > tree.size:
            raise ProvisionError(NOT_IN_TREE(number=number << level, size=tree.size))
    below_root = subtrees(tree.size)
    tiles = list(dict.fromkeys(_tile(tree, place) for place in below_root))
    count = len(tiles)
    tiles += _leading_to(tree, places, tiles)
    data = dict(zip(tiles, read(tiles), strict=True))
    if any(len(data[tile]) != tile.width * SIZE for tile in tiles):
        raise ProvisionError(UNPROVEN())
    if root([_hash(tree, place, data) for place in below_root]) != tree.hash:
        raise ProvisionError(UNPROVEN())
    for tile in tiles[count:]:  # a parent comes before its children
        if _hash(tree, _top(tile), data) != _top_hash(data[tile]):
            raise ProvisionError(UNPROVEN())
    return [_hash(tree, place, data) for place in places]


def _tile(tree: MerkleTree, place: Place) -> Tile:
    """Return the tile with the hashes from which the hash at a place is computed, as wide as the tree allows."""
    level, number = place
    tile_level, height = divmod(level, HEIGHT)
    tile_number = number << height >> HEIGHT
    there = (tree.size >> tile_level * HEIGHT) - tile_number * _WIDTH
    return Tile(tile_level, tile_number, min(there, _WIDTH))


def _top(tile: Tile) -> Place:
    """Return the place of the one hash of a full tile, in the tile above."""
    return (tile.level + 1) * HEIGHT, tile.number


def _leading_to(tree: MerkleTree, places: Sequence[Place], tiles: Sequence[Tile]) -> list[Tile]:
    """Return the further tiles that connect these places with tiles proven by the root, parents first."""
    known = set(tiles)
    further: list[Tile] = []
    for place in places:
        chain = []
        tile = _tile(tree, place)
        while tile not in known:
            chain.append(tile)
            known.add(tile)
            tile = _tile(tree, _top(tile))
        further += reversed(chain)
    return further


def _hash(tree: MerkleTree, place: Place, data: dict[Tile, bytes]) -> bytes:
    level, number = place
    height = level % HEIGHT
    start = (number << height) % _WIDTH * SIZE
    return _top_hash(data[_tile(tree, place)][start : start + (SIZE << height)])


def _top_hash(data: bytes) -> bytes:
    """Return the hash over 1, 2, 4, ... hashes."""
    if len(data) == SIZE:
        return data
    half = len(data) // 2
    return node_hash(_top_hash(data[:half]), _top_hash(data[half:]))
