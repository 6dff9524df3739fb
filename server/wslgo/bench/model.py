"""The values of a measurement: places, arrangements of Go's folders on them, costs, and facts of the machine."""

from collections.abc import Mapping
from typing import NamedTuple

from wslgo.text.message import Message, Text

# The tasks of a round, in their order: the second finds the cache of the first.
CLEAN, CHANGE, LIST = "clean", "change", "list"
TASKS = (CLEAN, CHANGE, LIST)
TASK_NAMES = {
    CLEAN: Message(en="clean build", zh="全新构建"),
    CHANGE: Message(en="one file changed", zh="修改一个文件后构建"),
    LIST: Message(en="go list", zh="go list"),
}
WORKSPACE, CACHE, MODULES = "workspace", "cache", "modules"
ROLES = (WORKSPACE, CACHE, MODULES)
ROLE_NAMES = {
    WORKSPACE: Message(en="workspace", zh="工作区"),
    CACHE: Message(en="GOCACHE", zh="GOCACHE"),
    MODULES: Message(en="GOMODCACHE", zh="GOMODCACHE"),
}


class Place(NamedTuple):
    """A folder on a file system of some `kind`; `mount` is where that is mounted, `windows` the drive that it shows."""

    folder: str
    mount: str = "/"
    kind: str = ""
    windows: str | None = None

    @property
    def name(self) -> str:
        """The name in tables: `C:`, else the folder of the mount."""
        return self.windows.rstrip("\\") if self.windows else self.mount


class Arrangement(NamedTuple):
    """The place of each role. `moved` are the roles that are not at the first place of the measurement.

    `variables` are set for the go command; `is_twin`: it is the first arrangement again, which shows the noise.
    """

    places: tuple[Place, Place, Place]
    moved: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    is_twin: bool = False

    def place(self, role: str) -> Place:
        return self.places[ROLES.index(role)]

    @property
    def elsewhere(self) -> Place:
        """The place of what was moved, else that of everything."""
        return self.place(self.moved[0]) if self.moved else self.places[0]

    @property
    def id(self) -> str:
        """The name in JSON and in the history, which does not depend on the language."""
        if self.is_twin:
            return "again"
        if self.variables:
            return " ".join(f"{name}={value}" for name, value in self.variables)
        what = "all" if len(self.moved) in (0, len(ROLES)) else "+".join(self.moved)
        return f"{what} on {self.elsewhere.name}"


class Cost(NamedTuple):
    """The cost of one run of the go command with all its processes; sizes in bytes, times in seconds.

    `reads` and `writes` are system calls, `waits` how often a process gave up its processor to wait. `io_wait` is the
    time that processors of the whole machine had nothing to do but to wait for a disk. None if the kernel does not say.
    """

    wall: float
    user: float = 0.0
    system: float = 0.0
    io_wait: float | None = None
    reads: int | None = None
    writes: int | None = None
    read_bytes: int | None = None
    written_bytes: int | None = None
    waits: int | None = None

    @property
    def cpu(self) -> float:
        return self.user + self.system

    @property
    def operations(self) -> int | None:
        return None if self.reads is None or self.writes is None else self.reads + self.writes


class Measured(NamedTuple):
    """The costs of an arrangement: for each task one cost a round."""

    arrangement: Arrangement
    costs: Mapping[str, tuple[Cost, ...]]

    def walls(self, task: str) -> tuple[float, ...]:
        return tuple(cost.wall for cost in self.costs.get(task, ()))


class Subject(NamedTuple):
    """The code that is built: `name` of the sample or path of the workspace, and a digest of its files."""

    name: str
    digest: str
    packages: int = 0
    is_sample: bool = True
    with_cgo: bool = False


class Conditions(NamedTuple):
    """The facts of a machine that a measurement depends on; None if unknown.

    `settings` are those of `.wslconfig` in effect, `places` the file systems that were measured; `cache`, `modules` and
    `here` describe the places of GOCACHE, GOMODCACHE and the current folder of the user.
    """

    go: str | None = None
    processors: int | None = None
    memory: int | None = None
    swap: int | None = None
    kernel: str | None = None
    wsl: str | None = None
    distribution: str | None = None
    networking: str | None = None
    settings: str | None = None
    places: str | None = None
    cache: str | None = None
    modules: str | None = None
    here: str | None = None


class GpuUse(NamedTuple):
    """The processes of a build that were looked at: how many there were, and the names of those with an open GPU.

    `listed` are the processes of the build in the list of nvidia-smi, None without nvidia-smi.
    """

    cards: tuple[str, ...] | None = None
    processes: int = 0
    users: tuple[str, ...] = ()
    listed: int | None = None


class Step(NamedTuple):
    """An action of the go command about a package; `kind` is compile, cgo, link or other."""

    package: str
    kind: str
    seconds: float
    start: float = 0.0
    cpu: float = 0.0


class BuildProfile(NamedTuple):
    """Where the time of one build goes, by the go command's action graph.

    `path` is the chain of actions that the build waited for, `hits` the packages that the cache had.
    """

    wall: float
    steps: tuple[Step, ...]
    path: tuple[Step, ...]
    hits: int
    built: int

    def seconds_of(self, kind: str) -> float:
        return sum(step.seconds for step in self.steps if step.kind == kind)


class Skipped(NamedTuple):
    """A place that is not measured, and why."""

    name: str
    reason: Text


class Measurement(NamedTuple):
    """A whole measurement; `when` is in seconds since 1970, the first of `measured` is the one to compare with."""

    when: int
    subject: Subject
    conditions: Conditions
    measured: tuple[Measured, ...]
    profiles: Mapping[str, BuildProfile] = {}
    gpu: GpuUse | None = None
    skipped: tuple[Skipped, ...] = ()
    wanted: int = 0  # rounds; fewer were measured if the time was over
    load: float | None = None  # of the machine before the measurement, as programs that want a processor

    @property
    def first(self) -> Measured:
        return self.measured[0]

    @property
    def rounds(self) -> int:
        return len(self.first.walls(CLEAN))
