"""What the notes of an undo do not tell: lines that are lost or cannot be read, and what stands all the same."""

from collections.abc import Iterator

from wslgo.provision.apply.context import RunContext, refusal, who
from wslgo.provision.apply.ledger import DONE, INSTALLED, MOVED, SETTLED, SWITCHED, WROTE, Deed, Ledger, Run
from wslgo.provision.apply.reversal import Reversal
from wslgo.provision.apply.undo_file import writes_to
from wslgo.provision.model.step import Action, GoInstall, InstallToolchain, MoveFolder, Switch, WriteFile
from wslgo.provision.report.text import in_one_line
from wslgo.provision.toolchain.install import is_complete
from wslgo.system import jsonlines
from wslgo.system.journal import Journal, content, undoable_writes
from wslgo.system.walk import place_of
from wslgo.text.message import Message

NOT_NOTED = Message(
    en="This run may have done it, but its note cannot be read: {action}. Undo it yourself",
    zh="此次运行可能执行了该操作，但其记录无法读取：{action}。请自行撤销",
)
LOST_RUN = Message(
    en="Run {id} cannot be undone as a whole: its plan cannot be read. It made {paths}; wslgo undo restores the files",
    zh="无法整体撤销运行 {id}：其计划无法读取。它更改了 {paths}；wslgo undo 可恢复其中的文件",
)


def unnoted(run: Run, context: RunContext) -> Iterator[Deed]:
    """Files that the journal says the run wrote, while the ledger has lost its line about them."""
    noted = {deed.facts["path"] for deed in run.deeds if deed.kind == WROTE}
    entries = (one for one in undoable_writes(context.journal.entries()) if one.who == who(run.id))
    for path in dict.fromkeys(entry.path for entry in entries if entry.path not in noted):
        steps = (number for number, step in enumerate(run.plan.steps) if writes_to(step, path, context))
        yield Deed(-1, next(steps, 0), WROTE, {"path": path})


def unreadable(run: Run, context: RunContext) -> Iterator[Reversal]:
    """What stands of a run though no line says that it did it. Others may have done the same before it, so it is told
    only where there are lines that cannot be read; a move is always noted."""
    has_strange = bool(context.ledger.read().strange)
    wrote = {entry.path for entry in context.journal.entries() if entry.who == who(run.id)}
    makers = [deed for deed in run.deeds if deed.kind != SETTLED]  # which another deed has begun
    noted = {str(deed.facts.get(name)) for deed in makers for name in ("path", "source")} | wrote
    for number, action in ((number, action) for number, step in enumerate(run.plan.steps) for action in step.actions):
        if not (has_strange or (isinstance(action, MoveFolder) and run.ends.get(number) == DONE)):
            continue
        try:
            place = _stands(action, context)
        except Exception as error:  # noqa: BLE001 - as in `undo`
            yield Reversal(problem=refusal(error, run.id))
            continue
        if place is not None and place not in noted:
            yield Reversal(problem=NOT_NOTED(action=in_one_line(action)))


def _stands(action: Action, context: RunContext) -> str | None:
    """Where what an action makes is now; None where it is not."""
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
    """What of ledger and journal cannot be understood, and the runs that are lost with it."""
    notes, (entries, strange, _) = ledger.read(), journal.read()
    for path, numbers in ((ledger.lines, notes.strange), (journal.lines, strange)):
        if numbers:
            yield Reversal(note=jsonlines.unreadable_lines(path, numbers))
    stand = undoable_writes(entries)
    for run, deeds in notes.lost.items():
        paths = dict.fromkeys(entry.path for entry in stand if entry.who == who(run))
        paths |= dict.fromkeys(place for place in map(_left, deeds) if place is not None)
        if paths:
            yield Reversal(problem=LOST_RUN(id=run, paths=", ".join(paths)))


def _left(deed: Deed) -> str | None:
    """What a deed of a run that is lost has left; files are known to the journal."""
    facts = deed.facts
    if deed.kind == SWITCHED and place_of(facts["path"], follows=False).link_target() == facts["target"]:
        return str(facts["path"])
    if deed.kind == INSTALLED and is_complete(place_of(facts["path"], follows=False), facts["version"]):
        return str(facts["path"])
    if deed.kind == MOVED:
        source, target = place_of(facts["source"], follows=False), place_of(facts["target"], follows=False)
        return str(facts["target"]) if target.stat() is not None and source.stat() is None else None
    return None
