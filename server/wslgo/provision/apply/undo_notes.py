"""Damaged ledgers and journals: actions of a run whose record is lost."""

from collections.abc import Iterator

from wslgo.provision.apply.context import RunContext, who
from wslgo.provision.apply.ledger import DONE, INSTALLED, MOVED, SETTLED, SWITCHED, WROTE, ActionRecord, Ledger, Run
from wslgo.provision.apply.reversal import Reversal
from wslgo.provision.apply.undo_file import writes_to
from wslgo.provision.errors import problem_of
from wslgo.provision.model.step import Action, GoInstall, InstallToolchain, MoveFolder, Switch, WriteFile
from wslgo.provision.report.text import in_one_line
from wslgo.provision.toolchain.install import is_complete
from wslgo.system import jsonlines
from wslgo.system.journal import Journal, content, undoable_writes
from wslgo.system.walk import place_of
from wslgo.text.message import Message

NOT_NOTED = Message(
    en="This run may have done this, but its record cannot be read: {action}. Undo it yourself",
    zh="此次运行可能执行了该操作，但其记录无法读取：{action}。请自行撤销",
)
LOST_RUN = Message(
    en="Run {id} cannot be undone as a whole: its plan is lost. It changed {paths}; wslgo undo restores the files",
    zh="无法整体撤销运行 {id}：其计划已丢失。它更改了 {paths}；wslgo undo 可恢复其中的文件",
)


def unrecorded_writes(run: Run, context: RunContext) -> Iterator[ActionRecord]:
    """Yield a record for each file that the run wrote by the journal, but not by the ledger."""
    noted = {record.facts["path"] for record in run.records if record.kind == WROTE}
    entries = (entry for entry in undoable_writes(context.journal.entries()) if entry.who == who(run.id))
    for path in dict.fromkeys(entry.path for entry in entries if entry.path not in noted):
        steps = (number for number, step in enumerate(run.plan.steps) if writes_to(step, path, context))
        yield ActionRecord(-1, next(steps, 0), WROTE, {"path": path})


def unreadable(run: Run, context: RunContext) -> Iterator[Reversal]:
    """Yield a problem for each action of a run that is in effect without a record.

    Another program may have done the same before, so this applies only if some lines cannot be read; a move is always
    recorded.
    """
    has_strange = bool(context.ledger.read().strange)
    wrote = {entry.path for entry in context.journal.entries() if entry.who == who(run.id)}
    makers = [record for record in run.records if record.kind != SETTLED]  # which another action has begun
    noted = {str(record.facts.get(name)) for record in makers for name in ("path", "source")} | wrote
    for number, action in ((number, action) for number, step in enumerate(run.plan.steps) for action in step.actions):
        if not (has_strange or (isinstance(action, MoveFolder) and run.ends.get(number) == DONE)):
            continue
        try:
            place = _path_in_effect(action, context)
        except Exception as error:  # noqa: BLE001 - as in `undo`
            yield Reversal(problem=problem_of(error, run.id))
            continue
        if place is not None and place not in noted:
            yield Reversal(problem=NOT_NOTED(action=in_one_line(action)))


def _path_in_effect(action: Action, context: RunContext) -> str | None:
    """Return the path of what an action makes if it is there now, else None."""
    target = context.target
    if isinstance(action, WriteFile):
        place = target.open(action.path)
        stands = content(place) == action.after
    elif isinstance(action, Switch):
        place = target.open(action.link, follows=False)
        stands = place.link_target() == action.target
    elif isinstance(action, InstallToolchain):
        place = target.open(action.folder, follows=False)
        stands = is_complete(place, action.version)
    elif isinstance(action, MoveFolder):
        place = target.open(action.source, follows=False)
        stands = place.stat() is None and target.open(action.target, follows=False).stat() is not None
    elif isinstance(action, GoInstall):
        place = target.open(f"{action.folder}/{action.program}")
        stands = place.stat() is not None
    else:
        return None
    return place.path if stands else None


def about_notes(ledger: Ledger, journal: Journal) -> Iterator[Reversal]:
    """Yield a note for the unreadable lines of ledger and journal, and a problem for each run that is lost."""
    notes, (entries, strange, _) = ledger.read(), journal.read()
    for path, numbers in ((ledger.lines, notes.strange), (journal.lines, strange)):
        if numbers:
            yield Reversal(note=jsonlines.unreadable_lines(path, numbers))
    stand = undoable_writes(entries)
    for run, records in notes.lost.items():
        paths = dict.fromkeys(entry.path for entry in stand if entry.who == who(run))
        paths |= dict.fromkeys(place for place in map(_path_left, records) if place is not None)
        if paths:
            yield Reversal(problem=LOST_RUN(id=run, paths=tuple(paths)))


def _path_left(record: ActionRecord) -> str | None:
    """Return the path that an action of a lost run has left; written files are in the journal."""
    facts = record.facts
    if record.kind == SWITCHED and place_of(facts["path"], follows=False).link_target() == facts["target"]:
        return str(facts["path"])
    if record.kind == INSTALLED and is_complete(place_of(facts["path"], follows=False), facts["version"]):
        return str(facts["path"])
    if record.kind == MOVED:
        source, target = place_of(facts["source"], follows=False), place_of(facts["target"], follows=False)
        return str(facts["target"]) if target.stat() is not None and source.stat() is None else None
    return None
