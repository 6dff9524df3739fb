"""What a rule may look at: the file it is about, and the other files that were read with it."""

from typing import NamedTuple, cast

from wslgo.family import Family
from wslgo.knowledge.wslkeys import KEYS
from wslgo.source import Source
from wslgo.syntax import wslfile
from wslgo.syntax.wslini import Dialect


class File(NamedTuple):
    """A file that was read once: `path` as it was given, `place` its absolute path ("" when it has none)."""

    path: str
    family: Family
    source: Source
    tree: object
    place: str = ""


class Scene(NamedTuple):
    """The file under the eye of a rule, and the files beside it."""

    file: File
    others: tuple[File, ...] = ()

    def other(self, family: str) -> File | None:
        """The other file of a family, or None when there is none or more than one."""
        found = [file for file in self.others if file.family.name == family]
        return found[0] if len(found) == 1 else None


def read(path: str, family: Family, source: Source, place: str = "") -> File:
    """Parse a file once."""
    return File(path, family, source, _parse(family, source), place)


def _parse(family: Family, source: Source) -> object:
    if family.name in KEYS:
        return wslfile.parse(source, cast("Dialect", family.name), KEYS[family.name])
    return source
