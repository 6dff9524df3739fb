"""Values of WSL settings, converted as WSL converts them (microsoft/WSL, configfile.cpp and stringshared.h, 2026-08).

Every function takes the text that WSL kept and returns WSL's result as a string, None if WSL rejects it.
"""

from wslgo.syntax.wsl.ini import Dialect
from wslgo.text.pattern import pattern

INT32_MAX = 2**31 - 1
UINT64 = 2**64
UNITS = {"B": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}

_INTEGER = pattern(r"[ \t\n\v\f\r]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))\Z")
_SIZE = pattern(r"[ \t\n\v\f\r]*([+-]?)([0-9]+)(?:([BKMGT])|([KMGT])B)?\Z")
_PORT = pattern(r"[ \t\n\v\f\r]*([+-]?[0-9]+)")
_OCTET = r"(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = pattern(rf"{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}\Z")
_MAC = pattern(r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}\Z")
_BOOLEANS = {"1": "true", "true": "true", "0": "false", "false": "false"}


def boolean(value: str) -> str | None:
    """Return `true` or `false`, for these words in any case, `1` and `0`."""
    return _BOOLEANS.get(value.lower()) if value.isascii() else None


def integer(value: str, dialect: Dialect) -> str | None:
    """Return the result of `strtol` with base 0: `010` is eight. Windows cuts to 32 bits silently, Linux rejects."""
    match = _INTEGER.match(value)
    if match is None:
        return None
    sign, hexadecimal, octal, decimal = match.groups()
    magnitude = int(hexadecimal, 16) if hexadecimal else int(octal, 8) if octal else _decimal(decimal)
    number = -magnitude if sign == "-" else magnitude
    clamped = max(-INT32_MAX - 1, min(number, INT32_MAX))
    return str(clamped) if clamped == number or dialect == "wslconfig" else None


def size(value: str) -> str | None:
    """Return the bytes of a number with an upper-case unit; a minus sign wraps, and so does number times unit."""
    match = _SIZE.match(value)
    if match is None:
        return None
    sign, digits, short, long = match.groups()
    number = min(_decimal(digits), UINT64 - 1)
    # WSL takes zero for a failure to read unless the text is exactly one 0 before the unit.
    if number == 0 and (sign or digits != "0" or not value.startswith("0")):
        return None
    if sign == "-":
        number = (UINT64 - number) if _decimal(digits) < UINT64 else UINT64 - 1
    return str(number * UNITS[short or long or "B"] % UINT64)


def enumeration(value: str, names: tuple[str, ...]) -> str | None:
    """Return the name as WSL spells it."""
    folded = value.lower()
    return next((name for name in names if name.lower() == folded), None)


def ipv4(value: str) -> str | None:
    """Return a dotted quad."""
    return value if _IPV4.match(value) else None


def mac(value: str) -> str | None:
    """Return six hexadecimal pairs separated by `:` or `-`; in capitals with `:`."""
    return value.upper().replace("-", ":") if _MAC.match(value) else None


def ports(value: str) -> tuple[str, int]:
    """Return the ports that WSL accepts, sorted, and how many entries it rejects; text after the digits is ignored."""
    taken: set[int] = set()
    refused = 0
    for entry in filter(None, value.split(",")):
        match = _PORT.match(entry)
        port = _decimal(match[1]) if match else 0
        if 0 < port <= 65535:
            taken.add(port)
        else:
            refused += 1
    return ",".join(map(str, sorted(taken))), refused


def _decimal(digits: str) -> int:
    """Return the number, cut where WSL's conversions see no difference (Python rejects very long ones)."""
    sign = "-" if digits.startswith("-") else ""
    significant = digits.lstrip("+-").lstrip("0") or "0"
    return int(sign + significant) if len(significant) <= len(str(UINT64)) else int(sign + "9" * len(str(UINT64)))
