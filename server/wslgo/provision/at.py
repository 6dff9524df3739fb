"""Where a run is: what all deeds do in the same way."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from wslgo.effects import sync_folder
from wslgo.message import Message
from wslgo.provision.hand import Event, Hand, who
from wslgo.provision.ledger import FAILED, MADE, MOVED, REFUSED, Run
from wslgo.provision.step import USER
from wslgo.provision.toolchain.trouble import TroubleError

NOWHERE = Message(
    en="{path} is a link that leads nowhere, perhaps to a drive that is not mounted; nothing is made there",
    zh="{path} 是一个无效链接，可能指向未挂载的驱动器；不会在那里创建任何内容",
)

_EVERY = 10  # seconds between two signs of life


class At(NamedTuple):
    """A step of a run by its number; `run` is what the ledger knew when it was taken up."""

    hand: Hand
    run: Run
    step: int

    @property
    def who(self) -> str:
        return who(self.run.id)

    def reach(self, path: str) -> None:
        """Raise TroubleError where folders would have to be made behind a link that leads nowhere."""
        link = self.hand.site.dangling(path)
        if link is not None:
            raise TroubleError(NOWHERE(path=link))

    def note(self, kind: str, **facts: object) -> None:
        """Tell the ledger what is about to be made."""
        self.hand.ledger.deed(self.run.id, self.step, kind, **facts)

    def watching(self, clock: Callable[[], float] = time.monotonic) -> Callable[[], bool]:
        """Whether somebody has cancelled, for who waits for a program; meanwhile it is told how long that takes."""
        started, told = clock(), 0

        def is_cancelled() -> bool:
            nonlocal told
            seconds = int(clock() - started)
            if seconds >= told + _EVERY:
                told = seconds
                self.hand.say(Event(self.run.plan.steps[self.step], seconds=seconds))
            return self.hand.cancelled()

        return is_cancelled

    def provide(self, folder: Path, owner: str = USER) -> None:
        """Make a folder and those above it, which undo removes when they are empty."""
        if folder.is_dir():
            if self.run.made(MADE, path=str(folder)):  # by somebody who may have been killed before it had its owner
                self._finish(folder, owner)
            return
        self.provide(folder.parent, owner)
        self.note(MADE, path=str(folder))
        folder.mkdir(exist_ok=True)
        self._finish(folder, owner)

    def own(self, path: Path, owner: str = USER) -> None:
        """Give something that we have made to its owner, where we may."""
        if os.geteuid() == 0:
            access = self.hand.site.access(owner, 0)
            found = path.lstat()
            if (found.st_uid, found.st_gid) != (access.owner, access.group):
                os.chown(path, access.owner, access.group, follow_symlinks=False)

    def verdict(self, end: str) -> str:
        """How a step has ended: what fails a second time is planned anew, unless a folder of it is half moved."""
        is_moving = any(deed.kind == MOVED and deed.step == self.step for deed in self.run.deeds)
        return REFUSED if end == FAILED == self.run.ends.get(self.step) and not is_moving else end

    def _finish(self, folder: Path, owner: str) -> None:
        self.own(folder, owner)
        folder.chmod(0o755)
        sync_folder(folder.parent)
