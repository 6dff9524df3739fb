"""An entry for each pod that connects to the Delve inside, and its port-forward task."""

from collections.abc import Iterator

from wslgo.golang.containers import POD
from wslgo.launch.generate import containers, shapes
from wslgo.launch.generate.containers import GoContainer
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.syntax.json.edit import Value
from wslgo.text.message import Message, Text

NAME = "mesh"
ABOUT = Message(
    en="Connect to Delve in a pod through kubectl port-forward, which bypasses the sidecar of a service mesh",
    zh="通过 kubectl port-forward 连接在 Pod 中等待的 Delve，从而绕过服务网格的 sidecar",
)
DELVE = Message(
    en="The container must run `dlv exec PROGRAM --headless --listen=127.0.0.1:{port} --accept-multiclient`, with a "
    "program built with -gcflags='all=-N -l'. Turn off probes that restart a paused program",
    zh="容器必须运行 `dlv exec 程序 --headless --listen=127.0.0.1:{port} --accept-multiclient`，程序须用 "
    "-gcflags='all=-N -l' 构建；请关闭会在暂停时重启它的探针",
)
SIDECAR = Message(
    en="{delve}. The ports {ports} belong to the sidecar of {mesh}, so Delve cannot use them. kubectl connects inside "
    "the pod, where the sidecar does not intercept it. To reach the port from the cluster, name it in {passing}",
    zh="{delve}。端口 {ports} 属于 {mesh} 的 sidecar，绝不会是 Delve 的端口。kubectl 直接到达 Pod 内部，sidecar "
    "不会拦截；若要从集群内访问该端口，请将其写入 {passing}",
)
# kubectl prints this when the port is open; before that, connecting fails.
READY = "^Forwarding from "
MATCHER: Value = {
    "owner": "kubectl",
    "pattern": {"regexp": "^(error): (.*)$", "kind": "file", "file": 1, "message": 2},
    "background": {"activeOnStart": True, "beginsPattern": "^$", "endsPattern": READY},
}


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    for target in containers.of_workspace(workspace):
        if target.container.kind == POD:
            key, label = f"{NAME} {target.folder}", f"kubectl port-forward {target.title}"
            name = f"Join Delve in {target.title}"
            yield shapes.attach_entry(key, name, target.outside, paths=target.paths, task=label, about=_about(target))
            yield shapes.task_entry(key, label, _forward(target), matcher=MATCHER, extra={"isBackground": True})


def _forward(target: GoContainer) -> tuple[str, ...]:
    namespace = target.container.namespace
    place = (f"--namespace={namespace}",) if namespace else ()
    return ("kubectl", "port-forward", *place, target.container.workload, f"{target.outside}:{target.port}")


def _about(target: GoContainer) -> Text:
    if target.mesh is None:
        return DELVE(port=target.port)
    ports = tuple(target.mesh.ports)
    return SIDECAR(delve=DELVE(port=target.port), ports=ports, mesh=target.mesh.name, passing=target.mesh.passing)
