"""The hash of a module zip or of a `go.mod`, as the go command computes it (x/mod/sumdb/dirhash).

Python's `zipfile` reads the zip, since nothing is unpacked here: go unpacks it, with checks of its own. It knows zip64,
which a module with more than 65,535 files needs. The reader of toolchains (`provision/toolchain/archive`) rejects such
a zip.
"""

import hashlib
import zipfile
import zlib
from typing import IO

from wslgo.provision.errors import ProvisionError
from wslgo.provision.net import digest
from wslgo.text.message import Message

DAMAGED = Message(en="{name} is not a valid module zip: {words}", zh="{name} 不是有效的模块 zip：{words}")

MOST_BYTES = 500 << 20  # of all files in a zip: MaxZipFile of golang.org/x/mod/zip, go1.27
_MOST_FILES = 1_000_000
_PIECE = 1 << 20
_UTF8 = 0x800  # the flag of a name that is not in the code page 437
# What a damaged zip raises (measured with each byte changed, see decision 15).
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError)


def of_zip(file: IO[bytes], name: str) -> str:
    """Return the hash of an open zip. Raises ProvisionError if it cannot be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise ProvisionError(DAMAGED(name=name, words=f"more than {MOST_BYTES} bytes"))
            return digest.h1([_hashed(archive, entry) for entry in entries])
    except _ERRORS as error:
        raise ProvisionError(DAMAGED(name=name, words=str(error) or type(error).__name__)) from error


def of_mod(data: bytes) -> str:
    """Return the hash of a `go.mod`, which counts as the only file of a module."""
    return digest.h1([("go.mod", hashlib.sha256(data).hexdigest())])


def _hashed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[str, str]:
    total, size = hashlib.sha256(), 0
    with archive.open(entry) as content:
        while piece := content.read(_PIECE):
            size += len(piece)
            if size > entry.file_size:
                raise zipfile.BadZipFile(f"{entry.filename} is larger than listed")
            total.update(piece)
    raw = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437", "surrogateescape")
    return raw.decode("utf-8", "surrogateescape"), total.hexdigest()
