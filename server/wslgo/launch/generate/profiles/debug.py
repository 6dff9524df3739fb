"""An entry for each program without kernels; programs with kernels have the profile `cuda`."""

from collections.abc import Iterator

from wslgo.launch.generate import environment, shapes
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace, Program
from wslgo.text.message import Message, Text, sentences

NAME = "debug"
ABOUT = Message(
    en="Build a program and debug it; a program that uses CUDA has the profile `cuda` instead",
    zh="构建并调试程序；使用 CUDA 的程序改用 `cuda` 配置",
)

# localhost works while `localhostForwarding` in `.wslconfig` is on, which is the default.
SERVICE = Message(
    en="The program listens on {ports}. Windows reaches it at localhost, a container at host.docker.internal",
    zh="该程序监听 {ports}。Windows 通过 localhost 访问，容器通过 host.docker.internal 访问",
)
WITHOUT_DESKTOP = Message(
    en="Without Docker Desktop, the container needs `extra_hosts: host.docker.internal:host-gateway`, and the program "
    "must listen on all addresses",
    zh="没有 Docker Desktop 时，容器需要 `extra_hosts: host.docker.internal:host-gateway`，且程序须监听所有地址",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    for program in workspace.programs:
        if program.cuda is None:
            env, name = environment.of_program(program), f"Debug {program.title}"
            yield shapes.launch_entry(NAME, program, name, env=env, about=_about(program))


def _about(program: Program) -> Text | None:
    ports = tuple(program.ports)
    if not ports or program.workspace.host.wsl.generation == 0:
        return None
    return sentences(SERVICE(ports=ports), WITHOUT_DESKTOP())
