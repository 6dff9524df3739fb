"""`wslgo doctor --network`: the servers of Go, asked now, and what go does with their answers."""

import json
from collections.abc import Iterator
from pathlib import Path

from wslgo.cli.call import Call
from wslgo.cli.options import DoctorOptions
from wslgo.cli.output.as_json import machine_finding
from wslgo.cli.output.excerpt import width
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.terminal import CLEAN, FINDINGS
from wslgo.linter.finding import Reported, Severity
from wslgo.linter.machine_check import every_machine_finding
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.network.asking import SECONDS, Progress
from wslgo.network.drill.go_command import go_of
from wslgo.network.drill.replay import Trial
from wslgo.network.drill.report import as_json, by_entry, leaks, summary
from wslgo.network.live import with_live_answers
from wslgo.network.questions import Wanted
from wslgo.network.report import about_network, entries_as_json, progress_words, rows, verdict
from wslgo.system.repository import current_folder
from wslgo.text.message import Message, Text

ASKING = Message(
    en="Asking for {module}, for at most {seconds} s (Ctrl+C ends it) ...",
    zh="正在询问 {module}，最多 {seconds} 秒（Ctrl+C 可结束）……",
)
NOT_SECONDS = Message(
    en="--timeout takes seconds from 0.1 to 600, not '{value}'", zh="--timeout 是 0.1 到 600 的秒数，而不是 '{value}'"
)
NOT_A_MODULE = Message(
    en="--module takes a module path, perhaps with @version, not '{value}'",
    zh="--module 是模块路径，可带 @版本，而不是 '{value}'",
)

DRILLING = Message(
    en="Replaying GOPROXY on this machine, without the network (Ctrl+C ends it) ...",
    zh="正在本机重放 GOPROXY，不使用网络（Ctrl+C 可结束）……",
)
DRILLED = Message(en="  {done}/{total}", zh="  {done}/{total}")

_LONGEST = 300  # characters of a module path


class Wish:
    """The module to ask for and the limit of time; `problem` is what is wrong with the options."""

    def __init__(self, options: DoctorOptions) -> None:
        self.wanted = Wanted()
        self.seconds = SECONDS
        self.problem: Text | None = None
        if options.module:
            path, _, version = options.module.partition("@")
            self.wanted = Wanted(path, "" if version == "latest" else version)
            is_path = "." in path.partition("/")[0] and len(path) <= _LONGEST and path.isascii() and path.isprintable()
            if not is_path or any(mark in options.module for mark in " ?#\\:") or "//" in path or path.endswith("/"):
                self.problem = NOT_A_MODULE(value=options.module)
        if options.timeout:
            try:
                self.seconds = float(options.timeout)
            except ValueError:
                self.seconds = 0
            if not 0.1 <= self.seconds <= 600:
                self.problem = NOT_SECONDS(value=options.timeout)


def asked(host: Host, wish: Wish, call: Call[DoctorOptions]) -> Host:
    """Return the machine with the answers of its servers; tell on standard error how far it is."""

    def listen(progress: Progress) -> None:
        call.terminal.complain(f"  {call.rendered(progress_words(*progress))}")

    call.complain(ASKING(module=wish.wanted.path, seconds=wish.seconds))
    environment = call.terminal.environment
    return with_live_answers(host, environment, (Path(current_folder()),), wish.wanted, wish.seconds, listen)


def drilled(host: Host, call: Call[DoctorOptions]) -> tuple[Trial, ...]:
    """Return the replays of GOPROXY on loopback; tell on standard error how far they are."""
    from wslgo.network.drill.replay import trials_of  # servers and threads that a look at the network needs not

    def listen(done: int, total: int) -> None:
        if done == total or not done % 10:
            call.complain(DRILLED(done=done, total=total))

    call.complain(DRILLING())
    return trials_of(host.go_values().get("GOPROXY", ""), go_of(host), listener=listen)


def show(
    host: Host, scene: MachineScene, wish: Wish, trials: tuple[Trial, ...] | None, call: Call[DoctorOptions]
) -> int:
    """Print the answers, the drill, and the findings about the network; return the exit code."""
    found = about_network(every_machine_finding(host, scene=scene))
    if call.options.format == "json":
        spoken = language_of_machines(call.options.lang)
        printed = {
            "version": 1,
            "entries": entries_as_json(host.network.answers or ()),
            "findings": [machine_finding(reported, spoken) for reported in found],
            **({} if trials is None else {"drill": as_json(trials)}),
        }
        call.terminal.say_json(json.dumps(printed, indent=1) + "\n")
    else:
        for line in _text(host, found, wish, call):
            call.terminal.say(line)
        for line in () if trials is None else _drill(host, trials, call):
            call.terminal.say(line)
    worst = min((reported.severity for reported in found), default=Severity.HINT)
    return FINDINGS if call.options.fail_on and worst <= Severity.WARNING else CLEAN


def _signs(call: Call[DoctorOptions]) -> list[str]:
    """Return the signs of what works, what fails, and what does not matter."""
    plain = ("✓", "!", "·") if call.terminal.can_print("✓·") else ("ok", "! ", "  ")
    return [call.paint(style, sign) for style, sign in zip(("fix", "warning", "hint"), plain, strict=True)]


def _text(host: Host, found: list[Reported], wish: Wish, call: Call[DoctorOptions]) -> Iterator[str]:
    signs = _signs(call)
    yield call.paint("bold", call.rendered(verdict(host, wish.wanted.path)))
    yield ""
    printed = [
        (row, (row.url, call.rendered(row.use), call.rendered(row.outcome), row.status, row.seconds))
        for row in rows(host)
    ]
    rooms = [max((width(cells[column]) for _, cells in printed), default=0) for column in range(5)]
    for row, cells in printed:
        sign = signs[0 if row.is_good else 1 if row.matters else 2]
        padded = "  ".join(f"{cell}{' ' * (room - width(cell))}" for cell, room in zip(cells, rooms, strict=True))
        yield f"  {sign} {padded}  {call.rendered(row.action)}".rstrip()
    for reported in found:
        yield ""
        yield f"{call.rendered(reported.finding.message)} {call.paint('hint', f'[{reported.rule}]')}"
        if reported.finding.next:
            yield f"  {call.paint('fix', '->')} {call.rendered(reported.finding.next)}"


def _drill(host: Host, trials: tuple[Trial, ...], call: Call[DoctorOptions]) -> Iterator[str]:
    signs = _signs(call)
    version = (host.go.version or "") if host.go else ""
    yield ""
    for number, text in enumerate(summary(trials, f"go {version}".rstrip())):
        yield call.rendered(text) if number else call.paint("bold", call.rendered(text))
    for text in leaks(trials, host.go_values().get("GOPRIVATE", "")):
        yield call.rendered(text)
    for title, ways in by_entry(trials):
        yield ""
        yield call.rendered(title)
        names = [call.rendered(row.failure) for row in ways]
        room = max(map(width, names))
        for row, name in zip(ways, names, strict=True):
            sign = signs[0 if row.is_survived else 1]
            yield f"  {sign} {name}{' ' * (room - width(name))}  {row.seconds:>6}  {call.rendered(row.action)}"
