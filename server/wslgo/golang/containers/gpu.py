"""The containers of a workspace that get the GPU, and the dev containers that do not.

Sources: containers.dev (devcontainer.json reference: `runArgs`, `hostRequirements.gpu`), the Compose specification
(`gpus`, `deploy.resources.reservations.devices`), and NVIDIA's container toolkit (`--gpus`, CDI names, the runtime
`nvidia`); as of 2026-11.
"""

from collections.abc import Iterable, Iterator

from wslgo.golang.containers import compose, devcontainer, paths_of
from wslgo.golang.project import Project
from wslgo.syntax import yaml_scalars
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.jsonc import Node
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.source import Source
from wslgo.text.typing import NamedTuple

CDI = "nvidia.com/gpu"
RUNTIME = "nvidia"

_CAPABILITIES = frozenset(("gpu", "nvidia", "compute"))


class GpuFiles(NamedTuple):
    """The files that give a container the GPU, and the `devcontainer.json` files that give it none."""

    with_gpu: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def gpu_files(project: Project) -> GpuFiles:
    """Return these files of a workspace; one that starts a container of a Compose file is not judged."""
    given: list[str] = []
    without: list[str] = []
    for path, name in paths_of(project):
        if compose.is_compose(name):
            given += [path] * any(map(_gives_gpu, yaml_scalars.leaves(project.text(path))))
        elif name in devcontainer.NAMES:
            root = jsonc.parse(Source(project.text(path))).at()
            if root is None or root.kind != "object":
                continue
            if _has_gpu(root):
                given.append(path)
            elif root.get("dockerComposeFile") is None:
                without.append(path)
    return GpuFiles(tuple(given), tuple(without))


def _has_gpu(root: Node) -> bool:
    return _is_wanted(root.at("hostRequirements", "gpu")) or any(map(_is_of_gpu, _words(root.get("runArgs"))))


def _is_wanted(node: Node | None) -> bool:
    """Return whether `hostRequirements.gpu` is true, `optional` or a size."""
    return node is not None and (node.boolean is True or node.string == "optional" or node.kind == "object")


def _words(node: Node | None) -> Iterator[str]:
    for word in node.elements if node is not None and node.kind == "array" else ():
        yield word.string or ""


def _is_of_gpu(word: str) -> bool:
    return word.startswith(("--gpus", "--runtime=nvidia", "--device=/dev/dxg", "/dev/dxg")) or CDI in word


def _gives_gpu(leaf: Leaf) -> bool:
    """Return whether a line of a Compose file gives a service the GPU."""
    keys, value = leaf.keys, leaf.value
    if len(keys) < 3 or keys[0] != "services":
        return False
    if keys[2] in ("gpus", "runtime"):
        return keys[2] == "gpus" or value == RUNTIME
    if keys[2] == "devices":
        return value.startswith((CDI, "/dev/dxg"))
    return _is_reserved(keys) and (value in _CAPABILITIES or value.startswith(CDI))


def _is_reserved(keys: Iterable[Key]) -> bool:
    return tuple(keys)[2:6] == ("deploy", "resources", "reservations", "devices")
