"""What an undo says of each deed, and what it asks of one first: that it stands, and that it fits the plan."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wslgo.provision.apply import root_script
from wslgo.provision.apply.context import DriftError, RunContext, refusal
from wslgo.provision.apply.ledger import COPIED, INSTALLED, MADE, MOVED, RAN, SETTLED, SWITCHED, WROTE, Deed, Run
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.model.step import Action, GoInstall, InstallToolchain, MoveFolder, RunFixed, Switch, WriteFile
from wslgo.provision.report.text import in_one_line
from wslgo.text.message import Message, Text, enumeration

WHO = "wslgo provision --undo"
RESTORED = Message(en="{path}: as it was", zh="{path}：已恢复原状")
REMOVED = Message(en="{path}: removed", zh="{path}：已删除")
MISFIT = Message(
    en="{place} stays: its note does not fit what the plan does there ({actions}). Undo that yourself",
    zh="{place} 保持不变：其记录与计划在此处的操作（{actions}）不符。请自行撤销",
)


class Reversal(NamedTuple):
    """A deed on its way back: `done` is what was done, `problem` why not, `change` the edit that stands against it. A
    `note` is about the notes themselves."""

    deed: Deed | None = None
    done: Text | None = None
    problem: Text | None = None
    change: DriftError | None = None
    note: Text | None = None


def is_roots(deed: Deed, run: Run, context: RunContext) -> bool:
    """Whether only root can take it back; packages stay, whoever asks."""
    needs_root = run.plan.steps[deed.step].needs_root and deed.kind in (WROTE, MADE, RAN)
    return needs_root and root_script.is_needed(context.target)


def note_undone(deed: Deed, run: Run, context: RunContext) -> None:
    """Tell the ledger that a deed is taken back; a folder that is left is tried again after what was refused in it."""
    if deed.kind != MADE or not _is_left(deed, StepRun(context, run, deed.step)):
        context.ledger.undo(run.id, deed)


def _is_left(deed: Deed, at: StepRun) -> bool:
    try:
        return at.noted(deed).is_folder
    except OSError:
        return False


def backwards(run: Run) -> Iterator[Deed]:
    """The deeds that stand, the last first; a command that made files act is run again when those are back."""
    left = [deed for deed in reversed(run.deeds) if deed.number not in run.undone]
    for step in dict.fromkeys(deed.step for deed in left):
        own = [deed for deed in left if deed.step == step]
        yield from (deed for deed in own if deed.kind != RAN)
        yield from (deed for deed in own if deed.kind == RAN)


def barred_way(deed: Deed, error: Exception) -> Reversal:
    """Why a deed is not taken back."""
    change = error if isinstance(error, DriftError) else None
    return Reversal(deed, problem=refusal(error, place_of(deed)), change=change)


def fits(deed: Deed, at: StepRun) -> bool:
    """Whether a deed is part of what its step does by the plan; files are compared with it when they are restored."""
    target, facts, actions = at.context.target, deed.facts, at.run.plan.steps[deed.step].actions
    if deed.kind == MOVED:
        moves = [(target.place(one.source), target.place(one.target)) for one in actions if isinstance(one, MoveFolder)]
        return (Path(facts["source"]), Path(facts["target"])) in moves
    if deed.kind == COPIED:
        ends = {end for one in actions if isinstance(one, MoveFolder) for end in (one.source, one.target)}
        return Path(facts["path"]) in map(target.place, ends)
    if deed.kind == SWITCHED:
        links = [(target.place(one.link), one.before, one.target) for one in actions if isinstance(one, Switch)]
        return (Path(facts["path"]), facts["before"], facts["target"]) in links
    if deed.kind in (INSTALLED, SETTLED):
        folders = [(target.place(one.folder), one.version) for one in actions if isinstance(one, InstallToolchain)]
        return (Path(facts["path"]), facts["version"]) in folders
    if deed.kind == RAN:
        return any(isinstance(one, RunFixed) and " ".join(one.words) == facts["name"] for one in actions)
    if deed.kind == MADE:
        places = [place(path) for path in _paths(actions) for place in (target.place, target.real)]
        return any(Path(facts["path"]) in place.parents for place in places)
    return True


def actions_of(at: StepRun) -> Text:
    return enumeration(map(in_one_line, at.run.plan.steps[at.step].actions))


def _paths(actions: tuple[Action, ...]) -> Iterator[str]:
    """The paths that actions make."""
    for action in actions:
        if isinstance(action, WriteFile):
            yield action.path
        elif isinstance(action, Switch):
            yield action.link
        elif isinstance(action, InstallToolchain):
            yield action.folder
        elif isinstance(action, MoveFolder):
            yield action.target
        elif isinstance(action, GoInstall):
            yield f"{action.folder}/{action.program}"


def place_of(deed: Deed) -> str:
    """The path that a deed is about, else its kind."""
    return next((str(deed.facts[name]) for name in ("path", "source") if name in deed.facts), deed.kind)
