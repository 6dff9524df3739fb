"""Containers and pods in which Delve may wait: where it is reached, and where the sources lie there."""

from collections.abc import Iterator
from typing import NamedTuple

from wslgo.golang import containers
from wslgo.golang.containers import COMPOSE, DOCKERFILE, POD, Container
from wslgo.knowledge.meshes import MESHES, Mesh
from wslgo.launch.generate import shapes
from wslgo.launch.generate.programs import WORKSPACE, Subject

Paths = tuple[dict[str, str], ...]


class Inside(NamedTuple):
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


def of_subject(subject: Subject) -> tuple[Inside, ...]:
    """The containers with a Go program of this workspace, each once. In a devcontainer the editor runs itself."""
    found = [one for one in containers.containers_of(subject.project) if subject.holds(one.path)]
    used = {one.dockerfile for one in found if one.kind == COMPOSE}
    chosen = [
        one
        for one in found
        if one.kind in (COMPOSE, POD) or (one.kind == DOCKERFILE and one.path not in used)
        if _holds_program(one, subject)
    ]
    named = {inside.folder: inside for inside in (_inside(one, found, subject) for one in reversed(chosen))}
    return tuple(reversed(named.values()))


def _holds_program(container: Container, subject: Subject) -> bool:
    """Whether its sources are here, Delve runs in it, or its image is called like a program."""
    if container.runs_delve or container.mappings or container.is_trimmed:
        return True
    image = container.image.partition("@")[0].rpartition("/")[2].partition(":")[0]
    return container.kind == POD and image in {one.title.rpartition("/")[2] for one in subject.programs}


def _inside(container: Container, others: list[Container], subject: Subject) -> Inside:
    """A port that a sidecar has taken cannot be Delve's."""
    mesh = next((one for one in MESHES if one.name == container.mesh), None)
    written = container.debug_port
    port = shapes.PORT if written is None or (mesh and written in mesh.ports) else written
    return Inside(container, port, container.debug_port_outside or port, _paths(container, others, subject), mesh)


def _paths(container: Container, others: list[Container], subject: Subject) -> Paths:
    """What `substitutePath` says; a manifest does not tell how its image was built, the one Dockerfile here does."""
    if container.kind == POD:
        built = [one for one in others if one.kind == DOCKERFILE and (one.mappings or one.is_trimmed)]
        container = built[0] if len(built) == 1 else container
    found = _trimmed(subject) if container.is_trimmed else _mapped(container, subject)
    return tuple({"from": local, "to": inside} for local, inside in found)


def _trimmed(subject: Subject) -> Iterator[tuple[str, str]]:
    """`-trimpath` leaves import paths instead of folders."""
    for module in subject.project.modules():
        if module.path and subject.holds(module.folder):
            yield subject.place(module.folder), module.path


def _mapped(container: Container, subject: Subject) -> Iterator[tuple[str, str]]:
    home = subject.project.home
    for local, inside in container.mappings:
        if subject.holds(local):
            yield subject.place(local), inside
        elif not local or home.startswith(f"{local}/"):
            yield WORKSPACE, f"{inside.rstrip('/')}/{home[len(local) :].lstrip('/')}"
