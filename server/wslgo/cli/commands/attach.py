"""`wslgo attach`: the running Go programs that Delve can attach to, and the processes that debuggers have left."""

import json
from collections.abc import Iterator

from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.options import COLOR, LANGUAGE, OutputOptions, format_option
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.terminal import CLEAN, FAILED, shown
from wslgo.text.message import Language, Message, Text, redact
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wslgo.machine.process import GoProcess, Leftover, Processes
    from wslgo.system.world import World

FORMATS = ("text", "json")
EACH = "each"

NO_PSUTIL = Message(en="this needs the Python package psutil", zh="此命令需要 Python 包 psutil")
NO_PROGRAMS = Message(en="No Go program is running", zh="没有正在运行的 Go 程序")
PROGRAMS = Message(en="Running Go programs", zh="正在运行的 Go 程序")
LEFTOVERS = Message(en="Left running by debuggers", zh="调试器遗留的进程")
NO_LEFTOVERS = Message(en="No debugger has left a process", zh="没有调试器遗留的进程")
CANNOT = Message(en="cannot attach: {reason}", zh="无法附加：{reason}")
ATTACH = Message(en="dlv attach {pid}", zh="dlv attach {pid}")
END_THEM = Message(en="end them one by one: wslgo attach --end", zh="逐个结束：wslgo attach --end")
END_IT = Message(en="End process {pid} ({command})? [y/N] ", zh="结束进程 {pid}（{command}）？[y/N] ")
ENDED = Message(en="process {pid} has ended", zh="进程 {pid} 已结束")
NOT_ENDED = Message(en="process {pid} still runs", zh="进程 {pid} 仍在运行")
NOT_A_NUMBER = Message(en="--end takes the id of a process, not '{value}'", zh="--end 需要进程编号，而不是 '{value}'")
NOT_LEFT = Message(
    en="process {pid} is not one that a debugger left; see wslgo attach --list",
    zh="进程 {pid} 不是调试器遗留的；见 wslgo attach --list",
)
YES_NEEDS_ID = Message(
    en="--yes needs the id of one process: wslgo attach --end PID --yes",
    zh="--yes 需要一个进程编号：wslgo attach --end PID --yes",
)


class Options(OutputOptions):
    """The options of `wslgo attach`."""

    list: bool
    format: str
    end: str | None
    yes: bool


USAGE = Usage(
    Message(
        en="List the running Go programs, whether Delve can attach to each, and what debuggers have left running.",
        zh="列出正在运行的 Go 程序、Delve 能否附加，以及调试器遗留的进程。",
    ),
    (
        Option("--list", Message(en="list them (the default)", zh="列出（默认）")),
        format_option(FORMATS),
        Option(
            "--end",
            Message(
                en="end a Delve or a program that a debugger left, after asking; without PID ask for each",
                zh="询问后结束调试器遗留的 Delve 或程序；不带 PID 时逐个询问",
            ),
            "PID",
            alone=EACH,
        ),
        Option(
            "--yes", Message(en="with --end PID: end it without asking", zh="与 --end PID 一起使用：不询问，直接结束")
        ),
        LANGUAGE,
        COLOR,
    ),
    after=Message(
        en="Exit code: 0, or 2 for bad usage or a process that still runs.",
        zh="退出码：0；用法错误或进程仍在运行时为 2。",
    ),
)


def run(call: Call[Options]) -> int:
    from wslgo.system.this_machine import ThisMachine

    world = ThisMachine()
    try:
        from wslgo.machine.probe.processes import processes  # psutil and pyelftools: no other command pays for them
    except ImportError:  # wslgo.pyz has no compiled module
        return call.fail([NO_PSUTIL()])
    known = processes(world)
    if call.options.end is not None:
        return _end(call.options.end, known, world, call)
    if call.options.format == "json":
        found = as_json(known, language_of_machines(call.options.lang))
        call.terminal.say_json(json.dumps(found, indent=1) + "\n")
    else:
        for line in _lines(known, call):
            call.terminal.say(line)
    return CLEAN


def _end(wanted: str, known: "Processes", world: "World", call: Call[Options]) -> int:
    """End leftovers, each after a question."""
    if wanted == EACH:
        if call.options.yes:
            return call.fail([YES_NEEDS_ID()])
        if not known.leftovers:
            call.say(NO_LEFTOVERS)
        codes = [_end_one(leftover, world, call) for leftover in known.leftovers]
        return max(codes, default=CLEAN)
    if not wanted.isdecimal():
        return call.fail([NOT_A_NUMBER(value=wanted)])
    leftover = next((leftover for leftover in known.leftovers if leftover.pid == int(wanted)), None)
    return _end_one(leftover, world, call) if leftover is not None else call.fail([NOT_LEFT(pid=wanted)])


def _end_one(leftover: "Leftover", world: "World", call: Call[Options]) -> int:
    from wslgo.machine.probe.processes import is_leftover
    from wslgo.system.ending import end_process

    if not call.options.yes:
        call.terminal.ask(call.rendered(END_IT(pid=leftover.pid, command=" ".join(leftover.command))))
        call.terminal.flush()
        if call.terminal.stdin.readline().strip().lower() not in (b"y", b"yes"):
            call.say(NOT_ENDED(pid=leftover.pid))
            return CLEAN
    if not is_leftover(leftover.pid, leftover.started, world):  # the answer may have taken an hour
        return call.fail([NOT_LEFT(pid=leftover.pid)])
    problem = end_process(leftover.pid, leftover.started)
    if problem is not None:
        call.warn([problem])
        return FAILED
    call.say(ENDED(pid=leftover.pid))
    return CLEAN


def _lines(known: "Processes", call: Call[Options]) -> Iterator[str]:
    from wslgo.doctor.process import process_words
    from wslgo.launch.attach import obstacle

    yield call.paint("bold", call.rendered(PROGRAMS if known.go else NO_PROGRAMS))
    for process in known.go:
        reason = obstacle(process, known)
        yield f"  {process.pid:>7}  {shown(process.name)}: {call.rendered(process_words(process))}"
        action = ATTACH(pid=process.pid) if reason is None else CANNOT(reason=reason)
        style = "fix" if reason is None else "warning"
        yield f"           {call.paint(style, '->')} {call.rendered(action)}"
    if known.leftovers:
        yield ""
        yield call.paint("bold", call.rendered(LEFTOVERS))
        for leftover in known.leftovers:
            yield f"  {leftover.pid:>7}  {shown(redact(' '.join(leftover.command)))}"
        yield f"           {call.paint('fix', '->')} {call.rendered(END_THEM)}"


def as_json(known: "Processes", spoken: Language) -> dict[str, object]:
    """Return the object that scripts rely on: members are added, never renamed or removed."""
    from wslgo.launch.attach import obstacle

    return {
        "version": 1,
        "processes": [_process_as_json(process, obstacle(process, known), spoken) for process in known.go],
        "leftovers": [
            {
                "pid": leftover.pid,
                "started": leftover.started,
                "kind": leftover.kind,
                "command": [redact(word) for word in leftover.command],
                "age": leftover.age,
            }
            for leftover in known.leftovers
        ],
    }


def _process_as_json(process: "GoProcess", reason: Text | None, spoken: Language) -> dict[str, object]:
    return {
        "pid": process.pid,
        "started": process.started,
        "owner": process.owner,
        "command": [redact(word) for word in process.command],
        "path": process.path,
        "go": process.go,
        "package": process.package,
        "module": process.module,
        "age": process.age,
        "ports": None if process.ports is None else list(process.ports),
        "debuggable": process.is_for_debugging,
        "obstacle": None if reason is None else reason.render(spoken),
    }
