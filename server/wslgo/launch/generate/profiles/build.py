"""A task that builds each program with kernels, for tools that start the program themselves."""

from collections.abc import Iterator

from wslgo.launch.generate import build_tasks
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message

NAME = "build"
ABOUT = Message(
    en="Build a program that uses CUDA as Delve does, for compute-sanitizer and cuda-gdb",
    zh="像 Delve 那样构建使用 CUDA 的程序，供 compute-sanitizer 和 cuda-gdb 使用",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    for program in workspace.cuda_programs:
        yield build_tasks.build_task(NAME, program)
