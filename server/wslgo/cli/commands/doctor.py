"""`wslgo doctor`: the health of this machine at a glance, recorded or live."""

import json
from collections.abc import Iterator

from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.machine import replayed
from wslgo.cli.options import COLOR, LANGUAGE, DoctorOptions, format_option
from wslgo.cli.output.excerpt import width
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.terminal import CLEAN, FINDINGS
from wslgo.doctor import count, sections_of
from wslgo.doctor.line import Section, Sign, StatusLine
from wslgo.machine.host import Host
from wslgo.system.repository import current_folder, workspaces
from wslgo.text.message import Language, Message, Text

FORMATS = ("text", "json")

STYLES = {Sign.OK: "fix", Sign.ATTENTION: "warning", Sign.UNKNOWN: "information"}
SIGNS = {Sign.OK: "✓", Sign.ATTENTION: "!", Sign.UNKNOWN: "?"}
PLAIN_SIGNS = {Sign.OK: "ok", Sign.ATTENTION: "! ", Sign.UNKNOWN: "? "}  # for terminals without that character

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
        LANGUAGE,
        COLOR,
    ),
    after=Message(
        en="Exit code: 0 unless --fail-on finds something, 2 bad usage or an unreadable file.",
        zh="退出码：0（除非 --fail-on 有所发现），2 用法错误或文件无法读取。",
    ),
)

HEALTHY = Message(en="Nothing needs attention", zh="没有需要注意的项")
ONE = Message(en="1 item needs attention", zh="1 项需要注意")
MANY = Message(en="{count} items need attention", zh="{count} 项需要注意")


def run(call: Call[DoctorOptions]) -> int:
    host = replayed(call.options.host, call.terminal.environment) if call.options.host else _probed(call)
    if isinstance(host, Text):
        return call.fail([host])
    if call.options.record:
        from wslgo.cli.commands.doctor_record import record  # most look only

        return record(host, call.options.record, call)
    sections = sections_of(host)
    if call.options.format == "json":
        call.terminal.say_json(json.dumps(_as_json(sections, language_of_machines(call.options.lang)), indent=1) + "\n")
    else:
        for line in _text(sections, call, call.terminal.encoding):
            call.terminal.say(line)
    signs = THRESHOLDS.get(call.options.fail_on or "", ())
    return FINDINGS if any(count(sections, sign) for sign in signs) else CLEAN


def _probed(call: Call[DoctorOptions]) -> Host:
    """Probe again without the cache, so that a fixed problem disappears."""
    from wslgo.machine.probe import probe  # a recorded machine needs none of it
    from wslgo.system.this_machine import ThisMachine

    foreign = workspaces((), call.terminal.environment.get("HOME", ""), here=current_folder())
    return probe(ThisMachine(), workspaces=foreign, is_fresh=True)


def _text(sections: tuple[Section, ...], call: Call[DoctorOptions], encoding: str) -> Iterator[str]:
    signs = SIGNS if _can_print("".join(SIGNS.values()), encoding) else PLAIN_SIGNS
    lines = [line for section in sections for line in section.lines]
    room = max(width(call.rendered(line.name)) for line in lines)
    for section in sections:
        yield call.paint("bold", call.rendered(section.title))
        for line in section.lines:
            yield from _line(line, signs[line.sign], room, call)
        yield ""
    attention = count(sections, Sign.ATTENTION)
    summary = HEALTHY() if not attention else ONE() if attention == 1 else MANY(count=attention)
    yield call.rendered(summary)


def _line(line: StatusLine, sign: str, room: int, call: Call[DoctorOptions]) -> Iterator[str]:
    name = call.rendered(line.name)
    padding = " " * (room - width(name))
    yield f"  {call.paint(STYLES[line.sign], sign)} {name}{padding}  {call.rendered(line.value)}"
    if line.next:
        yield f"  {' ' * len(sign)} {' ' * room}  {call.paint('fix', '->')} {call.rendered(line.next)}"


def _as_json(sections: tuple[Section, ...], spoken: Language) -> dict[str, object]:
    return {"version": 1, "sections": [_section_as_json(section, spoken) for section in sections]}


def _section_as_json(section: Section, spoken: Language) -> dict[str, object]:
    lines = [
        {
            "id": line.id,
            "sign": line.sign.value,
            "name": line.name().render(spoken),
            "value": line.value.render(spoken),
            "next": line.next.render(spoken) if line.next else None,
        }
        for line in section.lines
    ]
    return {"id": section.id, "title": section.title().render(spoken), "lines": lines}


def _can_print(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
