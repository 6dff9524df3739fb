"""A look at the processes of a build: whether one of them has a GPU open, or the library of CUDA loaded."""

import contextlib
import threading
from types import TracebackType
from typing import TYPE_CHECKING

import psutil

from wslgo.bench.model import GpuUse
from wslgo.system.programs import NVIDIA_SMI
from wslgo.system.world import World

if TYPE_CHECKING:
    from typing_extensions import Self

_INTERVAL = 0.02  # seconds between two looks: a compiler runs for at least as long
_DEVICES = ("/dev/dxg", "/dev/nvidia", "/dev/dri/")
_LIBRARIES = (b"/libcuda.so", b"/libnvidia-ml.so", b"/libdxcore.so")
_SETTLED = 1.0  # seconds after which compilers run
_ANSWER = 20.0  # seconds that nvidia-smi may take


class GpuWatch:
    """Looks at the children of this process while the context is open, except those that a watch starts itself."""

    def __init__(self, world: World, smi: str | None) -> None:
        self._world, self._smi = world, smi
        self._seen: dict[int, str] = {}
        self._users = set[str]()
        self._listed: set[int] | None = None
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._look, daemon=True)]
        if smi:
            self._threads.append(threading.Thread(target=self._ask, daemon=True))

    def __enter__(self) -> "Self":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(_ANSWER)

    def found(self, cards: tuple[str, ...] | None) -> GpuUse:
        """Return what was seen. nvidia-smi lists processes on Linux; on WSL its list is empty."""
        listed = None if self._listed is None else len(self._listed & self._seen.keys())
        return GpuUse(cards, len(self._seen), tuple(sorted(self._users)), listed)

    def _look(self) -> None:
        while not self._ended.wait(_INTERVAL):
            with contextlib.suppress(psutil.Error, OSError):
                for process in psutil.Process().children(recursive=True):
                    with contextlib.suppress(psutil.Error, OSError):
                        self._see(process.pid, process.name())

    def _see(self, pid: int, name: str) -> None:
        if name == "nvidia-smi":
            return
        self._seen[pid] = name
        descriptors = f"/proc/{pid}/fd"
        opened = [self._world.link(f"{descriptors}/{number}") or "" for number in self._world.names(descriptors)]
        maps = self._world.read(f"/proc/{pid}/maps") or b""
        if any(path.startswith(_DEVICES) for path in opened) or any(library in maps for library in _LIBRARIES):
            self._users.add(name)

    def _ask(self) -> None:
        self._ended.wait(_SETTLED)
        words = (self._smi or "", "--query-compute-apps=pid", "--format=csv,noheader")
        ran = self._world.run(
            words, _ANSWER, words[0].rpartition("/")[0], NVIDIA_SMI.environment(self._world.environment)
        )
        if ran is not None and ran.code == 0:
            self._listed = {int(line) for line in ran.out.split() if line.isdigit()}
