"""The only writer: does what a plan says, step by step, each deed in such a way that it can be cut off and done again.

Before a deed the ledger says what it is about to make; afterwards the disk itself tells whether it was done. So a run
that was killed is done again from its first unfinished step, and whatever is as it should be is left alone.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from wslgo.provision.apply import go_install, move_folder, packages, root_script
from wslgo.provision.apply.context import DriftError, Event, RunContext, refusal
from wslgo.provision.apply.ledger import DONE, FAILED, INSTALLED, REFUSED, SETTLED, STOPPED, SWITCHED, WROTE, Run
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import CancelledError, ProvisionError
from wslgo.provision.model.step import (
    USER,
    Action,
    GoInstall,
    InstallPackages,
    InstallToolchain,
    MoveFolder,
    RunFixed,
    Step,
    Switch,
    WriteFile,
)
from wslgo.provision.net.http import Web
from wslgo.provision.toolchain import folder
from wslgo.provision.toolchain.install import Place as Toolchain
from wslgo.provision.toolchain.install import install, is_complete
from wslgo.system.files import umask
from wslgo.system.journal import content
from wslgo.system.place import Place
from wslgo.text.message import Message

NO_DRIVE = Message(
    en="The folder of {path} is not there: the drive is not mounted now, and nothing is written in its place",
    zh="{path} 所在的文件夹不存在：该驱动器当前未挂载，不会在其位置写入任何内容",
)


def apply(run: Run, context: RunContext, *, is_resumed: bool = False) -> tuple[Event, ...]:
    """Do what is left of a run; what became of each step. What fails leaves the others to be done. `is_resumed`: its
    plan was not made now, but read from the ledger."""
    left = [(number, step) for number, step in enumerate(run.plan.steps) if run.ends.get(number) not in (DONE, REFUSED)]
    of_root = [(number, step) for number, step in left if step.needs_root and root_script.is_needed(context.target)]
    of_root.sort(key=lambda one: _installs(one[1]))
    events: list[Event] = []
    for batch in _batches(of_root):
        stopped = [Event(step, STOPPED) for _, step in batch] if context.cancelled() else []
        events += stopped or root_script.apply(run, batch, context, is_resumed=is_resumed)
    for number, step in left:
        if (number, step) not in of_root:
            events.append(_done(step, StepRun(context, run, number)))
    return tuple(events)


Numbered = tuple[int, Step]


def _installs(step: Step) -> bool:
    """Whether it needs the network, which can fail: root ends at what fails, so these come last."""
    return any(isinstance(action, InstallPackages) for action in step.actions)


def _batches(steps: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """What root does at once: a file that two steps write is written by the second only when it is as it must be."""
    batch: list[Numbered] = []
    written: set[str] = set()
    for number, step in steps:
        paths = {write.path for write in step.writes}
        if written & paths:
            yield batch
            batch, written = [], set()
        batch.append((number, step))
        written |= paths
    if batch:
        yield batch


def _done(step: Step, at: StepRun) -> Event:
    context = at.context
    if context.cancelled():
        return Event(step, STOPPED)
    context.say(Event(step))
    context.ledger.begin_step(at.run.id, at.step)
    event = _tried(step, at)
    if event.end != STOPPED:
        context.ledger.end_step(at.run.id, at.step, at.verdict(event.end), event.problem)
    context.say(event)
    return event


def _tried(step: Step, at: StepRun) -> Event:
    try:
        for action in step.actions:
            _DEEDS[type(action)](action, at)
    except DriftError as error:
        return Event(step, REFUSED, error.text, error)
    except CancelledError as error:
        return Event(step, STOPPED, error.text)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is the failure of this step alone
        return Event(step, FAILED, refusal(error, str(at.context.target.root)))
    return Event(step, DONE)


def _write(action: WriteFile, at: StepRun) -> None:
    place = at.context.target.open(action.path)
    if action.is_mounted and place.missing:
        raise ProvisionError(NO_DRIVE(path=action.path))
    now = content(place)
    if now == action.after:
        return
    if now != action.before:
        raise DriftError(action.path, action.before, now)
    at.reach(place)
    place = at.provide(place, action.owner)
    at.note(WROTE, path=place.path)
    access = at.context.target.access(action.owner, action.mode) if now is None else None
    at.context.journal.write(place, action.after, at.who, expected=now, access=access)


def _switch(action: Switch, at: StepRun) -> None:
    place = at.context.target.open(action.link, follows=False)
    folder.sweep_links(place)
    now = place.link_target()
    if now == action.target:
        return
    if now != action.before:
        raise DriftError(action.link)
    at.reach(place)
    place = at.provide(place)
    owner = None if now is None else owner_of(place)
    at.note(SWITCHED, path=place.path, before=now, target=action.target, owner=owner)
    folder.switch(place, action.target, at.context.target.access(USER, 0))


def owner_of(link: Place) -> list[int] | None:
    """Who a link belongs to."""
    found = link.stat()
    return None if found is None else [found.st_uid, found.st_gid]


def _install(action: InstallToolchain, at: StepRun) -> None:
    context = at.context
    place = context.target.open(action.folder, follows=False)
    if not is_complete(place, action.version):
        at.reach(place)
        place = at.provide(place)
        if place.stat() is None:  # what is in the way is not of our making, and undo will not touch it
            at.note(INSTALLED, path=place.path, version=action.version)
        downloads, heads = context.scratch / "downloads", context.ledger.folder / "heads"
        is_on_windows = bool(context.host.is_on_windows(action.folder)) and not context.target.is_tree
        access = context.target.access(USER, 0o755 & ~umask())
        outcome = install(
            action,
            Toolchain(place, downloads, heads, is_on_windows, go_install.needs_copy(at), access),
            context.policy,
            Web(context.environment),
            lambda progress: context.say(Event(at.run.plan.steps[at.step], progress=progress)),
            context.cancelled,
        )
        if outcome.is_cancelled:
            raise CancelledError
        if outcome.problem is not None:
            raise ProvisionError(outcome.problem)
    state = folder.state(place)
    at.note(SETTLED, path=place.path, version=action.version, state=state)


_DEEDS: dict[type[Action], Callable[[Any, StepRun], None]] = {
    WriteFile: _write,
    Switch: _switch,
    InstallToolchain: _install,
    MoveFolder: move_folder.move,
    GoInstall: go_install.build,
    InstallPackages: packages.install,
    RunFixed: packages.run_fixed,
}
