"""Tasks that compile: nvcc for kernels, go for programs that Delve does not start."""

from collections.abc import Mapping

from wslgo.golang.paths import parent
from wslgo.launch.generate import cuda_kernels, environment, shapes
from wslgo.launch.generate.cuda_kernels import Kernels
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace, Program
from wslgo.syntax.json.edit import Value
from wslgo.text.message import Message

# `add.cu(12): error: identifier "x" is undefined`, `add.cu(3): warning #177-D: ...`, and from gcc, which is called for
# `#include`, `add.cu:5:10: fatal error: none.h: No such file or directory` (nvcc 13.0).
NVCC_MESSAGE = (
    r"^(.+?)[(:](\d+)(?:\)|:\d+): "
    r"(?:catastrophic |fatal |internal )?(error|warning|remark)(?: #[\w-]+)?: (.*)$"
)
NVCC_MATCHER: Mapping[str, Value] = {
    "owner": "nvcc",
    "source": "nvcc",
    "pattern": {
        "regexp": NVCC_MESSAGE,
        "file": 1,
        "line": 2,
        "severity": 3,
        "message": 4,
    },
}

UNKNOWN_LIBRARY = Message(
    en="No #cgo line tells which library of the workspace is linked, so no entry starts this task. Put its result "
    "where your #cgo line looks",
    zh="没有 #cgo 行说明链接工作区中的哪个库，因此不会自动运行此任务：请把结果放到 #cgo 行查找的位置",
)


def linked_kernels(program: Program) -> tuple[Kernels, ...]:
    """Return the kernels in libraries that a program links; none if nvcc is known to be missing."""
    found = () if program.workspace.host.gpu.nvcc == "" else cuda_kernels.of_program(program)
    return tuple(kernels for kernels in found if kernels.library)


def task_before(program: Program) -> str:
    """Return the label of the task that compiles the kernels of a program; "" if there is none."""
    made = linked_kernels(program)
    if not made:
        return ""
    return nvcc_label(made[0].folder if len(made) == 1 else program.package.folder, program.workspace)


def tasks_before(program: Program) -> tuple[str, ...]:
    """Return `task_before` as a tuple, which is empty if there is none."""
    label = task_before(program)
    return (label,) if label else ()


def combining_tasks(workspace: LaunchWorkspace) -> dict[str, tuple[str, ...]]:
    """Return the folders of programs that link kernels of several folders, with the tasks for the other folders."""
    programs = ((program, linked_kernels(program)) for program in (*workspace.cuda_programs, *workspace.tests))
    return {
        program.package.folder: tuple(
            nvcc_label(kernels.folder, workspace) for kernels in made if kernels.folder != program.package.folder
        )
        for program, made in programs
        if len(made) > 1
    }


def nvcc_label(folder: str, workspace: LaunchWorkspace, *, steps_into_kernels: bool = False) -> str:
    """Return the label of the task for the kernels of a folder."""
    return f"nvcc {'-G ' if steps_into_kernels else ''}{workspace.folder(folder)}"


def nvcc_task(
    profile: str,
    kernels: Kernels,
    workspace: LaunchWorkspace,
    after: tuple[str, ...] = (),
    *,
    steps_into_kernels: bool = False,
) -> LaunchEntry:
    """Return the task that compiles the kernels of a folder; `steps_into_kernels` turns off their optimization."""
    place = workspace.editor_path(kernels.folder)
    library = kernels.library or f"{kernels.folder}/libkernels.a".lstrip("/")
    debug = ("-g", "-G") if steps_into_kernels else ("-g", "-lineinfo")
    kind = "--shared" if kernels.is_shared else "--lib"
    words = (*debug, "-Xcompiler", "-fPIC", kind, "-o", workspace.editor_path(library), *kernels.sources)
    return shapes.task_entry(
        f"{profile} {workspace.folder(kernels.folder)}",
        nvcc_label(kernels.folder, workspace, steps_into_kernels=steps_into_kernels),
        (_nvcc(workspace), *words),
        folder=place,
        after=(*_folder_before(kernels, workspace), *after),
        matcher={**NVCC_MATCHER, "fileLocation": ("relative", place)},
        about=None if kernels.library else UNKNOWN_LIBRARY(),
    )


def library_folder(kernels: Kernels) -> str:
    """Return the folder of the library of kernels."""
    return kernels.folder if kernels.library is None else parent(kernels.library)


def needs_folder(kernels: Kernels) -> bool:
    """Return whether that folder may be missing because the repository leaves it out."""
    return library_folder(kernels) != kernels.folder


def folder_label(kernels: Kernels, workspace: LaunchWorkspace) -> str:
    """Return the label of the task that creates the folder."""
    return f"mkdir {workspace.folder(library_folder(kernels))}"


def build_label(program: Program) -> str:
    """Return the label of the task that builds a program."""
    return f"go build {program.title}"


def binary_path(program: Program) -> str:
    """Return the path of the built program; it differs from Delve's own names, which Delve removes when done."""
    return f"{program.build_folder}/__debug_bin.{program.file.removesuffix('.go') or 'cuda'}"


def build_task(profile: str, program: Program) -> LaunchEntry:
    """Return the task that builds a program as Delve does."""
    words = ("build", "-gcflags=all=-N -l", *shapes.tag_flags(program), "-o", binary_path(program))
    go = program.workspace.host.go
    env = {"CGO_CFLAGS": environment.DEBUGGABLE, **environment.of_build(program)}
    return shapes.task_entry(
        f"{profile} {program.folder}",
        build_label(program),
        (shapes.command(program.workspace.host, go.path if go else "", "go"), *words, program.file or "."),
        folder=program.build_folder,
        env=env,
        matcher="$go",
    )


def _folder_before(kernels: Kernels, workspace: LaunchWorkspace) -> tuple[str, ...]:
    return (folder_label(kernels, workspace),) if needs_folder(kernels) else ()


def _nvcc(workspace: LaunchWorkspace) -> str:
    return shapes.command(workspace.host, workspace.host.gpu.nvcc or "", "nvcc")
