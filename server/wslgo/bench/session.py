"""A measurement from its folders to its result: prepared, warmed up, measured round by round, cleaned up."""

import errno
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from wslgo.bench.action_graph import profile_of
from wslgo.bench.conditions import conditions_of
from wslgo.bench.folders import Folders, is_safe_for_root
from wslgo.bench.go_runs import GoRuns, Meter, Source
from wslgo.bench.model import (
    CHANGE,
    CLEAN,
    ROLES,
    TASK_NAMES,
    TASKS,
    Arrangement,
    BuildProfile,
    Cost,
    GpuUse,
    Measured,
    Measurement,
    Place,
    Skipped,
    Subject,
)
from wslgo.bench.workspace_copy import size_of
from wslgo.machine.host import Host
from wslgo.system.errors import RefusedError
from wslgo.system.world import World
from wslgo.text.message import Message, Text

_LEAST = 300 << 20  # bytes that must be free for an arrangement before its size is known
_RESERVE = 1.3  # of the measured size: the cache grows with each changed file
_UNSAFE = Message(
    en="another user could exchange folders there, and wslgo runs as root",
    zh="其他用户可以替换那里的文件夹，而 wslgo 以 root 运行",
)
NO_SPACE = Message(
    en="{place} has {free} MiB free and the measurement needs {needed} MiB there: free some space, or use --quick",
    zh="{place} 的可用空间为 {free} MiB，而测量需要 {needed} MiB：请腾出空间，或使用 --quick",
)
PREPARING = Message(en="preparing {place}", zh="准备 {place}")
WARMING = Message(en="first build, not counted: {place}", zh="首次构建（不计入）：{place}")
RUNNING = Message(
    en="round {round} of {rounds}: {task}, {place}", zh="第 {round} 轮（共 {rounds} 轮）：{task}，{place}"
)
WATCHING = Message(en="looking for use of the GPU", zh="检查 GPU 使用情况")

Progress = Callable[[float, Text], None]


class Request(NamedTuple):
    """The arrangements to measure, how often, and for how many seconds at most."""

    source: Source
    arrangements: Sequence[Arrangement]
    rounds: int
    seconds: float
    skipped: tuple[Skipped, ...] = ()


class Effects(NamedTuple):
    """The outside world of a measurement. `watch` runs a build and returns what it saw of a GPU."""

    world: World
    go: str
    meter: Meter
    progress: Progress
    watch: Callable[[Callable[[], object]], GpuUse] | None = None
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time


def measure(request: Request, host: Host, folders: Folders, effects: Effects) -> Measurement:
    """Return the result. Raises OSError and GoError; the folders are removed by the context of `folders`."""
    began, load = effects.clock(), os.getloadavg()[0]
    unsafe = _unsafe_places(request.arrangements)
    chosen = [each for each in request.arrangements if not unsafe & {place.folder for place in each.places}]
    skipped = (*request.skipped, *(Skipped(place, _UNSAFE()) for place in sorted(unsafe)))
    _check_space(chosen, _first_need(request.source), effects.world)
    runs, digest = [], ""
    for number, arrangement in enumerate(chosen):
        effects.progress(0.0, PREPARING(place=arrangement.id))
        runs.append(GoRuns(arrangement, _own_folders(arrangement, number, folders), effects.go, effects.world))
        digest = runs[-1].prepare(request.source)
    profiles = dict(_warm_up(runs, effects))
    needed = runs[0].size()
    _check_space(chosen, int(needed * (_RESERVE - 1)), effects.world)
    measured = _rounds(runs, request, began, effects)
    gpu = None
    if effects.watch is not None:
        effects.progress(1.0, WATCHING())
        gpu = effects.watch(lambda: runs[-1].run(CLEAN, 0, effects.meter))
    subject = Subject(
        request.source.name, digest, runs[0].packages, request.source.shape is not None, request.source.with_cgo
    )
    return Measurement(
        int(effects.now()),
        subject,
        conditions_of(host, measured),
        measured,
        profiles,
        gpu,
        skipped,
        request.rounds,
        round(load, 2),
    )


def order(round_number: int, count: int) -> list[int]:
    """Return the order of a round: each begins with the next arrangement, so that none is always first."""
    return [(round_number + place) % count for place in range(count)]


def _unsafe_places(arrangements: Sequence[Arrangement]) -> set[str]:
    every = {place for arrangement in arrangements for place in arrangement.places}
    return {place.folder for place in every if not is_safe_for_root(place.folder, is_windows=bool(place.windows))}


def _first_need(source: Source) -> int:
    return _LEAST if source.shape else _LEAST + 2 * size_of(source.name)


def _check_space(arrangements: Sequence[Arrangement], needed: int, world: World) -> None:
    """Raise OSError if a place has less space than its arrangements need; a place that does not say is tried."""
    counts: dict[Place, int] = {}
    for arrangement in arrangements:
        for place in set(arrangement.places):
            counts[place] = counts.get(place, 0) + 1
    for place, count in counts.items():
        space = world.disk_space(place.folder)
        if space is not None and space.free < needed * count:
            words = NO_SPACE(place=place.name, free=space.free >> 20, needed=(needed * count >> 20) + 1)
            raise RefusedError(errno.ENOSPC, words, place.folder)


def _own_folders(arrangement: Arrangement, number: int, folders: Folders) -> Mapping[str, str]:
    """Make the folders of an arrangement, one for each role; what is the same for all is in that of the first place."""
    made = {}
    for role in ROLES:
        made[role] = f"{os.path.realpath(folders.make(arrangement.place(role).folder))}/{number}-{role}"
    base = folders.first
    made["home"] = f"{os.path.realpath(base)}/{number}-home"
    for path in made.values():
        Path(path).mkdir(mode=0o700)
    return made


def _warm_up(runs: Sequence[GoRuns], effects: Effects) -> Iterator[tuple[str, BuildProfile]]:
    """Build everything once, so that Go's own files are in memory; yield where the time of these builds went."""
    for run in runs:
        effects.progress(0.0, WARMING(place=run.arrangement.id))
        for number, task in enumerate((CLEAN, CHANGE)):
            profile = profile_of(run.profile(task, 1000 + number))
            is_told = len(run.arrangement.moved) in (0, len(ROLES)) and not run.arrangement.is_twin
            if profile is not None and is_told and not run.arrangement.variables:
                yield f"{task}, {run.arrangement.id}", profile


def _rounds(runs: Sequence[GoRuns], request: Request, began: float, effects: Effects) -> tuple[Measured, ...]:
    """Return the costs; no round begins that would not end in time, but the first."""
    costs: list[dict[str, list[Cost]]] = [{task: [] for task in TASKS} for _ in runs]
    first = effects.clock()
    for number in range(request.rounds):
        spent = effects.clock() - first
        if number and effects.clock() - began + spent / number > request.seconds:
            break
        for count, place in enumerate(order(number, len(runs))):
            run = runs[place]
            for task in TASKS:
                part = (number + (count + TASKS.index(task) / len(TASKS)) / len(runs)) / request.rounds
                name = TASK_NAMES[task]
                effects.progress(
                    part, RUNNING(round=number + 1, rounds=request.rounds, task=name, place=run.arrangement.id)
                )
                costs[place][task].append(run.run(task, number, effects.meter))
    return tuple(
        Measured(run.arrangement, {task: tuple(found) for task, found in cost.items()})
        for run, cost in zip(runs, costs, strict=True)
    )
