"""Apply a plan. Each action is idempotent, so an interrupted run can resume.

The ledger records an action before it starts; afterwards the disk itself shows whether it happened. A resumed run
continues with its first unfinished step and does not touch what is already as planned.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from wslgo.provision.apply import copy_workspace, go_install, move_folder, packages, root_script, toolchain_install
from wslgo.provision.apply.context import DriftError, Event, RunContext
from wslgo.provision.apply.ledger import DONE, FAILED, REFUSED, STOPPED, SWITCHED, WROTE, Run
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import CancelledError, ProvisionError, problem_of
from wslgo.provision.model.step import (
    USER,
    Action,
    CopyWorkspace,
    GoInstall,
    InstallPackages,
    InstallToolchain,
    MoveFolder,
    RunFixed,
    Step,
    Switch,
    WriteFile,
)
from wslgo.provision.toolchain import folder
from wslgo.system.journal import content
from wslgo.system.place import Place
from wslgo.text.message import Message

NO_DRIVE = Message(
    en="The folder of {path} does not exist: its drive is not mounted. Mount it and retry",
    zh="{path} 所在的文件夹不存在：该驱动器未挂载。请挂载后重试",
)


def apply(run: Run, context: RunContext, *, is_resumed: bool = False) -> tuple[Event, ...]:
    """Apply the unfinished steps of a run, and return how each ended; a step that fails does not stop the others.

    `is_resumed`: the plan was read from the ledger, not made in this process.
    """
    left = [(number, step) for number, step in enumerate(run.plan.steps) if run.ends.get(number) not in (DONE, REFUSED)]
    of_root = [(number, step) for number, step in left if step.needs_root and root_script.is_needed(context.target)]
    of_root.sort(key=lambda numbered: _installs(numbered[1]))
    events: list[Event] = []
    for batch in _batches(of_root):
        stopped = [Event(step, STOPPED) for _, step in batch] if context.cancelled() else []
        events += stopped or root_script.apply(run, batch, context, is_resumed=is_resumed)
    for number, step in left:
        if (number, step) not in of_root:
            events.append(_run_step(step, StepRun(context, run, number)))
    return tuple(events)


Numbered = tuple[int, Step]


def _installs(step: Step) -> bool:
    """Return whether a step installs packages: that can fail, and root stops at a failure, so these steps come last."""
    return any(isinstance(action, InstallPackages) for action in step.actions)


def _batches(steps: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Yield the steps that root applies together: the second write to a file waits until the first is verified."""
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


def _run_step(step: Step, step_run: StepRun) -> Event:
    context = step_run.context
    if context.cancelled():
        return Event(step, STOPPED)
    context.report(Event(step))
    context.ledger.begin_step(step_run.run.id, step_run.step)
    event = _try_step(step, step_run)
    if event.end != STOPPED:
        context.ledger.end_step(step_run.run.id, step_run.step, step_run.verdict(event.end), event.problem)
    context.report(event)
    return event


def _try_step(step: Step, step_run: StepRun) -> Event:
    try:
        for action in step.actions:
            _ACTIONS[type(action)](action, step_run)
    except DriftError as error:
        return Event(step, REFUSED, error.text, error)
    except CancelledError as error:
        return Event(step, STOPPED, error.text)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is the failure of this step alone
        return Event(step, FAILED, problem_of(error, str(step_run.context.target.root)))
    return Event(step, DONE)


def _write(action: WriteFile, step_run: StepRun) -> None:
    place = step_run.context.target.open(action.path)
    if action.is_mounted and place.missing:
        raise ProvisionError(NO_DRIVE(path=action.path))
    now = content(place)
    if now == action.after:
        return
    if now != action.before:
        raise DriftError(action.path, action.before, now)
    place = step_run.make_folders(place, action.owner)
    step_run.note(WROTE, path=place.path)
    access = step_run.context.target.access(action.owner, action.mode) if now is None else None
    step_run.context.journal.write(place, action.after, step_run.who, expected=now, access=access)


def _switch(action: Switch, step_run: StepRun) -> None:
    place = step_run.context.target.open(action.link, follows=False)
    folder.sweep_links(place)
    now = place.link_target()
    if now == action.target:
        return
    if now != action.before:
        raise DriftError(action.link)
    place = step_run.make_folders(place)
    owner = None if now is None else owner_of(place)
    step_run.note(SWITCHED, path=place.path, before=now, target=action.target, owner=owner)
    folder.switch(place, action.target, step_run.context.target.access(USER, 0))


def owner_of(link: Place) -> list[int] | None:
    """Who a link belongs to."""
    found = link.stat()
    return None if found is None else [found.st_uid, found.st_gid]


_ACTIONS: dict[type[Action], Callable[[Any, StepRun], None]] = {
    WriteFile: _write,
    Switch: _switch,
    InstallToolchain: toolchain_install.install_toolchain,
    MoveFolder: move_folder.move,
    CopyWorkspace: copy_workspace.copy,
    GoInstall: go_install.build,
    InstallPackages: packages.install,
    RunFixed: packages.run_fixed,
}
