"""The way back of a run: every deed is taken back in reverse order, and what others have made since stays theirs.

A file that somebody has edited since loses only our lines, where they can be told from theirs; else it is left alone
and the difference is shown, and the rest goes on. What is refused can be tried again.
"""

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from wslgo.effects import leftovers
from wslgo.journal import Entry, content, now_is, undoable
from wslgo.message import Message, Text
from wslgo.provision import apt, move, packages, rooted
from wslgo.provision.apply import NO_DRIVE, owner
from wslgo.provision.at import At
from wslgo.provision.hand import ChangedError, Hand, refusal, who
from wslgo.provision.ledger import INSTALLED, MADE, MOVED, PACKAGES, RAN, SETTLED, SWITCHED, WROTE, Deed, Run
from wslgo.provision.merge import merged
from wslgo.provision.step import RunFixed
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.install import is_complete
from wslgo.provision.toolchain.trouble import TroubleError

WHO = "wslgo provision --undo"

RESTORED = Message(en="{path}: as it was", zh="{path}：已恢复原状")
REMOVED = Message(en="{path}: removed", zh="{path}：已删除")
MERGED = Message(
    en="{path}: our lines are taken out, what came since stays", zh="{path}：已去掉我们添加的行，之后的更改保留"
)
MOVED_BACK = Message(en="{path}: moved back", zh="{path}：已移回")
STAYS = Message(en="The packages {names} stay: installing cannot be undone", zh="软件包 {names} 保留：安装无法撤销")

NOT_OURS_ALONE = Message(
    en="Somebody has added or changed files in {path}, so it stays: remove it yourself once nothing in it is needed",
    zh="{path} 中的文件已被添加或更改，因此保留：确认不再需要其中内容后请自行删除",
)

_GONE = (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)


class Way(NamedTuple):
    """A deed on its way back: `done` is what was done, `problem` why not, `change` the edit that stands against it."""

    deed: Deed
    done: Text | None = None
    problem: Text | None = None
    change: ChangedError | None = None


def undo(run: Run, hand: Hand) -> tuple[Way, ...]:
    """Take a run back as far as can be, or until somebody cancels; the rest can be taken back later."""
    deeds = list(_backwards(run))
    of_root = [deed for deed in deeds if _is_roots(deed, run, hand)]
    ways = [_by_user(deed, run, hand) for deed in deeds if deed not in of_root and not hand.cancelled()]
    for batch in _batches(of_root):
        ways += [] if hand.cancelled() else _by_root(batch, run, hand)
    if not hand.cancelled() and all(way.problem is None for way in ways):
        hand.ledger.end_undo(run.id)
    return tuple(ways)


def _is_roots(deed: Deed, run: Run, hand: Hand) -> bool:
    """Whether only root can take it back; packages stay, whoever asks."""
    return rooted.is_needed(hand.site) and run.plan.steps[deed.step].needs_root and deed.kind != PACKAGES


def _by_user(deed: Deed, run: Run, hand: Hand) -> Way:
    way = _back(deed, At(hand, run, deed.step))
    if way.problem is None:
        _note(deed, run, hand)
    return way


def _note(deed: Deed, run: Run, hand: Hand) -> None:
    """Tell the ledger that a deed is taken back; a folder that is left is tried again after what was refused in it."""
    if deed.kind != MADE or not Path(deed.facts["path"]).is_dir():
        hand.ledger.undo(run.id, deed)


def _backwards(run: Run) -> Iterator[Deed]:
    """The deeds that stand, the last first; a command that made files act is run again when those are back."""
    left = [deed for deed in reversed(run.deeds) if deed.number not in run.undone]
    for step in dict.fromkeys(deed.step for deed in left):
        own = [deed for deed in left if deed.step == step]
        yield from (deed for deed in own if deed.kind != RAN)
        yield from (deed for deed in own if deed.kind == RAN)


def _back(deed: Deed, at: At) -> Way:
    try:
        return Way(deed, _WAYS[deed.kind](deed, at))
    except (TroubleError, OSError) as error:
        return _barred(deed, error)


def _barred(deed: Deed, error: TroubleError | OSError) -> Way:
    """Why a deed is not taken back."""
    change = error if isinstance(error, ChangedError) else None
    return Way(deed, problem=refusal(error, str(deed.facts.get("path", ""))), change=change)


# Files


def _file(deed: Deed, at: At) -> Text | None:
    place = Path(deed.facts["path"])
    if _has_gone(place, deed, at):
        raise TroubleError(NO_DRIVE(path=str(place)))
    done = None
    for entry in _entries(place, at):
        done = _restored(entry, place, at) or done
    for path in leftovers(place):
        with contextlib.suppress(OSError):
            path.unlink()
    return done


def _has_gone(place: Path, deed: Deed, at: At) -> bool:
    """Whether a file lies on a drive that is not mounted now: what was written there comes back with it."""
    writes = (one for one in at.run.plan.steps[deed.step].writes if one.is_mounted)
    return not place.parent.is_dir() and any(at.hand.site.real(one.path) == place for one in writes)


def _entries(place: Path, at: At) -> list[Entry]:
    """The writes of this run to a file that stand, the last first."""
    entries = undoable(at.hand.journal.entries())
    return [one for one in entries if one.who == who(at.run.id) and one.path == str(place)]


def _restored(entry: Entry, place: Path, at: At) -> Text | None:
    journal, now = at.hand.journal, content(place)
    if now_is(entry, now):
        journal.undo(entry, WHO)
        return (REMOVED if entry.before is None else RESTORED)(path=str(place))
    if now is None and entry.before is None:
        return None
    found = _without_ours(entry, now, at)
    if found is None or now is None:
        raise ChangedError(str(place), journal.bytes_after(entry), now)
    data = None if entry.before is None and not found else found
    journal.write(place, data, WHO, expected=now, undoes=entry.id)
    return MERGED(path=str(place))


def _without_ours(entry: Entry, now: bytes | None, at: At) -> bytes | None:
    after, before = at.hand.journal.bytes_after(entry) or b"", at.hand.journal.bytes_before(entry) or b""
    return None if now is None else merged(after, before, now)


# What is no file


def _made(deed: Deed, _at: At) -> Text | None:
    path = Path(deed.facts["path"])
    try:
        path.rmdir()
    except OSError as error:
        if error.errno not in _GONE:
            raise
        return None
    return REMOVED(path=str(path))


def _switched(deed: Deed, _at: At) -> Text | None:
    link, before = Path(deed.facts["path"]), deed.facts["before"]
    folder.sweep_links(link)
    now = folder.points_to(link)
    if now == before:
        _give_back(link, deed)
        return None
    if now != deed.facts["target"]:
        raise ChangedError(str(link))
    if before is None:
        link.unlink()
        return REMOVED(path=str(link))
    folder.switch(link, before)
    _give_back(link, deed)
    return RESTORED(path=str(link))


def _give_back(link: Path, deed: Deed) -> None:
    """A link that was there belongs again to whom it did."""
    if deed.facts["owner"] is not None and os.geteuid() == 0 and owner(link) != deed.facts["owner"]:
        os.chown(link, *deed.facts["owner"], follow_symlinks=False)


def _installed(deed: Deed, at: At) -> Text | None:
    place = Path(deed.facts["path"])
    folder.sweep(place)
    if at.run.made(SETTLED, path=str(place)) or not is_complete(place, deed.facts["version"]):
        return None  # what was whole is taken back by the deed that says so
    folder.discard(place)
    return REMOVED(path=str(place))


def _settled(deed: Deed, at: At) -> Text | None:
    """A toolchain that is as it was when it was whole, and of our making."""
    place = Path(deed.facts["path"])
    is_ours = any(one.kind == INSTALLED and one.facts["path"] == str(place) for one in at.run.deeds)
    if not is_ours or not is_complete(place, deed.facts["version"]):
        return None
    if deed.facts["state"] != folder.state(place):
        raise TroubleError(NOT_OURS_ALONE(path=str(place)))
    folder.discard(place)
    return REMOVED(path=str(place))


def _moved(deed: Deed, _at: At) -> Text | None:
    move.put_back(deed)
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
    RAN: _ran,
    PACKAGES: _packages,
}


# By root


def _batches(deeds: list[Deed]) -> Iterator[list[Deed]]:
    """What root takes back at once: of a file that was written twice the earlier write waits for the later one."""
    batch: list[Deed] = []
    for deed in deeds:
        if deed.kind == WROTE and any(one.facts == deed.facts for one in batch if one.kind == WROTE):
            yield batch
            batch = []
        batch.append(deed)
    if batch:
        yield batch


def _by_root(batch: list[Deed], run: Run, hand: Hand) -> Iterator[Way]:
    asked: list[tuple[Deed, rooted.Order]] = []
    for deed in batch:
        try:
            asked += [(deed, order) for order in _orders(deed, At(hand, run, deed.step))]
        except (TroubleError, OSError) as error:
            yield _barred(deed, error)
    yield from _performed(asked, run, hand)


def _orders(deed: Deed, at: At) -> Iterator[rooted.Order]:
    if deed.kind == MADE:
        yield rooted.Order(deed.step, rooted.remove_folder_order(deed.facts["path"]))
    elif deed.kind == RAN:
        yield rooted.Order(deed.step, rooted.run_order(deed.facts["name"]))
    elif deed.kind == WROTE:
        place = Path(deed.facts["path"])
        for entry in _entries(place, at)[:1]:
            yield from _rewritten(entry, place, at)


def _rewritten(entry: Entry, place: Path, at: At) -> Iterator[rooted.Order]:
    journal, now = at.hand.journal, content(place)
    before = journal.bytes_before(entry) if now_is(entry, now) else _without_ours(entry, now, at)
    if before is None and not (now_is(entry, now) and entry.before is None):
        raise ChangedError(str(place), journal.bytes_after(entry), now)
    line = rooted.write_order(place, now, before)
    access = entry.before.access if entry.before else None
    noted = journal.begin(place, before, WHO, expected=now, access=access, undoes=entry.id)
    yield rooted.Order(at.step, line, noted)
    if access is not None and now is None:
        yield rooted.Order(at.step, rooted.own_order(place, access))


def _performed(asked: list[tuple[Deed, rooted.Order]], run: Run, hand: Hand) -> Iterator[Way]:
    done, problem = rooted.perform([order for _, order in asked], run, hand)
    lasts = {deed.number: number for number, (deed, _) in enumerate(asked)}
    firsts = {deed.number: (deed, order) for deed, order in reversed(asked)}
    for deed, order in firsts.values():
        if lasts[deed.number] >= done:
            yield Way(deed, problem=problem)
            continue
        _note(deed, run, hand)
        text = REMOVED if order.entry is None or order.entry.after is None else RESTORED
        yield Way(deed, text(path=deed.facts["path"]) if "path" in deed.facts else None)
