"""One step of a running plan: ledger records, folders, progress, cancellation."""

import time
from collections.abc import Callable
from typing import NamedTuple

from wslgo.provision.apply.context import Event, RunContext, who
from wslgo.provision.apply.ledger import FAILED, MADE, MOVED, REFUSED, REPLICATED, ActionRecord, Run
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import USER, GoInstall
from wslgo.system.place import Place
from wslgo.text.message import Message

NOWHERE = Message(
    en="{path} is a broken link, perhaps to a drive that is not mounted; wslgo creates nothing there",
    zh="{path} 是一个无效链接，可能指向未挂载的驱动器；wslgo 不会在那里创建任何内容",
)

_EVERY = 10  # seconds between two reports


class StepRun(NamedTuple):
    """A step of a run by its number; `run` is as it was when it started or resumed."""

    context: RunContext
    run: Run
    step: int

    @property
    def who(self) -> str:
        return who(self.run.id)

    @property
    def builds_later(self) -> bool:
        """True if a later step of the run builds a program."""
        run = self.run
        later = (step for number, step in enumerate(run.plan.steps) if number > self.step and number not in run.ends)
        return any(isinstance(action, GoInstall) for step in later for action in step.actions)

    def note(self, kind: str, **facts: object) -> None:
        """Record an action in the ledger before it starts."""
        self.context.ledger.record(self.run.id, self.step, kind, **facts)

    def cancel_check(self, clock: Callable[[], float] = time.monotonic) -> Callable[[], bool]:
        """Return a function that tells a waiting caller of a cancellation, and reports how long the program has run."""
        started, reported = clock(), 0

        def is_cancelled() -> bool:
            nonlocal reported
            seconds = int(clock() - started)
            if seconds >= reported + _EVERY:
                reported = seconds
                self.context.report(Event(self.run.plan.steps[self.step], seconds=seconds))
            return self.context.cancelled()

        return is_cancelled

    def make_folders(self, place: Place, owner: str = USER) -> Place:
        """Make the missing folders of a place, and return the place in the last one; undo removes them if empty.

        Raises ProvisionError behind a broken link, OSError where root would follow a path that other users control.
        """
        if place.missing and place.behind:
            raise ProvisionError(NOWHERE(path=place.behind))
        access = self.context.target.access(owner, 0o755)
        folder = place.folder.demand()
        if self.run.record_of(MADE, path=folder.path):  # the run may have been killed before the folder had its owner
            folder.ready(access)
        for name in place.missing:
            self.note(MADE, path=folder.path_of(name))
            above = folder
            try:
                folder = above.make(name, access)
            except FileExistsError:
                folder = above.enter(name)
            above.sync()
            folder.demand()
        return folder.place(place.name)

    def recorded_place(self, record: ActionRecord, name: str = "path", *, follows: bool = False) -> Place:
        """Return the place of a recorded action, to be changed. Raises OSError if the path leads elsewhere now."""
        place = self.context.target.recorded_place(record.facts[name], follows=follows)
        if not place.missing:
            place.folder.demand()
        return place

    def verdict(self, end: str) -> str:
        """Return how a step ended: a second failure is planned again, unless a folder of the step is half moved."""
        is_moving = any(record.kind in (MOVED, REPLICATED) and record.step == self.step for record in self.run.records)
        return REFUSED if end == FAILED == self.run.ends.get(self.step) and not is_moving else end
