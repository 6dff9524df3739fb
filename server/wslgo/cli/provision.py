"""`wslgo provision`: from a bare distribution to a Go machine that is fast and correct; shown, resumable, undoable."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wslgo.cli.arguments import Namespace, Option, Usage
from wslgo.cli.consent import LEFT, NEEDS_YES, is_agreed
from wslgo.cli.machine import replayed
from wslgo.cli.options import COLOR, LANGUAGE
from wslgo.cli.planned import as_json, as_text, differences
from wslgo.cli.report import language_of_machines
from wslgo.cli.terminal import CLEAN, FINDINGS, Painter, Terminal, fail, is_colourful, language, painter, rendered
from wslgo.host import Host
from wslgo.journal import Journal, folder_of
from wslgo.message import Language, Message, Text
from wslgo.provision import apply, rooted
from wslgo.provision.found import Found
from wslgo.provision.hand import ChangedError, Event, Hand
from wslgo.provision.ledger import DONE, Ledger, Run, ledger_of
from wslgo.provision.plan import STEPS, plan
from wslgo.provision.site import Site, this_machine, tree
from wslgo.provision.step import Plan
from wslgo.provision.survey import host_of, policy_of, survey
from wslgo.provision.toolchain.progress import Progress
from wslgo.provision.toolchain.trouble import TroubleError
from wslgo.provision.undo import Way, undo
from wslgo.provision.wish import Team, Wish, joined, of_team
from wslgo.reasons import reason

FORMATS = ("text", "json")
INTERRUPTED = 130

NO_STEP = Message(en="there is no step '{name}'; there are {names}", zh="没有步骤 '{name}'；可用步骤：{names}")
ONLY_PLAN = Message(en="--format json shows a plan: add --plan", zh="--format json 用于显示计划：请加 --plan")
UNREADABLE = Message(en="{path}: {reason}", zh="{path}：{reason}")
NOTHING = Message(en="Nothing to do: this machine is as it should be", zh="无需操作：此机器已符合要求")
NOTHING_TO_UNDO = Message(en="There is nothing to undo", zh="没有可撤销的内容")
UNFINISHED = Message(
    en="Run {id} was not finished: {left} of {count} steps are left; it goes on (wslgo provision --undo takes it back)",
    zh="运行 {id} 未完成：{count} 个步骤中还剩 {left} 个；现在继续（wslgo provision --undo 可撤销）",
)
LEFT_OPEN = Message(
    en="Run {id} was not finished; wslgo provision goes on with it, wslgo provision --undo takes it back",
    zh="运行 {id} 未完成；wslgo provision 将继续，wslgo provision --undo 可撤销",
)
WAITS = Message(
    en="Another wslgo provision is running; waiting for it", zh="另一个 wslgo provision 正在运行；等待其结束"
)
BEGINS = Message(en="{title} ...", zh="{title} ……")
ENDED = Message(en="{title}: done", zh="{title}：完成")
FAILED = Message(en="{title}: {problem}", zh="{title}：{problem}")
COMES = Message(en="  {stage} {done} of {total} MB, {rate} MB/s", zh="  {stage} {done} / {total} MB，{rate} MB/s")
STOPPED = Message(
    en="Stopped. wslgo provision goes on from here, wslgo provision --undo takes back what was done",
    zh="已停止。wslgo provision 从此处继续，wslgo provision --undo 撤销已完成的部分",
)
SOME_FAILED = Message(
    en="{count} steps were not done; wslgo provision tries them again, wslgo provision --undo takes back the others",
    zh="{count} 个步骤未完成；wslgo provision 会重试，wslgo provision --undo 撤销其余步骤",
)
ALL_DONE = Message(en="All done; wslgo provision --undo takes it back", zh="全部完成；wslgo provision --undo 可撤销")
UNDOES = Message(en="Takes back run {id}: {titles}", zh="撤销运行 {id}：{titles}")
ROOT_DOES = Message(
    en="{program} becomes root for the steps that say so", zh="由 {program} 以 root 身份执行所标明的步骤"
)
TEAM = Message(
    en="{path} wishes {wishes}; add --trust-team to take that from the repository",
    zh="{path} 希望 {wishes}；若要采用仓库中的设置，请加 --trust-team",
)
TRUSTED = Message(en="From {path}: {wishes}", zh="来自 {path}：{wishes}")

USAGE = Usage(
    "Make this machine, or a tree, ready for Go: each change is shown with its diff, asked for, and can be undone.",
    (
        Option("--plan", "print what would be done, with the diff of each file, and do nothing"),
        Option("--undo", "take back the last run"),
        Option("--yes", "do it without asking"),
        Option("--only", f"only these steps: {', '.join(STEPS)}; a,b and may repeat", "STEP", is_list=True),
        Option("--go", "the version of Go: 1.27.3, or 1.27 for its newest (default: what go.mod asks for)", "VERSION"),
        Option(
            "--source", "where Go comes from: a mirror of go.dev, a GOPROXY, file://; may repeat", "URL", is_list=True
        ),
        Option("--root", "act on the tree in a folder instead of this machine", "DIR"),
        Option("--user", "for whom, in the tree (default: the first user)", "NAME"),
        Option("--host", "with --root: the kernel and Windows are those that doctor --record has written", "FILE"),
        Option("--trust-team", "take what provision: in the repository's wslgo.yaml wishes"),
        Option("--format", ", ".join(FORMATS), "FORMAT", FORMATS, "text"),
        LANGUAGE,
        COLOR,
    ),
    after="Exit code: 0 done or nothing to do, 1 a step failed (kept, and goes on next time), 2 usage.",
)


class _Session(NamedTuple):
    """What a command of this kind needs all the time."""

    options: Namespace
    terminal: Terminal
    spoken: Language
    paint: Painter
    site: Site
    ledger: Ledger
    recorded: Host | None

    def say(self, text: Text) -> None:
        """A line on standard error."""
        self.terminal.complain(rendered(text, self.spoken))


def run(options: Namespace, terminal: Terminal) -> int:
    spoken = language(options.lang, terminal.environment)
    problems = [NO_STEP(name=one, names=", ".join(STEPS)) for one in options.only if one not in STEPS]
    if options.format == "json" and not options.plan:
        problems.append(ONLY_PLAN())
    recorded = replayed(options.host) if options.host else None
    if isinstance(recorded, Text):
        problems.append(recorded)
    try:
        site = _site(options, terminal)
    except TroubleError as error:
        return fail([*problems, error.text], spoken, terminal)
    if problems or isinstance(recorded, Text):
        return fail(problems, spoken, terminal)
    paint = painter(is_colourful(options.color, terminal))
    ledger = Ledger(ledger_of(terminal.environment))
    session = _Session(options, terminal, spoken, paint, site, ledger, recorded)
    try:
        return _show(session) if options.plan else _alone(session)
    except KeyboardInterrupt:
        session.say(STOPPED())
        return INTERRUPTED
    except OSError as error:
        path = str(error.filename or ledger.folder)
        fail([UNREADABLE(path=path, reason=reason(error))], spoken, terminal)
        return FINDINGS


def _site(options: Namespace, terminal: Terminal) -> Site:
    if options.root is not None:
        return tree(Path(options.root), options.user)
    return this_machine(options.user, terminal.environment.get("HOME", ""))


# What is wanted


def _planned(session: _Session) -> tuple[Found, Plan, Wish]:
    wish = _wish(session)
    found = survey(session.site, wish, session.terminal.environment, session.recorded, tuple(_modules(Path.cwd())))
    for problem in found.problems:
        session.say(problem)
    return found, plan(found, wish), wish


def _wish(session: _Session) -> Wish:
    options = session.options
    own = Wish(options.go or "", tuple(options.source), tuple(options.only))
    from wslgo import teamfile  # with PyYAML, where there is such a file

    path = teamfile.find(Path.cwd())
    team = of_team(*teamfile.provision(path)) if path is not None else Team()
    unknown = [NO_STEP(name=one, names=", ".join(STEPS)) for one in team.wish.only if one not in STEPS]
    for problem in (*team.problems, *unknown):
        session.say(problem)
    wishes = ", ".join(_wishes(team.wish))
    if not wishes or unknown:
        return own
    session.say((TRUSTED if options.trust_team else TEAM)(path=str(path), wishes=wishes))
    return joined(own, team.wish) if options.trust_team else own


def _wishes(wish: Wish) -> Iterator[str]:
    if wish.go:
        yield f"Go {wish.go}"
    yield from wish.only
    yield from (f"{name}={value}" for name, value in wish.variables)


def _modules(folder: Path) -> Iterator[str]:
    """The nearest go.work and go.mod; the search ends at the root of a repository."""
    for one in (folder, *folder.parents):
        found = [path for path in (one / "go.work", one / "go.mod") if path.is_file()]
        if found or (one / ".git").exists():
            yield from (path.read_text("utf-8", "replace") for path in found)
            return


def _show(session: _Session) -> int:
    """`--plan`."""
    last = session.ledger.last(str(session.site.root), session.site.user.name)
    if last is not None and last.is_unfinished:
        session.say(LEFT_OPEN(id=last.id))
    found, planned, _ = _planned(session)
    if session.options.format == "json":
        session.terminal.say(json.dumps(as_json(planned, language_of_machines(session.options.lang)), indent=1))
    else:
        _print(planned, session)
    return FINDINGS if found.problems else CLEAN


def _print(planned: Plan, session: _Session) -> None:
    for line in as_text(planned, session.spoken, session.paint):
        session.terminal.say(line)
    if not planned.steps:
        session.terminal.say(NOTHING().render(session.spoken))


# What is done


def _alone(session: _Session) -> int:
    with session.ledger.alone(lambda: session.say(WAITS())):
        last = session.ledger.last(str(session.site.root), session.site.user.name)
        if session.options.undo:
            return _undo(last, session)
        if last is not None and last.is_unfinished:
            code = _resume(last, session)
            if code is not None:
                return code
        return _provision(session)


def _resume(last: Run, session: _Session) -> int | None:
    """Go on with a run; None when it is finished, so that a new plan can follow."""
    count = len(last.plan.steps)
    left = [step for number, step in enumerate(last.plan.steps) if last.ends.get(number) != DONE]
    session.say(UNFINISHED(id=last.id, left=len(left), count=count))
    _print(Plan(tuple(left)), session)
    refusal = _refusal(session)
    if refusal is not None:
        return refusal
    host = host_of(session.site, session.recorded)
    code = _apply(last, host, Wish(sources=tuple(session.options.source)), session)
    return code or None


def _provision(session: _Session) -> int:
    found, planned, wish = _planned(session)
    _print(planned, session)
    if planned.steps:
        refusal = _refusal(session)
        if refusal is not None:
            return refusal
        number = session.ledger.begin(str(session.site.root), session.site.user.name, planned)
        code = _apply(session.ledger.run(number), found.host, wish, session)
        if code:
            return code
    return FINDINGS if found.problems else CLEAN


def _refusal(session: _Session) -> int | None:
    """The exit code where nobody agrees."""
    if session.options.yes:
        return None
    if not session.terminal.is_interactive:
        return fail([NEEDS_YES()], session.spoken, session.terminal)
    if is_agreed(session.terminal, session.spoken):
        return None
    session.terminal.say(LEFT().render(session.spoken))
    return CLEAN


def _apply(run: Run, host: Host, wish: Wish, session: _Session) -> int:
    events = apply.apply(run, _hand(host, wish, session))
    failed = [one for one in events if one.end != DONE]
    session.say(SOME_FAILED(count=len(failed)) if failed else ALL_DONE())
    return FINDINGS if failed else CLEAN


def _hand(host: Host, wish: Wish, session: _Session) -> Hand:
    environment = session.terminal.environment
    return Hand(
        session.site,
        session.ledger,
        Journal(folder_of(environment)),
        environment,
        _scratch(session),
        policy_of(host, wish),
        host,
        _Listener(session),
        lambda payload: _as_root(payload, host, session),
    )


def _scratch(session: _Session) -> Path:
    cache = session.terminal.environment.get("XDG_CACHE_HOME", "")
    home = session.terminal.environment.get("HOME") or "~"
    return Path(cache if cache.startswith("/") else f"{home}/.cache").expanduser() / "wslgo" / "provision"


def _as_root(payload: bytes, host: Host, session: _Session) -> tuple[int, bytes]:
    """Run the one command of root's part, in this terminal."""
    import subprocess  # 8 ms: only who needs root pays

    from wslgo.asroot import wsl_of

    command = rooted.command(lambda: wsl_of(host))
    if command is None:
        session.say(rooted.NO_WAY())
        return -1, b""
    session.say(ROOT_DOES(program=os.path.basename(command.words[0])))
    folder = os.path.dirname(command.words[0])  # a program of Windows wants a folder of Windows
    done = subprocess.run(command.of(payload), input=payload, stdout=subprocess.PIPE, cwd=folder, check=False)
    return done.returncode, done.stdout


class _Listener:
    """Tells a person how far it has come: a line for each step, and one for each tenth of a download."""

    def __init__(self, session: _Session) -> None:
        self._session = session
        self._told = ("", -1)

    def __call__(self, event: Event) -> None:
        say, title = self._session.say, event.step.title
        if event.progress is not None:
            self._progress(event.progress)
        elif not event.end:
            say(BEGINS(title=title))
        elif event.problem is None:
            say(ENDED(title=title))
        else:
            say(FAILED(title=title, problem=event.problem))
            if event.change is not None:
                _show_change(event.change, self._session)

    def _progress(self, progress: Progress) -> None:
        tenth = progress.done * 10 // progress.total if progress.total else progress.done >> 24
        if (progress.stage, tenth) != self._told:
            self._told = (progress.stage, tenth)
            done, total, rate = (round((one or 0) / 1e6, 1) for one in (progress.done, progress.total, progress.rate))
            self._session.say(COMES(stage=progress.stage, done=done, total=total or "?", rate=rate))


def _show_change(change: ChangedError, session: _Session) -> None:
    """What somebody has made of a file since."""
    if change.was is not None or change.now is not None:
        for line in differences(change.path, change.was, change.now, session.paint):
            session.terminal.complain(line)


# What is taken back


def _undo(last: Run | None, session: _Session) -> int:
    if last is None:
        session.terminal.say(NOTHING_TO_UNDO().render(session.spoken))
        return CLEAN
    titles = "; ".join(step.title.render(session.spoken) for step in last.plan.steps)
    session.terminal.say(rendered(UNDOES(id=last.id, titles=titles), session.spoken))
    refusal = _refusal(session)
    if refusal is not None:
        return refusal
    hand = _hand(host_of(session.site, session.recorded), Wish(), session)
    ways = undo(last, hand)
    for way in ways:
        _say_way(way, session)
    return FINDINGS if any(way.problem for way in ways) else CLEAN


def _say_way(way: Way, session: _Session) -> None:
    if way.done is not None:
        session.terminal.say(rendered(way.done, session.spoken))
    if way.problem is not None:
        fail([way.problem], session.spoken, session.terminal)
    if way.change is not None:
        _show_change(way.change, session)
