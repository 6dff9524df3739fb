"""Compose files: services, their ports and their source folders."""

from collections.abc import Iterator, Mapping
from itertools import islice

from wslgo.golang.containers import dockerfile
from wslgo.golang.containers.container import (
    COMPOSE,
    Container,
    Port,
    SourceMapping,
    absolute,
    delve_in,
    port_number,
    port_of,
)
from wslgo.golang.paths import parent, resolved_path
from wslgo.golang.project import Project
from wslgo.syntax import yaml_scalars
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern

_NAME = pattern(r"(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml\Z")

_MOST_SERVICES = 200  # each may name a Dockerfile, which is then parsed

Leaves = Mapping[tuple[Key, ...], Leaf]


def is_compose(name: str) -> bool:
    return _NAME.match(name) is not None


def read(project: Project, path: str) -> Iterator[Container]:
    """Yield the services of a Compose file."""
    services: dict[str, dict[tuple[Key, ...], Leaf]] = {}
    for leaf in yaml_scalars.leaves(project.text(path)):
        if len(leaf.keys) > 2 and leaf.keys[0] == "services":
            services.setdefault(str(leaf.keys[1]), {})[leaf.keys[2:]] = leaf
    for name, leaves in islice(services.items(), _MOST_SERVICES):
        yield _container(project, path, name, leaves)


def _container(project: Project, path: str, name: str, leaves: Leaves) -> Container:
    built = _image(project, path, leaves)
    command = " ".join(leaf.value for keys, leaf in leaves.items() if keys[0] in ("entrypoint", "command"))
    runs, debug_port = delve_in(command)
    if built is not None and not command:
        runs, debug_port = built.runs_delve, built.debug_port
    first = next(iter(leaves.values()))
    return Container(
        COMPOSE,
        path,
        first.span,
        name,
        _value(leaves, "image") or (built.image if built else ""),
        built.dockerfile if built else "",
        tuple(_ports(leaves)),
        tuple(dict.fromkeys((*_volumes(project, path, leaves), *(built.mappings if built else ())))),
        built.is_trimmed if built else False,
        runs,
        debug_port,
    )


def _image(project: Project, path: str, leaves: Leaves) -> Container | None:
    context = _value(leaves, "build") or _value(leaves, "build", "context")
    if not context:
        return None
    place = dockerfile.place_of(parent(path), context, _value(leaves, "build", "dockerfile") or "Dockerfile")
    return dockerfile.container_at(project, place, _value(leaves, "build", "target"))


def _ports(leaves: Leaves) -> Iterator[Port]:
    """Yield published ports, in the short and the long form."""
    for keys, leaf in leaves.items():
        if keys[0] != "ports":
            continue
        if len(keys) == 2 and (port := port_of(leaf.value)):
            yield port
        elif keys[2:] == ("target",) and (target := port_number(leaf.value)) is not None:
            yield Port(target, port_number(_value(leaves, *keys[:2], "published")))


def _volumes(project: Project, path: str, leaves: Leaves) -> Iterator[SourceMapping]:
    """Yield folders of the workspace that are mounted in the container: `.:/app` and the long form."""
    work = _value(leaves, "working_dir") or "/"
    for keys, leaf in leaves.items():
        if keys[0] != "volumes":
            continue
        source, _, to = leaf.value.partition(":")
        if keys[2:] == ("source",):
            to = _value(leaves, *keys[:2], "target")
        elif len(keys) != 2:
            continue
        to = to.partition(":")[0]
        if to and source.startswith("."):
            local = resolved_path(parent(path), source)
            if local is not None and project.has_go(local):
                yield SourceMapping(local, absolute(work, to))


def _value(leaves: Leaves, *keys: Key) -> str:
    leaf = leaves.get(keys)
    return leaf.value if leaf else ""
