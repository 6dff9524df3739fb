"""What archives are known by: `sha256:HEX` of a tarball's bytes, `h1:BASE64` of what a module's zip holds."""

import base64
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from wslgo.provision.errors import ProvisionError
from wslgo.text.message import Message

WRONG = Message(
    en="{name} is not what it must be: its checksum is {found}, {source} says {wanted}; it was removed",
    zh="{name} 的内容不符：其校验和为 {found}，而 {source} 给出的是 {wanted}；已将其删除",
)

if TYPE_CHECKING:
    from hashlib import _Hash

SHA256 = "sha256:"
H1 = "h1:"
_PIECE = 1 << 20


def nothing() -> "_Hash":
    """The SHA-256 of no bytes, to which others are added."""
    return hashlib.sha256()


class Readable(Protocol):
    """What fills a buffer: a file without one of its own, or the body of an answer."""

    def readinto(self, buffer: memoryview, /) -> int: ...


def sha256(file: Readable) -> "_Hash":
    """The SHA-256 of a file from where it stands to its end."""
    total = nothing()
    buffer = memoryview(bytearray(_PIECE))
    while count := file.readinto(buffer):
        total.update(buffer[:count])
    return total


def h1(hashes: Iterable[tuple[str, str]]) -> str:
    """The hash of a module (dirhash.Hash1): that of a list of its files, each by its name and its SHA-256 in hex."""
    listed = sorted((name.encode("utf-8", "surrogateescape"), digest) for name, digest in hashes)
    summary = hashlib.sha256(b"".join(b"%s  %s\n" % (digest.encode(), name) for name, digest in listed))
    return H1 + base64.b64encode(summary.digest()).decode()


def check(name: str, found: str, wanted: str, source: str) -> None:
    """Raises ProvisionError unless an archive is what somebody says it is."""
    if found.lower() != wanted.lower() if wanted.startswith(SHA256) else found != wanted:
        raise ProvisionError(WRONG(name=name, found=found, wanted=wanted, source=source))
