"""What a container of the workspace is, wherever that is written."""

from typing import NamedTuple

from wslgo.text.pattern import pattern
from wslgo.text.span import Span

DOCKERFILE, COMPOSE, DEVCONTAINER, POD = "dockerfile", "compose", "devcontainer", "pod"


class Port(NamedTuple):
    """A port inside a container, and the one of the machine that leads to it; None where there is none, or any."""

    inside: int
    outside: int | None = None


class Mapped(NamedTuple):
    """A folder of the workspace ("" is its root) and the absolute path at which it lies in the container."""

    local: str
    inside: str


class Container(NamedTuple):
    """A container as one file tells it.

    `name` is that of the service or container, "" for a Dockerfile. `dockerfile` is what its image is built from, ""
    where that is not here. `mapped` is where the sources lay when the program was built, or lie now, what counts more
    first; with `is_trimmed` (`-trimpath`) the program knows them by import paths instead. `debug_port` is that of a
    Delve which listens. `mesh` is the service mesh that adds a sidecar, "" for none. `workload` is
    what kubectl calls the owner of a pod (`deployment/api`), "" where there is none; so is `namespace`.
    """

    kind: str
    path: str
    span: Span
    name: str = ""
    image: str = ""
    dockerfile: str = ""
    ports: tuple[Port, ...] = ()
    mapped: tuple[Mapped, ...] = ()
    is_trimmed: bool = False
    runs_delve: bool = False
    debug_port: int | None = None
    mesh: str = ""
    workload: str = ""
    namespace: str = ""

    @property
    def debug_port_outside(self) -> int | None:
        """The port of the machine at which Delve is reached."""
        return next((port.outside for port in self.ports if port.inside == self.debug_port), None)


_DELVE = pattern(r"(?:^|[\s/\"'\[,;&|])dlv(?:[\s\"',]|\Z)")
_LISTEN = pattern(r"(?:--listen|-l)(?:=|[\s\"',]+(?![\s\"',]))")
_WORD_END = pattern(r"\s|\Z")
_PORT = pattern(r":(\d+)")
_LARGEST_PORT = 65535


def delve_in(command: str) -> tuple[bool, int | None]:
    """Whether a command line starts Delve, and the port at which that listens for clients."""
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
    """The port that decimal digits name; None for any other text."""
    number = int(written) if written.isdecimal() and len(written) <= len(str(_LARGEST_PORT)) else None
    return number if number is not None and number <= _LARGEST_PORT else None


def port_of(written: str) -> Port | None:
    """A port as `EXPOSE` and compose files write it: `8080`, `8080/tcp`, `80:8080`, `127.0.0.1:80:8080`."""
    *outer, inside = written.partition("/")[0].split(":")
    number = port_number(inside)
    return None if number is None else Port(number, port_number(outer[-1]) if outer else None)


def absolute(folder: str, path: str) -> str:
    """A path inside a container seen from a folder there, `.` and `..` worked out."""
    parts: list[str] = []
    for part in (path if path.startswith("/") else f"{folder}/{path}").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)
