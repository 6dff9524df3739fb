"""Containers and pods that can run Delve: its port, and the source folders inside."""

from collections.abc import Iterator

from wslgo.golang import containers
from wslgo.golang.containers import COMPOSE, DOCKERFILE, POD, Container
from wslgo.knowledge.meshes import MESHES, Mesh
from wslgo.launch.generate import shapes
from wslgo.launch.generate.programs import WORKSPACE, LaunchWorkspace
from wslgo.text.typing import NamedTuple

Paths = tuple[dict[str, str], ...]


class GoContainer(NamedTuple):
    """A container that holds a Go program of the workspace.

    `port` is the port of Delve inside, `outside` the host port that leads to it; `paths` maps the sources.
    """

    container: Container
    port: int
    outside: int
    paths: Paths
    mesh: Mesh | None

    @property
    def folder(self) -> str:
        """The folder in keys: the file, and the container if a file has several."""
        return " ".join(filter(None, (self.container.path, self.container.name)))

    @property
    def title(self) -> str:
        """The title in names of entries."""
        return " of ".join(filter(None, (self.container.name, self.container.path)))

    @property
    def is_reachable(self) -> bool:
        """True if Delve runs in it and its port is published."""
        return self.container.runs_delve and (
            self.container.kind == POD or self.container.debug_port_outside is not None
        )


def of_workspace(workspace: LaunchWorkspace) -> tuple[GoContainer, ...]:
    """Return the containers with a Go program of this workspace; not devcontainers, where the editor itself runs."""
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
    """Return whether its sources are here, Delve runs in it, or its image has the name of a program."""
    if container.runs_delve or container.mappings or container.is_trimmed:
        return True
    image = container.image.partition("@")[0].rpartition("/")[2].partition(":")[0]
    return container.kind == POD and image in {program.title.rpartition("/")[2] for program in workspace.programs}


def _go_container(container: Container, others: list[Container], workspace: LaunchWorkspace) -> GoContainer:
    """Return the debug target of a container; Delve cannot use a port of the sidecar."""
    mesh = next((known for known in MESHES if known.name == container.mesh), None)
    written = container.debug_port
    port = shapes.PORT if written is None or (mesh and written in mesh.ports) else written
    return GoContainer(
        container, port, container.debug_port_outside or port, _substitute_path(container, others, workspace), mesh
    )


def _substitute_path(container: Container, others: list[Container], workspace: LaunchWorkspace) -> Paths:
    """Return the `substitutePath` of a container; for a manifest, of the only Dockerfile here that builds Go."""
    if container.kind == POD:
        built = [image for image in others if image.kind == DOCKERFILE and (image.mappings or image.is_trimmed)]
        container = built[0] if len(built) == 1 else container
    found = _import_path_mappings(workspace) if container.is_trimmed else _folder_mappings(container, workspace)
    return tuple({"from": local, "to": inside} for local, inside in found)


def _import_path_mappings(workspace: LaunchWorkspace) -> Iterator[tuple[str, str]]:
    """Yield folders with the import paths that `-trimpath` replaces them with."""
    for module in workspace.project.modules():
        if module.path and workspace.holds(module.folder):
            yield workspace.editor_path(module.folder), module.path


def _folder_mappings(container: Container, workspace: LaunchWorkspace) -> Iterator[tuple[str, str]]:
    home = workspace.project.home
    for local, inside in container.mappings:
        if workspace.holds(local):
            yield workspace.editor_path(local), inside
        elif not local or home.startswith(f"{local}/"):
            yield WORKSPACE, f"{inside.rstrip('/')}/{home[len(local) :].lstrip('/')}"
