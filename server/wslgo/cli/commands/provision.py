"""`wslgo provision`: set up Go on a distribution; the plan is shown, resumable and undoable."""

import json
import os
from pathlib import Path

from wslgo.cli.call import Call
from wslgo.cli.commands.provision_check import compare
from wslgo.cli.commands.provision_list import list_items
from wslgo.cli.commands.provision_lock import write_lock
from wslgo.cli.commands.provision_usage import USAGE, Options
from wslgo.cli.consent import LEFT, NEEDS_YES, is_agreed
from wslgo.cli.machine import replayed
from wslgo.cli.output.plan import as_text
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.output.run_progress import Teller
from wslgo.cli.terminal import CLEAN, FAILED, FINDINGS
from wslgo.machine.host import Host
from wslgo.provision.apply import apply, root_script
from wslgo.provision.apply.context import RunContext
from wslgo.provision.apply.ledger import DONE, REFUSED, Ledger, Run, ledger_of
from wslgo.provision.apply.undo import undo
from wslgo.provision.apply.undo_notes import about_notes
from wslgo.provision.apply.undo_root import roots_part
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Plan
from wslgo.provision.report.text import (
    NOTHING_TO_UNDO,
    WAITS,
    Where,
    afterwards,
    as_json,
    left_lines,
    needs_attention,
    outcome,
)
from wslgo.provision.session import Prepared, Request, machine_of, prepare, run_context, unknown_steps
from wslgo.provision.target import Target, this_machine, tree
from wslgo.system.errors import reason
from wslgo.system.journal import Journal, folder_of
from wslgo.system.programs import BECOME_ROOT
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

INTERRUPTED = 130
_MODES = ("undo", "list", "check", "lock", "plan")
_WITH_JSON = ("plan", "list", "check")

__all__ = ("USAGE", "Options", "run")

ONLY_PLAN = Message(
    en="--format json is for --plan, --list and --check: add one of them",
    zh="--format json 用于 --plan、--list 和 --check：请加其中之一",
)
ONLY_ONE = Message(en="{first} and {second} exclude each other", zh="{first} 与 {second} 不能同时使用")
ONLY_CHECK = Message(en="--label is for --check", zh="--label 用于 --check")
ONLY_LIST = Message(en="--all is for --list", zh="--all 用于 --list")
ONLY_TREE = Message(
    en="--host describes the machine of a tree: add --root FOLDER", zh="--host 描述目录树所属的机器：请加 --root FOLDER"
)
UNREADABLE = Message(en="{path}: {reason}", zh="{path}：{reason}")
UNFINISHED = Message(
    en="Resuming run {id}: {left} of {count} steps left (undo it with wslgo provision --undo)",
    zh="继续运行 {id}：{count} 个步骤中还剩 {left} 个（wslgo provision --undo 可撤销）",
)
LEFT_OPEN = Message(
    en="Run {id} is not finished; resume it with wslgo provision, undo it with wslgo provision --undo",
    zh="运行 {id} 未完成；wslgo provision 将继续，wslgo provision --undo 可撤销",
)
STOPPED = Message(
    en="Stopped. Resume with wslgo provision, or undo with wslgo provision --undo",
    zh="已停止。wslgo provision 从此处继续，wslgo provision --undo 撤销已完成的部分",
)
SOME_FAILED = Message(
    en="Failed steps: {count}. Retry with wslgo provision, or undo the others with wslgo provision --undo",
    zh="{count} 个步骤未完成；wslgo provision 会重试，wslgo provision --undo 撤销其余步骤",
)
ALL_DONE = Message(en="Done; undo with wslgo provision --undo", zh="全部完成；wslgo provision --undo 可撤销")
DONE_FOR_GOOD = Message(en="Done; these changes cannot be undone", zh="全部完成；均无法撤销")
TEAM = Message(
    en="{path} requests {settings}; use settings from the repository with --trust-team",
    zh="{path} 请求 {settings}；若要采用仓库中的设置，请加 --trust-team",
)
TRUSTED = Message(en="From {path}: {settings}", zh="来自 {path}：{settings}")
PINNED = Message(en="{path} pins {pins}", zh="{path} 固定了 {pins}")
PINNED_ONLY = Message(
    en="{path} pins {pins}: what is missing is installed as pinned; --trust-team also replaces what differs",
    zh="{path} 固定了 {pins}：缺少的内容按其安装；加 --trust-team 还会替换不一致的内容",
)
NOTE = Message(en="Manual step: {text}", zh="需由您处理：{text}")
SEMICOLON = Message(en="; ", zh="；")
UNDOES = Message(en="Undoing run {id}: {titles}", zh="撤销运行 {id}：{titles}")
ROOT_DOES = Message(en="{program} runs the steps marked as root", zh="由 {program} 以 root 身份执行所标明的步骤")


class _Session(NamedTuple):
    """The call, the ledger and the request of one command."""

    call: Call[Options]
    ledger: Ledger
    request: Request
    teller: Teller

    @property
    def last(self) -> Run | None:
        """The newest run on this machine for this user that is not undone."""
        target = self.request.target
        return self.ledger.last(str(target.root), target.user.name)


def run(call: Call[Options]) -> int:
    problems = list(unknown_steps(tuple(call.options.only)))
    modes = [f"--{name}" for name in _MODES if getattr(call.options, name)]
    if len(modes) > 1 and modes != ["--lock", "--plan"]:  # which shows what would be pinned
        problems.append(ONLY_ONE(first=modes[0], second=modes[1]))
    if call.options.format == "json" and not any(getattr(call.options, name) for name in _WITH_JSON):
        problems.append(ONLY_PLAN())
    if call.options.all and not call.options.list:
        problems.append(ONLY_LIST())
    if call.options.label is not None and not call.options.check:
        problems.append(ONLY_CHECK())
    if call.options.host and call.options.root is None:
        problems.append(ONLY_TREE())
    recorded = replayed(call.options.host, call.terminal.environment) if call.options.host else None
    if isinstance(recorded, Text):
        problems.append(recorded)
    try:
        target = _target(call)
    except ProvisionError as error:
        return call.fail([*problems, error.text])
    if problems or isinstance(recorded, Text):
        return call.fail(problems)
    return _guarded(_session(call, _request(target, recorded, call)))


def _guarded(session: _Session) -> int:
    """Return every end as an exit code."""
    try:
        if session.call.options.list:
            return list_items(session.call, session.ledger, session.request.target)
        if session.call.options.check:
            return compare(session.call, session.ledger, session.request)
        if session.call.options.lock:
            with session.ledger.lock(lambda: session.teller.say(WAITS())):
                return write_lock(session.call, session.ledger, session.request)
        return _show(session) if session.call.options.plan else _alone(session)
    except KeyboardInterrupt:
        if not any(getattr(session.call.options, name) for name in ("list", "check", "lock")):
            session.teller.say(STOPPED())
        return INTERRUPTED
    except OSError as error:
        path = str(error.filename or session.ledger.folder)
        session.call.fail([UNREADABLE(path=path, reason=reason(error))])
        return FINDINGS


def _target(call: Call[Options]) -> Target:
    if call.options.root is not None:
        return tree(Path(call.options.root), call.options.user)
    return this_machine(call.options.user, call.terminal.environment.get("HOME", ""))


def _request(target: Target, recorded: Host | None, call: Call[Options]) -> Request:
    spec = Spec(
        call.options.go or "",
        tuple(call.options.source),
        tuple(call.options.only),
        certificates=tuple(call.options.certificate),
    )
    return Request(target, Path.cwd(), call.terminal.environment, spec, call.options.trust_team, recorded)


def _session(call: Call[Options], request: Request) -> _Session:
    ledger = Ledger(ledger_of(call.terminal.environment))
    return _Session(call, ledger, request, Teller(call))


# Show


def _show(session: _Session) -> int:
    """`--plan`."""
    if session.last is not None and session.last.is_unfinished:
        session.teller.say(LEFT_OPEN(id=session.last.id))
    made = _prepared(session)
    if made.lock_problems:
        return FAILED
    if session.call.options.format == "json":
        spoken = language_of_machines(session.call.options.lang)
        planned = as_json(made.plan, spoken, _where(session), made.left)
        session.call.terminal.say_json(json.dumps(planned, indent=1) + "\n")
    else:
        _print(made.plan, session)
        _say_outcome(made, session)
    _say_notes(made.plan, session)
    return _exit_code(made, session)


def _exit_code(made: Prepared, session: _Session) -> int:
    """Return 1 if the plan could not be made, or with --fail-on if it leaves something that needs attention."""
    is_left = session.call.options.fail_on is not None and needs_attention(made.plan, made.left)
    return FINDINGS if made.facts.problems or is_left else CLEAN


def _prepared(session: _Session) -> Prepared:
    """Return a plan; print what belongs beside it."""
    made = prepare(session.request)
    team, say = made.team, session.teller.say
    for problem in team.problems:
        say(problem)
    if team.words:
        say((TRUSTED if session.request.trusts_team else TEAM)(path=str(team.path), settings=team.words))
    pins = made.spec.pins
    if pins.path:
        say((PINNED if pins.is_trusted else PINNED_ONLY)(path=pins.path, pins=pins.words))
    for problem in made.facts.problems:
        say(problem)
    return made


def _print(planned: Plan, session: _Session) -> None:
    for line in as_text(planned, session.call, _where(session)):
        session.call.terminal.say(line)


def _say_outcome(made: Prepared, session: _Session) -> None:
    """Print what the plan leaves, and without steps whether all is well."""
    for line in left_lines(made.left):
        session.call.terminal.say(session.call.rendered(line))
    end = outcome(made.plan, made.left)
    if end is not None:
        session.call.terminal.say(session.call.rendered(end))


def _where(session: _Session) -> Where:
    return Where(str(session.request.target.root), this_machine(None, "").user.name)


def _say_notes(planned: Plan, session: _Session) -> None:
    for note in planned.notes:
        session.teller.say(NOTE(text=note))


# Apply


def _alone(session: _Session) -> int:
    with session.ledger.lock(lambda: session.teller.say(WAITS())):
        last = session.last
        if session.call.options.undo:
            return _undo(last, session)
        if last is not None and last.is_unfinished:
            code = _resume(last, session)
            if code is not None:
                return code
        return _provision(session)


def _resume(last: Run, session: _Session) -> int | None:
    """Resume a run; return None when it is finished, so that a new plan can follow."""
    count = len(last.plan.steps)
    left = [step for number, step in enumerate(last.plan.steps) if last.ends.get(number) not in (DONE, REFUSED)]
    session.teller.say(UNFINISHED(id=last.id, left=len(left), count=count))
    _print(Plan(tuple(left)), session)
    exit_code = _exit_without_consent(session)
    if exit_code is not None:
        return exit_code
    request = session.request
    host = machine_of(request)
    return _apply(last, host, Spec(sources=request.spec.sources), session, is_resumed=True) or None


def _provision(session: _Session) -> int:
    made = _prepared(session)
    if made.lock_problems:
        return FAILED
    _print(made.plan, session)
    _say_outcome(made, session)
    _say_notes(made.plan, session)
    if made.plan.steps:
        exit_code = _exit_without_consent(session)
        if exit_code is not None:
            return exit_code
        target = session.request.target
        begun = session.ledger.begin(str(target.root), target.user.name, made.plan)
        code = _apply(begun, made.facts.host, made.spec, session)
        if code:
            return code
    return _exit_code(made, session)


def _exit_without_consent(session: _Session) -> int | None:
    """Return the exit code without a yes."""
    if session.call.options.yes:
        return None
    if not session.call.terminal.is_interactive:
        return session.call.fail([NEEDS_YES()])
    if is_agreed(session.call):
        return None
    session.call.say(LEFT)
    return CLEAN


def _apply(run: Run, host: Host, spec: Spec, session: _Session, *, is_resumed: bool = False) -> int:
    events = apply.apply(run, _run_context(host, spec, session), is_resumed=is_resumed)
    unknown = [event for event in events if event.problem == root_script.NOT_KNOWN()]  # a new plan follows at once
    failed = [event for event in events if event.end != DONE and event not in unknown]
    for text in afterwards((event.step for event in events if event.end == DONE), host):
        session.teller.say(text)
    if failed or not unknown:
        session.teller.say(SOME_FAILED(count=len(failed)) if failed else _all_done(run.plan))
    return FINDINGS if failed else CLEAN


def _all_done(done: Plan) -> Text:
    return ALL_DONE() if any(step.reversible for step in done.steps) else DONE_FOR_GOOD()


def _run_context(host: Host, spec: Spec, session: _Session) -> RunContext:
    hear = session.teller.hear
    return run_context(session.request, host, spec, hear, lambda payload: _as_root(payload, host, session))


def _as_root(payload: bytes, host: Host, session: _Session) -> tuple[int, bytes]:
    """Run the one command of root's part, in this terminal."""
    from wslgo.machine.wsl_exe import wsl_of
    from wslgo.system.process import run_in_terminal  # subprocess costs 8 ms: only who needs root pays

    command = root_script.command(lambda: wsl_of(host))
    if command is None:
        session.teller.say(root_script.NO_WAY())
        return -1, b""
    session.teller.say(ROOT_DOES(program=os.path.basename(command.words[0])))
    folder = os.path.dirname(command.words[0])  # a program of Windows wants a folder of Windows
    return run_in_terminal(
        command.of(payload), folder, BECOME_ROOT.environment(session.call.terminal.environment), payload
    )


# Undo


def _undo(last: Run | None, session: _Session) -> int:
    about = list(about_notes(session.ledger, Journal(folder_of(session.call.terminal.environment))))
    for way in about:
        session.teller.tell(way)
    is_lost = any(way.problem for way in about)
    if last is None:
        if not is_lost:
            session.call.say(NOTHING_TO_UNDO)
        return FINDINGS if is_lost else CLEAN
    titles = session.call.rendered(SEMICOLON).join(session.call.rendered(step.title) for step in last.plan.steps)
    session.call.say(UNDOES(id=last.id, titles=titles))
    context = _run_context(machine_of(session.request), Spec(), session)
    part = roots_part(last, context)
    for line in as_text(part.plan(last), session.call):
        session.call.terminal.say(line)
    exit_code = _exit_without_consent(session)
    if exit_code is not None:
        return exit_code
    ways = undo(last, context, part)
    for way in ways:
        session.teller.tell(way)
    return FINDINGS if is_lost or any(way.problem for way in ways) else CLEAN
