"""Files of JSON lines that only grow: a line is on the disk before anything else happens."""

import errno
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def append(path: Path, said: Mapping[str, Any]) -> None:
    """One line more, behind whatever a cut-off line has left. Raises OSError where it is not whole."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    with open(descriptor, "r+b", buffering=0) as file:  # noqa: PTH123 - a descriptor
        size = file.seek(0, os.SEEK_END)
        is_whole = size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
        line = (b"" if is_whole else b"\n") + json.dumps(said).encode() + b"\n"
        if file.write(line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        os.fsync(descriptor)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The lines that are whole; no file has none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    for line in data.split(b"\n"):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield said
