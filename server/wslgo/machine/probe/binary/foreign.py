"""Programs of Windows and macOS: enough to say what they are and how Go built them."""

import struct

from wslgo.machine.binary import Binary
from wslgo.machine.probe.binary.build_info import build_info
from wslgo.machine.probe.binary.contents import Region
from wslgo.text.typing import IO

_LARGEST = 256 << 20  # bytes that are searched for the build information
_PE = {0x14C: "386", 0x8664: "amd64", 0xAA64: "arm64"}
_MACH = {7: "386", 0x01000007: "amd64", 0x0100000C: "arm64"}
_MOST_ARCHITECTURES = 20  # a class file of Java begins like a universal program and has a larger number there


def foreign_program(file: IO[bytes]) -> Binary | None:
    """Return what a program of another system says about itself; None for any other file."""
    header = Region(file, 0, 4096).read()
    system = processor = None
    if header[:2] == b"MZ":
        (place,) = struct.unpack_from("<I", header.ljust(64, b"\0"), 60)
        found = Region(file, place, 6).read()
        if found[:4] == b"PE\0\0" and len(found) == 6:
            system, processor = "windows", _PE.get(int.from_bytes(found[4:], "little"))
    elif header[:4] in (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe") and len(header) >= 8:
        system, processor = "darwin", _MACH.get(int.from_bytes(header[4:8], "little"))
    elif header[:4] == b"\xca\xfe\xba\xbe" and 0 < int.from_bytes(header[4:8], "big") < _MOST_ARCHITECTURES:
        system = "darwin"
    if system is None:
        return None
    build = build_info(Region(file, 0, _LARGEST).read())
    if build is None:
        return Binary("", system, processor)
    named = {setting.name: setting.value for setting in build.settings}
    return Binary(
        path="",
        system=named.get("GOOS") or system,
        processor=named.get("GOARCH") or processor,
        go=build.go,
        package=build.package,
        module=build.module,
        settings=build.settings,
    )
