"""The objects of an editor's JSON file that can set variables of programs."""

from collections.abc import Iterator

from wslgo.syntax.family import LAUNCH
from wslgo.syntax.file import File
from wslgo.syntax.json import launch
from wslgo.syntax.json.jsonc import Jsonc, Node


def holders(tree: Jsonc, file: File) -> Iterator[Node]:
    """Yield what can hold variables: the entries of a `launch.json`, and everything in another file."""
    if file.family.name == LAUNCH:
        for configuration in launch.read(tree.root).configurations:
            yield from configuration.node.walk()
    elif tree.root is not None:
        yield from tree.root.walk()
