"""The move of a workspace from an editor: look through it, ask once, copy and compare, and offer the new folder.

As in provisioning the plan never leaves the server, and the run is in the same ledger: it can be resumed and undone.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from wslgo.lsp.client_dialogs import choice, message_choice
from wslgo.lsp.features import provision_jobs as jobs
from wslgo.lsp.features.provision_dialog import RESUME, UNDO, Dialog
from wslgo.lsp.features.provision_jobs import JobProgress, Task
from wslgo.lsp.features.provision_target import ProvisionTarget, provision_target
from wslgo.lsp.outcome import Outcome
from wslgo.lsp.session.uris import uri_of
from wslgo.machine.host import Host
from wslgo.provision.apply.ledger import DONE, STOPPED, Run
from wslgo.provision.errors import CancelledError, ProvisionError, problem_of
from wslgo.provision.model.step import CopyWorkspace, Plan
from wslgo.provision.session import machine_of
from wslgo.provision.workspace_move import OTHER_RUN, Wish, copy_in, is_move, plan_move
from wslgo.text.message import Message, Text

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

_UNTRUSTED = Message(en="wslgo moves only a trusted workspace", zh="wslgo 仅移动受信任的工作区")
_LOOKING = Message(en="Looking through the workspace", zh="正在查看工作区")
_COPYING = Message(en="Copying the workspace", zh="正在复制工作区")
_UNDOING = Message(en="Removing the copy", zh="正在删除副本")
_ASK = Message(en="Copy {source} to {target}?", zh="将 {source} 复制到 {target}？")
_MORE = Message(
    en="and {count} more; wslgo move --plan shows them all", zh="另有 {count} 项；wslgo move --plan 会全部显示"
)
_UNFINISHED = Message(
    en="The copy of {source} to {target} was interrupted. Resume it?",
    zh="将 {source} 复制到 {target} 的操作被中断。是否继续？",
)
_DONE = Message(
    en="{target} is complete: every file was compared. {source} is as it was",
    zh="{target} 已完成：每个文件都已比较。{source} 保持原样",
)
_FAILED = Message(en="Not copied: {problem}. Start again to resume", zh="未能复制：{problem}。重新开始可继续")
_STOPPED = Message(en="Stopped. Start again to resume or undo", zh="已停止。重新开始可继续或撤销")
_UNDONE = Message(en="{target} was removed", zh="{target} 已删除")
_NOT_UNDONE = Message(en="Not removed: {problem}", zh="未删除：{problem}")

COPY = Message(en="Copy", zh="复制")
OPEN = Message(en="Open Folder", zh="打开文件夹")

_MOST = 8  # lines under a question


class _Overview(NamedTuple):
    """The last run, the machine, and the plan of a new move; None if an earlier run is unfinished."""

    last: Run | None
    host: Host
    plan: Plan | None = None


async def move_workspace(server: "WslgoServer", folder: str) -> str:
    """Copy the workspace of a folder; return the URI of the copy if the user wants to open it, "" otherwise."""
    if not server.session.workspace.is_trusted:
        server.show_error(_UNTRUSTED())
        return ""
    target = provision_target(server, folder)
    try:
        return await _move(Dialog(server, target))
    except CancelledError:  # while waiting for another run
        return ""
    except (ProvisionError, OSError) as error:
        server.show_error(problem_of(error, str(target.ledger.folder)))
        return ""


async def _move(dialog: Dialog) -> str:
    found = await dialog.run_unless_cancelled(_LOOKING(), partial(_overview, dialog.target))
    if found is None:
        return ""
    if found.plan is None and found.last is not None:
        return await _resume(dialog, found, found.last)
    plan = found.plan or Plan()
    copied = copy_in(plan)
    question = _ASK(source=copied.source, target=copied.target)
    if await choice(dialog.server, question, _detail(plan), (COPY,)) is not COPY:
        return ""
    return await _apply(dialog, Task(plan, found.last, found.host), copied)


def _overview(target: ProvisionTarget, progress: JobProgress) -> _Overview:
    """Return the plan, unless an earlier run comes first. Raises ProvisionError if there is nothing to move."""
    with target.ledger.lock(progress.say_waiting, progress.is_cancelled):
        last = target.last
    host = machine_of(target.request)
    if last is not None and last.is_unfinished:
        if not is_move(last):
            raise ProvisionError(OTHER_RUN(id=last.id))
        return _Overview(last, host)
    home = target.request.target.user.home
    return _Overview(last, host, plan_move(Wish(str(target.request.folder)), host, home, progress.is_cancelled))


def _detail(plan: Plan) -> list[Text]:
    """Return the lines under the question: the size, what is left out, and what the user has to know."""
    lines = [line for step in plan.steps for line in (step.reason, *step.warnings)] + list(plan.notes)
    more = len(lines) - _MOST
    return [*lines[:_MOST], _MORE(count=more)] if more > 0 else lines


async def _resume(dialog: Dialog, found: _Overview, run: Run) -> str:
    copied = copy_in(run.plan)
    question = _UNFINISHED(source=copied.source, target=copied.target)
    answer = await choice(dialog.server, question, (), (RESUME, UNDO))
    task = Task(None, run, found.host)
    if answer is RESUME:
        return await _apply(dialog, task, copied)
    if answer is UNDO:
        await _undo(dialog, task, copied)
    return ""


async def _apply(dialog: Dialog, task: Task, copied: CopyWorkspace) -> str:
    [event] = await dialog.run(_COPYING(), partial(jobs.carry_out, dialog.target, task))
    if event.end != DONE:
        is_stopped = event.end == STOPPED or event.problem is None
        words = _STOPPED() if is_stopped else _FAILED(problem=event.problem)
        dialog.server.report_outcome(Outcome(False, words))
        return ""
    return await _offer(dialog, task, copied)


async def _offer(dialog: Dialog, task: Task, copied: CopyWorkspace) -> str:
    """Ask whether to open the copy or to undo the move."""
    words = _DONE(source=copied.source, target=copied.target)
    answer = await message_choice(dialog.server, words, (OPEN, UNDO), types.MessageType.Info)
    if answer is UNDO:
        await _undo(dialog, task._replace(plan=None, seen=dialog.target.last), copied)
    return uri_of(copied.target) if answer is OPEN else ""


async def _undo(dialog: Dialog, task: Task, copied: CopyWorkspace) -> None:
    reversals = await dialog.run(_UNDOING(), partial(jobs.undo_run, dialog.target, task))
    problems: Sequence[Text] = [reversal.problem for reversal in reversals if reversal.problem is not None]
    words = _NOT_UNDONE(problem=problems[0]) if problems else _UNDONE(target=copied.target)
    dialog.server.report_outcome(Outcome(not problems, words))
