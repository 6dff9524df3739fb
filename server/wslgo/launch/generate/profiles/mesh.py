"""An entry for each pod that connects to the Delve inside, and its port-forward task."""

from collections.abc import Iterator

from wslgo.golang.containers import POD
from wslgo.launch.generate import containers, shapes
from wslgo.launch.generate.containers import GoContainer
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.syntax.json.edit import Value
from wslgo.text.message import Message, Text, sentences

NAME = "mesh"
ABOUT = Message(
    en="Connect to Delve in a pod through kubectl port-forward, which bypasses the sidecar of a service mesh",
    zh="通过 kubectl port-forward 连接在 Pod 中等待的 Delve，从而绕过服务网格的 sidecar",
)
DELVE = Message(
    en="The container must run `dlv exec PROGRAM --headless --listen=127.0.0.1:{port} --accept-multiclient`",
    zh="容器必须运行 `dlv exec 程序 --headless --listen=127.0.0.1:{port} --accept-multiclient`",
)
BUILD = Message(
    en="Build the program with -gcflags='all=-N -l', and turn off probes that restart it while it is paused",
    zh="程序须用 -gcflags='all=-N -l' 构建；请关闭会在暂停时重启它的探针",
)
SIDECAR = Message(
    en="The ports {ports} belong to the sidecar of {mesh}, so Delve cannot use them",
    zh="端口 {ports} 属于 {mesh} 的 sidecar，绝不会是 Delve 的端口",
)
INSIDE = Message(
    en="kubectl connects inside the pod, which the sidecar does not intercept; for other clients in the cluster, name "
    "the port in {passing}",
    zh="kubectl 直接到达 Pod 内部，sidecar 不会拦截；若要从集群内访问该端口，请将其写入 {passing}",
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
    delve = (DELVE(port=target.port), BUILD())
    if target.mesh is None:
        return sentences(*delve)
    ports = tuple(target.mesh.ports)
    sidecar = (SIDECAR(ports=ports, mesh=target.mesh.name), INSIDE(passing=target.mesh.passing))
    return sentences(*delve, *sidecar)
