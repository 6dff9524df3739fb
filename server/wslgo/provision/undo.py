"""The way back of a run: every deed is taken back in reverse order, and what others have made since stays theirs.

A file that somebody has edited since loses only our lines, where they can be told from theirs; else it is left alone
and the difference is shown, and the rest goes on. What is refused can be tried again.

Other programs of the user can write into ledger and journal, too, and a disk can fail. So a file is restored only from
a note that fits the plan; what the notes no longer tell is a problem that is told, never taken for nothing to do.
"""

import errno
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from wslgo import asroot, jsonlines
from wslgo.effects import sweep
from wslgo.journal import Entry, Journal, content, digest, now_is, undoable, undone, was
from wslgo.message import Message, Text, listed
from wslgo.place import Access, Place, held
from wslgo.provision import apt, move, packages, rooted
from wslgo.provision.apply import NO_DRIVE
from wslgo.provision.at import At
from wslgo.provision.hand import CHANGED, ChangedError, Hand, refusal, who
from wslgo.provision.ledger import (
    COPIED,
    DONE,
    INSTALLED,
    MADE,
    MOVED,
    PACKAGES,
    RAN,
    SETTLED,
    SWITCHED,
    WROTE,
    Deed,
    Ledger,
    Run,
)
from wslgo.provision.merge import merged
from wslgo.provision.planned import in_one_line
from wslgo.provision.step import (
    ROOT,
    Action,
    GoInstall,
    InstallToolchain,
    MoveFolder,
    Plan,
    RunFixed,
    Step,
    Switch,
    WriteFile,
)
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.install import is_complete
from wslgo.provision.toolchain.trouble import TroubleError
from wslgo.reasons import RefusedError

WHO = "wslgo provision --undo"

RESTORED = Message(en="{path}: as it was", zh="{path}：已恢复原状")
REMOVED = Message(en="{path}: removed", zh="{path}：已删除")
MERGED = Message(
    en="{path}: our lines are taken out, what came since stays", zh="{path}：已去掉我们添加的行，之后的更改保留"
)
MOVED_BACK = Message(en="{path}: moved back", zh="{path}：已移回")
STAYS = Message(en="The packages {names} stay: installing cannot be undone", zh="软件包 {names} 保留：安装无法撤销")

IF_EMPTY = Message(en="{path} is removed if it is empty", zh="{path} 为空时将被删除")
AS_BEFORE = Message(en="As it was before this run", zh="恢复到此次运行之前的状态")
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
MISFIT = Message(
    en="{place} stays: its note does not fit what the plan does there ({actions}). Undo that yourself",
    zh="{place} 保持不变：其记录与计划在此处的操作（{actions}）不符。请自行撤销",
)
UNNOTED = Message(
    en="{path} stays: root has no note that it wrote this for the plan of this run. As root, edit it as this diff"
    " shows, then undo again",
    zh="{path} 保持不变：root 没有为此次运行的计划写入过它的记录。请以 root 身份按此差异编辑，然后再次撤销",
)
NOT_NOTED = Message(
    en="This run may have done it, but its note cannot be read: {action}. Undo it yourself",
    zh="此次运行可能执行了该操作，但其记录无法读取：{action}。请自行撤销",
)
UNKNOWN = Message(
    en="{place} stays: this wslgo does not know the action '{kind}'. Undo it with the wslgo that did it",
    zh="{place} 保持不变：此版本的 wslgo 不认识操作 '{kind}'。请用执行它的 wslgo 版本撤销",
)
LOST_RUN = Message(
    en="Run {id} cannot be undone as a whole: its plan cannot be read. It made {paths}; wslgo undo restores the files",
    zh="无法整体撤销运行 {id}：其计划无法读取。它更改了 {paths}；wslgo undo 可恢复其中的文件",
)

NOT_OURS_ALONE = Message(
    en="Somebody has added or changed files in {path}, so it stays: remove it yourself once nothing in it is needed",
    zh="{path} 中的文件已被添加或更改，因此保留：确认不再需要其中内容后请自行删除",
)

_GONE = (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)


class Way(NamedTuple):
    """A deed on its way back: `done` is what was done, `problem` why not, `change` the edit that stands against it. A
    `note` is about the notes themselves."""

    deed: Deed | None = None
    done: Text | None = None
    problem: Text | None = None
    change: ChangedError | None = None
    note: Text | None = None


class Asked(NamedTuple):
    """An order for root, for a deed. What is written again has a `place`, what is there `now`, what will be `then`, and
    the write that this undoes."""

    deed: Deed
    order: rooted.Order
    place: Path | None = None
    now: bytes | None = None
    then: bytes | None = None
    undoes: Entry | None = None


class RootsPart(NamedTuple):
    """What root is asked for in an undo: it is shown, agreed to, and then done from here and from nothing that another
    program could have written meanwhile. `back` are writes that somebody has put back."""

    asked: tuple[Asked, ...] = ()
    barred: tuple[Way, ...] = ()
    back: tuple[tuple[Deed, tuple[Entry, ...]], ...] = ()

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


def roots_part(run: Run, hand: Hand) -> RootsPart:
    """What of an undo is root's. Nothing is written."""
    asked: list[Asked] = []
    barred: list[Way] = []
    back: list[tuple[Deed, tuple[Entry, ...]]] = []
    held: dict[Path, bytes | None] = {}
    for deed in (*_unnoted(run, hand), *_backwards(run)):
        if _is_roots(deed, run, hand):
            try:
                orders, entries = _orders(deed, At(hand, run, deed.step), held)
                asked += orders
                back += [] if orders else [(deed, entries)]
            except Exception as error:  # noqa: BLE001 - as in `_back`
                barred.append(_barred(deed, error))
    return RootsPart(tuple(asked), tuple(barred), tuple(back))


def undo(run: Run, hand: Hand, part: RootsPart | None = None) -> tuple[Way, ...]:
    """Take a run back as far as can be, or until somebody cancels; the rest can be taken back later. `part` is what was
    shown of root's part, where there is one."""
    part = part or roots_part(run, hand)
    deeds = [deed for deed in (*_unnoted(run, hand), *_backwards(run)) if not _is_roots(deed, run, hand)]
    ways = [_by_user(deed, run, hand) for deed in deeds if not hand.cancelled()]
    ways += [] if hand.cancelled() else (*part.barred, *_put_back(part, run, hand))
    for batch in _batches(part.asked):
        ways += [] if hand.cancelled() else _by_root(batch, run, hand)
    ways += [] if hand.cancelled() else _unreadable(run, hand)
    if not hand.cancelled() and all(way.problem is None for way in ways):
        hand.ledger.end_undo(run.id)
    return tuple(ways)


def _is_roots(deed: Deed, run: Run, hand: Hand) -> bool:
    """Whether only root can take it back; packages stay, whoever asks."""
    return rooted.is_needed(hand.site) and run.plan.steps[deed.step].needs_root and deed.kind in (WROTE, MADE, RAN)


def _by_user(deed: Deed, run: Run, hand: Hand) -> Way:
    way = _back(deed, At(hand, run, deed.step))
    if way.problem is None:
        _note(deed, run, hand)
    return way


def _note(deed: Deed, run: Run, hand: Hand) -> None:
    """Tell the ledger that a deed is taken back; a folder that is left is tried again after what was refused in it."""
    if deed.kind != MADE or not _is_left(deed, At(hand, run, deed.step)):
        hand.ledger.undo(run.id, deed)


def _is_left(deed: Deed, at: At) -> bool:
    try:
        return at.noted(deed).is_folder
    except OSError:
        return False


def _backwards(run: Run) -> Iterator[Deed]:
    """The deeds that stand, the last first; a command that made files act is run again when those are back."""
    left = [deed for deed in reversed(run.deeds) if deed.number not in run.undone]
    for step in dict.fromkeys(deed.step for deed in left):
        own = [deed for deed in left if deed.step == step]
        yield from (deed for deed in own if deed.kind != RAN)
        yield from (deed for deed in own if deed.kind == RAN)


def _back(deed: Deed, at: At) -> Way:
    try:
        if deed.kind not in _WAYS:
            raise TroubleError(UNKNOWN(place=_about(deed), kind=deed.kind))
        if not _fits(deed, at):
            raise TroubleError(MISFIT(place=_about(deed), actions=_actions(at)))
        return Way(deed, _WAYS[deed.kind](deed, at))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is about this deed alone
        return _barred(deed, error)


def _barred(deed: Deed, error: Exception) -> Way:
    """Why a deed is not taken back."""
    change = error if isinstance(error, ChangedError) else None
    return Way(deed, problem=refusal(error, _about(deed)), change=change)


def _fits(deed: Deed, at: At) -> bool:
    """Whether a deed is part of what its step does by the plan; files are compared with it when they are restored."""
    site, facts, actions = at.hand.site, deed.facts, at.run.plan.steps[deed.step].actions
    if deed.kind == MOVED:
        moves = [(site.place(one.source), site.place(one.target)) for one in actions if isinstance(one, MoveFolder)]
        return (Path(facts["source"]), Path(facts["target"])) in moves
    if deed.kind == COPIED:
        ends = {end for one in actions if isinstance(one, MoveFolder) for end in (one.source, one.target)}
        return Path(facts["path"]) in map(site.place, ends)
    if deed.kind == SWITCHED:
        links = [(site.place(one.link), one.before, one.target) for one in actions if isinstance(one, Switch)]
        return (Path(facts["path"]), facts["before"], facts["target"]) in links
    if deed.kind in (INSTALLED, SETTLED):
        folders = [(site.place(one.folder), one.version) for one in actions if isinstance(one, InstallToolchain)]
        return (Path(facts["path"]), facts["version"]) in folders
    if deed.kind == RAN:
        return any(isinstance(one, RunFixed) and " ".join(one.words) == facts["name"] for one in actions)
    if deed.kind == MADE:
        places = [place(path) for path in _paths(actions) for place in (site.place, site.real)]
        return any(Path(facts["path"]) in place.parents for place in places)
    return True


def _actions(at: At) -> Text:
    return listed(map(in_one_line, at.run.plan.steps[at.step].actions))


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


def _about(deed: Deed) -> str:
    """The path that a deed is about, else its kind."""
    return next((str(deed.facts[name]) for name in ("path", "source") if name in deed.facts), deed.kind)


# What the notes do not tell


def _unnoted(run: Run, hand: Hand) -> Iterator[Deed]:
    """Files that the journal says the run wrote, while the ledger has lost its line about them."""
    noted = {deed.facts["path"] for deed in run.deeds if deed.kind == WROTE}
    entries = (one for one in undoable(hand.journal.entries()) if one.who == who(run.id))
    for path in dict.fromkeys(entry.path for entry in entries if entry.path not in noted):
        steps = (number for number, step in enumerate(run.plan.steps) if _writes(step, path, hand))
        yield Deed(-1, next(steps, 0), WROTE, {"path": path})


def _unreadable(run: Run, hand: Hand) -> Iterator[Way]:
    """What stands of a run though no line says that it did it. Others may have done the same before it, so it is told
    only where there are lines that cannot be read; a move is always noted."""
    has_strange = bool(hand.ledger.read().strange)
    wrote = {entry.path for entry in hand.journal.entries() if entry.who == who(run.id)}
    makers = [deed for deed in run.deeds if deed.kind != SETTLED]  # which another deed has begun
    noted = {str(deed.facts.get(name)) for deed in makers for name in ("path", "source")} | wrote
    for number, action in ((number, action) for number, step in enumerate(run.plan.steps) for action in step.actions):
        if not (has_strange or (isinstance(action, MoveFolder) and run.ends.get(number) == DONE)):
            continue
        try:
            place = _stands(action, hand)
        except Exception as error:  # noqa: BLE001 - as in `_back`
            yield Way(problem=refusal(error, run.id))
            continue
        if place is not None and place not in noted:
            yield Way(problem=NOT_NOTED(action=in_one_line(action)))


def _stands(action: Action, hand: Hand) -> str | None:
    """Where what an action makes is now; None where it is not."""
    site = hand.site
    if isinstance(action, WriteFile):
        place = site.opened(action.path)
        stands = content(place) == action.after
    elif isinstance(action, Switch):
        place = site.opened(action.link, follows=False)
        stands = place.says() == action.target
    elif isinstance(action, InstallToolchain):
        place = site.opened(action.folder, follows=False)
        stands = is_complete(place, action.version)
    elif isinstance(action, MoveFolder):
        place = site.opened(action.source, follows=False)
        stands = place.found() is None and site.opened(action.target, follows=False).found() is not None
    elif isinstance(action, GoInstall):
        place = site.opened(f"{action.folder}/{action.program}")
        stands = place.found() is not None
    else:
        return None
    return place.path if stands else None


def about_notes(ledger: Ledger, journal: Journal) -> Iterator[Way]:
    """What of ledger and journal cannot be understood, and the runs that are lost with it."""
    notes, (entries, strange, _) = ledger.read(), journal.read()
    for path, numbers in ((ledger.lines, notes.strange), (journal.lines, strange)):
        if numbers:
            yield Way(note=jsonlines.about_strange(path, numbers))
    stand = undoable(entries)
    for run, deeds in notes.lost.items():
        paths = dict.fromkeys(entry.path for entry in stand if entry.who == who(run))
        paths |= dict.fromkeys(place for place in map(_left, deeds) if place is not None)
        if paths:
            yield Way(problem=LOST_RUN(id=run, paths=", ".join(paths)))


def _left(deed: Deed) -> str | None:
    """What a deed of a run that is lost has left; files are known to the journal."""
    facts = deed.facts
    if deed.kind == SWITCHED and held(facts["path"], follows=False).says() == facts["target"]:
        return str(facts["path"])
    if deed.kind == INSTALLED and is_complete(held(facts["path"], follows=False), facts["version"]):
        return str(facts["path"])
    if deed.kind == MOVED:
        source, target = held(facts["source"], follows=False), held(facts["target"], follows=False)
        return str(facts["target"]) if target.found() is not None and source.found() is None else None
    return None


# Files


def _file(deed: Deed, at: At) -> Text | None:
    place, path = at.noted(deed, follows=True), deed.facts["path"]
    if _has_gone(place, deed, at):
        raise TroubleError(NO_DRIVE(path=path))
    standing = _standing(path, at)
    _check_fits(standing, place, path, at)
    done = None
    if standing and was(standing[-1], content(place)):  # somebody has put it back
        for entry in standing:
            at.hand.journal.note_undone(entry, WHO, place)
        done = RESTORED(path=path) if standing[-1].before else None
    else:
        for entry in standing:
            done = _restored(entry, place, at) or done
    _check(deed, place, at)
    sweep(place)
    return done


def _check(deed: Deed, place: Place, at: At) -> None:
    """Raise ChangedError where a file was written and the journal does not know any more what it was."""
    path = deed.facts["path"]
    now, planned, every = content(place), _planned(path, at), at.hand.journal.entries()
    gone = undone(every)
    known = [one for one in every if one.who == who(at.run.id) and one.path == path]
    answered = [one for one in known if one.id in gone or not now_is(one, now)]
    if not planned:  # a program that was built
        was_noted = "was" in deed.facts and deed.facts["was"] == (None if now is None else digest(now))
        if not (answered or now is None or was_noted):
            raise ChangedError(path, message=LOST_FILE)
        return
    for write in _writes(at.run.plan.steps[deed.step], path, at.hand):
        if now != write.before and not any(_is_of(entry, write) for entry in answered):
            raise ChangedError(path, now, write.before, LOST)


def _planned(path: str, at: At) -> list[WriteFile]:
    """What the plan says about a file."""
    return [write for step in at.run.plan.steps for write in _writes(step, path, at.hand)]


def _writes(step: Step, path: str, hand: Hand) -> list[WriteFile]:
    return [write for write in step.writes if hand.site.opened(write.path).path == path]


def _is_of(entry: Entry, write: WriteFile) -> bool:
    return was(entry, write.before) and now_is(entry, write.after)


def _has_gone(place: Place, deed: Deed, at: At) -> bool:
    """Whether a file lies on a drive that is not mounted now: what was written there comes back with it."""
    writes = (one for one in at.run.plan.steps[deed.step].writes if one.is_mounted)
    return bool(place.missing) and any(at.hand.site.opened(one.path).path == place.path for one in writes)


def _standing(path: str, at: At) -> list[Entry]:
    """The writes of this run to a file that stand, the last first."""
    entries = undoable(at.hand.journal.entries())
    return [one for one in entries if one.who == who(at.run.id) and one.path == path]


def _restored(entry: Entry, place: Place, at: At) -> Text | None:
    journal, now = at.hand.journal, content(place)
    if was(entry, now) or now_is(entry, now):
        _undo_write(entry, place, now, at)
        return (REMOVED if entry.before is None else RESTORED)(path=entry.path)
    found = _without_ours(entry, now, at)
    if found is None or now is None:
        raise ChangedError(entry.path, journal.bytes_after(entry), now)
    data = None if entry.before is None and not found else found
    journal.write(place, data, WHO, expected=now, undoes=entry.id)
    return MERGED(path=entry.path)


def _check_fits(entries: list[Entry], place: Place, path: str, at: At) -> None:
    """Raise ChangedError where a note of the journal is not about what the plan says. A write keeps mode and owner."""
    planned = _planned(path, at)
    for entry in entries:
        is_kept = entry.before is None or entry.after is None or entry.before.access == entry.after.access
        if planned and not (is_kept and any(_is_of(entry, write) for write in planned)):
            raise ChangedError(path, content(place), planned[0].before, OTHER_NOTE)


def _undo_write(entry: Entry, place: Place, now: bytes | None, at: At) -> None:
    """Undo a write by the journal. Raises ChangedError with what the plan knows where the journal lost its bytes."""
    try:
        at.hand.journal.undo(entry, WHO, place)
    except RefusedError as error:
        before = [write.before for write in _planned(entry.path, at) if _is_of(entry, write)]
        if error.errno != errno.ENODATA or not before:
            raise
        raise ChangedError(entry.path, now, before[0], LOST) from error


def _without_ours(entry: Entry, now: bytes | None, at: At) -> bytes | None:
    after, before = at.hand.journal.bytes_after(entry) or b"", at.hand.journal.bytes_before(entry) or b""
    return None if now is None else merged(after, before, now)


# What is no file


def _made(deed: Deed, at: At) -> Text | None:
    place = at.noted(deed)
    try:
        place.remove_folder()
    except OSError as error:
        if error.errno not in _GONE:
            raise
        return None
    return REMOVED(path=place.path)


def _switched(deed: Deed, at: At) -> Text | None:
    place, before, owner = at.noted(deed), deed.facts["before"], deed.facts["owner"]
    folder.sweep_links(place)
    now = place.says()
    if now == before:
        return None
    if now != deed.facts["target"]:
        raise ChangedError(place.path)
    if before is None:
        place.remove()
        return REMOVED(path=place.path)
    folder.switch(place, before, None if owner is None else Access(0, *owner))
    return RESTORED(path=place.path)


def _installed(deed: Deed, at: At) -> Text | None:
    place = at.noted(deed)
    folder.sweep(place)
    if at.run.made(SETTLED, path=deed.facts["path"]) or not is_complete(place, deed.facts["version"]):
        return None  # what was whole is taken back by the deed that says so
    if at.run.ends.get(deed.step) == DONE:  # so it was whole, and that line is lost
        raise TroubleError(NOT_OURS_ALONE(path=place.path))
    folder.discard(place)
    return REMOVED(path=place.path)


def _settled(deed: Deed, at: At) -> Text | None:
    """A toolchain that is as it was when it was whole, and of our making."""
    place = at.noted(deed)
    is_ours = any(one.kind == INSTALLED and one.facts["path"] == deed.facts["path"] for one in at.run.deeds)
    if not is_ours or not is_complete(place, deed.facts["version"]):
        return None
    if deed.facts["state"] != folder.state(place):
        raise TroubleError(NOT_OURS_ALONE(path=place.path))
    folder.discard(place)
    return REMOVED(path=place.path)


def _moved(deed: Deed, at: At) -> Text | None:
    move.put_back(deed, at)
    return MOVED_BACK(path=deed.facts["source"])


def _ran(deed: Deed, at: At) -> Text | None:
    packages.run_fixed(RunFixed(tuple(deed.facts["name"].split())), at)
    return None


def _packages(deed: Deed, at: At) -> Text | None:
    dpkg = apt.installed(at.hand.site)
    names = [name for name in deed.facts["names"] if dpkg is None or name in dpkg.installed]
    return STAYS(names=", ".join(names)) if names else None


_WAYS: dict[str, Callable[[Deed, At], Text | None]] = {
    WROTE: _file,
    MADE: _made,
    SWITCHED: _switched,
    INSTALLED: _installed,
    SETTLED: _settled,
    MOVED: _moved,
    COPIED: lambda _deed, _at: None,  # it has the name of the folder that is moved back
    RAN: _ran,
    PACKAGES: _packages,
}


# By root


def _batches(part: Sequence[Asked]) -> Iterator[list[Asked]]:
    """What root takes back at once: of a file that was written twice the earlier write waits for the later one."""
    batch: list[Asked] = []
    for asked in part:
        if asked.place is not None and any(one.place == asked.place for one in batch):
            yield batch
            batch = []
        batch.append(asked)
    if batch:
        yield batch


def _orders(deed: Deed, at: At, held: dict[Path, bytes | None]) -> tuple[list[Asked], tuple[Entry, ...]]:
    """The orders for a deed, or else the writes that somebody has put back. `held` is what files hold after those that
    came before it. Raises TroubleError or OSError for what the plan does not say."""
    if not _fits(deed, at):
        raise TroubleError(MISFIT(place=_about(deed), actions=_actions(at)))
    if deed.kind == MADE:
        return [Asked(deed, rooted.Order(deed.step, rooted.remove_folder_order(deed.facts["path"])))], ()
    if deed.kind == RAN:
        return [Asked(deed, rooted.Order(deed.step, rooted.again_order(deed.facts["name"])))], ()
    place = Path(deed.facts["path"])
    if not _planned(str(place), at):
        raise TroubleError(MISFIT(place=str(place), actions=_actions(at)))
    standing = _standing(str(place), at) if place not in held else []
    _check_fits(standing, at.noted(deed, follows=True), str(place), at)
    now = held.setdefault(place, content(place))
    if standing and was(standing[-1], now):
        return [], tuple(standing)
    if not standing and now == content(place):
        _check(deed, at.noted(deed, follows=True), at)
    asked: list[Asked] = []
    for entry in standing:
        then = _noted_before(entry, place, now, at)
        order = rooted.Order(deed.step, rooted.undo_order(place, now, then))
        asked.append(Asked(deed, order, place, now, then, entry))
        now = held[place] = then
    return asked, ()


def _noted_before(entry: Entry, place: Path, now: bytes | None, at: At) -> bytes | None:
    """What a file of root's was. Raises ChangedError where it is not what root made of it: root merges nothing."""
    if not now_is(entry, now):
        raise ChangedError(str(place), at.hand.journal.bytes_after(entry), now)
    before = [write.before for write in _planned(str(place), at) if _is_of(entry, write)]
    return before[0]


def _put_back(part: RootsPart, run: Run, hand: Hand) -> Iterator[Way]:
    for deed, entries in part.back:
        for entry in entries:
            hand.journal.note_undone(entry, WHO)
        _note(deed, run, hand)
        yield Way(deed)


def _by_root(batch: list[Asked], run: Run, hand: Hand) -> Iterator[Way]:
    begun: list[Asked] = []
    for asked in batch:
        try:
            begun.append(_begun(asked, hand))
        except Exception as error:  # noqa: BLE001 - as in `_back`
            yield _barred(asked.deed, error)
    performed = rooted.perform([asked.order for asked in begun], run, hand, rooted.UNDONE)
    for number, asked in enumerate(begun):
        if number in performed.done:
            _note(asked.deed, run, hand)
            text = REMOVED if asked.then is None else RESTORED
            yield Way(asked.deed, text(path=asked.deed.facts["path"]) if "path" in asked.deed.facts else None)
        elif number in performed.left:
            message = UNNOTED if performed.left[number] == asroot.UNNOTED else CHANGED
            yield _barred(asked.deed, ChangedError(str(asked.place), asked.now, asked.then, message))
        else:
            yield Way(asked.deed, problem=performed.problem)


def _begun(asked: Asked, hand: Hand) -> Asked:
    """The same, with its write begun in the journal."""
    if asked.place is None or asked.undoes is None:
        return asked
    access = asked.undoes.before.access if asked.undoes.before and asked.now is None else None
    entry = hand.journal.begin(asked.place, asked.then, WHO, expected=asked.now, access=access, undoes=asked.undoes.id)
    return asked._replace(order=asked.order._replace(entry=entry))
