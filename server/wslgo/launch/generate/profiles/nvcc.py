"""Tasks that compile `.cu` files into the libraries that `#cgo` lines expect."""

from collections.abc import Iterator

from wslgo.launch.generate import build_tasks, shapes
from wslgo.launch.generate.cuda_kernels import Kernels, of_workspace
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message

NAME = "nvcc"
ABOUT = Message(
    en="Compile the `.cu` files of a folder, which `go build` does not do",
    zh="编译文件夹中的 `.cu` 文件，`go build` 不会做这件事",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    found = of_workspace(workspace)
    gatherers = build_tasks.combining_tasks(workspace)
    for kernels in found:
        yield build_tasks.nvcc_task(NAME, kernels, workspace, gatherers.pop(kernels.folder, ()))
    for folder, labels in gatherers.items():
        yield shapes.task_entry(
            f"{NAME} {workspace.folder(folder)}", build_tasks.nvcc_label(folder, workspace), after=labels
        )
    yield from _folders(found, workspace)


def _folders(found: tuple[Kernels, ...], workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    """Yield the tasks that create the folders of libraries."""
    needing = {
        build_tasks.folder_label(kernels, workspace): kernels for kernels in found if build_tasks.needs_folder(kernels)
    }
    for label, kernels in needing.items():
        place = workspace.editor_path(build_tasks.library_folder(kernels))
        yield shapes.task_entry(
            f"{NAME} {workspace.folder(build_tasks.library_folder(kernels))}/", label, ("mkdir", "-p", place)
        )
