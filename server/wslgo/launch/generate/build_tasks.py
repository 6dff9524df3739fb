"""The tasks that compile: nvcc for kernels, go for programs that are started by something else than Delve."""

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
    en="No #cgo line says which library of the workspace is linked, so nothing starts this task by itself: put its "
    "result where yours looks",
    zh="没有 #cgo 行说明链接工作区中的哪个库，因此不会自动运行此任务：请把结果放到 #cgo 行查找的位置",
)


def linked_kernels(program: Program) -> tuple[Kernels, ...]:
    """The kernels that nvcc makes a library of which a program links; none where nvcc is known to be missing."""
    found = () if program.workspace.host.gpu.nvcc == "" else cuda_kernels.of_program(program)
    return tuple(kernels for kernels in found if kernels.library)


def task_before(program: Program) -> str:
    """The task that compiles the kernels which a program links; "" where there is none."""
    made = linked_kernels(program)
    if not made:
        return ""
    return nvcc_label(made[0].folder if len(made) == 1 else program.package.folder, program.workspace)


def tasks_before(program: Program) -> tuple[str, ...]:
    """The same as a list."""
    label = task_before(program)
    return (label,) if label else ()


def combining_tasks(workspace: LaunchWorkspace) -> dict[str, tuple[str, ...]]:
    """The folders of programs that link the kernels of several, and the tasks for those of the others."""
    programs = ((program, linked_kernels(program)) for program in (*workspace.cuda_programs, *workspace.tests))
    return {
        program.package.folder: tuple(
            nvcc_label(kernels.folder, workspace) for kernels in made if kernels.folder != program.package.folder
        )
        for program, made in programs
        if len(made) > 1
    }


def nvcc_label(folder: str, workspace: LaunchWorkspace, *, steps_into_kernels: bool = False) -> str:
    """What the task for the kernels of a folder is called."""
    return f"nvcc {'-G ' if steps_into_kernels else ''}{workspace.folder(folder)}"


def nvcc_task(
    profile: str,
    one: Kernels,
    workspace: LaunchWorkspace,
    after: tuple[str, ...] = (),
    *,
    steps_into_kernels: bool = False,
) -> LaunchEntry:
    """Compile the kernels of a folder; `steps_into_kernels` costs them all optimization."""
    place = workspace.place(one.folder)
    library = one.library or f"{one.folder}/libkernels.a".lstrip("/")
    debug = ("-g", "-G") if steps_into_kernels else ("-g", "-lineinfo")
    kind = "--shared" if one.is_shared else "--lib"
    words = (*debug, "-Xcompiler", "-fPIC", kind, "-o", workspace.place(library), *one.sources)
    return shapes.task_entry(
        f"{profile} {workspace.folder(one.folder)}",
        nvcc_label(one.folder, workspace, steps_into_kernels=steps_into_kernels),
        (_nvcc(workspace), *words),
        folder=place,
        after=(*_folder_before(one, workspace), *after),
        matcher={**NVCC_MATCHER, "fileLocation": ("relative", place)},
        about=None if one.library else UNKNOWN_LIBRARY(),
    )


def library_folder(one: Kernels) -> str:
    """Where the library of kernels goes."""
    return one.folder if one.library is None else parent(one.library)


def needs_folder(one: Kernels) -> bool:
    """Whether that folder may be missing, being left out of the repository."""
    return library_folder(one) != one.folder


def folder_label(one: Kernels, workspace: LaunchWorkspace) -> str:
    """What the task that makes the folder is called."""
    return f"mkdir {workspace.folder(library_folder(one))}"


def build_label(program: Program) -> str:
    """What the task that builds a program is called."""
    return f"go build {program.title}"


def binary_path(program: Program) -> str:
    """Where that task puts the program. Delve's own names differ, which it removes when it is done."""
    return f"{program.home}/__debug_bin.{program.file.removesuffix('.go') or 'cuda'}"


def build_task(profile: str, program: Program) -> LaunchEntry:
    """Build a program as Delve would."""
    words = ("build", "-gcflags=all=-N -l", *shapes.tag_flags(program), "-o", binary_path(program))
    go = program.workspace.host.go
    env = {"CGO_CFLAGS": environment.DEBUGGABLE, **environment.of_build(program)}
    return shapes.task_entry(
        f"{profile} {program.folder}",
        build_label(program),
        (shapes.command(program.workspace.host, go.path if go else "", "go"), *words, program.file or "."),
        folder=program.home,
        env=env,
        matcher="$go",
    )


def _folder_before(one: Kernels, workspace: LaunchWorkspace) -> tuple[str, ...]:
    return (folder_label(one, workspace),) if needs_folder(one) else ()


def _nvcc(workspace: LaunchWorkspace) -> str:
    return shapes.command(workspace.host, workspace.host.gpu.nvcc or "", "nvcc")
