"""The way back of a run: every deed is taken back in reverse order, and what others have made since stays theirs.

A file that somebody has edited since loses only our lines, where they can be told from theirs; else it is left alone
and the difference is shown, and the rest goes on. What is refused can be tried again.

Other programs of the user can write into ledger and journal, too, and a disk can fail. So a file is restored only from
a note that fits the plan; what the notes no longer tell is a problem that is told, never taken for nothing to do.
"""

import errno
from collections.abc import Callable

from wslgo.provision.apply import move_folder, packages
from wslgo.provision.apply.context import DriftError, RunContext
from wslgo.provision.apply.ledger import (
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
    Run,
)
from wslgo.provision.apply.reversal import (
    MISFIT,
    REMOVED,
    RESTORED,
    Reversal,
    actions_of,
    backwards,
    barred_way,
    fits,
    is_roots,
    note_undone,
    place_of,
)
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.apply.undo_file import restored
from wslgo.provision.apply.undo_notes import unnoted, unreadable
from wslgo.provision.apply.undo_root import RootsPart, batches, by_root, put_back, roots_part
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import RunFixed
from wslgo.provision.survey import apt
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.install import is_complete
from wslgo.system.place import Access
from wslgo.text.message import Message, Text

MOVED_BACK = Message(en="{path}: moved back", zh="{path}：已移回")
STAYS = Message(en="The packages {names} stay: installing cannot be undone", zh="软件包 {names} 保留：安装无法撤销")
UNKNOWN = Message(
    en="{place} stays: this wslgo does not know the action '{kind}'. Undo it with the wslgo that did it",
    zh="{place} 保持不变：此版本的 wslgo 不认识操作 '{kind}'。请用执行它的 wslgo 版本撤销",
)
NOT_OURS_ALONE = Message(
    en="Somebody has added or changed files in {path}, so it stays: remove it yourself once nothing in it is needed",
    zh="{path} 中的文件已被添加或更改，因此保留：确认不再需要其中内容后请自行删除",
)
_GONE = (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)


def undo(run: Run, context: RunContext, part: RootsPart | None = None) -> tuple[Reversal, ...]:
    """Take a run back as far as can be, or until somebody cancels; the rest can be taken back later. `part` is what was
    shown of root's part, where there is one."""
    part = part or roots_part(run, context)
    deeds = [deed for deed in (*unnoted(run, context), *backwards(run)) if not is_roots(deed, run, context)]
    ways = [_by_user(deed, run, context) for deed in deeds if not context.cancelled()]
    ways += [] if context.cancelled() else (*part.barred, *put_back(part, run, context))
    for batch in batches(part.asked):
        ways += [] if context.cancelled() else by_root(batch, run, context)
    ways += [] if context.cancelled() else unreadable(run, context)
    if not context.cancelled() and all(way.problem is None for way in ways):
        context.ledger.end_undo(run.id)
    return tuple(ways)


def _by_user(deed: Deed, run: Run, context: RunContext) -> Reversal:
    way = _back(deed, StepRun(context, run, deed.step))
    if way.problem is None:
        note_undone(deed, run, context)
    return way


def _back(deed: Deed, at: StepRun) -> Reversal:
    try:
        if deed.kind not in _WAYS:
            raise ProvisionError(UNKNOWN(place=place_of(deed), kind=deed.kind))
        if not fits(deed, at):
            raise ProvisionError(MISFIT(place=place_of(deed), actions=actions_of(at)))
        return Reversal(deed, _WAYS[deed.kind](deed, at))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is about this deed alone
        return barred_way(deed, error)


def _made(deed: Deed, at: StepRun) -> Text | None:
    place = at.noted(deed)
    try:
        place.remove_folder()
    except OSError as error:
        if error.errno not in _GONE:
            raise
        return None
    return REMOVED(path=place.path)


def _switched(deed: Deed, at: StepRun) -> Text | None:
    place, before, owner = at.noted(deed), deed.facts["before"], deed.facts["owner"]
    folder.sweep_links(place)
    now = place.link_target()
    if now == before:
        return None
    if now != deed.facts["target"]:
        raise DriftError(place.path)
    if before is None:
        place.remove()
        return REMOVED(path=place.path)
    folder.switch(place, before, None if owner is None else Access(0, *owner))
    return RESTORED(path=place.path)


def _installed(deed: Deed, at: StepRun) -> Text | None:
    place = at.noted(deed)
    folder.sweep(place)
    if at.run.made(SETTLED, path=deed.facts["path"]) or not is_complete(place, deed.facts["version"]):
        return None  # what was whole is taken back by the deed that says so
    if at.run.ends.get(deed.step) == DONE:  # so it was whole, and that line is lost
        raise ProvisionError(NOT_OURS_ALONE(path=place.path))
    folder.discard(place)
    return REMOVED(path=place.path)


def _settled(deed: Deed, at: StepRun) -> Text | None:
    """A toolchain that is as it was when it was whole, and of our making."""
    place = at.noted(deed)
    is_ours = any(one.kind == INSTALLED and one.facts["path"] == deed.facts["path"] for one in at.run.deeds)
    if not is_ours or not is_complete(place, deed.facts["version"]):
        return None
    if deed.facts["state"] != folder.state(place):
        raise ProvisionError(NOT_OURS_ALONE(path=place.path))
    folder.discard(place)
    return REMOVED(path=place.path)


def _moved(deed: Deed, at: StepRun) -> Text | None:
    move_folder.put_back(deed, at)
    return MOVED_BACK(path=deed.facts["source"])


def _ran(deed: Deed, at: StepRun) -> Text | None:
    packages.run_fixed(RunFixed(tuple(deed.facts["name"].split())), at)
    return None


def _packages(deed: Deed, at: StepRun) -> Text | None:
    dpkg = apt.installed_packages(at.context.target)
    names = [name for name in deed.facts["names"] if dpkg is None or name in dpkg.installed]
    return STAYS(names=", ".join(names)) if names else None


_WAYS: dict[str, Callable[[Deed, StepRun], Text | None]] = {
    WROTE: restored,
    MADE: _made,
    SWITCHED: _switched,
    INSTALLED: _installed,
    SETTLED: _settled,
    MOVED: _moved,
    COPIED: lambda _deed, _at: None,  # it has the name of the folder that is moved back
    RAN: _ran,
    PACKAGES: _packages,
}
