"""A certificate that nothing trusts, for a server that is to be rejected.

Its key is the number 1, whose public half is the generator of the curve, and its signature is not one: go rejects it
before it looks at that, since no authority that it knows has issued it. So it has no secret, and nothing is computed.
"""

import base64

_SEQUENCE, _INTEGER, _BITS, _BYTES, _NAME, _SET, _TIME = 0x30, 0x02, 0x03, 0x04, 0x0C, 0x31, 0x17
_EXPLICIT = 0xA0  # and the number of the member
_EC = bytes.fromhex("06072a8648ce3d0201")  # id-ecPublicKey
_P256 = bytes.fromhex("06082a8648ce3d030107")  # prime256v1
_ECDSA = bytes.fromhex("06082a8648ce3d040302")  # ecdsa-with-SHA256
_COMMON_NAME = bytes.fromhex("0603550403")
_SUBJECT_ALT_NAME = bytes.fromhex("0603551d11")
_GENERATOR = bytes.fromhex(
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
)
_LOOPBACK = bytes((127, 0, 0, 1))


def untrusted() -> str:
    """Return a certificate for 127.0.0.1 and its key, as OpenSSL reads them."""
    name = _der(_SEQUENCE, _der(_SET, _der(_SEQUENCE, _COMMON_NAME, _der(_NAME, b"wslgo drill"))))
    algorithm = _der(_SEQUENCE, _ECDSA)
    names = _der(_SEQUENCE, _der(0x87, _LOOPBACK))
    content = _der(
        _SEQUENCE,
        _der(_EXPLICIT, _der(_INTEGER, b"\x02")),
        _der(_INTEGER, b"\x01"),
        algorithm,
        name,
        _der(_SEQUENCE, _der(_TIME, b"200101000000Z"), _der(_TIME, b"491231235959Z")),
        name,
        _der(_SEQUENCE, _der(_SEQUENCE, _EC, _P256), _bits(_GENERATOR)),
        _der(_EXPLICIT + 3, _der(_SEQUENCE, _der(_SEQUENCE, _SUBJECT_ALT_NAME, _der(_BYTES, names)))),
    )
    one = _der(_INTEGER, b"\x01")
    certificate = _der(_SEQUENCE, content, algorithm, _bits(_der(_SEQUENCE, one, one)))
    key = _der(_SEQUENCE, one, _der(_BYTES, bytes(31) + b"\x01"), _der(_EXPLICIT, _P256))
    return _pem("CERTIFICATE", certificate) + _pem("EC PRIVATE KEY", key)


def _der(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    size = len(content)
    # As short as possible, or go rejects the certificate for its form.
    length = (
        bytes([size]) if size < 0x80 else bytes([0x81, size]) if size < 0x100 else b"\x82" + size.to_bytes(2, "big")
    )
    return bytes([tag]) + length + content


def _bits(content: bytes) -> bytes:
    return _der(_BITS, b"\0", content)


def _pem(kind: str, content: bytes) -> str:
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(content).decode()}-----END {kind}-----\n"
