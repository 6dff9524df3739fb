"""An entry that connects to a headless Delve, and for each program a task that starts one."""

from collections.abc import Iterator

from wslgo.launch.generate import build_tasks, environment, shapes
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import WORKSPACE, LaunchWorkspace, Program
from wslgo.text.message import Message, sentences

NAME = "remote"
ABOUT = Message(
    en="Connect to a Delve that waits on a port: in another terminal, as another user, or on another machine",
    zh="连接在端口上等待的 Delve：可在另一个终端、以其他用户身份或在另一台机器上运行",
)
START = Message(
    en="Start the program first, with a task '{task} ...' or with: dlv debug --headless --listen=127.0.0.1:{port} "
    "--accept-multiclient",
    zh="请先启动程序：运行任务“{task} ...”，或使用 dlv debug --headless --listen=127.0.0.1:{port} --accept-multiclient",
)
ELSEWHERE = Message(
    en="For another machine, forward the port (ssh -L {port}:127.0.0.1:{port} HOST) and add `substitutePath` from "
    "{workspace} to the source folder there",
    zh="若在另一台机器上，请转发端口（ssh -L {port}:127.0.0.1:{port} 主机），并添加 `substitutePath`，"
    "从 {workspace} 映射到那里的源代码文件夹",
)
EXPOSED = Message(
    en="Anyone who reaches the port can run any code, so Delve listens only on this machine",
    zh="能访问该端口者可执行任意代码，因此它只监听本机",
)
TASK = "dlv --headless"


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    if workspace.programs:
        start, elsewhere = START(task=TASK, port=shapes.PORT), ELSEWHERE(port=shapes.PORT, workspace=WORKSPACE)
        about = sentences(start, elsewhere, EXPOSED())
        yield shapes.attach_entry(NAME, f"Join Delve on port {shapes.PORT}", shapes.PORT, about=about)
    for program in workspace.programs:
        yield _task(program)


def _task(program: Program) -> LaunchEntry:
    """Return the task that starts a Delve for several clients; `dlv dap` would end with the first one."""
    host = program.workspace.host
    flags = shapes.tag_flags(program)
    words = (
        shapes.command(host, host.delve.path if host.delve else "", "dlv"),
        *("debug", "--headless", f"--listen=127.0.0.1:{shapes.PORT}", "--accept-multiclient", f"--wd={WORKSPACE}"),
        *(f"--build-flags={flag}" for flag in flags),
        *filter(None, (program.file,)),
    )
    return shapes.task_entry(
        f"{NAME} {program.folder}",
        f"{TASK} {program.title}",
        words,
        folder=program.build_folder,
        env=environment.of_program(program),
        after=build_tasks.tasks_before(program),
        extra={"isBackground": True},
    )
