"""Ed25519 signatures verified (RFC 8032, section 5.1), with the same verdicts as Go's `crypto/ed25519`.

The standard library of Python has no such thing. Only public data passes here, so nothing has to take constant time.
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
    """Whether `signature` (64 bytes) was made of `message` with the private half of `key` (32 bytes)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public = _point(key)
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or scalar >= _ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _ORDER
    return _bytes(_sum_of_products(scalar, _BASE, challenge, _negated(public))) == signature[:32]


def _point(data: bytes) -> Point | None:
    """The point that 32 bytes stand for: its y, and in the highest bit whether x is odd."""
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


def _negated(point: Point) -> Point:
    x, y, z, t = point
    return -x % _P, y, z, -t % _P


def _added(one: Point, other: Point) -> Point:
    """Section 5.1.4; it doubles as well."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _sum_of_products(one: int, point: Point, other: int, second: Point) -> Point:
    """`one * point + other * second`, bit by bit of both at once (Straus)."""
    choices = (None, point, second, _added(point, second))
    total = _ZERO
    for bit in range(max(one.bit_length(), other.bit_length()) - 1, -1, -1):
        total = _added(total, total)
        chosen = choices[(one >> bit & 1) | (other >> bit & 1) << 1]
        if chosen is not None:
            total = _added(total, chosen)
    return total


def _base() -> Point:
    y = 4 * pow(5, -1, _P) % _P
    x = _x(y, 0) or 0
    return x, y, 1, x * y % _P


_BASE = _base()
