"""Tasks that compile `.cu` files for cuda-gdb, which cannot step through optimized kernels."""

from collections.abc import Iterator

from wslgo.knowledge.cuda import NSIGHT
from wslgo.launch.generate import build_tasks
from wslgo.launch.generate.cuda_kernels import of_workspace
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message

NAME = "nvcc-device"
ABOUT = Message(
    en="Compile the `.cu` files of a folder without optimization, so that cuda-gdb can step through them",
    zh="不优化地编译文件夹中的 `.cu` 文件，以便 cuda-gdb 单步调试",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    if workspace.has_extension(NSIGHT, "cuda-gdb"):
        for kernels in of_workspace(workspace):
            yield build_tasks.nvcc_task(NAME, kernels, workspace, steps_into_kernels=True)
