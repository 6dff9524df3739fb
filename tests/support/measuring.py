"""A measurement without the go command: a world that answers as go would, costs by arrangement, a clock that is set."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from wslgo.bench.folders import Folders
from wslgo.bench.go_runs import Source
from wslgo.bench.model import Cost, Measurement, Place
from wslgo.bench.places import arrangements
from wslgo.bench.sample import Shape
from wslgo.bench.session import Effects, Progress, Request, measure
from wslgo.machine.host import Go, Host, Mount, Running, Variable, Wsl
from wslgo.system.this_machine import ThisMachine
from wslgo.system.world import DiskSpace, Ran

TINY = Shape(4, 1)
HOST = Host(
    wsl=Wsl(generation=2, version="2.6.1", kernel="6.6", distribution="Ubuntu"),
    running=Running(processors=8, memory=16 << 30, networking="nat"),
    mounts=(Mount("/", "ext4"), Mount("/mnt/c", "9p", "C:\\", "C:\\")),
    go=Go("/usr/local/go/bin/go", "1.26.8", "/usr/local/go"),
    go_variables=(Variable("GOCACHE", "/home/me/.cache/go-build", "default"), Variable("GOMODCACHE", "/mnt/c/m", "x")),
)
GRAPH = [
    {
        "ID": 0,
        "Mode": "build",
        "Package": "<b>app|`x`",
        "TimeStart": "2026-11-29T03:21:20Z",
        "TimeDone": "2026-11-29T03:21:22Z",
        "Cmd": ["compile"],
    }
]


class FakeGo(ThisMachine):
    """This machine, but the go command only notes what it was asked: a line with its folder and its words."""

    def __init__(self, free: int = 1 << 40, problem: str = "") -> None:
        self.asked: list[tuple[str, tuple[str, ...], dict[str, str]]] = []
        self._free, self._problem = free, problem

    def disk_space(self, path: str) -> DiskSpace | None:
        return DiskSpace(1 << 40, self._free)

    def run(
        self,
        words: Sequence[str],
        seconds: float,
        folder: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Ran | None:
        self.asked.append((folder or "", tuple(words[1:]), dict(environment or {})))
        if words[1] == "build" and self._problem:
            return Ran(1, b"", self._problem.encode())
        for word in words:
            if word.startswith("-debug-actiongraph="):
                Path(word.partition("=")[2]).write_text(json.dumps(GRAPH))
        if "-f" in words:
            return Ran(0, f"-\nmain true {folder}/main.go\nlib true {folder}/p03/p03.go\n".encode())
        return Ran(0, b"")


class Clock:
    """A clock that only advances when something is measured."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def places(folder: Path) -> list[Place]:
    """Return a place on Linux, and one that is said to be drive C:."""
    made = [folder / "linux", folder / "drive"]
    for path in made:
        path.mkdir()
    return [Place(str(made[0]), "/", "ext4"), Place(str(made[1]), "/mnt/c", "9p", "C:\\")]


def measured(
    folder: Path,
    *,
    rounds: int = 6,
    seconds: float = 1e9,
    world: FakeGo | None = None,
    slowness: float = 3.0,
    host: Host = HOST,
    source: Source | None = None,
    progress: Progress = lambda _part, _text: None,
    now: float = 1_800_000_000.0,
) -> Measurement:
    """Return a measurement in which everything on C: takes `slowness` times as long."""
    world, clock = world or FakeGo(), Clock()

    def meter(run: Callable[[], Ran | None]) -> tuple[Ran | None, Cost]:
        ran = run()
        _, words, variables = world.asked[-1]
        seconds = 10.0 if words[0] == "build" else 1.0
        seconds *= slowness if "/drive/" in variables["GOCACHE"] else 1.0
        seconds *= 1 + len(world.asked) % 5 / 100
        clock.now += seconds
        return ran, Cost(seconds, 8.0, 2.0, 0.5, 1000, 200, 1 << 20, 50 << 20, 77)

    wanted = arrangements(places(folder), variables=({"CUDA_VISIBLE_DEVICES": "0"},))
    request = Request(source or Source("tiny", TINY), wanted, rounds, seconds)
    with Folders(folder / "state") as folders:
        effects = Effects(world, "/usr/local/go/bin/go", meter, progress, None, clock, lambda: now)
        return measure(request, host, folders, effects)


def left_behind(folder: Path) -> list[str]:
    """Return the folders of measurements below a folder."""
    return [name for _, folders, _ in os.walk(folder) for name in folders if name.startswith(".wslgo-bench-")]
