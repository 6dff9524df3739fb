"""An entry with the race detector for each program; it needs cgo."""

from collections.abc import Iterator

from wslgo.launch.generate import build_tasks, environment, shapes
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.machine.host import Host
from wslgo.text.message import Message

NAME = "race"
ABOUT = Message(
    en="Debug a program with the race detector, which reports unsynchronized memory access; five to ten times slower",
    zh="使用竞态检测器调试程序，报告未同步的内存访问；速度慢五到十倍",
)
# Delve stops at a panic; a race is only reported.
RACES = Message(
    en="The program continues after a race; the report is in the Debug Console. GORACE=halt_on_error=1 in `env` ends "
    "the program at the first race",
    zh="出现竞态后程序会继续运行：报告显示在调试控制台中。在 `env` 中设置 GORACE=halt_on_error=1 "
    "可在首次竞态时结束程序",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    if not _has_cgo(workspace.host):
        return
    for program in workspace.programs:
        env, task = environment.of_program(program), build_tasks.task_before(program)
        name = f"Debug {program.title} with the race detector"
        yield shapes.launch_entry(NAME, program, name, env=env, flags=("-race",), task=task, about=RACES())


def _has_cgo(host: Host) -> bool:
    """Return whether cgo is on; go turns it off without a C compiler."""
    enabled = host.variable("CGO_ENABLED")
    is_compiler_missing = host.search_path is not None and host.compiler is None
    return (enabled is None or enabled.value != "0") and not is_compiler_missing
