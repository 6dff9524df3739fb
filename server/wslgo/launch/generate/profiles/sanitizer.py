"""A task that runs each program with kernels under compute-sanitizer."""

from collections.abc import Iterator

from wslgo.knowledge.cuda import DEBUGGER_INTERFACE
from wslgo.launch.generate import build_tasks, environment, shapes
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import WORKSPACE, LaunchWorkspace
from wslgo.text.message import Message

NAME = "sanitizer"
ABOUT = Message(
    en="Run a program under compute-sanitizer, which finds invalid memory access in kernels",
    zh="在 compute-sanitizer 下运行程序，查找内核中的错误内存访问",
)
TOOLS = Message(
    en="`--tool` also accepts racecheck, initcheck and synccheck. On WSL it works only if the Windows registry value "
    "{value} (DWORD) is 1",
    zh="`--tool` 还可取 racecheck、initcheck 和 synccheck。在 WSL 上，仅当 Windows 注册表值 {value}（DWORD）为 1 "
    "时才能工作",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    sanitizer = shapes.toolkit_command(workspace.host, "compute-sanitizer")
    for program in workspace.cuda_programs:
        yield shapes.task_entry(
            f"{NAME} {program.folder}",
            f"compute-sanitizer {program.title}",
            (sanitizer, "--tool", "memcheck", build_tasks.binary_path(program)),
            folder=WORKSPACE,
            env=environment.of_run(program),
            after=(*build_tasks.tasks_before(program), build_tasks.build_label(program)),
            extra={"detail": f"On WSL, Windows needs {DEBUGGER_INTERFACE} = 1"},
            about=TOOLS(value=DEBUGGER_INTERFACE),
        )
