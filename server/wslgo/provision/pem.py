"""Certificates between their lines in text (PEM), and the bytes that they stand for (DER)."""

import base64
import binascii
import re
from collections.abc import Iterator
from hashlib import sha256

_BLOCK = re.compile(rb"-----BEGIN (?:X509 )?CERTIFICATE-----\s(.+?)-----END (?:X509 )?CERTIFICATE-----", re.DOTALL)
_SEQUENCE = b"\x30"  # how the bytes of each certificate begin
_WIDTH = 64  # characters of a line, by RFC 7468


def certificates(data: bytes) -> tuple[bytes, ...]:
    """The bytes of each certificate in a file, which may be the bytes of a single one, as Windows exports it."""
    return (data,) if data.startswith(_SEQUENCE) else tuple(_decoded(data))


def text(certificate: bytes) -> str:
    """A certificate as OpenSSL writes it."""
    word = base64.b64encode(certificate).decode()
    lines = "".join(f"{word[at : at + _WIDTH]}\n" for at in range(0, len(word), _WIDTH))
    return f"-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n"


def holds_key(data: bytes) -> bool:
    """Whether there is a private key of whatever kind beside them."""
    return b"PRIVATE KEY-----" in data


def name_of(certificate: bytes) -> str:
    """A short name that no other certificate has."""
    return sha256(certificate).hexdigest()[:8]


def _decoded(data: bytes) -> Iterator[bytes]:
    for block in _BLOCK.finditer(data):
        try:
            yield base64.b64decode(block[1])
        except binascii.Error:  # damaged; OpenSSL would not take it either
            continue
