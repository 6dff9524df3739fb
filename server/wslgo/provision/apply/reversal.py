"""The result of undoing an action, and the check that it fits the plan."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wslgo.provision.apply import root_script
from wslgo.provision.apply.context import DriftError, RunContext
from wslgo.provision.apply.ledger import (
    COPIED,
    INSTALLED,
    MADE,
    MOVED,
    RAN,
    REPLICATED,
    SETTLED,
    SWITCHED,
    WROTE,
    ActionRecord,
    Run,
)
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import problem_of
from wslgo.provision.model.step import (
    Action,
    CopyWorkspace,
    GoInstall,
    InstallToolchain,
    MoveFolder,
    RunFixed,
    Switch,
    WriteFile,
)
from wslgo.provision.report.text import in_one_line
from wslgo.text.message import Message, Text, enumeration

WHO = "wslgo provision --undo"
RESTORED = Message(en="{path}: restored", zh="{path}：已恢复原状")
REMOVED = Message(en="{path}: removed", zh="{path}：已删除")
MISFIT = Message(
    en="{place} stays: its record does not match the plan ({actions}). Undo that yourself",
    zh="{place} 保持不变：其记录与计划（{actions}）不符。请自行撤销",
)


class Reversal(NamedTuple):
    """The result of undoing one action: `problem` if it failed.

    `change` is the later edit that blocks it, `done` is what was undone; a `note` is about the ledger or the journal.
    """

    record: ActionRecord | None = None
    done: Text | None = None
    problem: Text | None = None
    change: DriftError | None = None
    note: Text | None = None


def is_roots(record: ActionRecord, run: Run, context: RunContext) -> bool:
    """Return whether only root can undo an action; packages always stay."""
    needs_root = run.plan.steps[record.step].needs_root and record.kind in (WROTE, MADE, RAN)
    return needs_root and root_script.is_needed(context.target)


def note_undone(record: ActionRecord, run: Run, context: RunContext) -> None:
    """Record that an action is undone; a folder that remains is tried again after what is left in it."""
    if record.kind != MADE or not _is_left(record, StepRun(context, run, record.step)):
        context.ledger.undo(run.id, record)


def _is_left(record: ActionRecord, step_run: StepRun) -> bool:
    try:
        return step_run.recorded_place(record).is_folder
    except OSError:
        return False


def backwards(run: Run) -> Iterator[ActionRecord]:
    """Yield the actions in effect, the last first; a command that activates files comes after those are restored."""
    left = [record for record in reversed(run.records) if record.number not in run.undone]
    for step in dict.fromkeys(record.step for record in left):
        own = [record for record in left if record.step == step]
        yield from (record for record in own if record.kind != RAN)
        yield from (record for record in own if record.kind == RAN)


def blocked_reversal(record: ActionRecord, error: Exception) -> Reversal:
    """Return the result for an action that cannot be undone because of an error."""
    change = error if isinstance(error, DriftError) else None
    return Reversal(record, problem=problem_of(error, place_of(record)), change=change)


def fits(record: ActionRecord, step_run: StepRun) -> bool:
    """Return whether an action is part of its step in the plan; files are compared when they are restored."""
    target, facts, actions = step_run.context.target, record.facts, step_run.run.plan.steps[record.step].actions
    if record.kind in (MOVED, REPLICATED):
        kind = MoveFolder if record.kind == MOVED else CopyWorkspace
        moves = [
            (target.place(action.source), target.place(action.target)) for action in actions if isinstance(action, kind)
        ]
        return (Path(facts["source"]), Path(facts["target"])) in moves
    if record.kind == COPIED:
        copies = (action for action in actions if isinstance(action, (MoveFolder, CopyWorkspace)))
        ends = {end for action in copies for end in (action.source, action.target)}
        return Path(facts["path"]) in map(target.place, ends)
    if record.kind == SWITCHED:
        links = [
            (target.place(action.link), action.before, action.target)
            for action in actions
            if isinstance(action, Switch)
        ]
        return (Path(facts["path"]), facts["before"], facts["target"]) in links
    if record.kind in (INSTALLED, SETTLED):
        folders = [
            (target.place(action.folder), action.version) for action in actions if isinstance(action, InstallToolchain)
        ]
        return (Path(facts["path"]), facts["version"]) in folders
    if record.kind == RAN:
        return any(isinstance(action, RunFixed) and " ".join(action.words) == facts["name"] for action in actions)
    if record.kind == MADE:
        places = [place(path) for path in _paths(actions) for place in (target.place, target.real)]
        return any(Path(facts["path"]) in place.parents for place in places)
    return True


def actions_of(step_run: StepRun) -> Text:
    return enumeration(map(in_one_line, step_run.run.plan.steps[step_run.step].actions))


def _paths(actions: tuple[Action, ...]) -> Iterator[str]:
    """Yield the paths that actions create."""
    for action in actions:
        if isinstance(action, WriteFile):
            yield action.path
        elif isinstance(action, Switch):
            yield action.link
        elif isinstance(action, InstallToolchain):
            yield action.folder
        elif isinstance(action, (MoveFolder, CopyWorkspace)):
            yield action.target
        elif isinstance(action, GoInstall):
            yield f"{action.folder}/{action.program}"


def place_of(record: ActionRecord) -> str:
    """Return the path of an action, else its kind."""
    return next((str(record.facts[name]) for name in ("path", "source") if name in record.facts), record.kind)
