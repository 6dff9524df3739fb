"""A module at a version, the names of its files in a module proxy, and the lines of `go.sum` about it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.syntax.go.escaped_path import escaped, unescaped
from wslgo.text.pattern import pattern

INFO, MOD, ZIP = "info", "mod", "zip"
TOOLCHAIN = "golang.org/toolchain"
OF_GO_MOD = "/go.mod"

# What module.CheckPath and semver allow in a path and a version; both become names of files.
_PATH = pattern(r"[A-Za-z0-9~_-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9~_+-][A-Za-z0-9._~+-]*)*")
_VERSION = pattern(r"v[0-9][A-Za-z0-9.+-]*")
_PSEUDO = pattern(r".*[.-][0-9]{14}-[A-Za-z0-9]+(?:\+incompatible)?")


class Pinned(NamedTuple):
    """A module at one version."""

    path: str
    version: str

    def __str__(self) -> str:
        return f"{self.path}@{self.version}"

    @property
    def folder(self) -> str:
        """The folder of its files in a proxy."""
        return f"{escaped(self.path)}/@v"

    def file(self, ending: str) -> str:
        """Return the name of one of its files in a proxy."""
        return f"{self.folder}/{escaped(self.version)}.{ending}"

    @property
    def lookup(self) -> str:
        """The name of its record in a checksum database."""
        return f"lookup/{escaped(self.path)}@{escaped(self.version)}"

    @property
    def is_pseudo(self) -> bool:
        """True for a version that names a commit, which no list of versions has."""
        return _PSEUDO.fullmatch(self.version) is not None


def pinned(path: str, version: str) -> Pinned | None:
    """Return a module at a version; None if the words cannot be names of files."""
    is_valid = _PATH.fullmatch(path) and _VERSION.fullmatch(version) and not path.endswith(".")
    return Pinned(path, version) if is_valid else None


def from_text(text: str) -> Pinned | None:
    """Return the module at a version in `path@version`."""
    path, _, version = text.partition("@")
    return pinned(path, version)


def of_file(name: str) -> tuple[Pinned, str] | None:
    """Return whose file of a proxy this is, and its ending; None for any other name."""
    folder, found, file = name.partition("/@v/")
    version, _, ending = file.rpartition(".")
    module = pinned(unescaped(folder), unescaped(version)) if found and ending in (INFO, MOD, ZIP) else None
    return (module, ending) if module is not None and module.file(ending) == name else None


class Sums:
    """The hashes that files called `go.sum` have for modules, with the name of the file that says so."""

    def __init__(self) -> None:
        self._zips: dict[Pinned, dict[str, str]] = {}
        self._mods: dict[Pinned, dict[str, str]] = {}

    def add(self, text: str, origin: str) -> None:
        """Take the lines of one file; go ignores malformed ones of other kinds of hashes, too."""
        for path, version, h1 in _lines(text):
            is_mod = version.endswith(OF_GO_MOD)
            module = pinned(path, version.removesuffix(OF_GO_MOD))
            if module is not None:
                (self._mods if is_mod else self._zips).setdefault(module, {}).setdefault(h1, origin)

    def of_zip(self, module: Pinned) -> dict[str, str]:
        return self._zips.get(module, {})

    def of_mod(self, module: Pinned) -> dict[str, str]:
        return self._mods.get(module, {})

    def zips(self) -> Iterable[Pinned]:
        """Return the modules whose content has a hash: those that packages come from."""
        return self._zips.keys()


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.split("\n"):
        words = line.split()
        if len(words) == 3 and words[2].startswith("h1:"):
            yield words[0], words[1], words[2]
