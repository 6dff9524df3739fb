"""Certificates as text (PEM) and as bytes (DER)."""

import base64
import binascii
from collections.abc import Iterator
from hashlib import sha256

_BEGIN = (b"-----BEGIN CERTIFICATE-----", b"-----BEGIN X509 CERTIFICATE-----")
_END = (b"-----END CERTIFICATE-----", b"-----END X509 CERTIFICATE-----")
_BOUNDARY = b"CERTIFICATE-----"
_SEQUENCE = b"\x30"  # how the bytes of each certificate begin
_WIDTH = 64  # characters of a line, by RFC 7468


def certificates(data: bytes) -> tuple[bytes, ...]:
    """Return the DER bytes of each certificate in a file of PEM, or of one DER certificate, as Windows exports it."""
    return (data,) if data.startswith(_SEQUENCE) else tuple(_blocks(data))


def text(certificate: bytes) -> str:
    """Return a certificate as PEM, formatted as OpenSSL does."""
    word = base64.b64encode(certificate).decode()
    lines = "".join(f"{word[at : at + _WIDTH]}\n" for at in range(0, len(word), _WIDTH))
    return f"-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n"


def holds_key(data: bytes) -> bool:
    """Return whether a file contains a private key of any kind."""
    return b"PRIVATE KEY-----" in data


def name_of(certificate: bytes) -> str:
    """Return a short name that no other certificate has."""
    return sha256(certificate).hexdigest()[:8]


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate, as `openssl x509 -fingerprint -sha256` prints it, in lower case."""
    return f"sha256:{sha256(certificate).hexdigest()}"


def is_whole(data: bytes) -> bool:
    """Return whether bytes are exactly one DER sequence, by the length in its header."""
    if len(data) < 2 or data[:1] != _SEQUENCE:
        return False
    if data[1] < 0x80:
        return len(data) == 2 + data[1]
    count = data[1] & 0x7F
    return 0 < count <= 4 and len(data) == 2 + count + int.from_bytes(data[2 : 2 + count], "big")


def _blocks(data: bytes) -> Iterator[bytes]:
    """Yield the decoded content of each block; look at each line once, however many blocks begin and never end."""
    start = -1
    at = 0
    while (found := data.find(_BOUNDARY, at)) >= 0:
        at = found + len(_BOUNDARY)
        line = data[max(0, at - len(_BEGIN[1])) : at]
        if start >= 0 and line.endswith(_END):
            block = data[start : at - len(next(end for end in _END if line.endswith(end)))]
            start = -1
            try:
                yield base64.b64decode(block)
            except binascii.Error:  # damaged; OpenSSL would not take it either
                continue
        elif line.endswith(_BEGIN):
            start = at
