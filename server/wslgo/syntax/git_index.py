"""The index of a git repository (gitformat-index(5)): the mode of each tracked file; total, and linear in its size."""

from wslgo.text.typing import NamedTuple

LINK = 0o120000
EXECUTABLE = 0o100755

_HEADER = 12
_FIXED = 40  # times, device, inode, mode, owner, group and size of an entry
_EXTENDED = 0x4000
_REGULAR, _OF_LINK = 0o100000, 0o120000


class Index(NamedTuple):
    """The files and links by their paths, and the name of the shared index that has the others, "" if none has."""

    modes: dict[str, int]
    shared: str = ""


def parse(data: bytes, digest: int = 20) -> Index:
    """Return as much of an index as makes sense; `digest` is the length of an object's name in bytes."""
    modes: dict[str, int] = {}
    version, count = (int.from_bytes(data[at : at + 4], "big") for at in (4, 8))
    if data[:4] != b"DIRC" or version not in (2, 3, 4):
        return Index(modes)
    at, path = _HEADER, b""
    for _ in range(count):
        start, at = at, at + _FIXED + digest
        flags = int.from_bytes(data[at : at + 2], "big")
        at += 4 if flags & _EXTENDED and version > 2 else 2
        if version == 4:
            dropped, at = _number(data, at)
            path = path[: max(0, len(path) - dropped)]
        end = data.find(b"\0", at)
        if end < 0:
            break
        path = path + data[at:end] if version == 4 else data[at:end]
        at = end + 1 if version == 4 else start + ((end - start) // 8 + 1) * 8
        mode = int.from_bytes(data[start + 24 : start + 28], "big")
        if path and mode & 0o170000 in (_REGULAR, _OF_LINK):
            modes[path.decode("utf-8", "surrogateescape")] = mode
    return Index(modes, _shared(data, at, digest))


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of variable length as pack files have it, and its end."""
    value = data[at] & 0x7F if at < len(data) else 0
    while at < len(data) and data[at] & 0x80:
        at += 1
        value = ((value + 1) << 7) | (data[at] & 0x7F if at < len(data) else 0)
    return value, at + 1


def _shared(data: bytes, at: int, digest: int) -> str:
    """Return the name in the extension `link` of a split index."""
    while at + 8 <= len(data) - digest:
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if data[at : at + 4] == b"link":
            return data[at + 8 : at + 8 + digest].hex()
        at += 8 + size
    return ""
