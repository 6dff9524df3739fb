"""The ledger of provisioning runs: the plan, each step, and each action before it starts.

If the process dies between two lines, the state on disk tells which actions completed. Bytes of files are in the
journal of all writes; the ledger has everything else a run makes: folders, links, toolchains, moves. Its lines are
checked when they are read: other programs of the user can write here too, and a line that does not fit is skipped and
reported.
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
REFUSED = "refused"  # to be planned again: the machine is not as the plan expects
_ENDS = (DONE, FAILED, REFUSED)
STOPPED = "stopped"  # cancelled: neither done nor failed; the ledger has no line for it
UNDONE = "undone"

# The kinds of actions; see the modules that perform them.
WROTE, MADE, SWITCHED, INSTALLED, SETTLED, MOVED, COPIED, REPLICATED, RAN, PACKAGES = (
    "wrote", "made", "switched", "installed", "settled", "moved", "copied", "replicated", "ran", "packages",
)  # fmt: skip

# The facts in the record of each kind, and those that it may have.
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
    REPLICATED: {"source": jsonlines.path, "target": jsonlines.path},
    COPIED: {"path": jsonlines.path, "number": jsonlines.numbers(1, 0, _FILE)},
    RAN: {"name": jsonlines.text},
    PACKAGES: {"names": jsonlines.texts},
}
_MORE: Mapping[str, Callable[[object], object]] = {
    "was": jsonlines.optional(jsonlines.text),
    "archive": jsonlines.text,  # the digest of the archive of a toolchain
    "content": jsonlines.text,  # the hash of all files of a toolchain
    "module": jsonlines.text,  # the hash of the module of a tool
    "number": jsonlines.numbers(1, 0, _FILE),
    "empty": jsonlines.numbers(3, 0, _USER),
}

FOREIGN = Message(en="{path} is owned by another user", zh="{path} 属于其他用户")

_LINES = "ledger.jsonl"
_LOCK = "lock"


class ActionRecord(NamedTuple):
    """An action that a step was about to perform, with `facts` to recognise and undo it."""

    number: int
    step: int
    kind: str
    facts: Mapping[str, Any]


class Run(NamedTuple):
    """A confirmed plan and its progress; `ends` has the result of each step that has ended.

    `time` is when it began, and `by` the user who ran it; "" if the ledger does not tell.
    """

    id: str
    root: str
    user: str
    plan: Plan
    ends: Mapping[int, str] = {}
    records: tuple[ActionRecord, ...] = ()
    undone: frozenset[int] = frozenset()
    is_undone: bool = False
    time: str = ""
    by: str = ""

    @property
    def is_unfinished(self) -> bool:
        """True if a step of the run is still to be applied."""
        return not self.is_undone and any(
            self.ends.get(number) not in (DONE, REFUSED) for number in range(len(self.plan.steps))
        )

    def record_of(self, kind: str, **facts: object) -> ActionRecord | None:
        """Return the record of a kind with these facts, unless it was undone."""
        records = (record for record in self.records if record.kind == kind and record.number not in self.undone)
        return next((record for record in records if facts.items() <= record.facts.items()), None)


class Notes(NamedTuple):
    """The content of a ledger: the runs, the oldest first.

    `strange` are the numbers of the lines that cannot be read. `lost` has the records of runs whose plan is missing,
    unless a line records that they were undone.
    """

    runs: tuple[Run, ...]
    strange: tuple[int, ...]
    lost: Mapping[str, tuple[ActionRecord, ...]]


class Ledger:
    """The ledger in a folder of this user; `step` is called for every line, for tests."""

    def __init__(self, folder: Path, step: Callable[[str], None] = lambda _: None) -> None:
        self.folder = folder
        self._step = step

    @contextlib.contextmanager
    def lock(self, waits: Callable[[], None], cancelled: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Hold the lock of all runs; `waits` is called if another run holds it. It ends with its process.

        Raises CancelledError if the wait is `cancelled`.
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

    def begin(self, root: str, user: str, plan: Plan) -> Run:
        """Record a new run of the plan that was shown, and return it without reading the file again."""
        number, moment = new_id_and_time()
        by = _own_name()
        check = _check(number, root, user)
        facts = {"version": 1, "time": moment, "root": root, "user": user, "by": by, "check": check}
        self._note(number, **facts, plan=to_json(plan), digest=plan.digest)
        return Run(number, root, user, plan, time=moment, by=by)

    def begin_step(self, run: str, step: int) -> None:
        self._note(run, step=step, begins=True)

    def end_step(self, run: str, step: int, end: str, problem: Text | None = None) -> None:
        self._note(run, step=step, end=end, problem=text_to_json(problem) if problem else None)

    def record(self, run: str, step: int, kind: str, **facts: object) -> None:
        """Record an action that is about to start."""
        self._note(run, step=step, deed=kind, facts=facts)

    def undo(self, run: str, record: ActionRecord) -> None:
        """Record that an action was undone."""
        self._note(run, undone=[record.step, record.kind, record.facts])

    def end_undo(self, run: str) -> None:
        """Record that everything in a run was undone that could be."""
        self._note(run, end=UNDONE)

    def _note(self, run: str, **fields: object) -> None:
        jsonlines.append(self.lines, {"run": run, **fields})
        self._step(next(iter(fields)))

    # Reading

    @property
    def lines(self) -> Path:
        """The path of its file."""
        return self.folder / _LINES

    def read(self) -> Notes:
        """Read all lines that can be understood."""
        found: dict[str, Run] = {}
        strange: list[int] = []
        lost: dict[str, tuple[ActionRecord, ...]] = {}
        for line in jsonlines.read(self.lines):
            fields = line.value or {}
            try:
                run = _after(found.get(fields["run"]), fields)
                found[run.id] = run
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                strange.append(line.number)
                _lose(fields, lost)
        return Notes(tuple(found.values()), tuple(strange), {run: lost[run] for run in lost.keys() - found.keys()})

    def runs(self) -> list[Run]:
        """Return all runs, the oldest first."""
        return list(self.read().runs)

    def run(self, number: str) -> Run:
        """Return one run as recorded now."""
        return next(run for run in self.runs() if run.id == number)

    def last(self, root: str, user: str) -> Run | None:
        """Return the newest run on a machine for a user that was not undone."""
        runs = (run for run in self.runs() if (run.root, run.user) == (root, user))
        return next((run for run in reversed(list(runs)) if not run.is_undone), None)


def ledger_of(environment: Mapping[str, str]) -> Path:
    """Return the folder of a user's ledger, beside the journal."""
    return folder_of(environment).with_name("provision")


def _after(run: Run | None, fields: Mapping[str, Any]) -> Run:
    """Return a run after one more line. Raises ValueError, TypeError or KeyError if the line does not fit."""
    if "plan" in fields:
        if run is not None:
            raise ValueError("a second plan")
        plan = plan_from(fields["plan"])
        if plan.digest != fields["digest"]:
            raise ValueError(fields["digest"])
        time, by = (jsonlines.text(fields.get(name, "")) for name in ("time", "by"))
        known = jsonlines.text(fields["run"]), jsonlines.path(fields["root"]), jsonlines.text(fields["user"])
        run = Run(*known, plan, time=time, by=by)
        if fields.get("check", "") not in ("", _check(run.id, run.root, run.user)):
            raise ValueError(fields["check"])
        return run
    if run is None:
        raise KeyError(fields["run"])
    if "deed" in fields:
        return run._replace(records=(*run.records, _record(run, fields)))
    if "undone" in fields:
        return run._replace(undone=run.undone | _undone_numbers(run, fields["undone"]))
    if "step" in fields:
        step = _step(run, fields["step"])
        return run._replace(ends={**run.ends, step: _one_of(_ENDS, fields["end"])}) if "end" in fields else run
    return run._replace(is_undone=_one_of((UNDONE,), fields["end"]) == UNDONE)


def _own_name() -> str:
    """Return the name of the user of this process."""
    import pwd  # few lines need it

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def _check(run: str, root: str, user: str) -> str:
    """Return a hash that shows whether a line was damaged by the disk or another program."""
    return digest("\n".join((run, root, user)).encode("utf-8", "surrogateescape"))


def _lose(fields: Mapping[str, Any], lost: dict[str, tuple[ActionRecord, ...]]) -> None:
    """Add a line of a run without a plan to the lost ones, until a line records that the run was undone."""
    run = fields.get("run")
    if not isinstance(run, str):
        return
    if fields.get("end") == UNDONE:
        lost.pop(run, None)
        return
    records = lost.setdefault(run, ())
    with contextlib.suppress(ValueError, TypeError, KeyError):
        lost[run] = (*records, ActionRecord(len(records), 0, *_facts(fields)))


def _step(run: Run, value: object) -> int:
    return jsonlines.number(value, 0, len(run.plan.steps) - 1)


def _one_of(values: tuple[str, ...], value: object) -> str:
    if value not in values:
        raise ValueError(f"not one of {values}")
    return str(value)


def _record(run: Run, fields: Mapping[str, Any]) -> ActionRecord:
    return ActionRecord(len(run.records), _step(run, fields["step"]), *_facts(fields))


def _facts(fields: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the kind of a record and its checked facts; those of a kind from a later wslgo can be anything."""
    kind, facts = jsonlines.text(fields["deed"]), fields["facts"]
    may = {name: read for name, read in _MORE.items() if name in facts}
    for name, read in {**_FACTS.get(kind, {}), **may}.items():
        read(facts[name])
    return kind, dict(facts)


def _undone_numbers(run: Run, value: object) -> set[int]:
    """Return the records that a line undoes; it repeats them in full, so a lost line cannot shift their numbers."""
    if isinstance(value, int):  # as it was before
        return {value}
    return {record.number for record in run.records if [record.step, record.kind, record.facts] == value}
