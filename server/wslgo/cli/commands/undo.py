"""`wslgo undo`: takes back what wslgo has written outside of repositories, byte for byte."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wslgo.cli import words
from wslgo.cli.arguments import Namespace, Option, Usage, Words
from wslgo.cli.consent import LEFT, NEEDS_YES, is_agreed
from wslgo.cli.options import COLOR, LANGUAGE
from wslgo.cli.output.diff import show
from wslgo.cli.terminal import CLEAN, FAILED, Terminal, fail, language, rendered
from wslgo.system.as_root import UNDO, needs_root
from wslgo.system.errors import reason, unexpected
from wslgo.system.journal import (
    ChangedError,
    Entry,
    Journal,
    Notes,
    access_back,
    content,
    folder_of,
    now_is,
    undoable,
    undone,
    was,
    written,
)
from wslgo.system.jsonlines import about_strange
from wslgo.text.message import Language, Message, Text, redact
from wslgo.text.source import decode

WHO = "wslgo undo"
_DIGITS = 10

NOTHING = Message(en="There is nothing to undo", zh="没有可撤销的内容")
NO_SUCH = Message(en="there is no write {id}; see wslgo undo --list", zh="没有写入记录 {id}；见 wslgo undo --list")
NOT_A_COUNT = Message(en="--last takes a number, not '{value}'", zh="--last 需要一个数字，而不是 '{value}'")
UNDONE = Message(en="{path}: as it was before {id}", zh="{path}：已恢复到 {id} 之前的状态")
REMOVED = Message(en="{path}: removed, as before {id}", zh="{path}：已删除，恢复到 {id} 之前的状态")
ALREADY = Message(en="{id} was already undone", zh="{id} 已经撤销")
NEVER = Message(en="{id} never came about", zh="{id} 从未完成")
CHANGED = Message(
    en="{path} was changed after {id}: this would be lost, so it stays",
    zh="{path} 在 {id} 之后被更改：撤销会丢失这些更改，因此保持不变",
)
LOST = Message(
    en="{id} wrote a file, but its line in {path} cannot be read, so it cannot be undone",
    zh="{id} 写入过文件，但 {path} 中的相应行无法读取，因此无法撤销",
)
LATER = Message(en="undo {id} first, which wrote {path} later", zh="请先撤销之后写入 {path} 的 {id}")
MODE = Message(en="{path}: the mode becomes {mode}", zh="{path}：权限改为 {mode}")
ENTRY = Message(en="{id}  {time}  {who}  {path}", zh="{id}  {time}  {who}  {path}")
STATES = {
    "undone": Message(en="undone", zh="已撤销"),
    "failed": Message(en="not written", zh="未写入"),
    "undo": Message(en="undoes {id}", zh="撤销 {id}"),
}

USAGE = Usage(
    "Take back what wslgo has written outside of the current folder: bytes, mode and owner.",
    (
        Option("--list", "list the writes, the newest first"),
        Option("--last", "undo so many of them (default: 1)", "N", default="1"),
        Option("--yes", "undo without asking"),
        LANGUAGE,
        COLOR,
    ),
    Words("ids", "ID", "writes to undo, by their id; that of an undo brings back what it took", are_needed=False),
    "Exit code: 0 undone or nothing to undo, 2 something stands against it.",
)


class Step(NamedTuple):
    """A write to be taken back, and what the file holds before that."""

    entry: Entry
    before: bytes | None
    after: bytes | None


def run(options: Namespace, terminal: Terminal) -> int:
    spoken = language(options.lang, terminal.environment)
    journal = Journal(folder_of(terminal.environment))
    try:
        notes = journal.read()
        code = _about(notes, journal, terminal, spoken)
        if options.list:
            return max(code, _list(notes.entries, terminal, spoken))
        chosen, problems = _chosen(notes.entries, options)
        if problems:
            code = fail(problems, spoken, terminal)
        if not chosen:
            if not code:
                terminal.say(rendered(NOTHING, spoken))
            return code
        return max(code, _undo(journal, chosen, options, terminal, spoken))
    except OSError as error:
        path = str(error.filename or folder_of(terminal.environment))
        return fail([words.TROUBLE(path=path, reason=words.UNWRITABLE(reason=reason(error)))], spoken, terminal)


def _about(notes: Notes, journal: Journal, terminal: Terminal, spoken: Language) -> int:
    """Tell what of the journal cannot be understood; the exit code."""
    if notes.strange:
        terminal.complain(rendered(about_strange(journal.lines, notes.strange), spoken))
    problems = [LOST(id=number, path=str(journal.lines)) for number in notes.lost]
    return fail(problems, spoken, terminal) if problems else CLEAN


# Listing


def _list(entries: list[Entry], terminal: Terminal, spoken: Language) -> int:
    gone, stands = undone(entries), {one.id for one in written(entries)}
    for entry in reversed(entries):
        line = rendered(ENTRY(id=entry.id, time=entry.time, who=entry.who, path=entry.path), spoken)
        states = [rendered(state, spoken) for state in _states(entry, gone, stands)]
        terminal.say(f"{line}{'  (' + ', '.join(states) + ')' if states else ''}")
    return CLEAN


def _states(entry: Entry, gone: set[str], stands: set[str]) -> Iterator[Text]:
    if entry.undoes:
        yield STATES["undo"](id=entry.undoes)
    if entry.id not in stands:
        yield STATES["failed"]()
    elif entry.id in gone:
        yield STATES["undone"]()


# Choosing


def _chosen(entries: list[Entry], options: Namespace) -> tuple[list[Entry], list[Text]]:
    """The writes to undo, and what is wrong with the others that were named."""
    if not options.ids:
        if options.last.isdecimal() and len(options.last) < _DIGITS:
            return undoable(entries)[: int(options.last)], []
        return [], [NOT_A_COUNT(value=options.last)]
    known, gone, stands = {one.id: one for one in entries}, undone(entries), {one.id for one in written(entries)}
    chosen: list[Entry] = []
    problems: list[Text] = []
    for name in dict.fromkeys(options.ids):
        if name not in known:
            problems.append(NO_SUCH(id=name))
        elif name not in stands:
            problems.append(NEVER(id=name))
        elif name in gone:
            problems.append(ALREADY(id=name))
        else:
            chosen.append(known[name])
    return chosen, problems


# Undoing


def _undo(journal: Journal, chosen: list[Entry], options: Namespace, terminal: Terminal, spoken: Language) -> int:
    """All of them are looked at before the first one is taken back; one that cannot be keeps no other from it."""
    steps: list[Step] = []
    code = CLEAN
    for entry in chosen:
        try:
            step = Step(entry, journal.bytes_before(entry), journal.bytes_after(entry))
            now = next((one.before for one in reversed(steps) if one.entry.path == entry.path), _held(entry))
            if now_is(entry, now) or was(entry, now):
                _show(step, now, terminal, spoken)
                steps.append(step)
            else:
                code = _refuse(journal, step, now, terminal, spoken)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is about this write alone
            code = _failed(entry, error, terminal, spoken)
    if not steps:
        return code
    if not options.yes and not terminal.is_interactive:
        return fail([NEEDS_YES()], spoken, terminal)
    if not options.yes and not is_agreed(terminal, spoken):
        terminal.say(rendered(LEFT, spoken))
        return code
    return max(code, *(_take_back(journal, step, terminal, spoken) for step in steps))


def _held(entry: Entry) -> bytes | None:
    return content(Path(entry.path))


def _failed(entry: Entry, error: Exception, terminal: Terminal, spoken: Language) -> int:
    """Tell why a write is not undone."""
    why = words.UNWRITABLE(reason=unexpected(error))
    return fail([words.TROUBLE(path=entry.path, reason=why)], spoken, terminal)


def _show(step: Step, now: bytes | None, terminal: Terminal, spoken: Language) -> None:
    show(step.entry.path, decode(now or b""), decode(step.before or b""), terminal, spoken)
    after, back = step.entry.after, access_back(step.entry)
    if after and back and back.mode not in (after.access.mode, Path(step.entry.path).stat().st_mode & 0o7777):
        terminal.complain(rendered(MODE(path=step.entry.path, mode=f"{back.mode:04o}"), spoken))


def _refuse(journal: Journal, step: Step, now: bytes | None, terminal: Terminal, spoken: Language) -> int:
    """The diff of what has been changed since."""
    entry = step.entry
    show(entry.path, decode(step.after or b""), decode(now or b""), terminal, spoken)
    problems = [CHANGED(path=entry.path, id=entry.id)]
    later = next((one for one in undoable(journal.entries()) if one.path == entry.path), entry)
    if later.id != entry.id and now_is(later, now):
        problems.append(LATER(id=later.id, path=entry.path))
    return fail(problems, spoken, terminal)


def _take_back(journal: Journal, step: Step, terminal: Terminal, spoken: Language) -> int:
    entry = step.entry
    try:
        problem = _written(journal, step, terminal, spoken)
    except ChangedError:
        return fail([CHANGED(path=entry.path, id=entry.id)], spoken, terminal)
    except Exception as error:  # noqa: BLE001 - as in `_undo`
        return _failed(entry, error, terminal, spoken)
    if problem is not None:
        fail([words.TROUBLE(path=entry.path, reason=problem)], spoken, terminal)
        return FAILED
    said = REMOVED if entry.before is None else UNDONE
    terminal.say(rendered(said(path=redact(entry.path), id=entry.id), spoken))
    return CLEAN


def _written(journal: Journal, step: Step, terminal: Terminal, spoken: Language) -> Text | None:
    """Why a write was not taken back; None when it was."""
    entry = step.entry
    if not needs_root(entry.path) or was(entry, _held(entry)):
        journal.undo(entry, WHO)
        return None
    from wslgo.cli import as_root  # starts a program

    order = as_root.order(entry.path, step.after, step.before, UNDO)
    done = order if isinstance(order, Text) else as_root.write(order, WHO, terminal, spoken, entry.id)
    return done if isinstance(done, Text) else None
