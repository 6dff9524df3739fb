"""Root's part of an undo: worked out before the question, shown, and then done from here alone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from wslgo.provision.apply import root_script
from wslgo.provision.apply.context import CHANGED, DriftError, RunContext
from wslgo.provision.apply.ledger import MADE, RAN, Deed, Run
from wslgo.provision.apply.reversal import (
    MISFIT,
    REMOVED,
    RESTORED,
    WHO,
    Reversal,
    actions_of,
    backwards,
    barred_way,
    fits,
    is_roots,
    note_undone,
    place_of,
)
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.apply.undo_file import check_answered, check_fits, is_of_write, planned_writes, standing_writes
from wslgo.provision.apply.undo_notes import unnoted
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import ROOT, Action, Plan, RunFixed, WriteFile
from wslgo.system import as_root
from wslgo.system.journal import content, is_original, is_result
from wslgo.system.journal_lines import JournalEntry
from wslgo.text.message import Message, Text

IF_EMPTY = Message(en="{path} is removed if it is empty", zh="{path} 为空时将被删除")
AS_BEFORE = Message(en="As it was before this run", zh="恢复到此次运行之前的状态")
UNNOTED = Message(
    en="{path} stays: root has no note that it wrote this for the plan of this run. As root, edit it as this diff"
    " shows, then undo again",
    zh="{path} 保持不变：root 没有为此次运行的计划写入过它的记录。请以 root 身份按此差异编辑，然后再次撤销",
)


class Asked(NamedTuple):
    """An order for root, for a deed. What is written again has a `place`, what is there `now`, what will be `then`, and
    the write that this undoes."""

    deed: Deed
    order: root_script.Order
    place: Path | None = None
    now: bytes | None = None
    then: bytes | None = None
    undoes: JournalEntry | None = None


class RootsPart(NamedTuple):
    """What root is asked for in an undo: it is shown, agreed to, and then done from here and from nothing that another
    program could have written meanwhile. `back` are writes that somebody has put back."""

    asked: tuple[Asked, ...] = ()
    barred: tuple[Reversal, ...] = ()
    back: tuple[tuple[Deed, tuple[JournalEntry, ...]], ...] = ()

    def plan(self, run: Run) -> Plan:
        """All of it as steps with their diffs."""
        steps: dict[int, list[Action]] = {asked.deed.step: [] for asked in self.asked}
        folders: dict[int, list[Text]] = {number: [] for number in steps}
        for asked in self.asked:
            if asked.place is not None:
                steps[asked.deed.step].append(WriteFile(str(asked.place), asked.now, asked.then, ROOT))
            elif asked.deed.kind == RAN:
                steps[asked.deed.step].append(RunFixed(tuple(asked.deed.facts["name"].split())))
            else:
                folders[asked.deed.step].append(IF_EMPTY(path=asked.deed.facts["path"]))
        return Plan(
            tuple(
                run.plan.steps[number]._replace(
                    reason=AS_BEFORE(), actions=tuple(actions), after=(), warnings=tuple(folders[number])
                )
                for number, actions in steps.items()
            )
        )


def roots_part(run: Run, context: RunContext) -> RootsPart:
    """What of an undo is root's. Nothing is written."""
    asked: list[Asked] = []
    barred: list[Reversal] = []
    back: list[tuple[Deed, tuple[JournalEntry, ...]]] = []
    held: dict[Path, bytes | None] = {}
    for deed in (*unnoted(run, context), *backwards(run)):
        if is_roots(deed, run, context):
            try:
                orders, entries = _orders(deed, StepRun(context, run, deed.step), held)
                asked += orders
                back += [] if orders else [(deed, entries)]
            except Exception as error:  # noqa: BLE001 - as in `undo`
                barred.append(barred_way(deed, error))
    return RootsPart(tuple(asked), tuple(barred), tuple(back))


def batches(part: Sequence[Asked]) -> Iterator[list[Asked]]:
    """What root takes back at once: of a file that was written twice the earlier write waits for the later one."""
    batch: list[Asked] = []
    for asked in part:
        if asked.place is not None and any(one.place == asked.place for one in batch):
            yield batch
            batch = []
        batch.append(asked)
    if batch:
        yield batch


def _orders(deed: Deed, at: StepRun, held: dict[Path, bytes | None]) -> tuple[list[Asked], tuple[JournalEntry, ...]]:
    """The orders for a deed, or else the writes that somebody has put back. `held` is what files hold after those that
    came before it. Raises ProvisionError or OSError for what the plan does not say."""
    if not fits(deed, at):
        raise ProvisionError(MISFIT(place=place_of(deed), actions=actions_of(at)))
    if deed.kind == MADE:
        return [Asked(deed, root_script.Order(deed.step, root_script.remove_folder_order(deed.facts["path"])))], ()
    if deed.kind == RAN:
        return [Asked(deed, root_script.Order(deed.step, root_script.again_order(deed.facts["name"])))], ()
    place = Path(deed.facts["path"])
    if not planned_writes(str(place), at):
        raise ProvisionError(MISFIT(place=str(place), actions=actions_of(at)))
    standing = standing_writes(str(place), at) if place not in held else []
    check_fits(standing, at.noted(deed, follows=True), str(place), at)
    now = held.setdefault(place, content(place))
    if standing and is_original(standing[-1], now):
        return [], tuple(standing)
    if not standing and now == content(place):
        check_answered(deed, at.noted(deed, follows=True), at)
    asked: list[Asked] = []
    for entry in standing:
        then = _noted_before(entry, place, now, at)
        order = root_script.Order(deed.step, root_script.undo_order(place, now, then))
        asked.append(Asked(deed, order, place, now, then, entry))
        now = held[place] = then
    return asked, ()


def _noted_before(entry: JournalEntry, place: Path, now: bytes | None, at: StepRun) -> bytes | None:
    """What a file of root's was. Raises DriftError where it is not what root made of it: root merges nothing."""
    if not is_result(entry, now):
        raise DriftError(str(place), at.context.journal.bytes_after(entry), now)
    before = [write.before for write in planned_writes(str(place), at) if is_of_write(entry, write)]
    return before[0]


def put_back(part: RootsPart, run: Run, context: RunContext) -> Iterator[Reversal]:
    for deed, entries in part.back:
        for entry in entries:
            context.journal.note_undone(entry, WHO)
        note_undone(deed, run, context)
        yield Reversal(deed)


def by_root(batch: list[Asked], run: Run, context: RunContext) -> Iterator[Reversal]:
    begun: list[Asked] = []
    for asked in batch:
        try:
            begun.append(_begun(asked, context))
        except Exception as error:  # noqa: BLE001 - as in `undo`
            yield barred_way(asked.deed, error)
    performed = root_script.perform([asked.order for asked in begun], run, context, root_script.UNDONE)
    for number, asked in enumerate(begun):
        if number in performed.done:
            note_undone(asked.deed, run, context)
            text = REMOVED if asked.then is None else RESTORED
            yield Reversal(asked.deed, text(path=asked.deed.facts["path"]) if "path" in asked.deed.facts else None)
        elif number in performed.left:
            message = UNNOTED if performed.left[number] == as_root.UNNOTED else CHANGED
            yield barred_way(asked.deed, DriftError(str(asked.place), asked.now, asked.then, message))
        else:
            yield Reversal(asked.deed, problem=performed.problem)


def _begun(asked: Asked, context: RunContext) -> Asked:
    """The same, with its write begun in the journal."""
    if asked.place is None or asked.undoes is None:
        return asked
    access = asked.undoes.before.access if asked.undoes.before and asked.now is None else None
    undoes = asked.undoes.id
    entry = context.journal.begin(asked.place, asked.then, WHO, expected=asked.now, access=access, undoes=undoes)
    return asked._replace(order=asked.order._replace(entry=entry))
