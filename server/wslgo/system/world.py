"""The outside world as the readers of a machine see it: what can be asked of it."""

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol


class Ran(NamedTuple):
    """What a program left behind."""

    code: int
    out: bytes
    err: bytes = b""


class World(Protocol):
    """What can be asked of a machine. Nothing here raises: what cannot be had is None, empty or False."""

    @property
    def environment(self) -> Mapping[str, str]: ...

    def read(self, path: str) -> bytes | None:
        """The first 4 MiB of a regular file."""

    def names(self, folder: str) -> tuple[str, ...]:
        """What a folder holds, sorted."""

    def stat(self, path: str) -> os.stat_result | None:
        """Behind symbolic links."""

    def exists(self, path: str) -> bool:
        """Whether there is something behind symbolic links."""

    def link(self, path: str) -> str | None:
        """What a symbolic link says."""

    def real(self, path: str) -> str:
        """The path without symbolic links."""

    def run(
        self,
        words: Sequence[str],
        seconds: float,
        folder: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran | None:
        """Run a program by its absolute path, without input, through the door of `process.py`; the environment is that
        of a row in `programs.py`. None when it may not or cannot start, or takes too long."""

    def keep(self, path: str, data: bytes) -> bool:
        """Write a file of our own for this user alone, with the folders it needs; whether it worked."""
