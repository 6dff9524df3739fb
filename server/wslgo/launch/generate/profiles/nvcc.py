"""The tasks that compile `.cu` files into the libraries that `#cgo` lines expect."""

from collections.abc import Iterator

from wslgo.launch.generate import build_tasks, shapes
from wslgo.launch.generate.cuda_kernels import Kernels, of_subject
from wslgo.launch.generate.entry import Entry
from wslgo.launch.generate.programs import Subject
from wslgo.text.message import Message

NAME = "nvcc"
ABOUT = Message(
    en="Compile the `.cu` files of a folder, which `go build` does not do",
    zh="编译文件夹中的 `.cu` 文件，`go build` 不会做这件事",
)


def entries(subject: Subject) -> Iterator[Entry]:
    found = of_subject(subject)
    gatherers = build_tasks.gatherers(subject)
    for one in found:
        yield build_tasks.nvcc(NAME, one, subject, gatherers.pop(one.folder, ()))
    for folder, labels in gatherers.items():
        yield shapes.task(f"{NAME} {subject.folder(folder)}", build_tasks.nvcc_label(folder, subject), after=labels)
    yield from _folders(found, subject)


def _folders(found: tuple[Kernels, ...], subject: Subject) -> Iterator[Entry]:
    """The folders that libraries go to."""
    needing = {build_tasks.folder_label(one, subject): one for one in found if build_tasks.needs_folder(one)}
    for label, one in needing.items():
        place = subject.place(build_tasks.folder_of(one))
        yield shapes.task(f"{NAME} {subject.folder(build_tasks.folder_of(one))}/", label, ("mkdir", "-p", place))
