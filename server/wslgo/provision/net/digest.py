"""Digests of archives: `sha256:HEX` of a tarball, `h1:BASE64` of the files in a module zip."""

import base64
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from wslgo.provision.errors import ProvisionError
from wslgo.text.message import Message

WRONG = Message(
    en="Checksum mismatch for {name}: it has {found}, but {source} has {wanted}. The download was removed",
    zh="{name} 的校验和不符：实际为 {found}，而 {source} 给出的是 {wanted}。已删除下载的文件",
)

if TYPE_CHECKING:
    from hashlib import _Hash

SHA256 = "sha256:"
H1 = "h1:"
_PIECE = 1 << 20


def empty() -> "_Hash":
    """Return the SHA-256 of no bytes, to update with more."""
    return hashlib.sha256()


class Readable(Protocol):
    """Anything that fills a buffer: an unbuffered file or a response body."""

    def readinto(self, buffer: memoryview, /) -> int: ...


def sha256(file: Readable) -> "_Hash":
    """Return the SHA-256 of a file from its current position to its end."""
    total = empty()
    buffer = memoryview(bytearray(_PIECE))
    while count := file.readinto(buffer):
        total.update(buffer[:count])
    return total


def h1(hashes: Iterable[tuple[str, str]]) -> str:
    """Return the hash of a module (dirhash.Hash1) from the name and the hexadecimal SHA-256 of each file."""
    listed = sorted((name.encode("utf-8", "surrogateescape"), digest) for name, digest in hashes)
    summary = hashlib.sha256(b"".join(b"%s  %s\n" % (digest.encode(), name) for name, digest in listed))
    return H1 + base64.b64encode(summary.digest()).decode()


def kind_of(digest: str) -> str:
    """Return which hash it is: only two of a kind can be compared."""
    return digest.partition(":")[0]


def check(name: str, found: str, wanted: str, source: str) -> None:
    """Raise ProvisionError if the digest of an archive is not the published one."""
    if found.lower() != wanted.lower() if wanted.startswith(SHA256) else found != wanted:
        raise ProvisionError(WRONG(name=name, found=found, wanted=wanted, source=source))
