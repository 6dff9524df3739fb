"""Undo of file writes, by a record that matches the plan; else the diff is reported.

A file that was edited since loses only our lines, if they can be told apart.
"""

import errno

from wslgo.provision.apply.apply import NO_DRIVE
from wslgo.provision.apply.context import DriftError, RunContext, who
from wslgo.provision.apply.ledger import ActionRecord
from wslgo.provision.apply.merge import merge
from wslgo.provision.apply.reversal import REMOVED, RESTORED, WHO
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import Step, WriteFile
from wslgo.system.errors import RefusedError
from wslgo.system.files import sweep
from wslgo.system.journal import content, is_original, is_result, undoable_writes, undone_ids
from wslgo.system.journal_lines import JournalEntry, digest
from wslgo.system.place import Place
from wslgo.text.message import Message, Text

MERGED = Message(
    en="{path}: wslgo's lines removed, later changes kept", zh="{path}：已删除 wslgo 添加的行，之后的更改保留"
)
LOST = Message(
    en="{path} stays: the record of its old content is lost. Edit it as this diff shows, then undo again",
    zh="{path} 保持不变：其原内容的记录已丢失。请按此差异编辑，然后再次撤销",
)
LOST_FILE = Message(
    en="{path} stays: the record of its old content is lost. Remove it if you do not need it, then undo again",
    zh="{path} 保持不变：其原内容的记录已丢失。若不再需要请删除，然后再次撤销",
)
OTHER_NOTE = Message(
    en="{path} stays: its record does not match the plan, so another program changed the record. Edit it as this diff"
    " shows, then undo again",
    zh="{path} 保持不变：其记录与计划不符，说明记录被其他程序更改。请按此差异编辑，然后再次撤销",
)


def restore(record: ActionRecord, step_run: StepRun) -> Text | None:
    place, path = step_run.recorded_place(record, follows=True), record.facts["path"]
    if _has_gone(place, record, step_run):
        raise ProvisionError(NO_DRIVE(path=path))
    standing = standing_writes(path, step_run)
    check_fits(standing, place, path, step_run)
    done = None
    if standing and is_original(standing[-1], content(place)):  # the user has restored it already
        for entry in standing:
            step_run.context.journal.note_undone(entry, WHO, place)
        done = RESTORED(path=path) if standing[-1].before else None
    else:
        for entry in standing:
            done = _undo_or_merge(entry, place, step_run) or done
    check_answered(record, place, step_run)
    sweep(place)
    return done


def check_answered(record: ActionRecord, place: Place, step_run: StepRun) -> None:
    """Raise DriftError if a file was written and the journal no longer has its old content."""
    path = record.facts["path"]
    now, planned, every = content(place), planned_writes(path, step_run), step_run.context.journal.entries()
    gone = undone_ids(every)
    known = [entry for entry in every if entry.who == who(step_run.run.id) and entry.path == path]
    answered = [entry for entry in known if entry.id in gone or not is_result(entry, now)]
    if not planned:  # a program that was built
        was_noted = "was" in record.facts and record.facts["was"] == (None if now is None else digest(now))
        if not (answered or now is None or was_noted):
            raise DriftError(path, message=LOST_FILE)
        return
    for write in writes_to(step_run.run.plan.steps[record.step], path, step_run.context):
        if now != write.before and not any(is_of_write(entry, write) for entry in answered):
            raise DriftError(path, now, write.before, LOST)


def planned_writes(path: str, step_run: StepRun) -> list[WriteFile]:
    """Return the writes of the plan to a file."""
    return [write for step in step_run.run.plan.steps for write in writes_to(step, path, step_run.context)]


def writes_to(step: Step, path: str, context: RunContext) -> list[WriteFile]:
    return [write for write in step.writes if context.target.open(write.path).path == path]


def is_of_write(entry: JournalEntry, write: WriteFile) -> bool:
    return is_original(entry, write.before) and is_result(entry, write.after)


def _has_gone(place: Place, record: ActionRecord, step_run: StepRun) -> bool:
    """Return whether a file is on a drive that is not mounted now."""
    writes = (write for write in step_run.run.plan.steps[record.step].writes if write.is_mounted)
    return bool(place.missing) and any(step_run.context.target.open(write.path).path == place.path for write in writes)


def standing_writes(path: str, step_run: StepRun) -> list[JournalEntry]:
    """Return the writes of this run to a file that were not undone, the last first."""
    entries = undoable_writes(step_run.context.journal.entries())
    return [entry for entry in entries if entry.who == who(step_run.run.id) and entry.path == path]


def _undo_or_merge(entry: JournalEntry, place: Place, step_run: StepRun) -> Text | None:
    journal, now = step_run.context.journal, content(place)
    if is_original(entry, now) or is_result(entry, now):
        _undo_write(entry, place, now, step_run)
        return (REMOVED if entry.before is None else RESTORED)(path=entry.path)
    found = _without_ours(entry, now, step_run)
    if found is None or now is None:
        raise DriftError(entry.path, journal.bytes_after(entry), now)
    data = None if entry.before is None and not found else found
    journal.write(place, data, WHO, expected=now, undoes=entry.id)
    return MERGED(path=entry.path)


def check_fits(entries: list[JournalEntry], place: Place, path: str, step_run: StepRun) -> None:
    """Raise DriftError if an entry of the journal does not match the plan. A write keeps mode and owner."""
    planned = planned_writes(path, step_run)
    for entry in entries:
        is_kept = entry.before is None or entry.after is None or entry.before.access == entry.after.access
        if planned and not (is_kept and any(is_of_write(entry, write) for write in planned)):
            raise DriftError(path, content(place), planned[0].before, OTHER_NOTE)


def _undo_write(entry: JournalEntry, place: Place, now: bytes | None, step_run: StepRun) -> None:
    """Undo a write by the journal. Raises DriftError with the plan's content if the journal lost its bytes."""
    try:
        step_run.context.journal.undo(entry, WHO, place)
    except RefusedError as error:
        before = [write.before for write in planned_writes(entry.path, step_run) if is_of_write(entry, write)]
        if error.errno != errno.ENODATA or not before:
            raise
        raise DriftError(entry.path, now, before[0], LOST) from error


def _without_ours(entry: JournalEntry, now: bytes | None, step_run: StepRun) -> bytes | None:
    after, before = (
        step_run.context.journal.bytes_after(entry) or b"",
        step_run.context.journal.bytes_before(entry) or b"",
    )
    return None if now is None else merge(after, before, now)
