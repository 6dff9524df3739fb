"""Provisioning from an editor: the machine is looked at, the plan is shown, one question is asked, and what was shown
is applied.

The plan never leaves the server, so nobody can hand in another one. Nobody holds the lock of all runs while a person
reads: whoever came in between is noticed, and nothing is done.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from wslgo.lsp.client_dialogs import chosen, listed, show_page, shows_pages, told
from wslgo.lsp.client_progress import T, progress
from wslgo.lsp.features import provision_jobs as jobs
from wslgo.lsp.features.provision_jobs import Ear, Look, Task
from wslgo.lsp.features.provision_root import Root, root_for
from wslgo.lsp.features.provision_target import Target, target
from wslgo.lsp.jobs import result_of
from wslgo.lsp.words import plain
from wslgo.lsp.write_bytes import Outcome
from wslgo.provision.apply.context import Event, refusal
from wslgo.provision.apply.ledger import DONE, REFUSED, STOPPED, Run
from wslgo.provision.errors import CancelledError, ProvisionError
from wslgo.provision.model.step import Action, InstallPackages, Plan, Step
from wslgo.provision.report import plan_page, result_page
from wslgo.provision.report.text import NOTHING, NOTHING_TO_UNDO, afterwards
from wslgo.provision.session import Prepared, TeamSpec, scratch_of
from wslgo.text.message import Markdown, Message, Text

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

_UNTRUSTED = Message(
    en="wslgo provisions only from a trusted workspace: what is installed depends on its files",
    zh="wslgo 仅从受信任的工作区进行配置：安装的内容取决于其中的文件",
)
_BLIND = Message(
    en="This editor cannot show a plan; `wslgo provision` in a terminal does the same",
    zh="此编辑器无法显示计划；可在终端中运行 `wslgo provision`",
)
_LOOKING = Message(en="Looking at this machine", zh="正在查看本机")
_DOING = Message(en="Provisioning Go on WSL2", zh="正在配置 WSL2 上的 Go")
_UNDOING = Message(en="Taking back the last provisioning", zh="正在撤销上次配置")
_PLAN = Message(en="Apply this plan? Steps: {count}", zh="应用此计划？步骤数：{count}")
_UNFINISHED = Message(
    en="Run {id} was not finished: {left} of {count} steps are left",
    zh="运行 {id} 未完成：{count} 个步骤中还剩 {left} 个",
)
_TAKES_BACK = Message(en="Take back run {id}?", zh="撤销运行 {id}？")
_TEAM = Message(
    en="{path} wishes {wishes}: take that from the repository?", zh="{path} 希望 {wishes}：是否采用仓库中的设置？"
)
_STEP = Message(en="{number}. {title}", zh="{number}. {title}")
_LINE = Message(en="- {line}", zh="- {line}")
_EMPTY = Message(en="", zh="")
_AS_ROOT = Message(en="As root: {how}", zh="以 root 身份：{how}")
_FOR_GOOD = Message(en="Cannot be undone: {titles}", zh="无法撤销：{titles}")
_ELSEWHERE = Message(en="{titles}: {why}", zh="{titles}：{why}")
_ALL_DONE = Message(en="Done: {titles}", zh="已完成：{titles}")
_FAILED = Message(
    en="Not done: {title}: {problem}; starting again tries it once more",
    zh="未完成：{title}：{problem}；重新开始会再次尝试",
)
_STOPPED = Message(
    en="Stopped; starting again goes on from here, Undo takes back what was done",
    zh="已停止；重新开始将从此处继续，“撤销”可撤销已完成的部分",
)
_BACK = Message(en="Run {id} is taken back", zh="运行 {id} 已撤销")
_REST = Message(en="Stopped; taking run {id} back again does the rest", zh="已停止；再次撤销运行 {id} 将处理其余部分")
_NOT_BACK = Message(en="Not taken back: {problem}", zh="未撤销：{problem}")
_THEN = Message(en="{what}. {then}", zh="{what}。{then}")

APPLY = Message(en="Apply", zh="应用")
READ = Message(en="Read It First", zh="先阅读")
NOT_NOW = Message(en="Not Now", zh="暂不")
GO_ON = Message(en="Go On", zh="继续")
TAKE_BACK = Message(en="Take It Back", zh="撤销")
LEAVE_OUT = Message(en="Leave It Out", zh="不采用")
TAKE = Message(en="Take It", zh="采用")
UNDO = Message(en="Undo", zh="撤销")

_PLAN_PAGE, _DONE_PAGE = "plan.md", "done.md"


class Talk(NamedTuple):
    """With whom, about which machine."""

    server: "WslgoServer"
    target: Target

    @property
    def scratch(self) -> Path:
        return scratch_of(self.server.world.environment)

    def titles(self, steps: Iterable[Step]) -> list[str]:
        """The titles of steps, for a text that names them."""
        return [plain(one.title, self.server.session.language) for one in steps]

    async def show(self, name: str, page: Markdown) -> None:
        await show_page(self.server, name, page, self.scratch)

    async def working(self, title: Text, job: Callable[[Ear], T], *, is_left: bool = False) -> T | None:
        """What a job brings; `is_left`: who cancels does not wait for its end, and gets None."""
        async with progress(self.server, title) as shown:
            work = result_of(self.server.start, lambda is_stopped: job(Ear(shown.say, is_stopped)), shown.is_cancelled)
            return await (shown.unless_cancelled(work) if is_left else work)


async def provision(server: "WslgoServer", folder: str) -> None:
    """Have a plan made for the modules in a folder, shown, agreed to and applied."""
    await _guarded(server, folder, _provision)


async def undo_last(server: "WslgoServer") -> None:
    """Have the last run taken back, after a yes."""
    await _guarded(server, "", _undo_last)


async def _guarded(server: "WslgoServer", folder: str, work: Callable[[Talk], Awaitable[None]]) -> None:
    hindrance = _UNTRUSTED() if not server.session.workspace.is_trusted else None if shows_pages(server) else _BLIND()
    if hindrance is not None:
        server.warn(hindrance)
        return
    machine = target(server, folder)
    try:
        await work(Talk(server, machine))
    except CancelledError:  # while waiting for another run
        return
    except (ProvisionError, OSError) as error:
        server.warn(refusal(error, str(machine.ledger.folder)))


# The plan


async def _provision(talk: Talk) -> None:
    found = await _looked(talk, None)
    if found is not None and found.unfinished is None and found.made is None:
        trusts = await _is_trusted(talk, found.team)
        found = await _looked(talk, trusts) if trusts is not None else None
    if found is None:
        return
    if found.unfinished is not None:
        await _resume(talk, found, found.unfinished)
    elif found.made is not None:
        await _offer(talk, found, found.made)


async def _looked(talk: Talk, trusts_team: bool | None) -> Look | None:
    return await talk.working(_LOOKING(), partial(jobs.look, talk.target, trusts_team), is_left=True)


async def _is_trusted(talk: Talk, team: TeamSpec) -> bool | None:
    """Whether the wishes of a repository are taken; None where nobody wants to say, and so nothing goes on."""
    question = _TEAM(path=str(team.path), wishes=team.words)
    answer = await chosen(talk.server, question, team.problems, (LEAVE_OUT, TAKE))
    return None if answer is None else answer is TAKE


async def _offer(talk: Talk, found: Look, made: Prepared) -> None:
    problems = (*made.team.problems, *made.found.problems)
    plan, root = _possible(talk, made.plan, found)
    if not (plan.steps or plan.notes or problems):
        talk.server.conclude(Outcome(True, NOTHING()))
        return
    language = talk.server.session.language
    await talk.show(_PLAN_PAGE, plan_page.markdown(plan, root.words, problems, language))
    if plan.steps and await _is_agreed(talk, plan, root):
        await _apply(talk, Task(plan, found.last, found.host, made.spec, root.run))


def _possible(talk: Talk, plan: Plan, found: Look) -> tuple[Plan, Root]:
    """The plan as far as this client can carry it out; the rest is left to a person."""
    root = root_for(talk.server, plan, talk.target.request.target, found.host, talk.scratch)
    if isinstance(root, Root):
        return plan, root
    titles = "; ".join(talk.titles(step for step in plan.steps if step.needs_root))
    steps = tuple(step for step in plan.steps if not step.needs_root)
    return Plan(steps, (*plan.notes, _ELSEWHERE(titles=titles, why=root))), Root()


async def _is_agreed(talk: Talk, plan: Plan, root: Root) -> bool:
    """One question, over everything; who wants to read the page first finds it again beside the page."""
    question, detail = _PLAN(count=len(plan.steps)), _detail(talk, plan, root, plan)
    answer = await chosen(talk.server, question, detail, (APPLY, READ))
    return (await told(talk.server, question, (APPLY, NOT_NOW)) if answer is READ else answer) is APPLY


def _detail(talk: Talk, plan: Plan, root: Root, by_root: Plan) -> list[Text]:
    """What a question is about: the steps, exactly what root does, and what stays."""
    lines = [_STEP(number=number, title=step.title) for number, step in enumerate(plan.steps, 1)]
    if root.words is not None:
        lines += [_EMPTY(), _AS_ROOT(how=root.words)]
        lines += [_LINE(line=line) for line in plan_page.of_root(by_root)]
    stays = talk.titles(step for step in plan.steps if not step.reversible)
    return [*lines, _EMPTY(), _FOR_GOOD(titles="; ".join(stays))] if stays else lines


# The run


async def _resume(talk: Talk, found: Look, run: Run) -> None:
    """Go on with an earlier run, or take it back."""
    ends = (run.ends.get(number) for number in range(len(run.plan.steps)))
    left = tuple(step for step, end in zip(run.plan.steps, ends, strict=True) if end not in (DONE, REFUSED))
    root = _root(talk, run.plan, found)
    language = talk.server.session.language
    await talk.show(_PLAN_PAGE, plan_page.markdown(Plan(left), root.words, (), language))
    question = _UNFINISHED(id=run.id, left=len(left), count=len(run.plan.steps))
    answer = await chosen(talk.server, question, _detail(talk, Plan(left), root, run.plan), (GO_ON, TAKE_BACK))
    task = Task(None, run, found.host, talk.target.request.spec, root.run)
    if answer is GO_ON:
        await _apply(talk, task)
    elif answer is TAKE_BACK and found.part.asked:
        await _undo_last(talk)  # which shows what root does for it
    elif answer is TAKE_BACK:
        await _take_back(talk, task._replace(part=found.part), run)


def _root(talk: Talk, plan: Plan, found: Look) -> Root:
    """The way to root for what was done. Raises ProvisionError where this client has none."""
    root = root_for(talk.server, plan, talk.target.request.target, found.host, talk.scratch)
    if isinstance(root, Text):
        raise ProvisionError(root)
    return root


async def _apply(talk: Talk, task: Task) -> None:
    events = await talk.working(_DOING(), partial(jobs.carry_out, talk.target, task)) or ()
    talk.server.watch.look(is_fresh=True)
    done = [one.step for one in events if one.end == DONE]
    after = tuple(afterwards(done, task.host))
    await talk.show(_DONE_PAGE, result_page.done(events, after, talk.server.session.language))
    words, kind = _summary(talk, events)
    if await told(talk.server, _then(words, after), (UNDO,), kind) is UNDO:
        await _undo_last(talk)


def _summary(talk: Talk, events: Sequence[Event]) -> tuple[Text, types.MessageType]:
    failed = next((one for one in events if one.problem is not None and one.end != STOPPED), None)
    if failed is not None:
        return _FAILED(title=failed.step.title, problem=failed.problem), types.MessageType.Warning
    if any(one.end == STOPPED for one in events):
        return _STOPPED(), types.MessageType.Warning
    return _ALL_DONE(titles=listed(talk.titles(one.step for one in events), "; ")), types.MessageType.Info


def _then(words: Text, after: Sequence[Text]) -> Text:
    """What has come of it, and what has to be started anew."""
    return _then(_THEN(what=words, then=after[0]), after[1:]) if after else words


# The way back


async def _undo_last(talk: Talk) -> None:
    found = await talk.working(_LOOKING(), partial(jobs.glance, talk.target), is_left=True)
    if found is None:
        return
    run = found.last
    if run is None:
        problem = next((way.problem for way in found.about if way.problem is not None), None)
        talk.server.conclude(Outcome(problem is None, problem or NOTHING_TO_UNDO()))
        return
    by_root = found.part.plan(run)
    root = _root(talk, by_root, found)
    if by_root.steps:
        page = plan_page.markdown(by_root, root.words, (), talk.server.session.language)
        await talk.show(_PLAN_PAGE, page)
    question, detail = _TAKES_BACK(id=run.id), _detail(talk, _begun(run), root, by_root)
    if await chosen(talk.server, question, detail, (TAKE_BACK,)) is TAKE_BACK:
        await _take_back(talk, Task(None, run, found.host, as_root=root.run, part=found.part), run)


def _begun(run: Run) -> Plan:
    """The steps of which something stands."""
    numbers = {deed.step for deed in run.deeds if deed.number not in run.undone}
    return Plan(tuple(step for number, step in enumerate(run.plan.steps) if number in numbers))


def _undoable(run: Run) -> Plan:
    """What of them is taken back: packages stay."""
    actions = ((step, tuple(filter(_goes_back, step.actions))) for step in _begun(run).steps)
    return Plan(tuple(step._replace(actions=left) for step, left in actions if left))


def _goes_back(action: Action) -> bool:
    return not isinstance(action, InstallPackages)


async def _take_back(talk: Talk, task: Task, run: Run) -> None:
    ways = await talk.working(_UNDOING(), partial(jobs.take_back, talk.target, task)) or ()
    talk.server.watch.look(is_fresh=True)
    problems = [way.problem for way in ways if way.problem is not None]
    after = tuple(afterwards(_undoable(run).steps, task.host))
    if any(way.done is not None or way.problem is not None for way in ways):
        await talk.show(_DONE_PAGE, result_page.undone(ways, after, talk.server.session.language))
    stands = talk.target.last is not None and talk.target.last.id == run.id
    text = _NOT_BACK(problem=problems[0]) if problems else (_REST if stands else _BACK)(id=run.id)
    talk.server.conclude(Outcome(not (problems or stands), _then(text, after)))
