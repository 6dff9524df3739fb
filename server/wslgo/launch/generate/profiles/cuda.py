"""An entry for each program with kernels, in which a kernel launch reports its own error."""

from collections.abc import Iterator

from wslgo.launch.generate import build_tasks, environment, shapes
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace, Program
from wslgo.text.message import Message, Text

NAME = "cuda"
ABOUT = Message(
    en="Debug a program that uses CUDA, for correctness: each kernel launch waits for its kernel, so an error "
    "appears at the call that caused it",
    zh="以正确性为目的调试使用 CUDA 的程序：每次内核启动都等待内核完成，因此错误显示在引发它的调用处",
)
HOST_ONLY = Message(
    en="Delve stops in Go and C, never inside a kernel: a breakpoint there binds to the host code that launches it. "
    "Set the breakpoint where the error is checked",
    zh="Delve 能在 Go 和 C 代码中停下，但不会停在内核内部：那里的断点会绑定到启动内核的主机代码。"
    "请把断点设在检查错误的位置",
)
ONE_OF_SEVERAL = Message(
    en="{host_only}. Of the GPUs here, the program sees only the one with the most memory: {name}, which is number "
    "{number} in nvidia-smi and CUDA_VISIBLE_DEVICES",
    zh="{host_only}。在本机的多块 GPU 中，程序只能看到显存最大的一块：{name}，它在 nvidia-smi 和 "
    "CUDA_VISIBLE_DEVICES 中的编号为 {number}",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    for program in workspace.cuda_programs:
        env, task = environment.of_program(program), build_tasks.task_before(program)
        yield shapes.launch_entry(
            NAME, program, f"Debug {program.title} on CUDA", env=env, task=task, about=_about(program)
        )


def _about(program: Program) -> Text:
    card = environment.chosen_card(program.workspace.host)
    return ONE_OF_SEVERAL(host_only=HOST_ONLY, name=card.name, number=card.number) if card else HOST_ONLY()
