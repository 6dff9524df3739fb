"""The jobs of provisioning from an editor, each under the lock on this user's runs: survey, apply, undo."""

from collections.abc import Callable
from typing import NamedTuple

from wslgo.lsp.features.provision_target import ProvisionTarget
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
from wslgo.provision.session import Prepared, TeamSpec, machine_of, prepare, run_context, team_spec
from wslgo.system.journal import Journal, folder_of
from wslgo.text.message import Message, Text

IN_BETWEEN = Message(
    en="Another run has changed this machine in the meantime. Nothing was done; start again",
    zh="期间有另一次运行更改了本机，因此未执行任何操作；请重新开始",
)
_STEP = Message(en="{number} of {count}: {title}", zh="{number} / {count}：{title}")
_TAKING = Message(en="{step} ({seconds} s)", zh="{step}（{seconds} 秒）")
_PROGRESS = Message(en="{step}: {words}", zh="{step}：{words}")


class JobProgress(NamedTuple):
    """Progress and cancellation of a job."""

    say: Callable[[Text], None]
    is_cancelled: Callable[[], bool]

    def say_waiting(self) -> None:
        self.say(WAITS())


class Overview(NamedTuple):
    """The last run, the machine, and the plan, unless a question comes before it.

    `about` is what an undo reports about the notes of earlier runs, `part` what root does for that undo.
    """

    last: Run | None
    host: Host
    team: TeamSpec = TeamSpec()
    prepared: Prepared | None = None
    about: tuple[Reversal, ...] = ()
    part: RootsPart = RootsPart()

    @property
    def unfinished(self) -> Run | None:
        return self.last if self.last is not None and self.last.is_unfinished else None


class Task(NamedTuple):
    """The work that the user has confirmed: a plan, or without one the rest or the undo of the run `seen` last.

    `part` is root's part of an undo.
    """

    plan: Plan | None
    seen: Run | None
    host: Host
    spec: Spec = Spec()
    as_root: AsRoot | None = None
    part: RootsPart | None = None


def undo_overview(target: ProvisionTarget, progress: JobProgress) -> Overview:
    """Return the last run and the machine, as far as an undo needs them."""
    with target.ledger.lock(progress.say_waiting, progress.is_cancelled):
        last, about = target.last, _about_notes(target)
    host = machine_of(target.request)
    return Overview(last, host, about=about, part=_roots_part(target, last, host, progress))


def _roots_part(target: ProvisionTarget, run: Run | None, host: Host, progress: JobProgress) -> RootsPart:
    task = Task(None, run, host)
    return roots_part(run, _run_context(target, task, progress, lambda _: None)) if run is not None else RootsPart()


def _about_notes(target: ProvisionTarget) -> tuple[Reversal, ...]:
    return tuple(about_notes(target.ledger, Journal(folder_of(target.request.environment))))


def overview(target: ProvisionTarget, trusts_team: bool | None, progress: JobProgress) -> Overview:
    """Return a plan, unless an earlier run is unfinished or the user must first say whether to trust the repository."""
    with target.ledger.lock(progress.say_waiting, progress.is_cancelled):
        last = target.last
    if last is not None and last.is_unfinished:
        host = machine_of(target.request)
        return Overview(last, host, part=_roots_part(target, last, host, progress))
    team = team_spec(target.request.folder, target.request.environment)
    if trusts_team is None and team.words:
        return Overview(last, Host(), team)
    planned = prepare(target.request._replace(trusts_team=bool(trusts_team)))
    return Overview(last, planned.facts.host, planned.team, planned)


def carry_out(target: ProvisionTarget, task: Task, progress: JobProgress) -> tuple[Event, ...]:
    """Apply what the user has confirmed. Raises ProvisionError if another run was faster."""
    with target.ledger.lock(progress.say_waiting, progress.is_cancelled):
        run = _run_of(target, task)
        context = _run_context(target, task, progress, _StepProgress(run.plan.steps, progress).report)
        return apply(run, context, is_resumed=task.plan is None)


def undo_run(target: ProvisionTarget, task: Task, progress: JobProgress) -> tuple[Reversal, ...]:
    """Undo the run that the user has seen. Raises ProvisionError if another run was faster."""
    with target.ledger.lock(progress.say_waiting, progress.is_cancelled):
        run = _run_of(target, task._replace(plan=None))
        return (*_about_notes(target), *undo(run, _run_context(target, task, progress, lambda _: None), task.part))


def _run_of(target: ProvisionTarget, task: Task) -> Run:
    """Return the run to continue, a new one for a plan. The caller holds the lock."""
    if target.last != task.seen:
        raise ProvisionError(IN_BETWEEN())
    if task.plan is None and task.seen is not None:
        return task.seen
    machine = target.request.target
    return target.ledger.begin(str(machine.root), machine.user.name, task.plan or Plan())


def _run_context(
    target: ProvisionTarget, task: Task, progress: JobProgress, report: Callable[[Event], None]
) -> RunContext:
    return run_context(target.request, task.host, task.spec, report, task.as_root, progress.is_cancelled)


class _StepProgress(NamedTuple):
    """Lines about each step and its downloads."""

    steps: tuple[Step, ...]
    progress: JobProgress

    def report(self, event: Event) -> None:
        line = _STEP(number=self.steps.index(event.step) + 1, count=len(self.steps), title=event.step.title)
        if event.progress is not None:
            self.progress.say(_PROGRESS(step=line, words=in_words(event.progress)))
        elif event.seconds:
            self.progress.say(_TAKING(step=line, seconds=event.seconds))
        elif not event.end:
            self.progress.say(line)
