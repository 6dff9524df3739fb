"""Verification of Ed25519 signatures (RFC 8032, 5.1), as strict as Go's `crypto/ed25519`.

It only verifies: it never signs and never sees a private key, so nothing has to take constant time. Python's standard
library has no Ed25519, and the good libraries are compiled: a single-file `wslgo.pyz` and the extension for four
platforms cannot depend on one. See `docs/decisions/0005-own-ed25519.md`.
"""

import hashlib

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)

# A point (x, y) as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z: adding needs no division.
Point = tuple[int, int, int, int]
_ZERO: Point = (0, 1, 1, 0)


def verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether `signature` (64 bytes) is that of `message` by the private half of `key` (32 bytes)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public = _point(key)
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or scalar >= _ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _ORDER
    return _bytes(_sum_of_products(scalar, _BASE, challenge, _negative(public))) == signature[:32]


def _point(data: bytes) -> Point | None:
    """Decode a point from 32 bytes: its y, and in the highest bit whether x is odd."""
    number = int.from_bytes(data, "little")
    y = (number & ((1 << 255) - 1)) % _P
    x = _x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % _P)


def _x(y: int, is_odd: int) -> int | None:
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P:
        return None
    return x if x & 1 == is_odd else -x % _P


def _bytes(point: Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, _P)
    return (y * inverse % _P | (x * inverse % _P & 1) << 255).to_bytes(32, "little")


def _negative(point: Point) -> Point:
    x, y, z, t = point
    return -x % _P, y, z, -t % _P


def _sum(left: Point, right: Point) -> Point:
    """Add two points (section 5.1.4), which may be the same."""
    a = (left[1] - left[0]) * (right[1] - right[0]) % _P
    b = (left[1] + left[0]) * (right[1] + right[0]) % _P
    c = 2 * left[3] * right[3] * _D % _P
    d = 2 * left[2] * right[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _sum_of_products(first: int, point: Point, second: int, other: Point) -> Point:
    """Return `first * point + second * other`, one bit of both factors at a time (Straus)."""
    choices = (None, point, other, _sum(point, other))
    total = _ZERO
    for bit in range(max(first.bit_length(), second.bit_length()) - 1, -1, -1):
        total = _sum(total, total)
        choice = choices[(first >> bit & 1) | (second >> bit & 1) << 1]
        if choice is not None:
            total = _sum(total, choice)
    return total


def _base() -> Point:
    y = 4 * pow(5, -1, _P) % _P
    x = _x(y, 0) or 0
    return x, y, 1, x * y % _P


_BASE = _base()
