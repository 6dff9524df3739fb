"""The build information that the go command puts into a program, as `go version -m` prints it.

Source: debug/buildinfo and runtime/debug of Go 1.26. Since Go 1.18 the texts follow the header; before, it held the
addresses of two strings of Go.
"""

import re
from collections.abc import Callable

from wslgo.machine.binary import Setting
from wslgo.text.typing import NamedTuple

MAGIC = b"\xff Go buildinf:"

_HEADER = 32
_ALIGNMENT = 16
_INLINE, _BIG_ENDIAN = 2, 1
_LONGEST = 8 << 20  # bytes of a text; each module that a program is built from adds a line
_MOST_SETTINGS = 1000
_SENTINEL = 16  # bytes around the text of the modules
_LARGEST_VARINT = 10

_ESCAPE = re.compile(r'\\(?:([abfnrtv\\"\'])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))')
_NAMES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`|[^=]*')

# Returns bytes of the program by their address when it runs, as many as there are.
ByAddress = Callable[[int, int], bytes]


class BuildInfo(NamedTuple):
    """The toolchain, the package and the module with its version, and the settings of the build."""

    go: str
    package: str | None = None
    module: str | None = None
    settings: tuple[Setting, ...] = ()


def build_info(data: bytes, by_address: ByAddress | None = None) -> BuildInfo | None:
    """Return the build information in a part of a program; None if there is none, or if it cannot be read."""
    place = data.find(MAGIC)
    while place >= 0:
        if place % _ALIGNMENT == 0 and place + _HEADER <= len(data):
            found = _texts(data, place, by_address)
            if found is not None and found[0]:
                return _parsed(*found)
        place = data.find(MAGIC, place + 1)
    return None


def _texts(data: bytes, place: int, by_address: ByAddress | None) -> tuple[str, str] | None:
    """Return the version and the text of the modules."""
    flags = data[place + 15]
    if flags & _INLINE:
        go, after = _inline(data, place + _HEADER)
        modules, _ = _inline(data, after)
    elif by_address is None:
        return None
    else:
        size = data[place + 14]
        if size not in (4, 8):
            return None
        order = "big" if flags & _BIG_ENDIAN else "little"

        def number(raw: bytes) -> int:
            return int.from_bytes(raw, "big" if order == "big" else "little")

        def text(start: int) -> bytes:
            header = by_address(number(data[start : start + size]), 2 * size)
            return by_address(number(header[:size]), min(number(header[size:]), _LONGEST))

        go, modules = text(place + 16), text(place + 16 + size)
    is_framed = len(modules) > 2 * _SENTINEL and modules[-_SENTINEL - 1 : -_SENTINEL] == b"\n"
    modules = modules[_SENTINEL:-_SENTINEL] if is_framed else b""
    return go.decode("utf-8", "replace"), modules.decode("utf-8", "replace")


def _inline(data: bytes, place: int) -> tuple[bytes, int]:
    """Return a text after its length, and the place after it."""
    length = shift = 0
    for number in range(_LARGEST_VARINT):
        byte = data[place + number : place + number + 1]
        if not byte:
            return b"", place
        length |= (byte[0] & 0x7F) << shift
        shift += 7
        if byte[0] < 0x80:
            start = place + number + 1
            return (data[start : start + length], start + length) if length <= _LONGEST else (b"", place)
    return b"", place


def _parsed(go: str, modules: str) -> BuildInfo:
    """Read the lines `path`, `mod` and `build`; those about dependencies say nothing about this program."""
    package = module = None
    settings: list[Setting] = []
    for line in modules.split("\n"):
        kind, _, rest = line.partition("\t")
        if kind == "path":
            package = rest
        elif kind == "mod":
            module = " ".join(rest.split("\t")[:2]).strip()
        elif kind == "build" and len(settings) < _MOST_SETTINGS:
            name = _KEY.match(rest)
            end = name.end() if name else 0
            settings.append(Setting(_unquoted(rest[:end]), _unquoted(rest[end + 1 :])))
    return BuildInfo(go, package, module, tuple(settings))


def _unquoted(text: str) -> str:
    """Return what a string of Go means; a text without quotes is itself."""
    if len(text) < 2 or text[0] != text[-1] or text[0] not in '"`':
        return text
    return text[1:-1] if text[0] == "`" else _ESCAPE.sub(_escaped, text[1:-1])


def _escaped(found: re.Match[str]) -> str:
    name, byte, octal, short, long = found.groups()
    if name:
        return _NAMES.get(name, name)
    number = int(octal, 8) if octal else int(byte or short or long, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
