"""The task that builds each program that launches kernels, for the tools that start it themselves."""

from collections.abc import Iterator

from wslgo.delve import compiling
from wslgo.delve.entry import Entry
from wslgo.delve.subject import Subject
from wslgo.message import Message

NAME = "build"
ABOUT = Message(
    en="Build a program that uses CUDA as Delve would, for compute-sanitizer and cuda-gdb",
    zh="像 Delve 那样构建使用 CUDA 的程序，供 compute-sanitizer 和 cuda-gdb 使用",
)


def entries(subject: Subject) -> Iterator[Entry]:
    for program in subject.cuda_programs:
        yield compiling.build(NAME, program)
