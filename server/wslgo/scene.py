"""What a rule may look at: the file it is about, and the other files that were read with it."""

from collections.abc import Iterator
from typing import NamedTuple, cast

from wslgo.family import GOMOD, GOWORK, Family
from wslgo.knowledge.wslkeys import KEYS
from wslgo.source import Source
from wslgo.syntax import wslfile
from wslgo.syntax.wslini import Dialect
from wslgo.text import Span


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


def comments(file: File) -> Iterator[Span]:
    """The comments of a file, as its consumer sees them."""
    if isinstance(file.tree, wslfile.IniFile):
        yield from file.tree.comments()
    if file.family.name in (GOMOD, GOWORK):
        from wslgo.syntax import gomod  # only a go.mod with something to silence needs its tokens

        tokens = gomod.tokens(gomod.parse(file.source.text))
        yield from (token.span for token in tokens if token.text.startswith("//"))


def _parse(family: Family, source: Source) -> object:
    if family.name in KEYS:
        return wslfile.parse(source, cast("Dialect", family.name), KEYS[family.name])
    return source
