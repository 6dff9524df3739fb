"""`wslgo ci run`: the steps of the generated script in a clean copy of the commit, compared with what CI recorded."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence

from wslgo.ci import script
from wslgo.ci.record import Record
from wslgo.ci.record_comparison import Difference, differences
from wslgo.ci.record_files import record_at
from wslgo.ci.run_steps import Copy, Step, Toolchain
from wslgo.ci.run_toolchain import LOCAL, chosen_go
from wslgo.ci.workflow_repository import checks_in, root_of_repository
from wslgo.cli import words
from wslgo.cli.call import Call
from wslgo.cli.consent import RUN, is_agreed
from wslgo.cli.ending import ended_by_signals
from wslgo.cli.options import CiOptions
from wslgo.cli.output.diff import show
from wslgo.cli.output.excerpt import width
from wslgo.cli.terminal import CLEAN, FINDINGS, shown
from wslgo.system.errors import reason
from wslgo.system.programs import is_within, search_path
from wslgo.system.repository import current_folder, root_of, workspaces
from wslgo.system.world import World
from wslgo.text.message import Language, Message, Text, redact
from wslgo.text.source import Source
from wslgo.text.typing import NamedTuple

FACTS = frozenset(("go", "go_variables", "home", "mounts"))
_LINES = 20  # of the log of a step that failed

NO_REPOSITORY = Message(
    en="{path} is not in a git repository: wslgo ci run checks a copy of a commit, as CI does",
    zh="{path} 不在 git 仓库中：wslgo ci run 与 CI 一样检查提交的副本",
)
NO_GIT = Message(en="git was not found in PATH: install git", zh="在 PATH 中找不到 git：请安装 git")
NO_GO = Message(
    en="the go command was not found, or does not start: see wslgo doctor",
    zh="找不到 go 命令或其无法启动：见 wslgo doctor",
)
NO_SCRIPT = Message(
    en="the commit has no {path}: write it with wslgo ci --write and commit it, or add --dirty",
    zh="提交中没有 {path}：请用 wslgo ci --write 写入并提交，或加 --dirty",
)
CHANGED = Message(
    en="{path} is not what wslgo ci --write generates for this commit: read it, then run it with --trust",
    zh="{path} 不是 wslgo ci --write 为此提交生成的内容：请先查看，然后加 --trust 运行",
)
ASKED = Message(
    en="{path} is not what wslgo ci --write generates for this commit. Its own lines would run, too:",
    zh="{path} 不是 wslgo ci --write 为此提交生成的内容，其中自己的行也会运行：",
)
NO_STEP = Message(en="unknown step '{name}'; available: {names}", zh="未知步骤 '{name}'；可用步骤：{names}")
NO_STEPS = Message(en="{path} lists no steps", zh="{path} 没有列出任何步骤")
COPIED = Message(
    en="Checking a copy of {commit} with {go}. Its tests run with your rights, without your settings and tokens",
    zh="正在用 {go} 检查 {commit} 的副本。其测试以您的权限运行，但不使用您的设置和令牌",
)
SHARED = Message(
    en="GOMODCACHE and GOCACHE are yours, so modules are not fetched again; --cold uses empty ones",
    zh="使用您的 GOMODCACHE 和 GOCACHE，因此不会重新获取模块；--cold 使用空缓存",
)
PROGRESS = Message(en="{number}/{count}  {name}", zh="{number}/{count}  {name}")
THE_COMMIT = Message(en="the last commit", zh="最近的提交")
THE_WORK_TREE = Message(en="the work tree", zh="工作区")
OK = Message(en="ok", zh="通过")
FAILED_STEP = Message(en="failed", zh="失败")
SECONDS = Message(en="{seconds} s", zh="{seconds} 秒")
END_OF_LOG = Message(en="End of the log of {name}:", zh="{name} 日志的末尾：")
FIRST = Message(
    en="First difference to CI: {about} is {ci} there and {here} here",
    zh="与 CI 的首个差异：{about}在 CI 中为 {ci}，此处为 {here}",
)
MORE = Message(en="{count} more differences: see --format json", zh="另有 {count} 处差异：见 --format json")
SAME = Message(en="No difference to what CI recorded: {parts}", zh="与 CI 的记录没有差异：{parts}")
EMPTY = Message(en="empty", zh="空")
ABSENT = Message(en="missing", zh="不存在")
PARTS = {
    "commit": Message(en="commit", zh="提交"),
    "environment": Message(en="environment", zh="环境"),
    "programs": Message(en="programs", zh="程序"),
    "tests": Message(en="tests", zh="测试"),
    "steps": Message(en="steps", zh="步骤"),
}


class Report(NamedTuple):
    """The steps that ran, and the differences to what CI recorded: None if no record was named."""

    steps: tuple[Step, ...]
    here: Record
    ci: Record | None = None
    found: tuple[Difference, ...] = ()

    @property
    def is_fine(self) -> bool:
        return all(step.is_fine for step in self.steps) and not self.found


def run(folder: str, call: Call[CiOptions]) -> int:
    """Run the steps; exit code 1 if one fails or CI did something else, 2 if they cannot run."""
    from wslgo.system.this_machine import ThisMachine

    world = ThisMachine()
    try:
        with ended_by_signals():
            report = _checked(folder, world, call)
    except OSError as error:
        return call.fail([words.TROUBLE(path=error.filename or folder, reason=words.UNREADABLE(reason=reason(error)))])
    if isinstance(report, Text):
        return call.fail([report])
    _show(report, call)
    return CLEAN if report.is_fine else FINDINGS


def _checked(folder: str, world: World, call: Call[CiOptions]) -> Report | Text:
    """Return what the steps did, or why they did not run. Raises OSError."""
    root = root_of(os.path.abspath(folder))
    if root is None:
        return NO_REPOSITORY(path=folder)
    ci = None if call.options.compare is None else record_at(call.options.compare, world)
    if isinstance(ci, Text):
        return ci
    foreign = workspaces(folder, call.terminal.environment.get("HOME", ""), here=current_folder())
    git = shutil.which("git", path=search_path(world.environment.get("PATH", ""), foreign, os.path.realpath))
    if git is None:
        return NO_GIT()
    with Copy(root_of_repository(folder), git, world) as copy:
        problem = copy.fill(is_dirty=call.options.dirty) or _objection(copy, call)
        if problem is not None:
            return problem
        toolchain = _toolchain(copy, foreign, world, call)
        if isinstance(toolchain, Text):
            return toolchain
        steps = _steps(copy, toolchain, call)
        if isinstance(steps, Text):
            return steps
        here = copy.record()
    return Report(steps, here, ci, () if ci is None else tuple(differences(ci, here)))


def _objection(copy: Copy, call: Call[CiOptions]) -> Text | None:
    """Return why the script of a copy does not run: there is none, or it is not the generated one and not agreed to."""
    text = copy.script()
    if text is None:
        return NO_SCRIPT(path=script.PATH)
    generated = script.script(checks_in(copy.root))
    if text == generated or call.options.trust:
        return None
    if not call.terminal.is_interactive:
        return CHANGED(path=script.PATH)
    call.say(ASKED(path=script.PATH))
    show(script.PATH, Source(generated), Source(text), call)
    return None if is_agreed(call, RUN) else CHANGED(path=script.PATH)


def _toolchain(copy: Copy, foreign: tuple[str, ...], world: World, call: Call[CiOptions]) -> Toolchain | Text:
    """Return the go command of this machine with the version that the copy asks for."""
    from wslgo.machine.probe import probe

    host = probe(world, FACTS, foreign)
    if host.go is None or host.go.problem or not host.go.folder:
        return NO_GO()
    go = f"{host.go.folder}/bin/go"
    if not os.path.isfile(go) or is_within(go, foreign, os.path.realpath):
        return NO_GO()
    installed = (host.go.version or "").removeprefix("go")
    chosen = chosen_go(checks_in(copy.root).go, installed)
    values = {} if call.options.cold else host.go_values()
    caches = [values.get(name, "") for name in ("GOMODCACHE", "GOCACHE")]
    caches = ["" if is_within(path, foreign, os.path.realpath) else path for path in caches]
    name = f"go{installed}" if chosen.toolchain == LOCAL else chosen.toolchain
    commit = THE_WORK_TREE if call.options.dirty else THE_COMMIT
    call.complain(COPIED(commit=commit(), go=name))
    if chosen.note is not None:
        call.complain(chosen.note)
    if any(caches):
        call.complain(SHARED())
    return Toolchain(go, chosen.toolchain, *caches)


def _steps(copy: Copy, toolchain: Toolchain, call: Call[CiOptions]) -> tuple[Step, ...] | Text:
    environment = copy.prepare(toolchain)
    listed = copy.step_names(environment)
    if not listed:
        return NO_STEPS(path=script.PATH)
    unknown = next((name for name in call.options.step if name not in listed), None)
    if unknown is not None:
        return NO_STEP(name=unknown, names=listed)
    chosen = tuple(name for name in listed if name in call.options.step) or listed

    def progress(number: int, name: str) -> None:
        call.complain(PROGRESS(number=number, count=len(chosen), name=name))

    return tuple(copy.steps(chosen, environment, progress))


# Show


def _show(report: Report, call: Call[CiOptions]) -> None:
    if call.options.format == "json":
        from wslgo.cli.output.report import language_of_machines

        spoken = language_of_machines(call.options.lang)
        call.terminal.say_json(f"{json.dumps(_as_json(report, spoken), indent=1)}\n")
        return
    for line in (*_table(report.steps, call), *_logs(report.steps, call), *_compared(report, call)):
        call.terminal.say(line)


def _as_json(report: Report, spoken: Language) -> dict[str, object]:
    steps = [
        {"name": step.name, "seconds": round(step.seconds, 1), "ok": step.is_fine, "log": _tail(step)}
        for step in report.steps
    ]
    found = [
        {"about": each.about.render(spoken), "ci": _hidden(each.ci), "here": _hidden(each.here)}
        for each in report.found
    ]
    values = {"version": 1, "commit": report.here.commit, "steps": steps}
    return values if report.ci is None else {**values, "differences": found}


def _table(steps: Sequence[Step], call: Call[CiOptions]) -> Iterator[str]:
    """Yield a line for each step: its name, its seconds, how it ended."""
    room = max(width(shown(step.name)) for step in steps)
    times = [call.rendered(SECONDS(seconds=f"{step.seconds:.1f}")) for step in steps]
    longest = max(map(width, times))
    for step, seconds in zip(steps, times, strict=True):
        name = shown(step.name)
        outcome = call.paint("fix", call.rendered(OK)) if step.is_fine else call.paint("error", _outcome(step, call))
        yield f"{name}{' ' * (room - width(name))}  {' ' * (longest - width(seconds))}{seconds}  {outcome}"


def _outcome(step: Step, call: Call[CiOptions]) -> str:
    return call.rendered(FAILED_STEP() if step.problem is None else step.problem)


def _logs(steps: Sequence[Step], call: Call[CiOptions]) -> Iterator[str]:
    for step in steps:
        if not step.is_fine:
            yield ""
            yield call.paint("bold", call.rendered(END_OF_LOG(name=step.name)))
            yield from (f"  {shown(line.expandtabs())}" for line in _tail(step).split("\n"))


def _tail(step: Step) -> str:
    """Return the last lines of a log, without passwords."""
    return redact("\n".join(step.log.rstrip("\n").split("\n")[-_LINES:]))


def _compared(report: Report, call: Call[CiOptions]) -> Iterator[str]:
    if report.ci is None:
        return
    yield ""
    if report.found:
        first = report.found[0]
        yield call.paint(
            "warning", call.rendered(FIRST(about=first.about, ci=_value(first.ci), here=_value(first.here)))
        )
        if len(report.found) > 1:
            yield call.rendered(MORE(count=len(report.found) - 1))
        return
    sides = (report.ci, report.here)
    both = [name for name in PARTS if all(getattr(side, name) not in (None, "") for side in sides)]
    yield call.rendered(SAME(parts=tuple(PARTS[name]() for name in both)))


def _hidden(value: str | None) -> str | None:
    """Return a value without passwords."""
    return None if value is None else redact(value)


def _value(value: str | None) -> Text | str:
    if value is None:
        return ABSENT()
    return redact(value) if value else EMPTY()
