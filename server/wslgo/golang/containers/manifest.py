"""Kubernetes manifests: the containers of pods, and the mesh that adds a sidecar to them."""

from collections.abc import Iterator, Mapping

from wslgo.golang.containers.container import POD, Container, Port, delve_in, port_number
from wslgo.golang.project import Project
from wslgo.knowledge.meshes import MESHES, REFUSALS
from wslgo.syntax import yaml_scalars
from wslgo.syntax.yaml_scalars import Key, Leaf

KINDS = frozenset(("Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Rollout"))
_CONTAINERS, _NAMESPACE = "containers", "Namespace"
_MARKS = ("annotations", "labels")


def is_manifest(text: str) -> bool:
    """Return whether a text may be a manifest of a pod or a namespace."""
    return "kind:" in text and ("containers:" in text or f"kind: {_NAMESPACE}" in text)


def read(project: Project, paths: list[str]) -> Iterator[Container]:
    """Yield the containers of the pods in some manifests; a namespace in them can enable a mesh for all its pods."""
    documents = [(path, leaves) for path in paths for leaves in _documents(project.text(path))]
    namespaces = {
        _value(leaves, "metadata", "name"): mesh
        for _, leaves in documents
        if _value(leaves, "kind") == _NAMESPACE and (mesh := _mesh(leaves))
    }
    for path, leaves in documents:
        if _value(leaves, "kind") in KINDS:
            inherited = namespaces.get(_value(leaves, "metadata", "namespace"), "")
            mesh = "" if _opts_out(leaves) else _mesh(leaves) or inherited
            yield from _containers(path, leaves, mesh)


def _documents(text: str) -> Iterator[dict[tuple[Key, ...], Leaf]]:
    found: dict[int, dict[tuple[Key, ...], Leaf]] = {}
    for leaf in yaml_scalars.leaves(text):
        found.setdefault(leaf.document, {})[leaf.keys] = leaf
    yield from found.values()


def _containers(path: str, leaves: Mapping[tuple[Key, ...], Leaf], mesh: str) -> Iterator[Container]:
    groups: dict[tuple[Key, ...], dict[tuple[Key, ...], Leaf]] = {}
    workload = f"{_value(leaves, 'kind').lower()}/{_value(leaves, 'metadata', 'name')}"
    for keys, leaf in leaves.items():
        if _CONTAINERS in keys[:-2]:
            at = keys.index(_CONTAINERS) + 2
            groups.setdefault(keys[:at], {})[keys[at:]] = leaf
    for group in groups.values():
        command = " ".join(leaf.value for keys, leaf in group.items() if keys[0] in ("command", "args"))
        runs, debug_port = delve_in(command)
        ports = (leaf.value for keys, leaf in group.items() if keys[0] == "ports" and keys[-1] == "containerPort")
        yield Container(
            POD,
            path,
            next(iter(group.values())).span,
            _value(group, "name"),
            _value(group, "image"),
            ports=tuple(Port(port) for port in map(port_number, ports) if port is not None),
            runs_delve=runs,
            debug_port=debug_port,
            mesh=mesh,
            workload=workload,
            namespace=_value(leaves, "metadata", "namespace"),
        )


def _mesh(leaves: Mapping[tuple[Key, ...], Leaf]) -> str:
    """Return the mesh that a label or annotation enables."""
    for mark, value in _marks(leaves):
        for mesh in MESHES:
            if mark in mesh.signs and value in (mesh.signs[mark] or (value,)):
                return mesh.name
    return ""


def _opts_out(leaves: Mapping[tuple[Key, ...], Leaf]) -> bool:
    return any(value in REFUSALS.get(mark, ()) for mark, value in _marks(leaves))


def _marks(leaves: Mapping[tuple[Key, ...], Leaf]) -> Iterator[tuple[str, str]]:
    for keys, leaf in leaves.items():
        if len(keys) > 1 and keys[-2] in _MARKS:
            yield str(keys[-1]), leaf.value


def _value(leaves: Mapping[tuple[Key, ...], Leaf], *keys: Key) -> str:
    leaf = leaves.get(keys)
    return leaf.value if leaf else ""
