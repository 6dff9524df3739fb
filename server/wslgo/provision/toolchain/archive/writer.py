"""Files written under one new folder, with few system calls each."""

import os
from collections.abc import Callable

from wslgo.provision.toolchain.archive.guard import Placed
from wslgo.system.place import Folder

Piece = bytes | memoryview


class ArchiveWriter:
    """A writer into a new folder, in which no name is a link. Raises OSError."""

    def __init__(self, root: Folder) -> None:
        self._root = root
        self._made = {""}

    def folder(self, path: str) -> None:
        """Make a folder and its parents."""
        if path not in self._made:
            self.folder(path.rpartition("/")[0])
            os.mkdir(path, 0o755, dir_fd=self._root.descriptor)
            self._made.add(path)

    def file(self, place: Placed, mode: int, seconds: float, write: Callable[[int], None]) -> None:
        """Make a file that `write` fills through its descriptor; `seconds` is when it was changed."""
        self.folder(place.folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(place.path, flags, mode, dir_fd=self._root.descriptor)
        try:
            write(descriptor)
            os.utime(descriptor, (seconds, seconds))
        finally:
            os.close(descriptor)


def write(descriptor: int, piece: Piece) -> None:
    """Write all of a piece."""
    while True:
        count = os.write(descriptor, piece)
        if count == len(piece):
            return
        piece = memoryview(piece)[count:]
