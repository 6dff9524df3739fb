"""The lists of versions in a mirror, for queries such as `latest`: they name what has a zip there."""

import json
from collections.abc import Iterable

from wslgo.knowledge.version import module_version
from wslgo.mirror.pinned import INFO, ZIP, Pinned, of_file
from wslgo.mirror.store import Store
from wslgo.syntax.go.escaped_path import escaped


def write(store: Store) -> None:
    """Write the list of each module, and its `@latest` if no list can name its versions."""
    for path, modules in _by_path(store.names()).items():
        listed = sorted((module for module in modules if not module.is_pseudo), key=_order)
        store.write(_list_of(path), "".join(f"{module.version}\n" for module in listed).encode())
        newest = None if listed else store.read(max(modules, key=_order).file(INFO))
        if newest is not None and _is_info(newest):
            store.write(_latest_of(path), newest)


def names(files: Iterable[str]) -> frozenset[str]:
    """Return the names of the lists that belong to some files of a mirror."""
    return frozenset(name for path in _by_path(files) for name in (_list_of(path), _latest_of(path)))


def _by_path(files: Iterable[str]) -> dict[str, list[Pinned]]:
    """Return the modules that have a zip, by their path."""
    found: dict[str, list[Pinned]] = {}
    for name in files:
        file = of_file(name)
        if file is not None and file[1] == ZIP:
            found.setdefault(file[0].path, []).append(file[0])
    return found


def _order(module: Pinned) -> tuple[object, ...]:
    version = module_version(module.version)
    return (version is not None, version or (), module.version)


def _list_of(path: str) -> str:
    return f"{escaped(path)}/@v/list"


def _latest_of(path: str) -> str:
    return f"{escaped(path)}/@latest"


def _is_info(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False
