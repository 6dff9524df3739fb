"""Signed notes of the checksum database (golang.org/x/mod/sumdb/note of go1.27).

A note is a text, a blank line, and signatures, `— NAME BASE64` on a line each. A valid signature by the known key is
required.
"""

import base64
import hashlib
import re
from typing import NamedTuple

from wslgo.provision.errors import ProvisionError
from wslgo.provision.toolchain.sumdb.ed25519 import verifies
from wslgo.text.message import Message

MALFORMED = Message(
    en="The answer of the checksum database {name} is not a signed note", zh="校验和数据库 {name} 的回答不是签名记录"
)
UNSIGNED = Message(
    en="The answer is not signed by the checksum database {name}",
    zh="该回答没有校验和数据库 {name} 的签名",
)
FORGED = Message(
    en="The signature of the checksum database {name} is wrong: its answer was changed on the way",
    zh="校验和数据库 {name} 的签名错误：其回答在途中被篡改",
)

_ED25519 = 1
_MOST_SIGNATURES = 100
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIGNATURE = re.compile(r"— ([^+\s]+) ([A-Za-z0-9+/]+={0,2})")
_KEY = re.compile(r"([^+\s]+)\+([0-9A-Fa-f]{8})\+([A-Za-z0-9+/]+={0,2})")


class Key(NamedTuple):
    """A database's key: its name, four bytes of its hash, and an Ed25519 key."""

    name: str
    hash: bytes
    public: bytes


def key(text: str) -> Key | None:
    """Return the key in `name+hash+base64`; None if the text is not a key, or its hash is wrong."""
    match = _KEY.fullmatch(text)
    data = match and _bytes_of_base64(match[3])
    if not match or not data or len(data) != 33 or data[0] != _ED25519:
        return None
    digest = hashlib.sha256(match[1].encode("utf-8", "surrogateescape") + b"\n" + data).digest()[:4]
    return Key(match[1], digest, data[1:]) if digest == bytes.fromhex(match[2]) else None


def verified_text(message: bytes, known: Key) -> str:
    """Return the text of a note signed by `known`, with its last line end; raise ProvisionError for any other."""
    text, signatures = _split(message, known.name)
    is_signed = False
    for name, signature in signatures:
        if name != known.name or signature[:4] != known.hash:
            continue
        if not verifies(known.public, text.encode(), signature[4:]):
            raise ProvisionError(FORGED(name=known.name))
        is_signed = True
    if not is_signed:
        raise ProvisionError(UNSIGNED(name=known.name))
    return text


def _split(message: bytes, name: str) -> tuple[str, list[tuple[str, bytes]]]:
    try:
        whole = message.decode()
    except UnicodeDecodeError:
        raise ProvisionError(MALFORMED(name=name)) from None
    text, blank, rest = whole.rpartition("\n\n")
    lines = rest.removesuffix("\n").split("\n")
    if not blank or not rest.endswith("\n") or _CONTROL.search(whole) or len(lines) > _MOST_SIGNATURES:
        raise ProvisionError(MALFORMED(name=name))
    return f"{text}\n", [_signature(line, name) for line in lines]


def _signature(line: str, name: str) -> tuple[str, bytes]:
    match = _SIGNATURE.fullmatch(line)
    data = match and _bytes_of_base64(match[2])
    if not match or not data or len(data) < 5:
        raise ProvisionError(MALFORMED(name=name))
    return match[1], data


def _bytes_of_base64(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None
