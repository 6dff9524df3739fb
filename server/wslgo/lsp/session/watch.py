"""The session's view of the world outside its documents: surveys of the workspace and the machine."""

import asyncio
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import NamedTuple

from wslgo.lsp.jobs import IsCancelled, Queue, Start, Work
from wslgo.lsp.session.survey import Survey, is_stale, machine_survey, survey
from wslgo.lsp.session.workspace import Workspace
from wslgo.system.world import World

FIRST = 0.3  # seconds: the diagnostics of what is already open go first


class Probe(IntEnum):
    """How much of the machine a survey asks for; more includes less."""

    NONE = 0
    IF_CHANGED = 1
    CACHED = 2
    FRESH = 3


class Request(NamedTuple):
    """A request for a survey."""

    probe: Probe
    workspace: bool


class Watch:
    """Surveys in the background, one at a time; a request during a survey queues exactly one more."""

    def __init__(
        self, world: World, start: Start, take: Callable[[Survey], None], failed: Callable[[Exception], None]
    ) -> None:
        self._world = world
        self._take = take
        self._failed = failed
        self._queue = Queue(start, self._work_for, self._take_survey, self._report_failure, _merge)
        self._first = asyncio.Event()
        self.workspace = Workspace()
        self.known = Survey()

    async def first_survey(self) -> None:
        """Wait for the end of the first survey, even if it failed; the programs that it runs have time limits."""
        await self._first.wait()

    def survey(self, *, is_fresh: bool = False) -> None:
        """Survey the workspace and the machine; `is_fresh` asks Windows again, too."""
        self._queue.put(Request(Probe.FRESH if is_fresh else Probe.CACHED, workspace=True))

    def survey_workspace(self) -> None:
        """Survey the workspace alone: no program runs."""
        self._queue.put(Request(Probe.NONE, workspace=True))

    def survey_if_changed(self) -> None:
        """Survey both if a file of the machine has changed: Windows drives send no events."""
        self._queue.put(Request(Probe.IF_CHANGED, workspace=False))

    def _work_for(self, request: Request) -> Work[Survey]:
        return partial(_survey, self._world, self.workspace.roots, self.workspace.is_trusted, self.known, request)

    def _take_survey(self, found: Survey) -> None:
        self.known = found
        self._first.set()
        self._take(found)

    def _report_failure(self, error: Exception) -> None:
        self._first.set()
        self._failed(error)


def _merge(first: Request, second: Request) -> Request:
    return Request(max(first.probe, second.probe), first.workspace or second.workspace)


def _survey(
    world: World, roots: tuple[str, ...], is_trusted: bool, known: Survey, request: Request, _: IsCancelled
) -> Survey:
    """Return the survey that a request asks for; `known` if there is nothing to survey."""
    probe = request.probe
    if probe is Probe.IF_CHANGED:
        probe = Probe.CACHED if is_stale(world, known) else Probe.NONE
    if probe is Probe.NONE and not request.workspace:
        return known
    machine = known.machine
    if probe is not Probe.NONE:
        machine = machine_survey(world, roots, is_fresh=probe is Probe.FRESH) if is_trusted else None
    return survey(roots, machine, is_trusted=is_trusted)
