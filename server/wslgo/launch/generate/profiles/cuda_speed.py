"""An entry for each program with kernels, for speed: it runs as in production."""

from collections.abc import Iterator

from wslgo.launch.generate import build_tasks, environment, shapes
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message

NAME = "cuda-speed"
ABOUT = Message(
    en="Debug a program that uses CUDA without waiting for kernels: timings and overlap are real, but an error may "
    "appear at a later call",
    zh="调试使用 CUDA 的程序但不等待内核：计时和并行情况真实，但错误可能在之后的调用才显示",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    for program in workspace.cuda_programs:
        env, task = environment.at_full_speed(program), build_tasks.task_before(program)
        yield shapes.launch_entry(NAME, program, f"Debug {program.title} on CUDA at full speed", env=env, task=task)
