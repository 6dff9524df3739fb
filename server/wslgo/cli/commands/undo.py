"""`wslgo undo`: revert writes outside of repositories, byte for byte."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from wslgo.cli import words
from wslgo.cli.arguments import Operands, Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.consent import LEFT, NEEDS_YES, is_agreed
from wslgo.cli.options import COLOR, LANGUAGE, OutputOptions
from wslgo.cli.output.diff import show
from wslgo.cli.terminal import CLEAN, FAILED
from wslgo.system.as_root import UNDO, needs_root
from wslgo.system.errors import reason, unexpected
from wslgo.system.journal import (
    ChangedError,
    Journal,
    completed_writes,
    content,
    folder_of,
    is_original,
    is_result,
    restored_access,
    undoable_writes,
    undone_ids,
)
from wslgo.system.journal_lines import JournalEntry, Notes
from wslgo.system.jsonlines import unreadable_lines
from wslgo.text.message import Message, Text, redact
from wslgo.text.source import decode
from wslgo.text.typing import NamedTuple

WHO = "wslgo undo"
_DIGITS = 10

NOTHING = Message(en="There is nothing to undo", zh="没有可撤销的内容")
NO_SUCH = Message(en="unknown id {id}; see wslgo undo --list", zh="没有编号为 {id} 的写入；见 wslgo undo --list")
NOT_A_COUNT = Message(en="--last takes a number, not '{value}'", zh="--last 需要一个数字，而不是 '{value}'")
UNDONE = Message(en="{path}: restored, as before {id}", zh="{path}：已恢复到 {id} 之前的状态")
REMOVED = Message(en="{path}: removed, as before {id}", zh="{path}：已删除，恢复到 {id} 之前的状态")
ALREADY = Message(en="{id} was already undone", zh="{id} 已经撤销")
NEVER = Message(en="{id} was never written", zh="{id} 从未完成")
CHANGED = Message(
    en="{path} was changed after {id}; undoing it would lose that change, so it is not undone",
    zh="{path} 在 {id} 之后被更改：撤销会丢失这些更改，因此保持不变",
)
GONE = Message(en="{path} no longer exists, so {id} is not undone", zh="{path} 已不存在，因此不撤销 {id}")
MANY_GONE = Message(
    en="{count} newer writes are not undone, because their files no longer exist",
    zh="{count} 次较新的写入不撤销，因为相应的文件已不存在",
)
LOST = Message(
    en="{id} wrote a file, but its entry in {path} is unreadable, so it cannot be undone",
    zh="{id} 写入过文件，但 {path} 中的相应行无法读取，因此无法撤销",
)
LATER = Message(en="undo {id} first, which wrote {path} later", zh="请先撤销之后写入 {path} 的 {id}")
MODE = Message(en="{path}: the mode changes to {mode}", zh="{path}：权限改为 {mode}")
ENTRY = Message(en="{id}  {time}  {who}  {path}", zh="{id}  {time}  {who}  {path}")
STATES = {
    "undone": Message(en="undone", zh="已撤销"),
    "failed": Message(en="not written", zh="未写入"),
    "undo": Message(en="undoes {id}", zh="撤销 {id}"),
}


class Options(OutputOptions):
    """The options of `wslgo undo`."""

    list: bool
    last: str
    yes: bool
    ids: Sequence[str]


USAGE = Usage(
    Message(
        en="Revert changes that wslgo made outside the current folder: content, mode and owner.",
        zh="撤销 wslgo 在当前文件夹之外所做的更改：内容、权限和所有者。",
    ),
    (
        Option("--list", Message(en="list the writes, the newest first", zh="列出写入记录，最新的在前")),
        Option(
            "--last",
            Message(en="undo the last N writes (default: 1)", zh="撤销最近 N 次写入（默认：1）"),
            "N",
            default="1",
        ),
        Option("--yes", Message(en="undo without asking", zh="不询问，直接撤销")),
        LANGUAGE,
        COLOR,
    ),
    Operands(
        "ids",
        "ID",
        Message(
            en="ids of writes to undo; the id of an undo restores what it removed",
            zh="要撤销的写入的 id；给出某次撤销的 id 则恢复其所撤销的内容",
        ),
        are_needed=False,
    ),
    Message(
        en="Exit code: 0 undone or nothing to undo, 2 blocked by a later change.",
        zh="退出码：0 已撤销或无可撤销，2 因之后的更改而无法撤销。",
    ),
)


class Step(NamedTuple):
    """A write to undo, with the content of the file before and after it."""

    entry: JournalEntry
    before: bytes | None
    after: bytes | None


def run(call: Call[Options]) -> int:
    journal = Journal(folder_of(call.terminal.environment))
    try:
        notes = journal.read()
        code = _about(notes, journal, call)
        if call.options.list:
            return max(code, _list(notes.entries, call))
        chosen, problems = _chosen(notes.entries, call)
        if problems:
            code = call.fail(problems)
        if not chosen:
            if not code:
                call.say(NOTHING)
            return code
        return max(code, _undo(journal, chosen, call))
    except OSError as error:
        path = str(error.filename or folder_of(call.terminal.environment))
        return call.fail([words.TROUBLE(path=path, reason=words.UNWRITABLE(reason=reason(error)))])


def _about(notes: Notes, journal: Journal, call: Call[Options]) -> int:
    """Print which parts of the journal are unreadable; return the exit code."""
    if notes.unreadable:
        call.complain(unreadable_lines(journal.lines, notes.unreadable))
    problems = [LOST(id=number, path=str(journal.lines)) for number in notes.lost]
    return call.fail(problems) if problems else CLEAN


# Listing


def _list(entries: list[JournalEntry], call: Call[Options]) -> int:
    gone, complete = undone_ids(entries), {entry.id for entry in completed_writes(entries)}
    for entry in reversed(entries):
        line = call.rendered(_line(entry))
        states = [call.rendered(state) for state in _states(entry, gone, complete)]
        call.terminal.say(f"{line}{'  (' + ', '.join(states) + ')' if states else ''}")
    return CLEAN


def _line(entry: JournalEntry) -> Text:
    return ENTRY(id=entry.id, time=entry.time, who=entry.who, path=redact(entry.path))


def _states(entry: JournalEntry, gone: set[str], complete: set[str]) -> Iterator[Text]:
    if entry.undoes:
        yield STATES["undo"](id=entry.undoes)
    if entry.id not in complete:
        yield STATES["failed"]()
    elif entry.id in gone:
        yield STATES["undone"]()


# Choosing


def _chosen(entries: list[JournalEntry], call: Call[Options]) -> tuple[list[JournalEntry], list[Text]]:
    """Return the writes to undo, and what is wrong with the others that were named."""
    if not call.options.ids:
        if call.options.last.isdecimal() and len(call.options.last) < _DIGITS:
            return _newest(undoable_writes(entries), int(call.options.last), call), []
        return [], [NOT_A_COUNT(value=call.options.last)]
    known = {entry.id: entry for entry in entries}
    gone, complete = undone_ids(entries), {entry.id for entry in completed_writes(entries)}
    chosen: list[JournalEntry] = []
    problems: list[Text] = []
    for name in dict.fromkeys(call.options.ids):
        if name not in known:
            problems.append(NO_SUCH(id=name))
        elif name not in complete:
            problems.append(NEVER(id=name))
        elif name in gone:
            problems.append(ALREADY(id=name))
        else:
            chosen.append(known[name])
    return chosen, problems


def _newest(writes: list[JournalEntry], count: int, call: Call[Options]) -> list[JournalEntry]:
    """Return the newest writes whose files still exist, and print which ones it passes over."""
    chosen: list[JournalEntry] = []
    gone: list[JournalEntry] = []
    for entry in writes:
        if len(chosen) == count:
            break
        (gone if _is_gone(entry) else chosen).append(entry)
    if gone:
        one = GONE(path=redact(gone[0].path), id=gone[0].id)
        call.complain(one if len(gone) == 1 else MANY_GONE(count=len(gone)))
    return chosen


def _is_gone(entry: JournalEntry) -> bool:
    """Return whether the file of a write was removed since; a file that cannot be read is reported later."""
    try:
        return entry.after is not None and _content_of(entry) is None
    except OSError:
        return False


# Undoing


def _undo(journal: Journal, chosen: list[JournalEntry], call: Call[Options]) -> int:
    """Check all writes before undoing the first; one that cannot be undone does not stop the others."""
    steps: list[Step] = []
    code = CLEAN
    for entry in chosen:
        try:
            step = Step(entry, journal.bytes_before(entry), journal.bytes_after(entry))
            now = next((step.before for step in reversed(steps) if step.entry.path == entry.path), _content_of(entry))
            if is_result(entry, now) or is_original(entry, now):
                _show(step, now, call)
                steps.append(step)
            elif _is_gone(entry):
                code = call.fail([GONE(path=redact(entry.path), id=entry.id)])
            else:
                code = _print_conflict(journal, step, now, call)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is about this write alone
            code = _failed(entry, error, call)
    if not steps:
        return code
    if not call.options.yes and not call.terminal.is_interactive:
        return call.fail([NEEDS_YES()])
    if not call.options.yes and not is_agreed(call):
        call.say(LEFT)
        return code
    return max(code, *(_undo_write(journal, step, call) for step in steps))


def _content_of(entry: JournalEntry) -> bytes | None:
    return content(Path(entry.path))


def _failed(entry: JournalEntry, error: Exception, call: Call[Options]) -> int:
    """Print why a write is not undone."""
    why = words.UNWRITABLE(reason=unexpected(error))
    return call.fail([words.TROUBLE(path=entry.path, reason=why)])


def _show(step: Step, now: bytes | None, call: Call[Options]) -> None:
    call.say(_line(step.entry))
    show(step.entry.path, decode(now or b""), decode(step.before or b""), call)
    after, back = step.entry.after, restored_access(step.entry)
    if after and back and back.mode not in (after.access.mode, Path(step.entry.path).stat().st_mode & 0o7777):
        call.complain(MODE(path=step.entry.path, mode=f"{back.mode:04o}"))


def _print_conflict(journal: Journal, step: Step, now: bytes | None, call: Call[Options]) -> int:
    """Return the diff of what has been changed since."""
    entry = step.entry
    show(entry.path, decode(step.after or b""), decode(now or b""), call)
    problems = [CHANGED(path=entry.path, id=entry.id)]
    later = next((write for write in undoable_writes(journal.entries()) if write.path == entry.path), entry)
    if later.id != entry.id and is_result(later, now):
        problems.append(LATER(id=later.id, path=entry.path))
    return call.fail(problems)


def _undo_write(journal: Journal, step: Step, call: Call[Options]) -> int:
    entry = step.entry
    try:
        problem = _written(journal, step, call)
    except ChangedError:
        return call.fail([CHANGED(path=entry.path, id=entry.id)])
    except Exception as error:  # noqa: BLE001 - as in `_undo`
        return _failed(entry, error, call)
    if problem is not None:
        call.fail([words.TROUBLE(path=entry.path, reason=problem)])
        return FAILED
    message = REMOVED if entry.before is None else UNDONE
    call.say(message(path=redact(entry.path), id=entry.id))
    return CLEAN


def _written(journal: Journal, step: Step, call: Call[Options]) -> Text | None:
    """Return why a write was not undone, or None when it was."""
    entry = step.entry
    if not needs_root(entry.path) or is_original(entry, _content_of(entry)):
        journal.undo(entry, WHO)
        return None
    from wslgo.cli import as_root  # starts a program

    order = as_root.order(entry.path, step.after, step.before, UNDO)
    done = order if isinstance(order, Text) else as_root.write(order, WHO, call, entry.id)
    return done if isinstance(done, Text) else None
