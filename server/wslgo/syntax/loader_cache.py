"""The cache of the dynamic linker (`/etc/ld.so.cache`): which file it loads for a name.

The layout is that of glibc (sysdeps/generic/dl-cache.h, `struct cache_file_new`), after the older one where there is
one. Of several entries for a name the loader takes the first that fits the processor.
"""

import struct
from collections.abc import Iterator

from wslgo.text.typing import NamedTuple

# Where ldconfig keeps it.
PATH = "/etc/ld.so.cache"

# The flags of a library for a processor by its name in Go: FLAG_ELF_LIBC6, with FLAG_X8664_LIB64 or FLAG_AARCH64_LIB64.
FLAGS = {"amd64": 0x0303, "arm64": 0x0A03}

MAGIC = b"glibc-ld.so.cache1.1"
HEADER = 48  # bytes: the magic, two numbers, flags, the place of extensions, and reserved space
ENTRY = struct.Struct("<iIIIQ")  # flags, the places of name and path, a version of the kernel, a kind of processor
_MOST = 20000  # entries
_LONGEST = 4096  # bytes of a path


class Entry(NamedTuple):
    """A library: the name that programs ask for, and its path."""

    name: str
    path: str
    flags: int


def entries(data: bytes) -> Iterator[Entry]:
    """Yield the entries in the order of the loader; none from data of another kind."""
    start = data.find(MAGIC)
    if start < 0 or len(data) < start + HEADER:
        return
    (count,) = struct.unpack_from("<I", data, start + len(MAGIC))
    for number in range(min(count, _MOST)):
        place = start + HEADER + number * ENTRY.size
        if len(data) < place + ENTRY.size:
            return
        flags, name, path, _, _ = ENTRY.unpack_from(data, place)
        yield Entry(_text(data, start + name), _text(data, start + path), flags)


def first(data: bytes, name: str, processor: str | None) -> str | None:
    """Return the path that the loader takes for a name; None if there is none, or the processor is another one."""
    flags = FLAGS.get(processor or "")
    return next((entry.path for entry in entries(data) if entry.name == name and entry.flags == flags), None)


def _text(data: bytes, place: int) -> str:
    end = data.find(b"\0", place, place + _LONGEST)
    return data[place : max(end, place)].decode("utf-8", "replace")
