"""`devcontainer.json`: the container in which the editor itself runs."""

from collections.abc import Iterator

from wslgo.golang.containers import dockerfile
from wslgo.golang.containers.container import DEVCONTAINER, Container, Port, SourceMapping
from wslgo.golang.paths import parent
from wslgo.golang.project import Project
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.jsonc import Node
from wslgo.text.source import Source

FOLDER = ".devcontainer"
NAMES = ("devcontainer.json", ".devcontainer.json")


def read(project: Project, path: str) -> Container | None:
    """Return the container of a `devcontainer.json`; `workspaceFolder` is the folder of the workspace in it."""
    root = jsonc.parse(Source(project.text(path))).at()
    if root is None or root.kind != "object":
        return None
    built = dockerfile.container_at(project, _place(path, root))
    folder = _text(root, "workspaceFolder")
    home = parent(path)
    home = parent(home) if home.rpartition("/")[2] == FOLDER else home
    return Container(
        DEVCONTAINER,
        path,
        root.span,
        _text(root, "name"),
        _text(root, "image") or (built.image if built else ""),
        built.dockerfile if built else "",
        tuple(_ports(root)),
        (SourceMapping(home, folder),) if folder.startswith("/") and "${" not in folder else (),
    )


def _place(path: str, root: Node) -> tuple[str, str] | None:
    """Return context and Dockerfile; `dockerFile` and `context` at the top level are the deprecated keys."""
    name = _text(root, "build", "dockerfile") or _text(root, "dockerFile")
    context = _text(root, "build", "context") or _text(root, "context") or "."
    place = dockerfile.place_of(parent(path), ".", name) if name else None
    at = dockerfile.place_of(parent(path), context, name) if name else None
    return (at[0], place[1]) if place and at else None


def _ports(root: Node) -> Iterator[Port]:
    """Yield forwarded ports, without those of other containers (`"db:5432"`)."""
    forwarded = root.get("forwardPorts")
    for node in forwarded.elements if forwarded else ():
        if isinstance(node.number, int):
            yield Port(node.number, node.number)


def _text(root: Node, *keys: str) -> str:
    node = root.at(*keys)
    return (node.string or "") if node else ""
