"""What provisioning from an editor does in threads: look, apply, take back; each alone with all runs of this user."""

from collections.abc import Callable
from typing import NamedTuple

from wslgo.lsp.features.provision_target import Target
from wslgo.machine.host import Host
from wslgo.provision.apply.apply import apply
from wslgo.provision.apply.context import AsRoot, Event, RunContext
from wslgo.provision.apply.ledger import Run
from wslgo.provision.apply.reversal import Reversal
from wslgo.provision.apply.undo import undo
from wslgo.provision.apply.undo_notes import about_notes
from wslgo.provision.apply.undo_root import RootsPart, roots_part
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Plan, Step
from wslgo.provision.net.progress import in_words
from wslgo.provision.report.text import WAITS
from wslgo.provision.session import Prepared, TeamSpec, machine_of, prepared, run_context, team_spec
from wslgo.system.journal import Journal, folder_of
from wslgo.text.message import Message, Text

IN_BETWEEN = Message(
    en="Another run came in between, so nothing was done; start again",
    zh="期间有另一次运行，因此未执行任何操作；请重新开始",
)
_STEP = Message(en="{number} of {count}: {title}", zh="{number} / {count}：{title}")
_WORKS = Message(en="{step} ({seconds} s)", zh="{step}（{seconds} 秒）")
_COMES = Message(en="{step}: {words}", zh="{step}：{words}")


class Ear(NamedTuple):
    """Who hears how far a job has come, and whether they want it to end."""

    say: Callable[[Text], None]
    is_cancelled: Callable[[], bool]

    def waits(self) -> None:
        self.say(WAITS())


class Look(NamedTuple):
    """What a look brings: `made` is missing where something has to be asked before there can be a plan. `about` is what
    an undo has to say about the notes of earlier runs, `part` what root does for it."""

    last: Run | None
    host: Host
    team: TeamSpec = TeamSpec()
    made: Prepared | None = None
    about: tuple[Reversal, ...] = ()
    part: RootsPart = RootsPart()

    @property
    def unfinished(self) -> Run | None:
        return self.last if self.last is not None and self.last.is_unfinished else None


class Task(NamedTuple):
    """What was agreed to: a plan, or the rest of the run that was `seen` last where there is none; or to undo that run,
    with the `part` of it that is root's."""

    plan: Plan | None
    seen: Run | None
    host: Host
    spec: Spec = Spec()
    as_root: AsRoot | None = None
    part: RootsPart | None = None


def glance(target: Target, ear: Ear) -> Look:
    """The last run and the machine, as far as taking back needs it."""
    with target.ledger.alone(ear.waits, ear.is_cancelled):
        last, about = target.last, _about(target)
    host = machine_of(target.request)
    return Look(last, host, about=about, part=_roots_part(target, last, host, ear))


def _roots_part(target: Target, run: Run | None, host: Host, ear: Ear) -> RootsPart:
    task = Task(None, run, host)
    return roots_part(run, _run_context(target, task, ear, lambda _: None)) if run is not None else RootsPart()


def _about(target: Target) -> tuple[Reversal, ...]:
    return tuple(about_notes(target.ledger, Journal(folder_of(target.request.environment))))


def look(target: Target, trusts_team: bool | None, ear: Ear) -> Look:
    """A plan, unless an earlier run is unfinished or nobody has said yet whether the repository is trusted."""
    with target.ledger.alone(ear.waits, ear.is_cancelled):
        last = target.last
    if last is not None and last.is_unfinished:
        host = machine_of(target.request)
        return Look(last, host, part=_roots_part(target, last, host, ear))
    team = team_spec(target.request.folder, target.request.environment)
    if trusts_team is None and team.words:
        return Look(last, Host(), team)
    made = prepared(target.request._replace(trusts_team=bool(trusts_team)))
    return Look(last, made.found.host, made.team, made)


def carry_out(target: Target, task: Task, ear: Ear) -> tuple[Event, ...]:
    """Do what was agreed to. Raises ProvisionError where somebody else was faster."""
    with target.ledger.alone(ear.waits, ear.is_cancelled):
        run = _taken_up(target, task)
        context = _run_context(target, task, ear, _Teller(run.plan.steps, ear).hear)
        return apply(run, context, is_resumed=task.plan is None)


def take_back(target: Target, task: Task, ear: Ear) -> tuple[Reversal, ...]:
    """Take the run back that was seen. Raises ProvisionError where somebody else was faster."""
    with target.ledger.alone(ear.waits, ear.is_cancelled):
        run = _taken_up(target, task._replace(plan=None))
        return (*_about(target), *undo(run, _run_context(target, task, ear, lambda _: None), task.part))


def _taken_up(target: Target, task: Task) -> Run:
    """The run to go on with, which is a new one for a plan; the lock is held from here on."""
    if target.last != task.seen:
        raise ProvisionError(IN_BETWEEN())
    if task.plan is None and task.seen is not None:
        return task.seen
    machine = target.request.target
    return target.ledger.begun(str(machine.root), machine.user.name, task.plan or Plan())


def _run_context(target: Target, task: Task, ear: Ear, hear: Callable[[Event], None]) -> RunContext:
    return run_context(target.request, task.host, task.spec, hear, task.as_root, ear.is_cancelled)


class _Teller(NamedTuple):
    """Says a line for each step, and within one what has come."""

    steps: tuple[Step, ...]
    ear: Ear

    def hear(self, event: Event) -> None:
        line = _STEP(number=self.steps.index(event.step) + 1, count=len(self.steps), title=event.step.title)
        if event.progress is not None:
            self.ear.say(_COMES(step=line, words=in_words(event.progress)))
        elif event.seconds:
            self.ear.say(_WORKS(step=line, seconds=event.seconds))
        elif not event.end:
            self.ear.say(line)
