"""A toolchain of a few files, as tarball and as module, to which tests add unexpected entries."""

import base64
import gzip
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping

NAME = "go1.99.3"
MODULE_VERSION = f"v0.0.1-{NAME}.linux-amd64"
PREFIX = f"golang.org/toolchain@{MODULE_VERSION}/"
CHANGED = 1_700_000_000  # the time of its files, in seconds since 1970

FILES = {
    "VERSION": f"{NAME}\ntime 2026-08-28T16:20:06Z\n".encode(),
    "bin/go": b"#!/bin/sh\necho go version " + NAME.encode() + b" linux/amd64\n",
    "bin/gofmt": b"#!/bin/sh\n",
    "go.env": b"GOTOOLCHAIN=auto\n",
    "lib/wasm/go_js_wasm_exec": b"#!/bin/sh\n",
    "pkg/tool/linux_amd64/compile": bytes(range(256)) * 2000,
    "src/all.bash": b"#!/usr/bin/env bash\n",
    "src/fmt/print.go": b"package fmt\n",
    "src/go.mod": b"module std\n",
    f"src/{'long/' * 40}name.go": b"package name\n",
}


def entry(name: str, kind: bytes = tarfile.REGTYPE, target: str = "", size: int = 0) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size, info.mtime = kind, target, size, CHANGED
    return info


def tarball(
    files: Mapping[str, bytes] = FILES, more: Iterable[tarfile.TarInfo] = (), kind: int = tarfile.PAX_FORMAT
) -> bytes:
    """Return the toolchain with its files under `go/`, and further entries whose content is zeros."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=kind) as archive:
        for name, data in files.items():
            archive.addfile(entry(f"go/{name}", size=len(data)), io.BytesIO(data))
        for info in more:
            archive.addfile(info, io.BytesIO(bytes(info.size)))
    return gzip.compress(packed.getvalue(), 1)


def module(files: Mapping[str, bytes] = FILES, more: Mapping[str, bytes] | None = None, mode: int = 0o644) -> bytes:
    """Return the module zip, with go.mod renamed as Go does; `more` are entries by their whole names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {
            **{f"{PREFIX}{_renamed(name)}": data for name, data in files.items()},
            **(more or {}),
        }.items():
            info = zipfile.ZipInfo(name, (2023, 11, 14, 22, 13, 20))
            info.external_attr = (0o100000 | mode) << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def other_module(method: int, *, is_streamed: bool) -> bytes:
    """Return the same by another writer: with folders, a comment, and, if streamed, sizes after each file."""

    class Stream(io.RawIOBase):
        """A stream that cannot seek back to write sizes."""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            return packed.write(data)

    packed = io.BytesIO()
    with zipfile.ZipFile(Stream() if is_streamed else packed, "w", method) as archive:
        archive.comment = b"made elsewhere"
        archive.writestr(zipfile.ZipInfo(f"{PREFIX}bin/"), b"")
        for name, data in FILES.items():
            archive.writestr(zipfile.ZipInfo(f"{PREFIX}{_renamed(name)}", (2023, 11, 14, 22, 13, 20)), data, method)
    return packed.getvalue()


def h1(packed: bytes) -> str:
    """Return the hash of a module zip, computed as documented (dirhash)."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        lines = sorted(f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}\n" for name in archive.namelist())
        lines.sort(key=lambda line: line[66:])
    return "h1:" + base64.b64encode(hashlib.sha256("".join(lines).encode()).digest()).decode()


def sha256(packed: bytes) -> str:
    return hashlib.sha256(packed).hexdigest()


def _renamed(name: str) -> str:
    return f"{name[:-6]}_go.mod" if name == "go.mod" or name.endswith("/go.mod") else name
