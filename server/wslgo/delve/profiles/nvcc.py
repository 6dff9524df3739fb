"""The tasks that compile `.cu` files into the libraries that `#cgo` lines expect."""

from collections.abc import Iterator

from wslgo.delve import compiling, shape
from wslgo.delve.entry import Entry
from wslgo.delve.kernels import Kernels, of_subject
from wslgo.delve.subject import Subject
from wslgo.message import Message

NAME = "nvcc"
ABOUT = Message(
    en="Compile the `.cu` files of a folder, which `go build` does not do",
    zh="编译文件夹中的 `.cu` 文件，`go build` 不会做这件事",
)


def entries(subject: Subject) -> Iterator[Entry]:
    found = of_subject(subject)
    gatherers = compiling.gatherers(subject)
    for one in found:
        yield compiling.nvcc(NAME, one, subject, gatherers.pop(one.folder, ()))
    for folder, labels in gatherers.items():
        yield shape.task(f"{NAME} {subject.folder(folder)}", compiling.nvcc_label(folder, subject), after=labels)
    yield from _folders(found, subject)


def _folders(found: tuple[Kernels, ...], subject: Subject) -> Iterator[Entry]:
    """The folders that libraries go to."""
    needing = {compiling.folder_label(one, subject): one for one in found if compiling.needs_folder(one)}
    for label, one in needing.items():
        place = subject.place(compiling.folder_of(one))
        yield shape.task(f"{NAME} {subject.folder(compiling.folder_of(one))}/", label, ("mkdir", "-p", place))
