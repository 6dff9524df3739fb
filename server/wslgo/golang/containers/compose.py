"""Compose files: services, their ports and their sources."""

from collections.abc import Iterator, Mapping
from itertools import islice

from wslgo.golang.containers import dockerfile
from wslgo.golang.containers.container import COMPOSE, Container, Mapped, Port, absolute, delve_in, port_number, port_of
from wslgo.golang.project import Project, parent, resolved
from wslgo.syntax import yaml_scalars
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern

_NAME = pattern(r"(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml\Z")

_MOST_SERVICES = 200  # each may name a Dockerfile, which is looked through for it

Told = Mapping[tuple[Key, ...], Leaf]


def is_compose(name: str) -> bool:
    return _NAME.match(name) is not None


def read(project: Project, path: str) -> Iterator[Container]:
    """The services of a compose file."""
    services: dict[str, dict[tuple[Key, ...], Leaf]] = {}
    for leaf in yaml_scalars.leaves(project.text(path)):
        if len(leaf.keys) > 2 and leaf.keys[0] == "services":
            services.setdefault(str(leaf.keys[1]), {})[leaf.keys[2:]] = leaf
    for name, told in islice(services.items(), _MOST_SERVICES):
        yield _container(project, path, name, told)


def _container(project: Project, path: str, name: str, told: Told) -> Container:
    built = _built(project, path, told)
    command = " ".join(leaf.value for keys, leaf in told.items() if keys[0] in ("entrypoint", "command"))
    runs, debug_port = delve_in(command)
    if built is not None and not command:
        runs, debug_port = built.runs_delve, built.debug_port
    first = next(iter(told.values()))
    return Container(
        COMPOSE,
        path,
        first.span,
        name,
        _value(told, "image") or (built.image if built else ""),
        built.dockerfile if built else "",
        tuple(_ports(told)),
        tuple(dict.fromkeys((*_volumes(project, path, told), *(built.mapped if built else ())))),
        built.is_trimmed if built else False,
        runs,
        debug_port,
    )


def _built(project: Project, path: str, told: Told) -> Container | None:
    context = _value(told, "build") or _value(told, "build", "context")
    if not context:
        return None
    place = dockerfile.place_of(parent(path), context, _value(told, "build", "dockerfile") or "Dockerfile")
    return dockerfile.named(project, place, _value(told, "build", "target"))


def _ports(told: Told) -> Iterator[Port]:
    """Published ports, in the short form and in the long one."""
    for keys, leaf in told.items():
        if keys[0] != "ports":
            continue
        if len(keys) == 2 and (port := port_of(leaf.value)):
            yield port
        elif keys[2:] == ("target",) and (target := port_number(leaf.value)) is not None:
            yield Port(target, port_number(_value(told, *keys[:2], "published")))


def _volumes(project: Project, path: str, told: Told) -> Iterator[Mapped]:
    """Folders of the workspace that lie in the container as they are; `.:/app` and the long form."""
    work = _value(told, "working_dir") or "/"
    for keys, leaf in told.items():
        if keys[0] != "volumes":
            continue
        source, _, to = leaf.value.partition(":")
        if keys[2:] == ("source",):
            to = _value(told, *keys[:2], "target")
        elif len(keys) != 2:
            continue
        to = to.partition(":")[0]
        if to and source.startswith("."):
            local = resolved(parent(path), source)
            if local is not None and project.has_go(local):
                yield Mapped(local, absolute(work, to))


def _value(told: Told, *keys: Key) -> str:
    leaf = told.get(keys)
    return leaf.value if leaf else ""
