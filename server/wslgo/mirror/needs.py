"""The list in a mirror of what each workspace needs, and of the hash of each module, as it was when it was verified."""

from collections.abc import Iterable
from typing import Any

from wslgo.mirror.pinned import INFO, MOD, ZIP, Pinned, from_text
from wslgo.mirror.store import Store

_VERSION = 1


class Needs:
    """The needs of each workspace: modules with their zip, and further files of the module graph."""

    def __init__(self, store: Store) -> None:
        self._store = store
        found = store.needs()
        hashes, places = found.get("hashes"), found.get("workspaces")
        self._hashes = {str(key): str(value) for key, value in hashes.items()} if isinstance(hashes, dict) else {}
        places = places if isinstance(places, dict) else {}
        self._workspaces = {str(path): _entry(entry) for path, entry in places.items()}
        self.new: set[Pinned] = set()

    @property
    def workspaces(self) -> tuple[str, ...]:
        """The folders of the workspaces; "" stands for tools alone."""
        return tuple(self._workspaces)

    def put(self, path: str, modules: Iterable[str], files: Iterable[str]) -> None:
        """Set what a workspace needs from now on."""
        self._workspaces[path] = {"modules": sorted(modules), "files": sorted(files)}

    def drop(self, path: str) -> None:
        """Forget a workspace."""
        self._workspaces.pop(path, None)

    def files(self) -> frozenset[str]:
        """Return the names of all files of modules that are needed."""
        found = {name for entry in self._workspaces.values() for name in entry["files"]}
        for entry in self._workspaces.values():
            modules = filter(None, map(from_text, entry["modules"]))
            found |= {module.file(ending) for module in modules for ending in (INFO, MOD, ZIP)}
        return frozenset(found)

    def hash_of(self, module: Pinned) -> str:
        return self._hashes.get(str(module), "")

    def put_hash(self, module: Pinned, h1: str, *, is_new: bool = False) -> None:
        self._hashes[str(module)] = h1
        if is_new:
            self.new.add(module)

    def write(self) -> None:
        """Write the list. Raises ProvisionError."""
        self._store.write_needs({"version": _VERSION, "hashes": self._hashes, "workspaces": self._workspaces})

    def forget_hashes(self) -> None:
        """Forget the hashes of modules that are not in the mirror any more."""
        there = {key: from_text(key) for key in self._hashes}
        gone = [key for key, module in there.items() if module is None or not self._store.has(module.file(ZIP))]
        for key in gone:
            del self._hashes[key]


def _entry(entry: Any) -> dict[str, list[str]]:
    found = entry if isinstance(entry, dict) else {}
    return {key: _words(found.get(key)) for key in ("modules", "files")}


def _words(value: Any) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
