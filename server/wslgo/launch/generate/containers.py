"""Containers and pods in which Delve may wait: where it is reached, and where the sources lie there."""

from collections.abc import Iterator
from typing import NamedTuple

from wslgo.golang import containers
from wslgo.golang.containers import COMPOSE, DOCKERFILE, POD, Container
from wslgo.knowledge.meshes import MESHES, Mesh
from wslgo.launch.generate import shapes
from wslgo.launch.generate.programs import WORKSPACE, LaunchWorkspace

Paths = tuple[dict[str, str], ...]


class GoContainer(NamedTuple):
    """A container that holds a Go program of the workspace.

    `port` is that of Delve inside, `outside` the one of this machine that leads to it; `paths` maps the sources.
    """

    container: Container
    port: int
    outside: int
    paths: Paths
    mesh: Mesh | None

    @property
    def folder(self) -> str:
        """What a key names: the file, and the container where a file has several."""
        return " ".join(filter(None, (self.container.path, self.container.name)))

    @property
    def title(self) -> str:
        """How names of entries call it."""
        return " of ".join(filter(None, (self.container.name, self.container.path)))

    @property
    def is_reachable(self) -> bool:
        """Whether Delve runs in it and its port leads out."""
        return self.container.runs_delve and (
            self.container.kind == POD or self.container.debug_port_outside is not None
        )


def of_workspace(workspace: LaunchWorkspace) -> tuple[GoContainer, ...]:
    """The containers with a Go program of this workspace, each once. In a devcontainer the editor runs itself."""
    found = [container for container in containers.containers_of(workspace.project) if workspace.holds(container.path)]
    used = {container.dockerfile for container in found if container.kind == COMPOSE}
    chosen = [
        container
        for container in found
        if container.kind in (COMPOSE, POD) or (container.kind == DOCKERFILE and container.path not in used)
        if _holds_program(container, workspace)
    ]
    named = {
        inside.folder: inside
        for inside in (_go_container(container, found, workspace) for container in reversed(chosen))
    }
    return tuple(reversed(named.values()))


def _holds_program(container: Container, workspace: LaunchWorkspace) -> bool:
    """Whether its sources are here, Delve runs in it, or its image is called like a program."""
    if container.runs_delve or container.mappings or container.is_trimmed:
        return True
    image = container.image.partition("@")[0].rpartition("/")[2].partition(":")[0]
    return container.kind == POD and image in {program.title.rpartition("/")[2] for program in workspace.programs}


def _go_container(container: Container, others: list[Container], workspace: LaunchWorkspace) -> GoContainer:
    """A port that a sidecar has taken cannot be Delve's."""
    mesh = next((known for known in MESHES if known.name == container.mesh), None)
    written = container.debug_port
    port = shapes.PORT if written is None or (mesh and written in mesh.ports) else written
    return GoContainer(
        container, port, container.debug_port_outside or port, _substitute_path(container, others, workspace), mesh
    )


def _substitute_path(container: Container, others: list[Container], workspace: LaunchWorkspace) -> Paths:
    """What `substitutePath` says; a manifest does not tell how its image was built, the one Dockerfile here does."""
    if container.kind == POD:
        built = [image for image in others if image.kind == DOCKERFILE and (image.mappings or image.is_trimmed)]
        container = built[0] if len(built) == 1 else container
    found = _import_path_mappings(workspace) if container.is_trimmed else _folder_mappings(container, workspace)
    return tuple({"from": local, "to": inside} for local, inside in found)


def _import_path_mappings(workspace: LaunchWorkspace) -> Iterator[tuple[str, str]]:
    """`-trimpath` leaves import paths instead of folders."""
    for module in workspace.project.modules():
        if module.path and workspace.holds(module.folder):
            yield workspace.place(module.folder), module.path


def _folder_mappings(container: Container, workspace: LaunchWorkspace) -> Iterator[tuple[str, str]]:
    home = workspace.project.home
    for local, inside in container.mappings:
        if workspace.holds(local):
            yield workspace.place(local), inside
        elif not local or home.startswith(f"{local}/"):
            yield WORKSPACE, f"{inside.rstrip('/')}/{home[len(local) :].lstrip('/')}"
