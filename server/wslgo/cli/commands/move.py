"""`wslgo move`: copy a workspace to the disk of Linux; the plan is shown, resumable and undoable."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from wslgo.cli.arguments import Operands, Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.consent import LEFT, NEEDS_YES, is_agreed
from wslgo.cli.machine import replayed
from wslgo.cli.options import COLOR, HOST, LANGUAGE, OutputOptions, format_option
from wslgo.cli.output.plan import as_text
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.output.run_progress import Teller
from wslgo.cli.terminal import CLEAN, FINDINGS
from wslgo.machine.host import Host
from wslgo.provision.apply.ledger import DONE, Ledger, Run, ledger_of
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import CopyWorkspace, Plan
from wslgo.provision.report.text import NOTHING_TO_UNDO, WAITS, as_json
from wslgo.provision.session import Request, run_context
from wslgo.provision.target import this_machine
from wslgo.provision.workspace_move import NEEDS, OTHER_RUN, Wish, apply_move, is_move, plan_move, undo_move
from wslgo.system.errors import reason
from wslgo.text.message import Message, Text

FORMATS = ("text", "json")
INTERRUPTED = 130

ONLY_PLAN = Message(en="--format json shows a plan: add --plan", zh="--format json 用于显示计划：请加 --plan")
UNREADABLE = Message(en="{path}: {reason}", zh="{path}：{reason}")
NOTE = Message(en="Note: {text}", zh="注意：{text}")
RESUMES = Message(
    en="Resuming run {id} (undo it with wslgo move --undo)", zh="继续运行 {id}（wslgo move --undo 可撤销）"
)
UNDOES = Message(
    en="Undoing run {id}: removes {path}, if nothing was done in it since",
    zh="撤销运行 {id}：如果其中没有新的更改，则删除 {path}",
)
STOPPED = Message(
    en="Stopped. Resume with wslgo move, or undo with wslgo move --undo",
    zh="已停止。wslgo move 从此处继续，wslgo move --undo 撤销",
)
FAILED = Message(
    en="Not copied. Retry with wslgo move, or undo with wslgo move --undo",
    zh="未能复制。wslgo move 会重试，wslgo move --undo 撤销",
)
OPEN = Message(en="Every file was compared. Open the copy: code {path}", zh="每个文件都已比较。打开副本：code {path}")
STAYS = Message(
    en="{path} is as it was: remove it once you work in the copy. Undo with wslgo move --undo",
    zh="{path} 保持原样：开始使用副本后可将其删除。wslgo move --undo 可撤销",
)
AS_ROOT = Message(
    en="the copy in {home} would be owned by root; run wslgo move without sudo",
    zh="{home} 中的副本会属于 root；请不要用 sudo 运行 wslgo move",
)


class Options(OutputOptions):
    """The options of `wslgo move`."""

    to: str | None
    leave_out: list[str]
    all: bool
    plan: bool
    undo: bool
    yes: bool
    host: str | None
    format: str
    folder: Sequence[str]


USAGE = Usage(
    Message(
        en="Copy a workspace from a Windows drive to the disk of Linux: git state, modes and links, compared file by "
        "file. The old folder stays as it is.",
        zh="将工作区从 Windows 驱动器复制到 Linux 磁盘，逐个文件比较。旧文件夹保持不变。",
    ),
    (
        Option(
            "--to",
            Message(en="the folder of the copy (default: ~/src/NAME)", zh="副本的文件夹（默认：~/src/NAME）"),
            "FOLDER",
        ),
        Option(
            "--leave-out",
            Message(en="do not copy this folder of the workspace; may repeat", zh="不复制工作区中的此文件夹；可重复"),
            "FOLDER",
            is_list=True,
        ),
        Option(
            "--all",
            Message(
                en="also copy what tools make again, such as node_modules and .venv",
                zh="同时复制工具会重新生成的内容，例如 node_modules 和 .venv",
            ),
        ),
        Option("--plan", Message(en="print the plan, and change nothing", zh="输出计划，不做任何更改")),
        Option(
            "--undo",
            Message(
                en="remove the copy of the last move, if nothing was done in it",
                zh="如果没有新的更改，则删除上次移动的副本",
            ),
        ),
        Option("--yes", Message(en="copy without asking", zh="不询问，直接复制")),
        HOST,
        format_option(FORMATS),
        LANGUAGE,
        COLOR,
    ),
    Operands(
        "folder",
        "FOLDER",
        Message(
            en="a folder of the workspace, whose whole repository is copied (default: the current one)",
            zh="工作区中的文件夹，会复制其所在的整个仓库（默认：当前文件夹）",
        ),
        are_needed=False,
    ),
    Message(
        en="Exit code: 0 done, 1 not copied or not undone (the next run resumes), 2 bad usage.",
        zh="退出码：0 已完成，1 未能复制或撤销（下次运行会继续），2 用法错误。",
    ),
)


class _Session:
    """The call, the machine and the ledger of one command."""

    def __init__(self, call: Call[Options], host: Host) -> None:
        environment = call.terminal.environment
        self.call = call
        self.host = host
        self.teller = Teller(call)
        self.ledger = Ledger(ledger_of(environment))
        self.request = Request(this_machine(None, environment.get("HOME", "")), Path.cwd(), environment)
        self.home = self.request.target.user.home
        self.context = run_context(self.request, host, self.request.spec, self.teller.hear, None)

    @property
    def last(self) -> Run | None:
        target = self.request.target
        return self.ledger.last(str(target.root), target.user.name)


def run(call: Call[Options]) -> int:
    if call.options.format == "json" and not call.options.plan:
        return call.fail([ONLY_PLAN()])
    host = _host(call)
    if isinstance(host, Text):
        return call.fail([host])
    session = _Session(call, host)
    if not call.options.undo and _would_be_roots(session):
        return call.fail([AS_ROOT(home=session.home)])
    try:
        if call.options.plan:
            return _show(session)
        with session.ledger.lock(lambda: session.teller.say(WAITS())):
            return _undo(session) if call.options.undo else _move(session)
    except ProvisionError as error:
        call.fail([error.text])
        return FINDINGS
    except KeyboardInterrupt:
        session.teller.say(STOPPED())
        return INTERRUPTED
    except OSError as error:
        call.fail([UNREADABLE(path=str(error.filename or session.ledger.folder), reason=reason(error))])
        return FINDINGS


def _would_be_roots(session: _Session) -> bool:
    """Return whether root would put a copy of its own into the home folder of another user, as with `sudo -E`."""
    options, home = session.call.options, Path(session.home)
    is_elsewhere = bool(options.to) and not Path(os.path.abspath(options.to or "")).is_relative_to(home)
    if os.geteuid() != 0 or is_elsewhere:
        return False
    try:
        return home.stat().st_uid != 0
    except OSError:
        return False


def _host(call: Call[Options]) -> Host | Text:
    if call.options.host:
        return replayed(call.options.host, call.terminal.environment)
    from wslgo.machine.probe import probe  # a recorded machine needs none of it
    from wslgo.system.this_machine import ThisMachine

    return probe(ThisMachine(), NEEDS)


def _plan(session: _Session) -> Plan:
    options = session.call.options
    folder = options.folder[0] if options.folder else "."
    wish = Wish(folder, options.to or "", tuple(options.leave_out), options.all)
    return plan_move(wish, session.host, session.home)


def _show(session: _Session) -> int:
    planned, call = _plan(session), session.call
    if call.options.format == "json":
        printed = as_json(planned, language_of_machines(call.options.lang))
        call.terminal.say_json(json.dumps(printed, indent=1) + "\n")
    else:
        _print(planned, session)
    return CLEAN


def _print(planned: Plan, session: _Session) -> None:
    for line in as_text(planned, session.call):
        session.call.terminal.say(line)
    for note in planned.notes:
        session.teller.say(NOTE(text=note))


def _move(session: _Session) -> int:
    last = session.last
    if last is not None and last.is_unfinished:
        if not is_move(last):
            raise ProvisionError(OTHER_RUN(id=last.id))
        session.teller.say(RESUMES(id=last.id))
        _print(last.plan, session)
        return _carry_out(last, last.plan, session)
    return _carry_out(None, _plan(session), session, is_new=True)


def _carry_out(begun: Run | None, planned: Plan, session: _Session, *, is_new: bool = False) -> int:
    if is_new:
        _print(planned, session)
    if not session.call.options.yes:
        if not session.call.terminal.is_interactive:
            return session.call.fail([NEEDS_YES()])
        if not is_agreed(session.call):
            session.call.say(LEFT)
            return CLEAN
    target = session.request.target
    moving = begun or session.ledger.begin(str(target.root), target.user.name, planned)
    [event] = apply_move(moving, session.context)
    if event.end != DONE:
        session.teller.say(FAILED())
        return FINDINGS
    for step in planned.steps:
        for action in step.actions:
            if isinstance(action, CopyWorkspace):
                session.call.say(OPEN(path=action.target))
                session.call.say(STAYS(path=action.source))
    return CLEAN


def _undo(session: _Session) -> int:
    last = session.last
    if last is None:
        session.call.say(NOTHING_TO_UNDO)
        return CLEAN
    if not is_move(last):
        raise ProvisionError(OTHER_RUN(id=last.id))
    targets = [
        action.target for step in last.plan.steps for action in step.actions if isinstance(action, CopyWorkspace)
    ]
    session.call.say(UNDOES(id=last.id, path=targets[0]))
    if not session.call.options.yes:
        if not session.call.terminal.is_interactive:
            return session.call.fail([NEEDS_YES()])
        if not is_agreed(session.call):
            session.call.say(LEFT)
            return CLEAN
    ways = undo_move(last, session.context)
    for way in ways:
        session.teller.tell(way)
    return FINDINGS if any(way.problem for way in ways) else CLEAN
