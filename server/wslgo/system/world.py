"""The outside world as the probes of a machine see it."""

import os
from collections.abc import Mapping, Sequence

from wslgo.text.typing import NamedTuple, Protocol


class Ran(NamedTuple):
    """The result of a program."""

    code: int
    out: bytes
    err: bytes = b""


class DiskSpace(NamedTuple):
    """The bytes of a file system, and those that users other than root can still write."""

    size: int
    free: int


class World(Protocol):
    """The operations on a machine. They never raise: a missing answer is None, empty or False."""

    @property
    def environment(self) -> Mapping[str, str]: ...

    def read(self, path: str) -> bytes | None:
        """Return the first 4 MiB of a regular file."""

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder, sorted."""

    def stat(self, path: str) -> os.stat_result | None:
        """Return the status of a file, following symbolic links."""

    def exists(self, path: str) -> bool:
        """Return whether a path exists, following symbolic links."""

    def link(self, path: str) -> str | None:
        """Return the target of a symbolic link."""

    def real(self, path: str) -> str:
        """Return the path without symbolic links."""

    def disk_space(self, path: str) -> DiskSpace | None:
        """Return the space of the file system of a path."""

    def can_write(self, path: str) -> bool | None:
        """Return whether this user can write a file or folder that exists; None if that is not known."""

    def page_cache(self) -> int | None:
        """Return the bytes of memory that hold the content of files."""

    def run(
        self,
        words: Sequence[str],
        seconds: float,
        folder: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran | None:
        """Run a program by its absolute path, without input, through `process.py`.

        The environment is that of a row in `programs.py`. Return None if the program may not or cannot start, or takes
        too long.
        """

    def keep(self, path: str, data: bytes) -> bool:
        """Write a file of our own that only this user can read, with the folders it needs; return whether it worked."""
