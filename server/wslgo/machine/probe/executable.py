"""The file of a program: the processor that it is for, and the loader or interpreter that the kernel starts for it."""

import struct

from wslgo.machine.probe.context import ProbeContext

# e_machine (elf.h), with the names that Go has for the processors.
PROCESSORS = {
    3: "386",
    8: "mips",
    20: "ppc",
    21: "ppc64",
    22: "s390x",
    40: "arm",
    62: "amd64",
    183: "arm64",
    243: "riscv64",
    258: "loong64",
}
_ELF, _SCRIPT = b"\x7fELF", b"#!"
_BIG_ENDIAN, _OF_64_BITS = 2, 2
_INTERPRETER = 3  # PT_INTERP
_MOST_SEGMENTS = 64
_LONGEST_LINE = 256  # bytes of `#!`, as in the kernel


def processor(machine: ProbeContext) -> str | None:
    """Return the processor of this machine, which is that of our own program; None for the files of another."""
    return processor_of(machine.world.read("/proc/self/exe") or b"")


def processor_of(data: bytes) -> str | None:
    """Return the processor that a program is for; None for anything but an ELF file."""
    if not data.startswith(_ELF) or len(data) < 20:
        return None
    number = int.from_bytes(data[18:20], "big" if data[5] == _BIG_ENDIAN else "little")
    return PROCESSORS.get(number, f"processor {number}")


def is_program(data: bytes) -> bool:
    """Return whether the kernel starts files of this kind."""
    return data.startswith((_ELF, _SCRIPT))


def loader_of(data: bytes) -> str | None:
    """Return the program that the kernel starts in the place of this one: `/lib64/ld-linux-x86-64.so.2`, `/bin/sh`."""
    if data.startswith(_SCRIPT):
        words = data[2:_LONGEST_LINE].partition(b"\n")[0].split()
        return words[0].decode("utf-8", "replace") if words else None
    try:
        return _interpreter(data) if data.startswith(_ELF) else None
    except (struct.error, IndexError):
        return None


def _interpreter(data: bytes) -> str | None:
    """Return the loader that an ELF file names; None for a static program, such as the go command of go.dev."""
    order = ">" if data[5] == _BIG_ENDIAN else "<"
    is_wide = data[4] == _OF_64_BITS
    (table,) = struct.unpack_from(f"{order}{'Q' if is_wide else 'I'}", data, 32 if is_wide else 28)
    size, count = struct.unpack_from(f"{order}HH", data, 54 if is_wide else 42)
    for start in range(table, table + size * min(count, _MOST_SEGMENTS), size or 1):
        (kind,) = struct.unpack_from(f"{order}I", data, start)
        if kind == _INTERPRETER:
            (place,) = struct.unpack_from(f"{order}{'Q' if is_wide else 'I'}", data, start + (8 if is_wide else 4))
            (length,) = struct.unpack_from(f"{order}{'Q' if is_wide else 'I'}", data, start + (32 if is_wide else 16))
            return data[place : place + min(length, 4096)].rstrip(b"\0").decode("utf-8", "replace") or None
    return None
