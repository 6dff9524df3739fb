"""An entry for each program with kernels that makes the driver write a GPU core dump."""

from collections.abc import Iterator

from wslgo.knowledge.cuda import DEBUGGER_INTERFACE
from wslgo.launch.generate import build_tasks, environment, shapes
from wslgo.launch.generate.entry import Kind, LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message, sentences

NAME = "cuda-coredump"
ABOUT = Message(
    en="Debug a program that uses CUDA, and write a GPU core dump for cuda-gdb when a kernel fails",
    zh="调试使用 CUDA 的程序，并在内核出错时写出 GPU 核心转储，供 cuda-gdb 打开",
)
WRITES = Message(
    en="When a kernel fails, the driver writes {file} (%p is the process id) and ends the program",
    zh="内核出错时，驱动会写出 {file}（%p 为进程号）并结束程序",
)
OPEN = Message(
    en="Open the file with the task '{task}', or run in a terminal: cuda-gdb -ex 'target cudacore FILE'",
    zh="用任务“{task}”打开它，或在终端输入：cuda-gdb -ex 'target cudacore 文件'",
)
ON_WSL = Message(
    en="On WSL this works only if the Windows registry value {value} (DWORD) is 1",
    zh="在 WSL 上，仅当 Windows 注册表值 {value}（DWORD）为 1 时驱动才会这样做",
)

# Always on a Linux disk, kept after a restart, and out of reach of git and search: a dump can be as large as the
# memory of the GPU. The driver does not create folders.
FILE = "/var/tmp/cuda-%p.nvcudmp"  # noqa: S108 - only the user who debugs reads it
TASK = "Open a core dump of the GPU"
INPUT = "wslgo-cuda-coredump"


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    dumps = {"CUDA_ENABLE_COREDUMP_ON_EXCEPTION": "1", "CUDA_COREDUMP_FILE": FILE}
    about = sentences(WRITES(file=FILE), OPEN(task=TASK), ON_WSL(value=DEBUGGER_INTERFACE))
    for program in workspace.cuda_programs:
        name = f"Debug {program.title} on CUDA with a core dump when a kernel fails"
        env, task = {**environment.of_program(program), **dumps}, build_tasks.task_before(program)
        yield shapes.launch_entry(NAME, program, name, env=env, task=task, about=about)
    if workspace.cuda_programs:
        words = (shapes.toolkit_command(workspace.host, "cuda-gdb"), "-ex", f"target cudacore ${{input:{INPUT}}}")
        yield shapes.task_entry(NAME, TASK, words, about=about)
        yield LaunchEntry(NAME, _question(), kind=Kind.INPUT)


def _question() -> dict[str, str]:
    folder = FILE.rpartition("/")[0]
    text = f"The core dump of the GPU, cuda-PROCESS.nvcudmp in {folder}"
    return {"id": INPUT, "type": "promptString", "description": text, "default": f"{folder}/cuda-"}
