"""An entry that steps through kernels with NVIDIA's debugger, if its extension is installed."""

from collections.abc import Iterator

from wslgo.knowledge.cuda import DEBUGGER_INTERFACE, NSIGHT
from wslgo.launch.generate import build_tasks, environment, shapes
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import WORKSPACE, LaunchWorkspace, Program
from wslgo.text.message import Message, sentences

NAME = "cuda-gdb"
ABOUT = Message(
    en="Step through kernels with cuda-gdb; needs the extension Nsight Visual Studio Code Edition",
    zh="用 cuda-gdb 单步调试内核；需要扩展 Nsight Visual Studio Code Edition",
)
INTERFACE = Message(
    en="On WSL, breakpoints in kernels work only if the Windows registry value {value} (DWORD) is 1",
    zh="在 WSL 上，只有当 Windows 注册表值 {value}（DWORD）为 1 时内核中的断点才会生效",
)
AS_C = Message(
    en="Go code appears as plain C here: to debug Go, use the entry for Delve instead, not both at once",
    zh="此处 Go 代码按普通 C 显示：调试 Go 部分请用 Delve 的配置，二者不能同时使用",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    if not workspace.has_extension(NSIGHT, NAME):
        return
    for program in workspace.cuda_programs:
        yield _configuration(program)
        yield _compilation(program)


def _configuration(program: Program) -> LaunchEntry:
    """Return the entry; it sets variables by gdb's own command, since older extensions have no attribute for them."""
    host = program.workspace.host
    value = {
        "name": f"Debug kernels of {program.title} with cuda-gdb",
        "type": "cuda-gdb",
        "request": "launch",
        "program": build_tasks.binary_path(program),
        "cwd": WORKSPACE,
        "initCommands": [f"set environment {name} {text}" for name, text in environment.of_run(program).items()],
        "preLaunchTask": _label(program),
    }
    path = shapes.toolkit_command(host, "cuda-gdb")
    debugger = {"debuggerPath": path} if "/" in path else {}
    about = sentences(INTERFACE(value=DEBUGGER_INTERFACE), AS_C())
    return LaunchEntry(f"{NAME} {program.folder}", {**value, **debugger}, about)


def _compilation(program: Program) -> LaunchEntry:
    """Return the task that compiles kernels for stepping, then the program that links them."""
    workspace, made = program.workspace, build_tasks.linked_kernels(program)
    labels = [build_tasks.nvcc_label(kernels.folder, workspace, steps_into_kernels=True) for kernels in made]
    after = (*labels, build_tasks.build_label(program))
    detail = f"On WSL, cuda-gdb needs {DEBUGGER_INTERFACE} = 1 in Windows"
    return shapes.task_entry(f"{NAME} {program.folder}", _label(program), after=after, extra={"detail": detail})


def _label(program: Program) -> str:
    return f"Build {program.title} for cuda-gdb"
