"""A checksum database in miniature, with a key of its own; it can give every kind of false answer."""

import base64
import hashlib

from mirror import Mirror
from wslgo.provision.toolchain.sumdb import ed25519, tlog

NAME = "sum.test"
_ORDER = 2**252 + 27742317777372353535851937790883648493


class Database:
    """Records in the order of their numbers, under `/sumdb/sum.test/` of a mirror."""

    def __init__(self, seed: bytes = b"s" * 32) -> None:
        digest = bytearray(hashlib.sha512(seed).digest())
        digest[0] &= 248
        digest[31] = digest[31] & 127 | 64
        self._scalar, self._prefix = int.from_bytes(digest[:32], "little"), bytes(digest[32:])
        self._public = _times_base(self._scalar)
        self.records: list[bytes] = []

    @property
    def key(self) -> str:
        """Return the key in the form of GOSUMDB."""
        data = b"\x01" + self._public
        return f"{NAME}+{self._hash().hex()}+{base64.b64encode(data).decode()}"

    def add(self, version: str, h1: str) -> None:
        """Return a record of the toolchain module."""
        module = f"golang.org/toolchain {version}"
        self.records.append(f"{module} {h1}\n{module}/go.mod h1:{'A' * 43}=\n".encode())

    def fill(self, count: int, word: str = "other") -> None:
        self.records += [f"example.com/{word} v1.0.{number} h1:x\n".encode() for number in range(count)]

    def signed(self, size: int | None = None) -> bytes:
        """Return the signed tree of the first records."""
        hashes = [tlog.record_hash(record) for record in self.records[:size]]
        root = base64.b64encode(_root(hashes)).decode()
        text = f"go.sum database tree\n{len(hashes)}\n{root}\n"
        signature = base64.b64encode(self._hash() + self._sign(text.encode())).decode()
        return f"{text}\n— {NAME} {signature}\n".encode()

    def serve(self, mirror: Mirror, version: str) -> None:
        """Put every file that a client may request into a mirror."""
        base = f"/sumdb/{NAME}"
        number = next(index for index, record in enumerate(self.records) if f" {version} ".encode() in record)
        mirror.files[f"{base}/supported"] = b""
        answer = str(number).encode() + b"\n" + self.records[number] + b"\n" + self.signed()
        mirror.files[f"{base}/lookup/golang.org/toolchain@{version}"] = answer
        level, hashes = 0, [tlog.record_hash(record) for record in self.records]
        while hashes:
            for first in range(0, len(hashes), 256):
                data = hashes[first : first + 256]
                mirror.files[f"{base}/{tlog.Tile(level, first // 256, len(data)).path}"] = b"".join(data)
            full = [hashes[first : first + 256] for first in range(0, len(hashes) - 255, 256)]
            level, hashes = level + 1, [_root(some) for some in full]

    def _hash(self) -> bytes:
        return hashlib.sha256(NAME.encode() + b"\n\x01" + self._public).digest()[:4]

    def _sign(self, message: bytes) -> bytes:
        """Sign a message (RFC 8032, section 5.1.6)."""
        nonce = _number(self._prefix + message)
        point = _times_base(nonce)
        scalar = (nonce + _number(point + self._public + message) * self._scalar) % _ORDER
        return point + scalar.to_bytes(32, "little")


def _number(data: bytes) -> int:
    return int.from_bytes(hashlib.sha512(data).digest(), "little") % _ORDER


def _times_base(scalar: int) -> bytes:
    total, power = ed25519._ZERO, ed25519._BASE
    while scalar:
        if scalar & 1:
            total = ed25519._sum(total, power)
        power = ed25519._sum(power, power)
        scalar >>= 1
    return ed25519._bytes(total)


def _root(hashes: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, written exactly as in the RFC."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256().digest()
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return tlog.node_hash(_root(hashes[:split]), _root(hashes[split:]))
