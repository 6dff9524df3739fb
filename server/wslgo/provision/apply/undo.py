"""Undo a run in reverse order, keeping changes made by others since.

A file that was edited since loses only our lines, if they can be told apart; else it stays, the difference is shown,
and undo continues with the rest. What could not be undone can be tried again.

Other programs of the user can write to ledger and journal too, and a disk can fail. So a file is restored only from a
record that matches the plan, and missing records are reported as a problem, never mistaken for nothing to undo.
"""

import errno
from collections.abc import Callable

from wslgo.provision.apply import copy_workspace, move_folder, packages
from wslgo.provision.apply.context import DriftError, RunContext
from wslgo.provision.apply.ledger import (
    COPIED,
    DONE,
    INSTALLED,
    MADE,
    MOVED,
    PACKAGES,
    RAN,
    REPLICATED,
    SETTLED,
    SWITCHED,
    WROTE,
    ActionRecord,
    Run,
)
from wslgo.provision.apply.reversal import (
    MISFIT,
    REMOVED,
    RESTORED,
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
from wslgo.provision.apply.undo_file import restore
from wslgo.provision.apply.undo_notes import unreadable, unrecorded_writes
from wslgo.provision.apply.undo_root import RootsPart, batches, by_root, put_back, roots_part
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import RunFixed
from wslgo.provision.survey import apt
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.install import is_complete
from wslgo.system.place import Access
from wslgo.text.message import Message, Text

MOVED_BACK = Message(en="{path}: moved back", zh="{path}：已移回")
STAYS = Message(
    en="The packages {names} stay installed: wslgo does not remove packages",
    zh="软件包 {names} 保留：wslgo 不会卸载软件包",
)
UNKNOWN = Message(
    en="{place} stays: this version of wslgo does not know the action '{kind}'. Undo it with the version that did it",
    zh="{place} 保持不变：此版本的 wslgo 不认识操作 '{kind}'。请用执行它的 wslgo 版本撤销",
)
NOT_OURS_ALONE = Message(
    en="{path} stays: files in it were added or changed. Remove it yourself once you do not need them",
    zh="{path} 保留：其中的文件已被添加或更改。不再需要时请自行删除",
)
_GONE = (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)


def undo(run: Run, context: RunContext, part: RootsPart | None = None) -> tuple[Reversal, ...]:
    """Undo a run as far as possible, or until it is cancelled; the rest can be undone later.

    `part` is the part of root that was shown, if there is one.
    """
    part = part or roots_part(run, context)
    records = [
        record for record in (*unrecorded_writes(run, context), *backwards(run)) if not is_roots(record, run, context)
    ]
    reversals = [_by_user(record, run, context) for record in records if not context.cancelled()]
    reversals += [] if context.cancelled() else (*part.blocked, *put_back(part, run, context))
    for batch in batches(part.asked):
        reversals += [] if context.cancelled() else by_root(batch, run, context)
    reversals += [] if context.cancelled() else unreadable(run, context)
    if not context.cancelled() and all(reversal.problem is None for reversal in reversals):
        context.ledger.end_undo(run.id)
    return tuple(reversals)


def _by_user(record: ActionRecord, run: Run, context: RunContext) -> Reversal:
    reversal = _undo_record(record, StepRun(context, run, record.step))
    if reversal.problem is None:
        note_undone(record, run, context)
    return reversal


def _undo_record(record: ActionRecord, step_run: StepRun) -> Reversal:
    try:
        if record.kind not in _UNDO:
            raise ProvisionError(UNKNOWN(place=place_of(record), kind=record.kind))
        if not fits(record, step_run):
            raise ProvisionError(MISFIT(place=place_of(record), actions=actions_of(step_run)))
        return Reversal(record, _UNDO[record.kind](record, step_run))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is the failure of this action alone
        return blocked_reversal(record, error)


def _undo_folder(record: ActionRecord, step_run: StepRun) -> Text | None:
    place = step_run.recorded_place(record)
    try:
        place.remove_folder()
    except OSError as error:
        if error.errno not in _GONE:
            raise
        return None
    return REMOVED(path=place.path)


def _undo_switch(record: ActionRecord, step_run: StepRun) -> Text | None:
    place, before, owner = step_run.recorded_place(record), record.facts["before"], record.facts["owner"]
    folder.sweep_links(place)
    now = place.link_target()
    if now == before:
        return None
    if now != record.facts["target"]:
        raise DriftError(place.path)
    if before is None:
        place.remove()
        return REMOVED(path=place.path)
    folder.switch(place, before, None if owner is None else Access(0, *owner))
    return RESTORED(path=place.path)


def _undo_unfinished_install(record: ActionRecord, step_run: StepRun) -> Text | None:
    place = step_run.recorded_place(record)
    folder.sweep(place)
    if step_run.run.record_of(SETTLED, path=record.facts["path"]) or not is_complete(place, record.facts["version"]):
        return None  # a complete toolchain is undone by its own record
    if step_run.run.ends.get(record.step) == DONE:  # so it was complete, and that record is lost
        raise ProvisionError(NOT_OURS_ALONE(path=place.path))
    folder.discard(place)
    return REMOVED(path=place.path)


def _undo_install(record: ActionRecord, step_run: StepRun) -> Text | None:
    """Remove a toolchain that this run installed, if it is unchanged."""
    place = step_run.recorded_place(record)
    is_ours = any(
        other.kind == INSTALLED and other.facts["path"] == record.facts["path"] for other in step_run.run.records
    )
    if not is_ours or not is_complete(place, record.facts["version"]):
        return None
    if record.facts["state"] != folder.state(place):
        raise ProvisionError(NOT_OURS_ALONE(path=place.path))
    folder.discard(place)
    return REMOVED(path=place.path)


def _undo_move(record: ActionRecord, step_run: StepRun) -> Text | None:
    move_folder.put_back(record, step_run)
    return MOVED_BACK(path=record.facts["source"])


def _undo_copy(record: ActionRecord, step_run: StepRun) -> Text | None:
    return REMOVED(path=record.facts["target"]) if copy_workspace.remove_copy(record, step_run) else None


def _run_again(record: ActionRecord, step_run: StepRun) -> Text | None:
    packages.run_fixed(RunFixed(tuple(record.facts["name"].split())), step_run)
    return None


def _packages_stay(record: ActionRecord, step_run: StepRun) -> Text | None:
    dpkg = apt.installed_packages(step_run.context.target)
    names = [name for name in record.facts["names"] if dpkg is None or name in dpkg.installed]
    return STAYS(names=tuple(names)) if names else None


_UNDO: dict[str, Callable[[ActionRecord, StepRun], Text | None]] = {
    WROTE: restore,
    MADE: _undo_folder,
    SWITCHED: _undo_switch,
    INSTALLED: _undo_unfinished_install,
    SETTLED: _undo_install,
    MOVED: _undo_move,
    REPLICATED: _undo_copy,
    COPIED: lambda _record, _step_run: None,  # it has the name of the folder that is moved back or removed
    RAN: _run_again,
    PACKAGES: _packages_stay,
}
