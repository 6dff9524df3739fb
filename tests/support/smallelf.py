"""Small ELF files for 64 bits, little endian, made section by section."""

import struct
from collections.abc import Mapping


def small_elf(sections: Mapping[str, bytes], *, machine: int = 62, flags: int = 0) -> bytes:
    """Return an ELF file with these sections; `flags` are those of each section."""
    names = b"\0" + b"".join(name.encode() + b"\0" for name in (*sections, ".shstrtab"))
    contents = [*sections.values(), names]
    place, bodies, headers, at = 64, [], [bytes(64)], 1
    for name, content in zip((*sections, ".shstrtab"), contents, strict=True):
        kind = 3 if name == ".shstrtab" else 1
        headers.append(
            struct.pack("<IIQQQQIIQQ", at, kind, flags if kind == 1 else 0, 0, place, len(content), 0, 0, 16, 0)
        )
        at += len(name) + 1
        bodies.append(content.ljust(-(-len(content) // 16) * 16, b"\0"))
        place += len(bodies[-1])
    ident = b"\x7fELF\x02\x01\x01".ljust(16, b"\0")
    head = ident + struct.pack(
        "<HHIQQQIHHHHHH", 2, machine, 1, 0, 0, place, 0, 64, 56, 0, 64, len(headers), len(headers) - 1
    )
    return head + b"".join(bodies) + b"".join(headers)
