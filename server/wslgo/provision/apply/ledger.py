"""The runs of provisioning: what was agreed to, a line before and after each step, and each deed before it is done.

Whoever is killed between two lines leaves the answer on the disk, where every deed can be recognised. Bytes of files
are in the journal of all writes; here stands what a run has made beside: folders, links, toolchains, moves. What is
read is checked: other programs of the user can write here, too, and a line that does not fit is passed over and told.
"""

import contextlib
import errno
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from wslgo.provision.errors import CancelledError
from wslgo.provision.model.plan_json import plan_from, to_json
from wslgo.provision.model.step import Plan
from wslgo.syntax.json.record import text_to_json
from wslgo.system import jsonlines, lock
from wslgo.system.journal import folder_of
from wslgo.system.journal_lines import digest, new_id_and_time
from wslgo.text.message import Message, Text

DONE = "done"
FAILED = "failed"  # to be tried again
REFUSED = "refused"  # to be planned anew: the machine is another one than was looked at
_ENDS = (DONE, FAILED, REFUSED)
STOPPED = "stopped"  # somebody said stop: it is neither done nor failed, and no line says so
UNDONE = "undone"

# What a deed made; see the modules that do them.
WROTE, MADE, SWITCHED, INSTALLED, SETTLED, MOVED, COPIED, RAN, PACKAGES = (
    "wrote", "made", "switched", "installed", "settled", "moved", "copied", "ran", "packages",
)  # fmt: skip

# The facts that a deed of each kind has, and those that it may have.
_USER = (1 << 32) - 2  # the last one means none
_MOST = 1 << 63
_FILE = (1 << 64) - 1
_FACTS: Mapping[str, Mapping[str, Callable[[object], object]]] = {
    WROTE: {"path": jsonlines.path},
    MADE: {"path": jsonlines.path},
    SWITCHED: {
        "path": jsonlines.path,
        "before": jsonlines.optional(jsonlines.target),
        "target": jsonlines.target,
        "owner": jsonlines.optional(jsonlines.numbers(2, 0, _USER)),
    },
    INSTALLED: {"path": jsonlines.path, "version": jsonlines.text},
    SETTLED: {"path": jsonlines.path, "version": jsonlines.text, "state": jsonlines.numbers(2, -_MOST, _MOST)},
    MOVED: {"source": jsonlines.path, "target": jsonlines.path},
    COPIED: {"path": jsonlines.path, "number": jsonlines.numbers(1, 0, _FILE)},
    RAN: {"name": jsonlines.text},
    PACKAGES: {"names": jsonlines.texts},
}
_MORE: Mapping[str, Callable[[object], object]] = {
    "was": jsonlines.optional(jsonlines.text),
    "number": jsonlines.numbers(1, 0, _FILE),
    "empty": jsonlines.numbers(3, 0, _USER),
}

FOREIGN = Message(en="{path} belongs to somebody else", zh="{path} 属于其他用户")

_LINES = "ledger.jsonl"
_LOCK = "lock"


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


class Notes(NamedTuple):
    """What a ledger says: the runs, the oldest first; the numbers of the lines that cannot be understood; and the deeds
    of runs whose plan is in none of the others, unless a line says that they were undone."""

    runs: tuple[Run, ...]
    strange: tuple[int, ...]
    lost: Mapping[str, tuple[Deed, ...]]


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
        descriptor = lock.acquire(self.folder / _LOCK, waits, cancelled)
        if descriptor is None:
            raise CancelledError
        try:
            yield
        finally:
            os.close(descriptor)

    # Writing

    def begin(self, root: str, user: str, plan: Plan) -> str:
        """A new run; its id."""
        number, moment = new_id_and_time()
        check = _check(number, root, user)
        said = {"version": 1, "time": moment, "root": root, "user": user, "check": check}
        self._note(number, **said, plan=to_json(plan), digest=plan.digest)
        return number

    def begun(self, root: str, user: str, plan: Plan) -> Run:
        """A new run, of the plan that was shown: nothing is read again that another program could have written."""
        return Run(self.begin(root, user, plan), root, user, plan)

    def begin_step(self, run: str, step: int) -> None:
        self._note(run, step=step, begins=True)

    def end_step(self, run: str, step: int, end: str, problem: Text | None = None) -> None:
        self._note(run, step=step, end=end, problem=text_to_json(problem) if problem else None)

    def deed(self, run: str, step: int, kind: str, **facts: object) -> None:
        """What is about to be made."""
        self._note(run, step=step, deed=kind, facts=facts)

    def undo(self, run: str, deed: Deed) -> None:
        """That a deed was taken back."""
        self._note(run, undone=[deed.step, deed.kind, deed.facts])

    def end_undo(self, run: str) -> None:
        """That all of a run was taken back which could be."""
        self._note(run, end=UNDONE)

    def _note(self, run: str, **said: object) -> None:
        jsonlines.append(self.lines, {"run": run, **said})
        self._step(next(iter(said)))

    # Reading

    @property
    def lines(self) -> Path:
        """The file of its lines."""
        return self.folder / _LINES

    def read(self) -> Notes:
        """All that can be understood of it."""
        found: dict[str, Run] = {}
        strange: list[int] = []
        lost: dict[str, tuple[Deed, ...]] = {}
        for line in jsonlines.read(self.lines):
            said = line.value or {}
            try:
                run = _after(found.get(said["run"]), said)
                found[run.id] = run
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                strange.append(line.number)
                _lose(said, lost)
        return Notes(tuple(found.values()), tuple(strange), {run: lost[run] for run in lost.keys() - found.keys()})

    def runs(self) -> list[Run]:
        """All runs, the oldest first."""
        return list(self.read().runs)

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


def _after(run: Run | None, said: Mapping[str, Any]) -> Run:
    """A run after one more line about it. Raises ValueError, TypeError or KeyError for one that does not fit."""
    if "plan" in said:
        if run is not None:
            raise ValueError("a second plan")
        plan = plan_from(said["plan"])
        if plan.digest != said["digest"]:
            raise ValueError(said["digest"])
        run = Run(jsonlines.text(said["run"]), jsonlines.path(said["root"]), jsonlines.text(said["user"]), plan)
        if said.get("check", "") not in ("", _check(run.id, run.root, run.user)):
            raise ValueError(said["check"])
        return run
    if run is None:
        raise KeyError(said["run"])
    if "deed" in said:
        return run._replace(deeds=(*run.deeds, _deed(run, said)))
    if "undone" in said:
        return run._replace(undone=run.undone | _undone(run, said["undone"]))
    if "step" in said:
        step = _step(run, said["step"])
        return run._replace(ends={**run.ends, step: _one_of(_ENDS, said["end"])}) if "end" in said else run
    return run._replace(is_undone=_one_of((UNDONE,), said["end"]) == UNDONE)


def _check(run: str, root: str, user: str) -> str:
    """A hash by which a line is known that a disk or another program has damaged."""
    return digest("\n".join((run, root, user)).encode("utf-8", "surrogateescape"))


def _lose(said: Mapping[str, Any], lost: dict[str, tuple[Deed, ...]]) -> None:
    """Add a line about a run that is not known to those of its kind, until one says that the run was undone."""
    run = said.get("run")
    if not isinstance(run, str):
        return
    if said.get("end") == UNDONE:
        lost.pop(run, None)
        return
    deeds = lost.setdefault(run, ())
    with contextlib.suppress(ValueError, TypeError, KeyError):
        lost[run] = (*deeds, Deed(len(deeds), 0, *_facts(said)))


def _step(run: Run, value: object) -> int:
    return jsonlines.number(value, 0, len(run.plan.steps) - 1)


def _one_of(values: tuple[str, ...], value: object) -> str:
    if value not in values:
        raise ValueError(f"not one of {values}")
    return str(value)


def _deed(run: Run, said: Mapping[str, Any]) -> Deed:
    return Deed(len(run.deeds), _step(run, said["step"]), *_facts(said))


def _facts(said: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The kind of a deed, and its facts, which are what they should be; those of a later wslgo can be anything."""
    kind, facts = jsonlines.text(said["deed"]), said["facts"]
    may = {name: read for name, read in _MORE.items() if name in facts}
    for name, read in {**_FACTS.get(kind, {}), **may}.items():
        read(facts[name])
    return kind, dict(facts)


def _undone(run: Run, value: object) -> set[int]:
    """The deeds that a line is about. It repeats what they say, so that no line that is lost makes it another one's."""
    if isinstance(value, int):  # as it was before
        return {value}
    return {deed.number for deed in run.deeds if [deed.step, deed.kind, deed.facts] == value}
