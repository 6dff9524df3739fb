"""Files written below one new folder, with few calls of the system for each."""

import os
from collections.abc import Callable
from pathlib import Path

from wslgo.provision.toolchain.archive import Placed

Piece = bytes | memoryview


class Tree:
    """A folder that nobody else writes to. Raises OSError where the disk refuses."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._made = {""}

    def folder(self, path: str) -> None:
        """Make a folder, and those above it."""
        if path not in self._made:
            self.folder(path.rpartition("/")[0])
            os.mkdir(f"{self._root}/{path}", 0o755)  # noqa: PTH102 - 1,500 of them
            self._made.add(path)

    def file(self, place: Placed, mode: int, seconds: float, write: Callable[[int], None]) -> None:
        """Make a file that `write` fills through its descriptor; `seconds` is when it was changed."""
        self.folder(place.folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(f"{self._root}/{place.path}", flags, mode)
        try:
            write(descriptor)
            os.utime(descriptor, (seconds, seconds))
        finally:
            os.close(descriptor)


def write(descriptor: int, piece: Piece) -> None:
    """All of it."""
    while True:
        count = os.write(descriptor, piece)
        if count == len(piece):
            return
        piece = memoryview(piece)[count:]
