"""The containers and pods of a workspace, told from its files: Dockerfiles, compose files, devcontainers, manifests."""

from collections.abc import Iterator

from wslgo.golang.containers import compose, devcontainer, dockerfile, manifest
from wslgo.golang.containers.container import COMPOSE, DEVCONTAINER, DOCKERFILE, POD, Container, Mapped, Port
from wslgo.golang.project import Project, joined

__all__ = ["COMPOSE", "DEVCONTAINER", "DOCKERFILE", "POD", "Container", "Mapped", "Port", "containers_of"]

_LARGEST = 1 << 18  # characters; a manifest that is larger was made by a program, for a program


def containers_of(project: Project) -> tuple[Container, ...]:
    """All of them, Dockerfiles first, then what uses them."""
    files = list(_files(project))
    found = [dockerfile.read(project, path) for path, name in files if dockerfile.is_dockerfile(name)]
    found += [one for path, name in files if compose.is_compose(name) for one in compose.read(project, path)]
    found += [devcontainer.read(project, path) for path, name in files if name in devcontainer.NAMES]
    manifests = [path for path, name in files if name.endswith((".yaml", ".yml")) and not compose.is_compose(name)]
    found += manifest.read(project, [path for path in manifests if _is_manifest(project, path)])
    return tuple(one for one in found if one is not None)


def _files(project: Project) -> Iterator[tuple[str, str]]:
    """Paths with their names, those of `.devcontainer` too, in which no Go is sought."""
    for folder in project.folders():
        for name in project.entries(folder).files:
            yield joined(folder, name), name
        if devcontainer.FOLDER in project.entries(folder).folders:
            below = joined(folder, devcontainer.FOLDER)
            yield from ((joined(below, name), name) for name in project.entries(below).files)


def _is_manifest(project: Project, path: str) -> bool:
    text = project.listing.text(path, _LARGEST)
    return len(text) < _LARGEST and manifest.is_manifest(text)
