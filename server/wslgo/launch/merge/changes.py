"""The generated entries that a merge added, changed and removed, by name."""

from collections.abc import Iterator, Mapping

from wslgo.launch.merge.marks import OwnEntry, marks
from wslgo.launch.merge.merge import Files
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.text import canonical
from wslgo.text.source import Source
from wslgo.text.typing import NamedTuple

_ARRAYS = ("configurations", "tasks", "inputs")
_NAMES = ("name", "label", "id")


class Changes(NamedTuple):
    """Names of entries, in the order of the files."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def changes(before: Files, after: Files) -> Changes:
    """Return how generated entries differ between two states of the files."""
    old, new = _entries(before), _entries(after)
    return Changes(
        tuple(_name(own) for place, own in new.items() if place not in old),
        tuple(_name(own) for place, own in new.items() if place in old and _differ(old[place], own)),
        tuple(_name(own) for place, own in old.items() if place not in new),
    )


def _entries(files: Files) -> Mapping[tuple[str, str], OwnEntry]:
    return {(array, own.key): own for source in files for array, own in _of_file(source)}


def _of_file(source: Source) -> Iterator[tuple[str, OwnEntry]]:
    tree = jsonc.parse(source)
    for array in _ARRAYS:
        node = tree.at(array)
        if node is not None:
            yield from ((array, own) for own in marks(tree, node.elements).ours.values())


def _differ(old: OwnEntry, new: OwnEntry) -> bool:
    return canonical(old.value) != canonical(new.value)


def _name(own: OwnEntry) -> str:
    found = (own.node.get(name) for name in _NAMES)
    return next((node.string for node in found if node is not None and node.string), own.key)
