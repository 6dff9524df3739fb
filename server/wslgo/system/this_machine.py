"""This machine as a `World`."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from wslgo.system.files import write_atomically
from wslgo.system.reader import read_beginning
from wslgo.system.walk import is_for_root
from wslgo.system.world import DiskSpace, Ran


class ThisMachine:
    """The machine that wslgo runs on."""

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ

    def read(self, path: str) -> bytes | None:
        try:
            return read_beginning(path)
        except OSError:
            return None

    def names(self, folder: str) -> tuple[str, ...]:
        try:
            return tuple(sorted(os.listdir(folder)))  # noqa: PTH208 - the names alone
        except (OSError, ValueError):
            return ()

    def stat(self, path: str) -> os.stat_result | None:
        try:
            return os.stat(path)  # noqa: PTH116
        except (OSError, ValueError):
            return None

    def exists(self, path: str) -> bool:
        return self.stat(path) is not None

    def link(self, path: str) -> str | None:
        try:
            return os.readlink(path)  # noqa: PTH115
        except (OSError, ValueError):
            return None

    def real(self, path: str) -> str:
        try:
            return os.path.realpath(path)
        except (OSError, ValueError):
            return path

    def disk_space(self, path: str) -> DiskSpace | None:
        try:
            import psutil  # 10 ms, and few commands ask

            usage = psutil.disk_usage(path)
        except (ImportError, OSError, ValueError):
            return None
        return DiskSpace(usage.total, usage.free)

    def can_write(self, path: str) -> bool | None:
        try:
            return os.access(path, os.W_OK)
        except (OSError, ValueError):
            return None

    def page_cache(self) -> int | None:
        try:
            import psutil  # as above

            return int(psutil.virtual_memory().cached)
        except (ImportError, OSError, ValueError):
            return None

    def run(
        self,
        words: Sequence[str],
        seconds: float,
        folder: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran | None:
        from wslgo.system.process import run  # subprocess: 8 ms, and most commands start no program

        return run(words, seconds, folder, environment)

    def keep(self, path: str, data: bytes) -> bool:
        if not is_for_root(path):
            return False
        try:
            Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(Path(path), data)
            Path(path).chmod(0o600)
        except (OSError, ValueError):
            return False
        return True
