"""Root's part of an undo: shown before the prompt, then applied exactly as shown."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from wslgo.provision.apply import root_script
from wslgo.provision.apply.context import CHANGED, DriftError, RunContext
from wslgo.provision.apply.ledger import MADE, RAN, ActionRecord, Run
from wslgo.provision.apply.reversal import (
    MISFIT,
    REMOVED,
    RESTORED,
    WHO,
    Reversal,
    actions_of,
    backwards,
    blocked_reversal,
    fits,
    is_roots,
    note_undone,
    place_of,
)
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.apply.undo_file import check_answered, check_fits, is_of_write, planned_writes, standing_writes
from wslgo.provision.apply.undo_notes import unrecorded_writes
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import ROOT, Action, Plan, RunFixed, WriteFile
from wslgo.system import as_root
from wslgo.system.journal import content, is_original, is_result
from wslgo.system.journal_lines import JournalEntry
from wslgo.text.message import Message, Text

IF_EMPTY = Message(en="{path} is removed if it is empty", zh="{path} 为空时将被删除")
AS_BEFORE = Message(en="Restore the state before this run", zh="恢复到此次运行之前的状态")
UNNOTED = Message(
    en="{path} stays: root has no record that this run wrote it. Edit it as root as this diff shows, then undo again",
    zh="{path} 保持不变：root 没有此次运行写入过它的记录。请以 root 身份按此差异编辑，然后再次撤销",
)


class Asked(NamedTuple):
    """An order for root that undoes an action.

    A write has a `place`, its bytes `now`, those `then`, and the journal entry that it undoes.
    """

    record: ActionRecord
    order: root_script.Order
    place: Path | None = None
    now: bytes | None = None
    then: bytes | None = None
    undoes: JournalEntry | None = None


class RootsPart(NamedTuple):
    """The orders for root in an undo.

    It is shown, confirmed, and then applied from this value, which no other program can change. `back` are writes that
    the user has undone already.
    """

    asked: tuple[Asked, ...] = ()
    blocked: tuple[Reversal, ...] = ()
    back: tuple[tuple[ActionRecord, tuple[JournalEntry, ...]], ...] = ()

    def plan(self, run: Run) -> Plan:
        """Return all of it as steps with their diffs."""
        steps: dict[int, list[Action]] = {asked.record.step: [] for asked in self.asked}
        folders: dict[int, list[Text]] = {number: [] for number in steps}
        for asked in self.asked:
            if asked.place is not None:
                steps[asked.record.step].append(WriteFile(str(asked.place), asked.now, asked.then, ROOT))
            elif asked.record.kind == RAN:
                steps[asked.record.step].append(RunFixed(tuple(asked.record.facts["name"].split())))
            else:
                folders[asked.record.step].append(IF_EMPTY(path=asked.record.facts["path"]))
        return Plan(
            tuple(
                run.plan.steps[number]._replace(
                    reason=AS_BEFORE(), actions=tuple(actions), after=(), warnings=tuple(folders[number])
                )
                for number, actions in steps.items()
            )
        )


def roots_part(run: Run, context: RunContext) -> RootsPart:
    """Compute root's part of an undo, without writing anything."""
    asked: list[Asked] = []
    blocked: list[Reversal] = []
    back: list[tuple[ActionRecord, tuple[JournalEntry, ...]]] = []
    held: dict[Path, bytes | None] = {}
    for record in (*unrecorded_writes(run, context), *backwards(run)):
        if is_roots(record, run, context):
            try:
                orders, entries = _orders(record, StepRun(context, run, record.step), held)
                asked += orders
                back += [] if orders else [(record, entries)]
            except Exception as error:  # noqa: BLE001 - as in `undo`
                blocked.append(blocked_reversal(record, error))
    return RootsPart(tuple(asked), tuple(blocked), tuple(back))


def batches(part: Sequence[Asked]) -> Iterator[list[Asked]]:
    """Yield the orders that root follows together: the earlier of two writes to a file waits for the later one."""
    batch: list[Asked] = []
    for asked in part:
        if asked.place is not None and any(other.place == asked.place for other in batch):
            yield batch
            batch = []
        batch.append(asked)
    if batch:
        yield batch


def _orders(
    record: ActionRecord, step_run: StepRun, held: dict[Path, bytes | None]
) -> tuple[list[Asked], tuple[JournalEntry, ...]]:
    """Return the orders for an action, or the writes that the user has undone already.

    `held` has the content of files after the earlier orders. Raises ProvisionError or OSError if the plan does not
    match.
    """
    if not fits(record, step_run):
        raise ProvisionError(MISFIT(place=place_of(record), actions=actions_of(step_run)))
    if record.kind == MADE:
        return [
            Asked(record, root_script.Order(record.step, root_script.remove_folder_order(record.facts["path"])))
        ], ()
    if record.kind == RAN:
        return [Asked(record, root_script.Order(record.step, root_script.again_order(record.facts["name"])))], ()
    place = Path(record.facts["path"])
    if not planned_writes(str(place), step_run):
        raise ProvisionError(MISFIT(place=str(place), actions=actions_of(step_run)))
    standing = standing_writes(str(place), step_run) if place not in held else []
    check_fits(standing, step_run.recorded_place(record, follows=True), str(place), step_run)
    now = held.setdefault(place, content(place))
    if standing and is_original(standing[-1], now):
        return [], tuple(standing)
    if not standing and now == content(place):
        check_answered(record, step_run.recorded_place(record, follows=True), step_run)
    asked: list[Asked] = []
    for entry in standing:
        then = _noted_before(entry, place, now, step_run)
        order = root_script.Order(record.step, root_script.undo_order(place, now, then))
        asked.append(Asked(record, order, place, now, then, entry))
        now = held[place] = then
    return asked, ()


def _noted_before(entry: JournalEntry, place: Path, now: bytes | None, step_run: StepRun) -> bytes | None:
    """Return the old content of a file of root. Raises DriftError if it was edited since: root does not merge."""
    if not is_result(entry, now):
        raise DriftError(str(place), step_run.context.journal.bytes_after(entry), now)
    before = [write.before for write in planned_writes(str(place), step_run) if is_of_write(entry, write)]
    return before[0]


def put_back(part: RootsPart, run: Run, context: RunContext) -> Iterator[Reversal]:
    for record, entries in part.back:
        for entry in entries:
            context.journal.note_undone(entry, WHO)
        note_undone(record, run, context)
        yield Reversal(record)


def by_root(batch: list[Asked], run: Run, context: RunContext) -> Iterator[Reversal]:
    begun: list[Asked] = []
    for asked in batch:
        try:
            begun.append(_begin(asked, context))
        except Exception as error:  # noqa: BLE001 - as in `undo`
            yield blocked_reversal(asked.record, error)
    performed = root_script.perform([asked.order for asked in begun], run, context, root_script.UNDONE)
    for number, asked in enumerate(begun):
        if number in performed.done:
            note_undone(asked.record, run, context)
            text = REMOVED if asked.then is None else RESTORED
            yield Reversal(
                asked.record, text(path=asked.record.facts["path"]) if "path" in asked.record.facts else None
            )
        elif number in performed.left:
            message = UNNOTED if performed.left[number] == as_root.UNNOTED else CHANGED
            yield blocked_reversal(asked.record, DriftError(str(asked.place), asked.now, asked.then, message))
        else:
            yield Reversal(asked.record, problem=performed.problem)


def _begin(asked: Asked, context: RunContext) -> Asked:
    """Begin the write in the journal, and return the order with its entry."""
    if asked.place is None or asked.undoes is None:
        return asked
    access = asked.undoes.before.access if asked.undoes.before and asked.now is None else None
    undoes = asked.undoes.id
    entry = context.journal.begin(asked.place, asked.then, WHO, expected=asked.now, access=access, undoes=undoes)
    return asked._replace(order=asked.order._replace(entry=entry))
