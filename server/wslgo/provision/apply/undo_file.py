"""Files on their way back: restored from a note that fits the plan, or else told with the difference.

A file that somebody has edited since loses only our lines, where they can be told from theirs.
"""

import errno

from wslgo.provision.apply.apply import NO_DRIVE
from wslgo.provision.apply.context import DriftError, RunContext, who
from wslgo.provision.apply.ledger import Deed
from wslgo.provision.apply.merge import merged
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
    en="{path}: our lines are taken out, what came since stays", zh="{path}：已去掉我们添加的行，之后的更改保留"
)
LOST = Message(
    en="{path} stays: how it was before is not noted any more. Edit it as this diff shows, then undo again",
    zh="{path} 保持不变：已没有它之前内容的记录。请按此差异编辑，然后再次撤销",
)
LOST_FILE = Message(
    en="{path} stays: how it was before is not noted any more. Remove it if it is not needed, then undo again",
    zh="{path} 保持不变：已没有它之前内容的记录。若不再需要请删除，然后再次撤销",
)
OTHER_NOTE = Message(
    en="{path} stays: its note does not fit the plan of this run, so another program changed the notes. Edit it as this"
    " diff shows, then undo again",
    zh="{path} 保持不变：关于它的记录与此次运行的计划不符，说明记录被其他程序更改。请按此差异编辑，然后再次撤销",
)


def restored(deed: Deed, at: StepRun) -> Text | None:
    place, path = at.noted(deed, follows=True), deed.facts["path"]
    if _has_gone(place, deed, at):
        raise ProvisionError(NO_DRIVE(path=path))
    standing = standing_writes(path, at)
    check_fits(standing, place, path, at)
    done = None
    if standing and is_original(standing[-1], content(place)):  # somebody has put it back
        for entry in standing:
            at.context.journal.note_undone(entry, WHO, place)
        done = RESTORED(path=path) if standing[-1].before else None
    else:
        for entry in standing:
            done = _restored(entry, place, at) or done
    check_answered(deed, place, at)
    sweep(place)
    return done


def check_answered(deed: Deed, place: Place, at: StepRun) -> None:
    """Raise DriftError where a file was written and the journal does not know any more what it was."""
    path = deed.facts["path"]
    now, planned, every = content(place), planned_writes(path, at), at.context.journal.entries()
    gone = undone_ids(every)
    known = [one for one in every if one.who == who(at.run.id) and one.path == path]
    answered = [one for one in known if one.id in gone or not is_result(one, now)]
    if not planned:  # a program that was built
        was_noted = "was" in deed.facts and deed.facts["was"] == (None if now is None else digest(now))
        if not (answered or now is None or was_noted):
            raise DriftError(path, message=LOST_FILE)
        return
    for write in writes_to(at.run.plan.steps[deed.step], path, at.context):
        if now != write.before and not any(is_of_write(entry, write) for entry in answered):
            raise DriftError(path, now, write.before, LOST)


def planned_writes(path: str, at: StepRun) -> list[WriteFile]:
    """What the plan says about a file."""
    return [write for step in at.run.plan.steps for write in writes_to(step, path, at.context)]


def writes_to(step: Step, path: str, context: RunContext) -> list[WriteFile]:
    return [write for write in step.writes if context.target.open(write.path).path == path]


def is_of_write(entry: JournalEntry, write: WriteFile) -> bool:
    return is_original(entry, write.before) and is_result(entry, write.after)


def _has_gone(place: Place, deed: Deed, at: StepRun) -> bool:
    """Whether a file lies on a drive that is not mounted now: what was written there comes back with it."""
    writes = (one for one in at.run.plan.steps[deed.step].writes if one.is_mounted)
    return bool(place.missing) and any(at.context.target.open(one.path).path == place.path for one in writes)


def standing_writes(path: str, at: StepRun) -> list[JournalEntry]:
    """The writes of this run to a file that stand, the last first."""
    entries = undoable_writes(at.context.journal.entries())
    return [one for one in entries if one.who == who(at.run.id) and one.path == path]


def _restored(entry: JournalEntry, place: Place, at: StepRun) -> Text | None:
    journal, now = at.context.journal, content(place)
    if is_original(entry, now) or is_result(entry, now):
        _undo_write(entry, place, now, at)
        return (REMOVED if entry.before is None else RESTORED)(path=entry.path)
    found = _without_ours(entry, now, at)
    if found is None or now is None:
        raise DriftError(entry.path, journal.bytes_after(entry), now)
    data = None if entry.before is None and not found else found
    journal.write(place, data, WHO, expected=now, undoes=entry.id)
    return MERGED(path=entry.path)


def check_fits(entries: list[JournalEntry], place: Place, path: str, at: StepRun) -> None:
    """Raise DriftError where a note of the journal is not about what the plan says. A write keeps mode and owner."""
    planned = planned_writes(path, at)
    for entry in entries:
        is_kept = entry.before is None or entry.after is None or entry.before.access == entry.after.access
        if planned and not (is_kept and any(is_of_write(entry, write) for write in planned)):
            raise DriftError(path, content(place), planned[0].before, OTHER_NOTE)


def _undo_write(entry: JournalEntry, place: Place, now: bytes | None, at: StepRun) -> None:
    """Undo a write by the journal. Raises DriftError with what the plan knows where the journal lost its bytes."""
    try:
        at.context.journal.undo(entry, WHO, place)
    except RefusedError as error:
        before = [write.before for write in planned_writes(entry.path, at) if is_of_write(entry, write)]
        if error.errno != errno.ENODATA or not before:
            raise
        raise DriftError(entry.path, now, before[0], LOST) from error


def _without_ours(entry: JournalEntry, now: bytes | None, at: StepRun) -> bytes | None:
    after, before = at.context.journal.bytes_after(entry) or b"", at.context.journal.bytes_before(entry) or b""
    return None if now is None else merged(after, before, now)
