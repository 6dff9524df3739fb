"""An entry for each container with a program that connects to the Delve inside."""

from collections.abc import Iterator

from wslgo.golang.containers import POD
from wslgo.launch.generate import containers, shapes
from wslgo.launch.generate.containers import GoContainer
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message, Text, sentences

NAME = "container"
ABOUT = Message(
    en="Connect to Delve in a container of this workspace, with its paths mapped to the local ones",
    zh="连接在此工作区的容器中等待的 Delve，并把容器内的路径映射到本地路径",
)
# A container reaches the machine by this name; the machine reaches a container at 127.0.0.1.
PUBLISHED = Message(
    en="Published ports are at 127.0.0.1 here, both with Docker Desktop and with Docker in the distribution",
    zh="无论使用 Docker Desktop 还是发行版中的 Docker，已发布的端口在此处都位于 127.0.0.1",
)
OUTWARDS = Message(
    en="In the other direction, a container reaches a program that you debug here at host.docker.internal",
    zh="在相反方向上，容器通过 host.docker.internal 访问在此处调试的程序",
)
WITHOUT_DESKTOP = Message(
    en="Without Docker Desktop it needs `extra_hosts: host.docker.internal:host-gateway`, and the program must listen "
    "on 0.0.0.0",
    zh="没有 Docker Desktop 时需要 `extra_hosts: host.docker.internal:host-gateway`，且程序必须监听 0.0.0.0",
)
# microsoft/WSL#13868 and #10494, moby/moby#53382: packets from loopback0 do not match the rules of Docker.
MIRRORED = Message(
    en="In mirrored networking, a port published by Docker in the distribution may not answer at 127.0.0.1",
    zh="在 mirrored 网络模式下，发行版中的 Docker 所发布的端口可能无法通过 127.0.0.1 访问",
)
IGNORED_PORTS = Message(
    en="Add it to ignoredPorts under [experimental] in .wslconfig, or use networkingMode=nat or Docker Desktop",
    zh="请把该端口加入 .wslconfig 中 [experimental] 下的 ignoredPorts，或改用 networkingMode=nat 或 Docker Desktop",
)
BUILD = Message(
    en="First build the program in {path} with -gcflags='all=-N -l'",
    zh="使用前：在 {path} 中用 -gcflags='all=-N -l' 构建程序",
)
START = Message(
    en="Start it with `dlv exec PROGRAM --headless --listen=:{port} --accept-multiclient`, and publish "
    "`127.0.0.1:{outside}:{port}`",
    zh="用 `dlv exec 程序 --headless --listen=:{port} --accept-multiclient` 启动，并发布端口 "
    "`127.0.0.1:{outside}:{port}`",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    for target in containers.of_workspace(workspace):
        if target.container.kind != POD:
            name = f"Join Delve in {target.title}"
            yield shapes.attach_entry(
                f"{NAME} {target.folder}", name, target.outside, paths=target.paths, about=_about(target, workspace)
            )


def _about(target: GoContainer, workspace: LaunchWorkspace) -> Text:
    is_mirrored = workspace.host.running.networking == "mirrored"
    published = (MIRRORED(), IGNORED_PORTS()) if is_mirrored else (PUBLISHED(),)
    addresses = (*published, OUTWARDS(), WITHOUT_DESKTOP())
    if target.is_reachable:
        return sentences(*addresses)
    path = target.container.dockerfile or target.container.path
    return sentences(BUILD(path=path), START(port=target.port, outside=target.outside), *addresses)
