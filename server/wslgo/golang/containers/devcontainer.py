"""`devcontainer.json`: the container in which the editor itself works."""

from collections.abc import Iterator

from wslgo.golang.containers import dockerfile
from wslgo.golang.containers.container import DEVCONTAINER, Container, Mapped, Port
from wslgo.golang.project import Project, parent
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.jsonc import Node
from wslgo.text.source import Source

FOLDER = ".devcontainer"
NAMES = ("devcontainer.json", ".devcontainer.json")


def read(project: Project, path: str) -> Container | None:
    """The container of a `devcontainer.json`; `workspaceFolder` is where the workspace lies."""
    root = jsonc.parse(Source(project.text(path))).at()
    if root is None or root.kind != "object":
        return None
    built = dockerfile.named(project, _place(path, root))
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
        (Mapped(home, folder),) if folder.startswith("/") and "${" not in folder else (),
    )


def _place(path: str, root: Node) -> tuple[str, str] | None:
    """The Dockerfile; `dockerFile` and `context` at the top are the old way to name them."""
    name = _text(root, "build", "dockerfile") or _text(root, "dockerFile")
    context = _text(root, "build", "context") or _text(root, "context") or "."
    place = dockerfile.place_of(parent(path), ".", name) if name else None
    at = dockerfile.place_of(parent(path), context, name) if name else None
    return (at[0], place[1]) if place and at else None


def _ports(root: Node) -> Iterator[Port]:
    """Forwarded ports; `"db:5432"` is one of another container."""
    forwarded = root.get("forwardPorts")
    for node in forwarded.elements if forwarded else ():
        if isinstance(node.number, int):
            yield Port(node.number, node.number)


def _text(root: Node, *keys: str) -> str:
    node = root.at(*keys)
    return (node.string or "") if node else ""
