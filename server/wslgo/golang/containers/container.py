"""A container of the workspace, whichever kind of file describes it."""

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

DOCKERFILE, COMPOSE, DEVCONTAINER, POD = "dockerfile", "compose", "devcontainer", "pod"


class Port(NamedTuple):
    """A port inside a container and its published host port; None if there is none, or any."""

    inside: int
    outside: int | None = None


class SourceMapping(NamedTuple):
    """A folder of the workspace ("" is its root) and its absolute path in the container."""

    local: str
    inside: str


class Container(NamedTuple):
    """A container as one file describes it.

    `name` is the name of the service or container, "" for a Dockerfile. `dockerfile` is the Dockerfile of its image,
    "" if the workspace has none. `mappings` tell where the sources were at build time, or are now, most specific
    first; with `is_trimmed` (`-trimpath`) the program knows them by import paths instead. `debug_port` is the port
    on which Delve listens. `mesh` is the service mesh that adds a sidecar, `workload` is kubectl's name for the owner
    of a pod (`deployment/api`); these and `namespace` are "" if there are none.
    """

    kind: str
    path: str
    span: Span
    name: str = ""
    image: str = ""
    dockerfile: str = ""
    ports: tuple[Port, ...] = ()
    mappings: tuple[SourceMapping, ...] = ()
    is_trimmed: bool = False
    runs_delve: bool = False
    debug_port: int | None = None
    mesh: str = ""
    workload: str = ""
    namespace: str = ""

    @property
    def debug_port_outside(self) -> int | None:
        """The host port that leads to Delve."""
        return next((port.outside for port in self.ports if port.inside == self.debug_port), None)


_DELVE = pattern(r"(?:^|[\s/\"'\[,;&|])dlv(?:[\s\"',]|\Z)")
_LISTEN = pattern(r"(?:--listen|-l)(?:=|[\s\"',]+(?![\s\"',]))")
_WORD_END = pattern(r"\s|\Z")
_PORT = pattern(r":(\d+)")
_LARGEST_PORT = 65535


def delve_in(command: str) -> tuple[bool, int | None]:
    """Return whether a command line starts Delve, and the port on which Delve listens for clients."""
    if not _DELVE.search(command):
        return False, None
    at = 0
    while listen := _LISTEN.search(command, at):
        word_end = _WORD_END.search(command, listen.end())
        at = word_end.start() if word_end else len(command)
        port = _PORT.search(command, listen.end(), at)
        if port is not None:
            return True, port_number(port[1])
    return True, None


def port_number(written: str) -> int | None:
    """Return the port that a decimal number names; None for any other text."""
    number = int(written) if written.isdecimal() and len(written) <= len(str(_LARGEST_PORT)) else None
    return number if number is not None and number <= _LARGEST_PORT else None


def port_of(written: str) -> Port | None:
    """Parse a port as in `EXPOSE` and Compose files: `8080`, `8080/tcp`, `80:8080`, `127.0.0.1:80:8080`."""
    *outer, inside = written.partition("/")[0].split(":")
    number = port_number(inside)
    return None if number is None else Port(number, port_number(outer[-1]) if outer else None)


def absolute(folder: str, path: str) -> str:
    """Return the absolute form of a path in a container, relative to a folder there, without `.` and `..`."""
    parts: list[str] = []
    for part in (path if path.startswith("/") else f"{folder}/{path}").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)
