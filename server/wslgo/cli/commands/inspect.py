"""`wslgo inspect`: a compiled program, as the system that starts it and a debugger will find it."""

import json
import os
from collections.abc import Iterator

from wslgo.cli import words
from wslgo.cli.arguments import Operands, Usage
from wslgo.cli.call import Call
from wslgo.cli.machine import replayed
from wslgo.cli.options import COLOR, HOST, LANGUAGE, THRESHOLD, OutputOptions, format_option
from wslgo.cli.output.report import code_of, language_of_machines
from wslgo.cli.terminal import CLEAN, shown
from wslgo.linter.finding_json import machine_finding
from wslgo.system.repository import current_folder, workspaces
from wslgo.text.message import Language, Message, Text, redact
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wslgo.linter.finding import Reported
    from wslgo.machine.binary import Binary
    from wslgo.machine.host import Host
    from wslgo.system.world import World

FORMATS = ("text", "json")

NO_FINDING = Message(en="Nothing here hinders a debugger", zh="没有妨碍调试的问题")


class Options(OutputOptions):
    """The options of `wslgo inspect`."""

    format: str
    host: str | None
    fail_on: str | None
    programs: list[str]


USAGE = Usage(
    Message(
        en="Show what a debugger finds in a compiled program: debug information, Go version, build settings, needed "
        "libraries, CUDA code.",
        zh="显示调试器能在已编译程序中找到什么：调试信息、Go 版本、构建设置、所需的库、CUDA 代码。",
    ),
    (
        format_option(FORMATS),
        HOST._replace(
            help=Message(
                en="compare with the GPU and Delve of a machine recorded with doctor --record",
                zh="与用 doctor --record 记录的机器的 GPU 和 Delve 比较",
            )
        ),
        THRESHOLD._replace(
            default=None,
            help=Message(
                en="exit 1 if any finding has this severity or higher: error, warning, info or hint",
                zh="有问题达到或高于此严重级别时退出码为 1：error、warning、info 或 hint",
            ),
        ),
        LANGUAGE,
        COLOR,
    ),
    Operands(
        "programs", "BINARY", Message(en="the program, which is not started", zh="程序文件（不会启动）"), True, True
    ),
    after=Message(
        en="Exit code: 0 unless --fail-on finds something, 2 bad usage or an unreadable file.",
        zh="退出码：0（除非 --fail-on 有所发现），2 用法错误或文件无法读取。",
    ),
)


def run(call: Call[Options]) -> int:
    from wslgo.system.this_machine import ThisMachine

    path = call.options.programs[0]
    world = ThisMachine()
    binary = _read(path, world, call)
    if isinstance(binary, Text):
        return call.fail([words.TROUBLE(path=path, reason=binary)])
    host = _host(binary, world, call)
    if isinstance(host, Text):
        return call.fail([host])
    from wslgo.linter.binary_check import binary_findings

    found = binary_findings(binary, host)
    if call.options.format == "json":
        call.terminal.say_json(
            json.dumps(as_json(binary, found, language_of_machines(call.options.lang)), indent=1) + "\n"
        )
    else:
        for line in _lines(binary, found, call):
            call.terminal.say(line)
    if call.options.fail_on is None:
        return CLEAN
    return code_of((reported.severity for reported in found), call.options.fail_on)


def _read(path: str, world: "World", call: Call[Options]) -> "Binary | Text":
    """Return the facts about the program, or why there are none."""
    from wslgo.machine.probe.binary import read_binary  # pyelftools: 50 ms that no other command pays
    from wslgo.system.errors import reason

    try:
        found = read_binary(os.path.abspath(path), world, call.terminal.environment.get("LD_LIBRARY_PATH", ""))
    except OSError as error:
        return words.UNREADABLE(reason=reason(error))
    return found if isinstance(found, Text) else found._replace(path=path)


def _host(binary: "Binary", world: "World", call: Call[Options]) -> "Host | Text":
    """Return the machine to compare with: what its Delve and its GPU can do."""
    if call.options.host:
        return replayed(call.options.host, call.terminal.environment)
    from wslgo.linter.binary_check import binary_needs
    from wslgo.machine.probe import probe

    foreign = workspaces((), call.terminal.environment.get("HOME", ""), here=current_folder())
    return probe(world, binary_needs(binary), foreign)


def as_json(binary: "Binary", found: "list[Reported]", spoken: Language) -> dict[str, object]:
    """Return the object that scripts rely on: members are added, never renamed or removed."""
    cuda = binary.cuda
    return {
        "go": binary.go,
        "dwarf": binary.dwarf,
        "optimized": binary.is_optimized,
        "build": {setting.name: redact(setting.value) for setting in binary.settings},
        "needed": [{"name": library.name, "found": library.found} for library in binary.needed],
        "cuda": None if cuda is None else {"sm": list(cuda.sm), "ptx": list(cuda.ptx), "kernels": list(cuda.kernels)},
        "findings": [machine_finding(reported, spoken) for reported in found],
    }


def _lines(binary: "Binary", found: "list[Reported]", call: Call[Options]) -> Iterator[str]:
    """Yield the facts as a table, then the findings."""
    from wslgo.cli.output.excerpt import width
    from wslgo.doctor.program import program_facts
    from wslgo.linter.finding import SEVERITY_WORDS

    yield call.paint("bold", shown(binary.path))
    facts = list(program_facts(binary))
    room = max(width(call.rendered(fact.name)) for fact in facts)
    for fact in facts:
        name = call.rendered(fact.name)
        first, *more = (call.rendered(line) for line in fact.lines)
        yield f"  {name}{' ' * (room - width(name))}  {first}"
        yield from (f"  {' ' * room}  {line}" for line in more)
    yield ""
    for reported in found:
        label = call.paint(reported.severity.name.lower(), call.rendered(SEVERITY_WORDS[reported.severity]))
        rule = call.paint("hint", f"[{reported.rule}]")
        yield f"{label}{call.rendered(words.COLON)}{call.rendered(reported.finding.message)} {rule}"
        if reported.finding.next is not None:
            yield f"  {call.paint('fix', '->')} {call.rendered(reported.finding.next)}"
    if not found:
        yield call.rendered(NO_FINDING)
