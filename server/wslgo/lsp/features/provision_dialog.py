"""Provisioning from an editor: survey the machine, show the plan, ask once, and apply exactly that plan.

The plan never leaves the server, so no client can hand in another one. The lock on runs is not held while the user
reads: if the machine changed in between, the run aborts without changes.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from wslgo.lsp.client_dialogs import choice, message_choice, short_list, show_page, shows_pages
from wslgo.lsp.client_progress import Progress, T, progress
from wslgo.lsp.features import provision_jobs as jobs
from wslgo.lsp.features.provision_jobs import JobProgress, Overview, Task
from wslgo.lsp.features.provision_root import RootAccess, root_for
from wslgo.lsp.features.provision_target import ProvisionTarget, provision_target
from wslgo.lsp.jobs import result_of
from wslgo.lsp.outcome import Outcome
from wslgo.lsp.words import plain
from wslgo.provision.apply.context import Event
from wslgo.provision.apply.ledger import DONE, REFUSED, STOPPED, Run
from wslgo.provision.errors import CancelledError, ProvisionError, problem_of
from wslgo.provision.model.step import Action, InstallPackages, Plan, Step
from wslgo.provision.report import plan_page, result_page
from wslgo.provision.report.text import NOTHING, NOTHING_TO_UNDO, afterwards, outcome
from wslgo.provision.session import Prepared, TeamSpec, scratch_of
from wslgo.text.message import Markdown, Message, Text

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

_UNTRUSTED = Message(
    en="wslgo provisions only from a trusted workspace, because its files decide what is installed",
    zh="wslgo 仅从受信任的工作区进行配置：安装的内容取决于其中的文件",
)
_BLIND = Message(
    en="This editor cannot show a plan; run `wslgo provision` in a terminal",
    zh="此编辑器无法显示计划；可在终端中运行 `wslgo provision`",
)
_LOOKING = Message(en="Looking at this machine", zh="正在查看本机")
_DOING = Message(en="Provisioning Go on WSL2", zh="正在配置 WSL2 Go 环境")
_UNDOING = Message(en="Undoing the last provisioning run", zh="正在撤销上次配置")
_PLAN = Message(en="Apply this plan? Steps: {count}", zh="应用此计划？步骤数：{count}")
_UNFINISHED = Message(
    en="Run {id} was not finished: {left} of {count} steps are left",
    zh="运行 {id} 未完成：{count} 个步骤中还剩 {left} 个",
)
_UNDO = Message(en="Undo run {id}?", zh="撤销运行 {id}？")
_TEAM = Message(
    en="The repository asks for {settings} (in {path}). Use it?", zh="仓库请求 {settings}（位于 {path}）。是否采用？"
)
_STEP = Message(en="{number}. {title}", zh="{number}. {title}")
_LINE = Message(en="- {line}", zh="- {line}")
_EMPTY = Message(en="", zh="")
_AS_ROOT = Message(en="As root: {how}", zh="以 root 身份：{how}")
_FOR_GOOD = Message(en="Cannot be undone: {titles}", zh="无法撤销：{titles}")
_ELSEWHERE = Message(en="{titles}: {why}", zh="{titles}：{why}")
_ALL_DONE = Message(en="Done: {titles}", zh="已完成：{titles}")
_FAILED = Message(
    en="{title} failed: {problem}. Start again to retry",
    zh="“{title}”失败：{problem}。重新开始可重试",
)
_STOPPED = Message(
    en="Stopped. Start again to resume, or undo what was done",
    zh="已停止。重新开始将从此处继续，“撤销”可撤销已完成的部分",
)
_UNDONE = Message(en="Run {id} was undone", zh="运行 {id} 已撤销")
_PARTLY_UNDONE = Message(en="Stopped. Undo run {id} again to finish", zh="已停止。再次撤销运行 {id} 将处理其余部分")
_NOT_UNDONE = Message(en="Not undone: {problem}", zh="未撤销：{problem}")
_THEN = Message(en="{what}. {then}", zh="{what}。{then}")

APPLY = Message(en="Apply", zh="应用")
SHOW_PLAN = Message(en="Show Plan", zh="查看计划")
NOT_NOW = Message(en="Not Now", zh="暂不")
RESUME = Message(en="Resume", zh="继续")
IGNORE = Message(en="Ignore", zh="忽略")
USE = Message(en="Use It", zh="采用")
UNDO = Message(en="Undo", zh="撤销")

_PLAN_PAGE, _DONE_PAGE = "plan.md", "done.md"


class Dialog(NamedTuple):
    """A dialog with one client about one machine."""

    server: "WslgoServer"
    target: ProvisionTarget

    @property
    def scratch(self) -> Path:
        return scratch_of(self.server.world.environment)

    def titles(self, steps: Iterable[Step]) -> list[str]:
        """Return the titles of steps, for a text that names them."""
        return [plain(step.title, self.server.session.language) for step in steps]

    async def show(self, name: str, page: Markdown) -> None:
        await show_page(self.server, name, page, self.scratch)

    async def run(self, title: Text, job: Callable[[JobProgress], T]) -> T:
        """Return the result of a job, with its progress shown."""
        async with progress(self.server, title) as shown:
            return await self._result_of(job, shown)

    async def run_unless_cancelled(self, title: Text, job: Callable[[JobProgress], T]) -> T | None:
        """Return the result of a job that only reads; None as soon as the user cancels."""
        async with progress(self.server, title) as shown:
            return await shown.unless_cancelled(self._result_of(job, shown))

    async def _result_of(self, job: Callable[[JobProgress], T], shown: Progress) -> T:
        return await result_of(
            self.server.start, lambda is_stopped: job(JobProgress(shown.say, is_stopped)), shown.is_cancelled
        )


async def provision(server: "WslgoServer", folder: str) -> None:
    """Plan for the modules in a folder, show the plan, ask, and apply it."""
    await _with_dialog(server, folder, _provision)


async def undo_last(server: "WslgoServer") -> None:
    """Show what the last run changed, ask, and undo it."""
    await _with_dialog(server, "", _undo_last)


async def _with_dialog(server: "WslgoServer", folder: str, work: Callable[[Dialog], Awaitable[None]]) -> None:
    problem = _UNTRUSTED() if not server.session.workspace.is_trusted else None if shows_pages(server) else _BLIND()
    if problem is not None:
        server.show_error(problem)
        return
    machine = provision_target(server, folder)
    try:
        await work(Dialog(server, machine))
    except CancelledError:  # while waiting for another run
        return
    except (ProvisionError, OSError) as error:
        server.show_error(problem_of(error, str(machine.ledger.folder)))


# The plan


async def _provision(dialog: Dialog) -> None:
    found = await _overview(dialog, None)
    if found is not None and found.unfinished is None and found.prepared is None:
        trusts = await _trusts(dialog, found.team)
        found = await _overview(dialog, trusts) if trusts is not None else None
    if found is None:
        return
    if found.unfinished is not None:
        await _resume(dialog, found, found.unfinished)
    elif found.prepared is not None:
        await _offer(dialog, found, found.prepared)


async def _overview(dialog: Dialog, trusts_team: bool | None) -> Overview | None:
    return await dialog.run_unless_cancelled(_LOOKING(), partial(jobs.overview, dialog.target, trusts_team))


async def _trusts(dialog: Dialog, team: TeamSpec) -> bool | None:
    """Return whether the user takes the settings of a repository; None if the question was closed."""
    question = _TEAM(path=str(team.path), settings=team.words)
    answer = await choice(dialog.server, question, team.problems, (IGNORE, USE))
    return None if answer is None else answer is USE


async def _offer(dialog: Dialog, found: Overview, prepared: Prepared) -> None:
    problems = (*prepared.team.problems, *prepared.facts.problems)
    plan, root = _applicable(dialog, prepared.plan, found)
    end = outcome(plan, prepared.left)
    if end == NOTHING() and not problems:
        dialog.server.report_outcome(Outcome(True, end))
        return
    language = dialog.server.session.language
    await dialog.show(_PLAN_PAGE, plan_page.markdown(plan, root.words, problems, language, prepared.left))
    if plan.steps and await _is_confirmed(dialog, plan, root):
        await _apply(dialog, Task(plan, found.last, found.host, prepared.spec, root.run))


def _applicable(dialog: Dialog, plan: Plan, found: Overview) -> tuple[Plan, RootAccess]:
    """Return the part of a plan that this client can apply, with notes about the rest."""
    root = root_for(dialog.server, plan, dialog.target.request.target, found.host, dialog.scratch)
    if isinstance(root, RootAccess):
        return plan, root
    titles = "; ".join(dialog.titles(step for step in plan.steps if step.needs_root))
    steps = tuple(step for step in plan.steps if not step.needs_root)
    return Plan(steps, (*plan.notes, _ELSEWHERE(titles=titles, why=root))), RootAccess()


async def _is_confirmed(dialog: Dialog, plan: Plan, root: RootAccess) -> bool:
    """Ask a modal question; to show the plan, it is asked again as a message beside the page."""
    question, detail = _PLAN(count=len(plan.steps)), _detail(dialog, plan, root, plan)
    answer = await choice(dialog.server, question, detail, (APPLY, SHOW_PLAN))
    return (await message_choice(dialog.server, question, (APPLY, NOT_NOW)) if answer is SHOW_PLAN else answer) is APPLY


def _detail(dialog: Dialog, plan: Plan, root: RootAccess, by_root: Plan) -> list[Text]:
    """Return the lines under a question: the steps, exactly what root does, and what cannot be undone."""
    lines = [_STEP(number=number, title=step.title) for number, step in enumerate(plan.steps, 1)]
    if root.words is not None:
        lines += [_EMPTY(), _AS_ROOT(how=root.words)]
        lines += [_LINE(line=line) for line in plan_page.of_root(by_root)]
    irreversible = dialog.titles(step for step in plan.steps if not step.reversible)
    return [*lines, _EMPTY(), _FOR_GOOD(titles="; ".join(irreversible))] if irreversible else lines


# The run


async def _resume(dialog: Dialog, found: Overview, run: Run) -> None:
    """Ask whether to resume an earlier run or undo it, and do that."""
    ends = (run.ends.get(number) for number in range(len(run.plan.steps)))
    left = tuple(step for step, end in zip(run.plan.steps, ends, strict=True) if end not in (DONE, REFUSED))
    root = _root_access(dialog, run.plan, found)
    language = dialog.server.session.language
    await dialog.show(_PLAN_PAGE, plan_page.markdown(Plan(left), root.words, (), language))
    question = _UNFINISHED(id=run.id, left=len(left), count=len(run.plan.steps))
    answer = await choice(dialog.server, question, _detail(dialog, Plan(left), root, run.plan), (RESUME, UNDO))
    task = Task(None, run, found.host, dialog.target.request.spec, root.run)
    if answer is RESUME:
        await _apply(dialog, task)
    elif answer is UNDO and found.part.asked:
        await _undo_last(dialog)  # shows root's part first
    elif answer is UNDO:
        await _undo(dialog, task._replace(part=found.part), run)


def _root_access(dialog: Dialog, plan: Plan, found: Overview) -> RootAccess:
    """Return how root continues or undoes a run. Raises ProvisionError if this client cannot."""
    root = root_for(dialog.server, plan, dialog.target.request.target, found.host, dialog.scratch)
    if isinstance(root, Text):
        raise ProvisionError(root)
    return root


async def _apply(dialog: Dialog, task: Task) -> None:
    events = await dialog.run(_DOING(), partial(jobs.carry_out, dialog.target, task))
    dialog.server.watch.survey(is_fresh=True)
    done = [event.step for event in events if event.end == DONE]
    after = tuple(afterwards(done, task.host))
    await dialog.show(_DONE_PAGE, result_page.done_page(events, after, dialog.server.session.language))
    words, kind = _summary(dialog, events)
    if await message_choice(dialog.server, _then(words, after), (UNDO,), kind) is UNDO:
        await _undo_last(dialog)


def _summary(dialog: Dialog, events: Sequence[Event]) -> tuple[Text, types.MessageType]:
    failed = next((event for event in events if event.problem is not None and event.end != STOPPED), None)
    if failed is not None:
        return _FAILED(title=failed.step.title, problem=failed.problem), types.MessageType.Warning
    if any(event.end == STOPPED for event in events):
        return _STOPPED(), types.MessageType.Warning
    return _ALL_DONE(titles=short_list(dialog.titles(event.step for event in events), "; ")), types.MessageType.Info


def _then(words: Text, after: Sequence[Text]) -> Text:
    """Return an outcome, followed by what has to be restarted."""
    return _then(_THEN(what=words, then=after[0]), after[1:]) if after else words


# Undo


async def _undo_last(dialog: Dialog) -> None:
    found = await dialog.run_unless_cancelled(_LOOKING(), partial(jobs.undo_overview, dialog.target))
    if found is None:
        return
    run = found.last
    if run is None:
        problem = next((reversal.problem for reversal in found.about if reversal.problem is not None), None)
        dialog.server.report_outcome(Outcome(problem is None, problem or NOTHING_TO_UNDO()))
        return
    by_root = found.part.plan(run)
    root = _root_access(dialog, by_root, found)
    if by_root.steps:
        page = plan_page.markdown(by_root, root.words, (), dialog.server.session.language)
        await dialog.show(_PLAN_PAGE, page)
    question, detail = _UNDO(id=run.id), _detail(dialog, _applied_part(run), root, by_root)
    if await choice(dialog.server, question, detail, (UNDO,)) is UNDO:
        await _undo(dialog, Task(None, run, found.host, as_root=root.run, part=found.part), run)


def _applied_part(run: Run) -> Plan:
    """Return the steps with actions that are not undone."""
    numbers = {record.step for record in run.records if record.number not in run.undone}
    return Plan(tuple(step for number, step in enumerate(run.plan.steps) if number in numbers))


def _undoable_part(run: Run) -> Plan:
    """Return what an undo reverses of them: packages stay installed."""
    actions = ((step, tuple(filter(_is_undoable, step.actions))) for step in _applied_part(run).steps)
    return Plan(tuple(step._replace(actions=left) for step, left in actions if left))


def _is_undoable(action: Action) -> bool:
    return not isinstance(action, InstallPackages)


async def _undo(dialog: Dialog, task: Task, run: Run) -> None:
    reversals = await dialog.run(_UNDOING(), partial(jobs.undo_run, dialog.target, task))
    dialog.server.watch.survey(is_fresh=True)
    problems = [reversal.problem for reversal in reversals if reversal.problem is not None]
    after = tuple(afterwards(_undoable_part(run).steps, task.host))
    if any(reversal.done is not None or reversal.problem is not None for reversal in reversals):
        await dialog.show(_DONE_PAGE, result_page.undone_page(reversals, after, dialog.server.session.language))
    is_left = dialog.target.last is not None and dialog.target.last.id == run.id
    text = _NOT_UNDONE(problem=problems[0]) if problems else (_PARTLY_UNDONE if is_left else _UNDONE)(id=run.id)
    dialog.server.report_outcome(Outcome(not (problems or is_left), _then(text, after)))
