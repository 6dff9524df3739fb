"""`wslgo bench`: what a place costs the go command on this machine, measured."""

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wslgo.cli import words
from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.ending import ended_by_signals
from wslgo.cli.options import COLOR, LANGUAGE, OutputOptions, format_option
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.terminal import CLEAN, FAILED
from wslgo.system.repository import current_folder, is_in_project, workspaces
from wslgo.text.message import Message, Text

if TYPE_CHECKING:
    from wslgo.bench.folders import Folders
    from wslgo.bench.model import GpuUse, Measurement
    from wslgo.bench.session import Request
    from wslgo.cli.output.bench_table import Write
    from wslgo.machine.host import Host
    from wslgo.system.world import World

FORMATS = ("text", "json")
FACTS = frozenset(
    (
        *("mounts", "home", "go", "go_variables", "windows.profile"),
        *("running.processors", "running.memory", "running.swap", "running.networking", "wslconfig"),
        *("wsl.generation", "wsl.kernel", "wsl.version", "wsl.distribution"),
    )
)
GPU_FACTS = frozenset(("gpu.cards",))
GPU_VARIABLES = ({"CUDA_VISIBLE_DEVICES": "0"},)
ROUNDS, QUICK_ROUNDS, MOST_ROUNDS = 6, 5, 100
MINUTES, QUICK_MINUTES, MOST_MINUTES = 20, 5, 24 * 60

NO_PSUTIL = Message(
    en="this needs the Python package psutil: pip install psutil", zh="此命令需要 Python 包 psutil：pip install psutil"
)
NO_GO = Message(
    en="the go command was not found, or does not start: see wslgo doctor",
    zh="找不到 go 命令或其无法启动：见 wslgo doctor",
)
RUNNING = Message(
    en="another wslgo bench is running: two of them would measure each other",
    zh="另一个 wslgo bench 正在运行：两者会互相影响测量结果",
)
NOT_A_NUMBER = Message(
    en="{name} takes a number from 1 to {most}, not '{value}'", zh="{name} 需要 1 到 {most} 的数字，而不是 '{value}'"
)
NOT_A_WORKSPACE = Message(en="{path} has no go.mod or go.work", zh="{path} 中没有 go.mod 或 go.work")
COPIED = Message(
    en="{path} is copied and only the copy is built: go runs no code of it, and the C compiler only with --cgo",
    zh="将复制 {path} 并只构建副本：go 不会运行其中的代码，只有使用 --cgo 时才会运行 C 编译器",
)
REMOVED = Message(
    en="removed what an interrupted measurement had left: {paths}", zh="已删除被中断的测量所遗留的内容：{paths}"
)
CGO_NEEDS_WORKSPACE = Message(
    en="--cgo needs --workspace: the sample has no C code", zh="--cgo 需要 --workspace：示例中没有 C 代码"
)
IN_WORKSPACE = Message(
    en="--page {path} is in the workspace that is measured, which is never written to",
    zh="--page {path} 位于被测量的工作区中，而工作区从不会被写入",
)
WRITTEN = Message(en="{path}: written, with its plots beside it", zh="{path}：已写入，图表位于其旁")
PROGRESS = Message(en="{percent}%  {words}", zh="{percent}%  {words}")


class Options(OutputOptions):
    """The options of `wslgo bench`."""

    workspace: str | None
    cgo: bool
    on: list[str]
    quick: bool
    rounds: str | None
    minutes: str | None
    page: str | None
    history: bool
    format: str


USAGE = Usage(
    Message(
        en="Measure what GOCACHE, GOMODCACHE and a workspace cost go build and go list on the Linux disk and on each "
        "Windows drive.",
        zh="测量 GOCACHE、GOMODCACHE 和工作区位于 Linux 磁盘或各 Windows 驱动器时构建的开销。",
    ),
    (
        Option(
            "--workspace",
            Message(
                en="build a copy of this Go module or workspace instead of wslgo's sample; it is never written to",
                zh="构建此 Go 模块或工作区的副本，而不是 wslgo 的示例；从不写入原文件夹",
            ),
            "DIR",
        ),
        Option(
            "--cgo",
            Message(
                en="with --workspace: build its C code, too; the C compiler runs with the flags of its #cgo lines",
                zh="与 --workspace 一起使用：同时构建其 C 代码，这会以其 #cgo 行的参数运行 C 编译器",
            ),
        ),
        Option(
            "--on",
            Message(en="also measure this folder; may repeat", zh="同时测量此文件夹；可重复"),
            "DIR",
            is_list=True,
        ),
        Option(
            "--quick",
            Message(
                en="a smaller sample, 5 rounds, each place as a whole, no look at the GPU: minutes",
                zh="较小的示例、5 轮、每个位置只作为整体测量、不检查 GPU：几分钟",
            ),
        ),
        Option(
            "--rounds",
            Message(en="how often (default: 6, with --quick 5)", zh="轮数（默认：6，使用 --quick 时为 5）"),
            "NUMBER",
        ),
        Option(
            "--minutes",
            Message(
                en="begin no round that would end later (default: 20, with --quick 5)",
                zh="不开始会超时的轮次（默认：20，使用 --quick 时为 5）",
            ),
            "NUMBER",
        ),
        Option(
            "--page", Message(en="also write a Markdown page with plots", zh="同时写入带图表的 Markdown 页面"), "FILE"
        ),
        Option(
            "--history",
            Message(
                en="measure nothing; compare the measurements so far, with what changed in between",
                zh="不测量；比较迄今的测量，并列出其间的变化",
            ),
        ),
        format_option(FORMATS),
        LANGUAGE,
        COLOR,
    ),
    after=Message(
        en="Nothing is downloaded, and its folders are removed at the end. Exit code: 0, or 2 for bad usage, too "
        "little disk space, or a build that fails.",
        zh="不下载任何内容，其文件夹在结束时删除。退出码：0；用法错误、磁盘空间不足或构建失败时为 2。",
    ),
)


def run(call: Call[Options]) -> int:
    try:
        from wslgo.bench.folders import state_folder  # with psutil, which no other command needs here
    except ImportError:
        return call.fail([NO_PSUTIL()])
    state = state_folder(call.terminal.environment)
    return _show_history(state, call) if call.options.history else _measure(state, call)


def _show_history(state: Path, call: Call[Options]) -> int:
    from wslgo.bench.history import entries
    from wslgo.cli.output.bench_table import comparison_as_json, history_lines

    try:
        found = entries(state)
        writes = _writes(call)
    except OSError as error:
        return call.fail([_trouble(state, error)])
    if call.options.format == "json":
        rows = {"version": 1, "measurements": comparison_as_json(found, writes)}
        call.terminal.say_json(json.dumps(rows, indent=1) + "\n")
    else:
        for line in history_lines(found, writes, call):
            call.terminal.say(line)
    return CLEAN


def _writes(call: Call[Options]) -> "list[Write]":
    """Return the writes of wslgo outside of workspaces, such as those of provisioning. Raises OSError."""
    import datetime as dt  # only the history

    from wslgo.cli.output.bench_table import Write
    from wslgo.system.journal import Journal, completed_writes, folder_of

    writes = []
    for entry in completed_writes(Journal(folder_of(call.terminal.environment)).entries()):
        with contextlib.suppress(ValueError):
            when = dt.datetime.fromisoformat(entry.time.replace("Z", "+00:00")).timestamp()
            writes.append(Write(when, entry.who))
    return writes


def _measure(state: Path, call: Call[Options]) -> int:
    """Measure, show the result, keep it."""
    try:
        import psutil  # noqa: F401 - wslgo.pyz has no compiled module
    except ImportError:
        return call.fail([NO_PSUTIL()])
    from wslgo.bench.folders import Folders, RunningError
    from wslgo.bench.go_runs import GoError
    from wslgo.machine.probe import probe
    from wslgo.system.errors import reason
    from wslgo.system.this_machine import ThisMachine

    world = ThisMachine()
    foreign = workspaces(call.options.workspace or (), call.terminal.environment.get("HOME", ""), here=current_folder())
    host = probe(world, FACTS if call.options.quick else FACTS | GPU_FACTS, foreign)
    request = _request(host, world, call)
    if isinstance(request, Text):
        return call.fail([request])
    go = _go(host, foreign)
    if go is None:
        return call.fail([NO_GO()])
    try:
        with ended_by_signals(), Folders(state) as folders:
            if folders.removed:
                call.warn([REMOVED(paths=folders.removed)])
            measurement = _measured(request, host, folders, go, world, call)
        return _show(measurement, state, call)
    except RunningError:
        return call.fail([RUNNING()])
    except GoError as error:
        return call.fail([error.words])
    except OSError as error:
        return call.fail([words.TROUBLE(path=error.filename or str(state), reason=reason(error))])


def _request(host: "Host", world: "World", call: Call[Options]) -> "Request | Text":
    """Return what is measured, or what is wrong with the options."""
    from wslgo.bench.go_runs import Source
    from wslgo.bench.places import NO_LINUX_PLACE, arrangements, places, problem_of
    from wslgo.bench.sample import SHAPES
    from wslgo.bench.session import Request

    options = call.options
    rounds = _number("--rounds", options.rounds, QUICK_ROUNDS if options.quick else ROUNDS, MOST_ROUNDS)
    minutes = _number("--minutes", options.minutes, QUICK_MINUTES if options.quick else MINUTES, MOST_MINUTES)
    if isinstance(rounds, Text):
        return rounds
    if isinstance(minutes, Text):
        return minutes
    for path in options.on:
        problem = problem_of(path, world, is_in_project=is_in_project(path))
        if problem is not None:
            return problem
    name = "quick" if options.quick else "standard"
    source = Source(name, SHAPES[name])
    if options.workspace is not None:
        workspace = os.path.realpath(options.workspace)
        if not any(os.path.isfile(f"{workspace}/{name}") for name in ("go.mod", "go.work")):
            return NOT_A_WORKSPACE(path=options.workspace)
        if options.page is not None and f"{os.path.realpath(options.page)}/".startswith(f"{workspace}/"):
            return IN_WORKSPACE(path=options.page)
        call.complain(COPIED(path=options.workspace))
        source = Source(workspace, None, options.cgo, host.go_values().get("GOMODCACHE", ""))
    elif options.cgo:
        return CGO_NEEDS_WORKSPACE()
    try:
        found, skipped = places(host, world, [path.rstrip("/") or "/" for path in options.on])
    except ValueError:
        return NO_LINUX_PLACE()
    variables = () if options.quick else GPU_VARIABLES
    wanted = arrangements(found, is_whole=not options.quick, variables=variables)
    return Request(source, wanted, rounds, minutes * 60.0, tuple(skipped))


def _number(name: str, value: str | None, default: int, most: int) -> "int | Text":
    if value is None:
        return default
    is_number = value.isascii() and value.isdecimal() and len(value) <= len(str(most)) and 1 <= int(value) <= most
    return int(value) if is_number else NOT_A_NUMBER(name=name, most=most, value=value)


def _go(host: "Host", foreign: tuple[str, ...]) -> str | None:
    """Return the go command in GOROOT: that of a version manager would choose by files of the folder."""
    from wslgo.system.programs import is_within

    if host.go is None or host.go.problem or not host.go.folder:
        return None
    itself = f"{host.go.folder}/bin/go"
    return itself if os.path.isfile(itself) and not is_within(itself, foreign, os.path.realpath) else None


def _measured(
    request: "Request", host: "Host", folders: "Folders", go: str, world: "World", call: Call[Options]
) -> "Measurement":
    from wslgo.bench.gpu_watch import GpuWatch
    from wslgo.bench.metering import metered
    from wslgo.bench.session import Effects, measure
    from wslgo.machine.probe.gpu import SMI

    last: tuple[int, Text | None] = (-1, None)

    def progress(part: float, text: Text) -> None:
        """Print a line for each step of the preparation and for each twentieth of the rounds."""
        nonlocal last
        here = (int(part * 20), text if not part else None)
        if here != last:
            call.complain(PROGRESS(percent=int(part * 100), words=text))
        last = here

    def watch(build: Callable[[], object]) -> "GpuUse":
        smi = next((path for path in (SMI, "/usr/bin/nvidia-smi") if os.path.isfile(path)), None)
        watcher = GpuWatch(world, smi)
        with watcher:
            build()
        return watcher.found(None if host.gpu.cards is None else tuple(card.name for card in host.gpu.cards))

    effects = Effects(world, go, metered, progress, None if call.options.quick else watch)
    return measure(request, host, folders, effects)


def _show(measurement: "Measurement", state: Path, call: Call[Options]) -> int:
    """Print the result, write its page, and keep it in the history, whose trouble does not lose the result."""
    from wslgo.bench import history
    from wslgo.bench.report.as_json import as_json
    from wslgo.cli.output.bench_table import lines

    spoken = language_of_machines(call.options.lang)
    found = as_json(measurement, spoken)
    code = CLEAN
    try:
        history.add(state, found)
    except OSError as error:
        call.warn([_trouble(state, error)])
    if call.options.format == "json":
        call.terminal.say_json(json.dumps(found, indent=1) + "\n")
    else:
        for line in lines(measurement, call):
            call.terminal.say(line)
    if call.options.page is not None:
        code = _write_page(measurement, call.options.page, call)
    return code


def _write_page(measurement: "Measurement", path: str, call: Call[Options]) -> int:
    from wslgo.bench.report.page import measurement_page
    from wslgo.system.files import write_atomically

    target = Path(path)
    page = measurement_page(measurement, target.stem, call.language)
    try:
        for name, plot in page.plots.items():
            write_atomically(target.with_name(name), plot.encode())
        write_atomically(target, page.text.encode("utf-8", "replace"))
    except OSError as error:
        call.warn([_trouble(target, error)])
        return FAILED
    call.complain(WRITTEN(path=path))
    return CLEAN


def _trouble(path: Path, error: OSError) -> Text:
    from wslgo.system.errors import reason

    return words.TROUBLE(path=str(path), reason=words.UNWRITABLE(reason=reason(error)))
