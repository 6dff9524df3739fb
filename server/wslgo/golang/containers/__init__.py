"""Containers and pods of a workspace: Dockerfiles, Compose files, devcontainers, manifests."""

from collections.abc import Iterator

from wslgo.golang.containers import compose, devcontainer, dockerfile, manifest
from wslgo.golang.containers.container import COMPOSE, DEVCONTAINER, DOCKERFILE, POD, Container, Port, SourceMapping
from wslgo.golang.paths import joined_path
from wslgo.golang.project import Project

__all__ = [
    "COMPOSE",
    "DEVCONTAINER",
    "DOCKERFILE",
    "POD",
    "Container",
    "Port",
    "SourceMapping",
    "containers_of",
    "paths_of",
]

_LARGEST = 1 << 18  # characters; larger manifests are generated


def containers_of(project: Project) -> tuple[Container, ...]:
    """Return all containers, Dockerfiles first, then the files that use them."""
    files = list(paths_of(project))
    found = [dockerfile.read(project, path) for path, name in files if dockerfile.is_dockerfile(name)]
    compose_files = [path for path, name in files if compose.is_compose(name)]
    found += [container for path in compose_files for container in compose.read(project, path)]
    found += [devcontainer.read(project, path) for path, name in files if name in devcontainer.NAMES]
    manifests = [path for path, name in files if name.endswith((".yaml", ".yml")) and not compose.is_compose(name)]
    found += manifest.read(project, [path for path in manifests if _is_manifest(project, path)])
    return tuple(container for container in found if container is not None)


def paths_of(project: Project) -> Iterator[tuple[str, str]]:
    """Yield paths with their names, including `.devcontainer`, where no Go code is searched."""
    for folder in project.folders():
        for name in project.entries(folder).files:
            yield joined_path(folder, name), name
        if devcontainer.FOLDER in project.entries(folder).folders:
            below = joined_path(folder, devcontainer.FOLDER)
            yield from ((joined_path(below, name), name) for name in project.entries(below).files)


def _is_manifest(project: Project, path: str) -> bool:
    text = project.listing.text(path, _LARGEST)
    return len(text) < _LARGEST and manifest.is_manifest(text)
