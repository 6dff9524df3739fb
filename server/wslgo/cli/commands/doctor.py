"""`wslgo doctor`: the health of this machine at a glance, recorded or live."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.commands.doctor_thresholds import Wanted, compared, wanted
from wslgo.cli.machine import own_scene, own_workspace, policy_here, replayed
from wslgo.cli.options import COLOR, LANGUAGE, DoctorOptions, format_option
from wslgo.cli.output.as_json import machine_finding
from wslgo.cli.output.excerpt import width
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.output.score_table import as_json, explained, lines
from wslgo.cli.terminal import CLEAN, FINDINGS
from wslgo.doctor.score import Score, scores_of
from wslgo.doctor.status import Section, Sign, Status, StatusLine, status_of
from wslgo.linter.dimensions import DIMENSIONS
from wslgo.linter.machine_check import every_machine_finding
from wslgo.linter.scene import MachineScene
from wslgo.linter.thresholds import Thresholds
from wslgo.machine.host import Host
from wslgo.system.repository import current_folder, workspaces
from wslgo.text.message import Language, Message, Text

if TYPE_CHECKING:
    from wslgo.cli.commands.doctor_network import Wish

FORMATS = ("text", "json")

STYLES = {
    Sign.OK: "fix",
    Sign.ATTENTION: "warning",
    Sign.NOTE: "information",
    Sign.UNKNOWN: "information",
    Sign.FACT: "hint",
}
SIGNS = {Sign.OK: "✓", Sign.ATTENTION: "!", Sign.NOTE: "i", Sign.UNKNOWN: "?", Sign.FACT: "·"}
# For terminals without those characters.
PLAIN_SIGNS = {Sign.OK: "ok", Sign.ATTENTION: "! ", Sign.NOTE: "i ", Sign.UNKNOWN: "? ", Sign.FACT: "  "}

# What --fail-on counts.
THRESHOLDS = {"attention": (Sign.ATTENTION,), "unknown": (Sign.ATTENTION, Sign.UNKNOWN)}


USAGE = Usage(
    Message(
        en="Show the health of this machine: WSL, Go, GPU, WSLg, network and editors, with next steps.",
        zh="显示本机状况：WSL、Go、GPU、WSLg、网络和编辑器，以及后续步骤。",
    ),
    (
        format_option(FORMATS),
        Option("--host", Message(en="show a machine recorded with --record", zh="显示用 --record 记录的机器"), "FILE"),
        Option(
            "--record",
            Message(
                en="write the facts to FILE without names and secrets, after showing them; - prints them",
                zh="先显示，再把不含名称和机密的事实写入 FILE；- 表示直接输出",
            ),
            "FILE",
        ),
        Option("--yes", Message(en="with --record: write without asking", zh="与 --record 一起使用：不询问，直接写入")),
        Option(
            "--fail-on",
            Message(
                en="exit 1 if any item has this sign or a worse one: attention or unknown",
                zh="有项目带此标记或更严重的标记时退出码为 1：attention 或 unknown",
            ),
            "SIGN",
            tuple(THRESHOLDS),
        ),
        Option(
            "--fail-under",
            Message(
                en="exit 1 if the score of any dimension is below N; see also doctor: in wslgo.yaml",
                zh="任一维度的评分低于 N 时退出码为 1；另见 wslgo.yaml 中的 doctor:",
            ),
            "N",
        ),
        Option(
            "--score",
            Message(
                en="show only the score, with the finding behind each point and what raises it",
                zh="只显示评分，以及每一分对应的问题和提高的办法",
            ),
        ),
        Option(
            "--history",
            Message(
                en="show how the score moved here, and which rules came and went; nothing is asked",
                zh="显示评分在此处如何变化，以及哪些规则出现和消失；不查询本机",
            ),
        ),
        Option("--no-history", Message(en="do not keep this run for --history", zh="不为 --history 保留此次运行")),
        Option(
            "--network",
            Message(
                en="ask each entry of GOPROXY, the checksum database and hosts of private modules now",
                zh="立即询问 GOPROXY 的每一项、校验和数据库和私有模块的主机",
            ),
        ),
        Option(
            "--drill",
            Message(
                en="with --network: replay GOPROXY on this machine, with each entry failing in each way",
                zh="与 --network 一起使用：在本机重放 GOPROXY，让每一项以各种方式出错",
            ),
        ),
        Option(
            "--module",
            Message(
                en="with --network: ask for this module instead of a well-known public one, PATH or PATH@VERSION",
                zh="与 --network 一起使用：询问此模块（PATH 或 PATH@VERSION），而不是一个知名的公共模块",
            ),
            "PATH",
        ),
        Option(
            "--timeout",
            Message(
                en="with --network: how long to wait for answers (default: 10)",
                zh="与 --network 一起使用：等待回应的时间（默认：10）",
            ),
            "SECONDS",
        ),
        LANGUAGE,
        COLOR,
    ),
    after=Message(
        en="Exit code: 0, 1 for --fail-on or too low a score, 2 bad usage, an unreadable file or no score.",
        zh="退出码：0；--fail-on 有所发现或评分过低时为 1；用法错误、文件无法读取或没有评分时为 2。",
    ),
)


NOT_RECORDED = Message(
    en="{path} was recorded without --network: nothing is asked for a recorded machine",
    zh="{path} 录制时没有使用 --network：对于录制的机器不会访问网络",
)
NOT_WITH_HISTORY = Message(
    en="--history does not go with {name}: it shows the runs that were kept",
    zh="--history 与 {name} 不能同时使用：它显示保留下来的运行",
)
NOT_WITH_NETWORK = Message(
    en="--network does not go with {name}: it shows the servers of Go, not the score",
    zh="--network 与 {name} 不能同时使用：它显示 Go 的服务器，而不是评分",
)
WITHOUT_NETWORK = Message(en="{name} needs --network", zh="{name} 需要 --network")


def run(call: Call[DoctorOptions]) -> int:
    least = wanted(call)
    problem = _misfit(call.options) or least.problem
    if problem is not None:
        return call.fail([problem])
    if call.options.history:
        from wslgo.cli.commands.doctor_history import show  # few look back

        return show(call)
    if call.options.network:
        return _network(call)
    if call.options.host:
        host = replayed(call.options.host, call.terminal.environment)
        if isinstance(host, Text):
            return call.fail([host])
        scene = MachineScene(workspace=own_workspace(host, is_recorded=True))
    else:
        host, scene = _probed(call)
    if call.options.record:
        from wslgo.cli.commands.doctor_record import record  # most look only

        return record(host, call.options.record, call)
    return _show(host, scene, least, call)


def _show(host: Host, scene: MachineScene, least: Wanted, call: Call[DoctorOptions]) -> int:
    """Print the page and its score, and keep the run; return the exit code."""
    policy = policy_here(call.terminal.environment)
    status = status_of(host, every_machine_finding(host, scene=scene._replace(policy=policy.binding)))
    scores = scores_of(host, status, uses_cuda=scene.workspace is not None and scene.workspace.uses_cuda)
    if call.options.format == "json":
        printed = _as_json(status, scores, least.thresholds, language_of_machines(call.options.lang))
        call.terminal.say_json(json.dumps(printed, indent=1) + "\n")
    else:
        is_short = call.options.score
        texts = explained(scores, least.thresholds, call) if is_short else _text(status, scores, least.thresholds, call)
        for line in texts:
            call.terminal.say(line)
    if not (call.options.host or call.options.no_history):
        from wslgo.cli.commands.doctor_history import keep

        keep(status, scores, call.terminal.environment)
    code = compared(scores, least, call)
    if policy.problems:
        return call.fail(list(policy.problems))
    signs = THRESHOLDS.get(call.options.fail_on or "", ())
    return code or (FINDINGS if any(line.sign in signs for line in status.lines) else CLEAN)


def _misfit(options: DoctorOptions) -> Text | None:
    """Return what is wrong with options that do not go together."""
    if options.history:
        others = (
            *(("--network", options.network), ("--host", options.host), ("--record", options.record)),
            *(("--score", options.score), ("--fail-under", options.fail_under), ("--fail-on", options.fail_on)),
        )
        return next((NOT_WITH_HISTORY(name=name) for name, value in others if value), None)
    if options.network:
        alone = (name for name, value in (("--score", options.score), ("--fail-under", options.fail_under)) if value)
        return next((NOT_WITH_NETWORK(name=name) for name in alone), None)
    needing = (("--drill", options.drill), ("--module", options.module), ("--timeout", options.timeout))
    return next((WITHOUT_NETWORK(name=name) for name, value in needing if value), None)


def _network(call: Call[DoctorOptions]) -> int:
    """Ask the servers of Go, and show or record their answers."""
    from wslgo.cli.commands import doctor_network  # opens connections: most look at the machine alone

    wish = doctor_network.Wish(call.options)
    if wish.problem is not None:
        return call.fail([wish.problem])
    if call.options.host:
        return _recorded_network(call.options.host, wish, call)
    host, scene = _probed(call)
    if call.options.drill and host.go is None:
        from wslgo.network.drill.report import NO_GO

        return call.fail([NO_GO()])
    host = doctor_network.asked(host, wish, call)
    if call.options.record:
        from wslgo.cli.commands.doctor_record import record

        return record(host, call.options.record, call)
    trials = doctor_network.drilled(host, call) if call.options.drill else None
    return doctor_network.show(host, scene, wish, trials, call)


def _recorded_network(path: str, wish: "Wish", call: Call[DoctorOptions]) -> int:
    """Show the answers that were recorded with a machine; nothing is asked."""
    from wslgo.cli.commands.doctor_network import show

    host = replayed(path, call.terminal.environment)
    if isinstance(host, Text):
        return call.fail([host])
    if call.options.drill or not any(answer.outcome for answer in host.network.answers or ()):
        return call.fail([NOT_RECORDED(path=path)])
    return show(host, MachineScene(workspace=own_workspace(host, is_recorded=True)), wish, None, call)


def _probed(call: Call[DoctorOptions]) -> tuple[Host, MachineScene]:
    """Probe again without the cache, so that a fixed problem disappears."""
    from wslgo.machine.probe import probe  # a recorded machine needs none of it
    from wslgo.system.this_machine import ThisMachine

    foreign = workspaces((), call.terminal.environment.get("HOME", ""), here=current_folder())
    world = ThisMachine()
    host = probe(world, workspaces=foreign, is_fresh=True)
    return host, own_scene(world, host)


def _text(status: Status, scores: Sequence[Score], least: Thresholds, call: Call[DoctorOptions]) -> Iterator[str]:
    signs = SIGNS if call.terminal.can_print("".join(SIGNS.values())) else PLAIN_SIGNS
    titles = (DIMENSIONS[score.dimension].title() for score in scores)
    room = max(width(call.rendered(name)) for name in (*(line.fact.name for line in status.lines), *titles))
    for section in status.sections:
        yield call.paint("bold", call.rendered(section.title))
        for line in section.lines:
            yield from _line(line, signs[line.sign], room, call)
        yield ""
    yield from lines(scores, least, room + len(signs[Sign.OK]) + 1, call)
    yield ""
    yield call.rendered(status.summary())
    if status.offer is not None:
        yield f"{call.paint('fix', '->')} {call.rendered(status.offer)}"


def _line(line: StatusLine, sign: str, room: int, call: Call[DoctorOptions]) -> Iterator[str]:
    name = call.rendered(line.fact.name)
    padding = " " * (room - width(name))
    yield f"  {call.paint(STYLES[line.sign], sign)} {name}{padding}  {call.rendered(line.fact.value)}".rstrip()
    below = f"  {' ' * len(sign)} {' ' * room}  "
    for reported in line.findings:
        yield f"{below}{call.rendered(reported.finding.message)} {call.paint('hint', f'[{reported.rule}]')}"
        if reported.finding.next:
            yield f"{below}{call.paint('fix', '->')} {call.rendered(reported.finding.next)}"


def _as_json(status: Status, scores: Sequence[Score], least: Thresholds, spoken: Language) -> dict[str, object]:
    return {
        "version": 1,
        "facts": [_fact_as_json(section, line, spoken) for section in status.sections for line in section.lines],
        "findings": [machine_finding(reported, spoken) for reported in status.findings],
        "unknown": [fact.id for fact in status.unknown],
        "score": as_json(scores, least),
    }


def _fact_as_json(section: Section, line: StatusLine, spoken: Language) -> dict[str, object]:
    return {
        "id": line.fact.id,
        "area": section.id,
        "name": line.fact.name.render(spoken),
        "value": line.fact.value.render(spoken),
        "sign": line.sign.value,
    }
