"""Where a run is: what all deeds do in the same way."""

import time
from collections.abc import Callable
from typing import NamedTuple

from wslgo.provision.apply.context import Event, RunContext, who
from wslgo.provision.apply.ledger import FAILED, MADE, MOVED, REFUSED, Deed, Run
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import USER
from wslgo.system.place import Place
from wslgo.text.message import Message

NOWHERE = Message(
    en="{path} is a link that leads nowhere, perhaps to a drive that is not mounted; nothing is made there",
    zh="{path} 是一个无效链接，可能指向未挂载的驱动器；不会在那里创建任何内容",
)

_EVERY = 10  # seconds between two signs of life


class StepRun(NamedTuple):
    """A step of a run by its number; `run` is what the ledger knew when it was taken up."""

    context: RunContext
    run: Run
    step: int

    @property
    def who(self) -> str:
        return who(self.run.id)

    def reach(self, place: Place) -> None:
        """Raise ProvisionError where folders would have to be made behind a link that leads nowhere."""
        if place.missing and place.behind:
            raise ProvisionError(NOWHERE(path=place.behind))

    def note(self, kind: str, **facts: object) -> None:
        """Tell the ledger what is about to be made."""
        self.context.ledger.deed(self.run.id, self.step, kind, **facts)

    def watching(self, clock: Callable[[], float] = time.monotonic) -> Callable[[], bool]:
        """Whether somebody has cancelled, for who waits for a program; meanwhile it is told how long that takes."""
        started, told = clock(), 0

        def is_cancelled() -> bool:
            nonlocal told
            seconds = int(clock() - started)
            if seconds >= told + _EVERY:
                told = seconds
                self.context.say(Event(self.run.plan.steps[self.step], seconds=seconds))
            return self.context.cancelled()

        return is_cancelled

    def provide(self, place: Place, owner: str = USER) -> Place:
        """Make the folders that a place lacks, which undo removes when they are empty; the place in the last of them.

        Raises OSError where root would change what those cannot who could have led it there.
        """
        access = self.context.target.access(owner, 0o755)
        folder = place.folder.demand()
        if self.run.made(MADE, path=folder.path):  # by somebody who may have been killed before it had its owner
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

    def noted(self, deed: Deed, name: str = "path", *, follows: bool = False) -> Place:
        """The place that a deed has noted, to be changed. Raises OSError where it is another one now."""
        place = self.context.target.recorded_place(deed.facts[name], follows=follows)
        if not place.missing:
            place.folder.demand()
        return place

    def verdict(self, end: str) -> str:
        """How a step has ended: what fails a second time is planned anew, unless a folder of it is half moved."""
        is_moving = any(deed.kind == MOVED and deed.step == self.step for deed in self.run.deeds)
        return REFUSED if end == FAILED == self.run.ends.get(self.step) and not is_moving else end
