"""The runs of provisioning: what was agreed to, a line before and after each step, and each deed before it is done.

Whoever is killed between two lines leaves the answer on the disk, where every deed can be recognised. Bytes of files
are in the journal of all writes; here stands what a run has made beside: folders, links, toolchains, moves.
"""

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from wslgo import jsonlines
from wslgo.journal import folder_of, numbered
from wslgo.message import Message, Text
from wslgo.provision.record import plan_from, text_to_json, to_json
from wslgo.provision.step import Plan
from wslgo.provision.toolchain.trouble import CancelledError

DONE = "done"
FAILED = "failed"  # to be tried again
REFUSED = "refused"  # to be planned anew: the machine is another one than was looked at
STOPPED = "stopped"  # somebody said stop: it is neither done nor failed, and no line says so
UNDONE = "undone"

# What a deed made; see the modules that do them.
WROTE, MADE, SWITCHED, INSTALLED, SETTLED, MOVED, RAN, PACKAGES = (
    "wrote", "made", "switched", "installed", "settled", "moved", "ran", "packages",
)  # fmt: skip

FOREIGN = Message(en="{path} belongs to somebody else", zh="{path} 属于其他用户")

_LINES = "ledger.jsonl"
_LOCK = "lock"
_AGAIN = 0.1  # seconds between two tries to lock


class Deed(NamedTuple):
    """Something that a step was about to make; `facts` say enough to recognise and to take it back."""

    number: int
    step: int
    kind: str
    facts: Mapping[str, Any]


class Run(NamedTuple):
    """A plan that somebody agreed to, and what has come of it. `ends` has what became of the steps that have ended."""

    id: str
    root: str
    user: str
    plan: Plan
    ends: Mapping[int, str] = {}
    deeds: tuple[Deed, ...] = ()
    undone: frozenset[int] = frozenset()
    is_undone: bool = False

    @property
    def is_unfinished(self) -> bool:
        """Whether a step of it is still to be done."""
        return not self.is_undone and any(
            self.ends.get(number) not in (DONE, REFUSED) for number in range(len(self.plan.steps))
        )

    def made(self, kind: str, **facts: object) -> Deed | None:
        """The deed of a kind in which these facts hold."""
        deeds = (one for one in self.deeds if one.kind == kind and one.number not in self.undone)
        return next((one for one in deeds if facts.items() <= one.facts.items()), None)


class Ledger:
    """The ledger in a folder of this user's. `step` hears of every line: tests end the process there."""

    def __init__(self, folder: Path, step: Callable[[str], None] = lambda _: None) -> None:
        self.folder = folder
        self._step = step

    @contextlib.contextmanager
    def alone(self, waits: Callable[[], None], cancelled: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Alone with all runs; `waits` is called if another one is under way. The kernel opens the lock of the dead.

        Raises CancelledError where somebody has `cancelled` the waiting.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.folder.stat().st_uid != os.geteuid():
            words = FOREIGN(path=str(self.folder)).render()
            raise PermissionError(errno.EPERM, words, str(self.folder))
        descriptor = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if not _is_locked(descriptor):
                waits()
                while not _is_locked(descriptor):
                    if cancelled():
                        raise CancelledError
                    time.sleep(_AGAIN)
            yield
        finally:
            os.close(descriptor)

    # Writing

    def begin(self, root: str, user: str, plan: Plan) -> str:
        """A new run; its id."""
        number, moment = numbered()
        self._note(number, version=1, time=moment, root=root, user=user, plan=to_json(plan), digest=plan.digest)
        return number

    def begin_step(self, run: str, step: int) -> None:
        self._note(run, step=step, begins=True)

    def end_step(self, run: str, step: int, end: str, problem: Text | None = None) -> None:
        self._note(run, step=step, end=end, problem=text_to_json(problem) if problem else None)

    def deed(self, run: str, step: int, kind: str, **facts: object) -> None:
        """What is about to be made."""
        self._note(run, step=step, deed=kind, facts=facts)

    def undo(self, run: str, deed: Deed) -> None:
        """That a deed was taken back."""
        self._note(run, undone=deed.number)

    def end_undo(self, run: str) -> None:
        """That all of a run was taken back which could be."""
        self._note(run, end=UNDONE)

    def _note(self, run: str, **said: object) -> None:
        jsonlines.append(self.folder / _LINES, {"run": run, **said})
        self._step(next(iter(said)))

    # Reading

    def runs(self) -> list[Run]:
        """All runs, the oldest first."""
        found: dict[str, Run] = {}
        for said in jsonlines.read(self.folder / _LINES):
            with contextlib.suppress(ValueError, TypeError, KeyError):
                run = _after(found.get(said["run"]), said)
                found[run.id] = run
        return list(found.values())

    def run(self, number: str) -> Run:
        """One run as it stands."""
        return next(one for one in self.runs() if one.id == number)

    def last(self, root: str, user: str) -> Run | None:
        """The newest run on a machine for a user that stands."""
        runs = (one for one in self.runs() if (one.root, one.user) == (root, user))
        return next((one for one in reversed(list(runs)) if not one.is_undone), None)


def ledger_of(environment: Mapping[str, str]) -> Path:
    """Where the ledger of a user lies: beside the journal."""
    return folder_of(environment).with_name("provision")


def _is_locked(descriptor: int) -> bool:
    """Whether the lock is ours now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _after(run: Run | None, said: Mapping[str, Any]) -> Run:
    """A run after one more line about it."""
    if "plan" in said:
        plan = plan_from(said["plan"])
        if plan.digest != said["digest"]:
            raise ValueError(said["digest"])
        return Run(said["run"], said["root"], said["user"], plan)
    if run is None:
        raise KeyError(said["run"])
    if "deed" in said:
        deed = Deed(len(run.deeds), said["step"], said["deed"], said["facts"])
        return run._replace(deeds=(*run.deeds, deed))
    if "undone" in said:
        return run._replace(undone=run.undone | {said["undone"]})
    if "step" in said:
        return run._replace(ends={**run.ends, said["step"]: said["end"]}) if "end" in said else run
    return run._replace(is_undone=said["end"] == UNDONE)
