"""From the words on the command line to files that were read: named ones, and those of known families in folders."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from wslgo.cli import words
from wslgo.family import Family, family_of
from wslgo.message import Text
from wslgo.scene import File, Scene, read
from wslgo.source import decode

STDIN = "-"
LARGEST = 1 << 28  # a device such as /dev/zero never ends
SKIPPED = frozenset((".git", "node_modules", "vendor"))


class Trouble(NamedTuple):
    """A file that cannot be had, and why."""

    path: str
    reason: Text

    def sentence(self) -> Text:
        return words.TROUBLE(path=self.path, reason=self.reason)


class Input(NamedTuple):
    """A file to look at, as it was named, or found in a folder that was named."""

    path: str
    family: Family
    is_named: bool


def inputs(paths: Iterable[str]) -> Iterator[Input | Trouble]:
    """The files that are meant, each once, in the order of the paths and then of the names."""
    seen: set[str] = set()
    for path in paths:
        for found in _under(path) if os.path.isdir(path) else (_named(path),):
            place = os.path.abspath(found.path)
            if place not in seen:
                seen.add(place)
                yield found


def read_bytes(path: str, stdin: IO[bytes]) -> bytes | Trouble:
    """The bytes of a file, of standard input for `-`."""
    try:
        if path == STDIN:
            return stdin.read()
        with open(path, "rb") as file:
            data = file.read() if 0 < os.fstat(file.fileno()).st_size <= LARGEST else file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        return Trouble(path, words.UNREADABLE(reason=reason(error)))
    return data if len(data) <= LARGEST else Trouble(path, words.TOO_LARGE(megabytes=LARGEST >> 20))


def reason(error: OSError | ValueError) -> str:
    """What the system says, without the path."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def scenes(found: Iterable[Input | Trouble], stdin: IO[bytes]) -> Iterator[Scene | Trouble]:
    """Every file with those beside it, which are the ones that are alone of their family among all that are read."""
    found = list(found)
    count = Counter(one.family.name for one in found if isinstance(one, Input))
    alone = {one: _read(one, stdin) for one in found if isinstance(one, Input) and count[one.family.name] == 1}
    beside = tuple(file for file in alone.values() if isinstance(file, File))
    for one in found:
        file = one if isinstance(one, Trouble) else alone.get(one) or _read(one, stdin)
        if isinstance(file, File):
            yield Scene(file, tuple(other for other in beside if other is not file))
        elif isinstance(one, Trouble) or one.is_named:
            yield file


def scene_of_stdin(name: str, stdin: IO[bytes]) -> Scene | Trouble:
    """Standard input as if it were the file `name`."""
    family = family_of(name)
    if family is None:
        return Trouble(name, words.UNKNOWN_FAMILY())
    data = read_bytes(STDIN, stdin)
    return data if isinstance(data, Trouble) else Scene(_of_bytes(name, family, data))


def _of_bytes(path: str, family: Family, data: bytes) -> File:
    """A file of these bytes at `path`."""
    return read(path, family, decode(data), os.path.abspath(path))


def _read(one: Input, stdin: IO[bytes]) -> File | Trouble:
    data = read_bytes(one.path, stdin)
    return data if isinstance(data, Trouble) else _of_bytes(one.path, one.family, data)


def _named(path: str) -> Input | Trouble:
    family = family_of(path)
    if family is not None:
        return Input(path, family, is_named=True)
    try:
        os.stat(path)
    except (OSError, ValueError) as error:
        return Trouble(path, words.UNREADABLE(reason=reason(error)))
    return Trouble(path, words.UNKNOWN_FAMILY())


def _under(root: str) -> Iterator[Input | Trouble]:
    """The files of known families in a folder; folders behind symbolic links are left out, so no loop can catch us."""
    waiting = ["" if root == os.curdir else root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder or os.curdir) as entries:
                here = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if folder == root or not folder:
                yield Trouble(root, words.UNREADABLE(reason=reason(error)))
            continue
        yield from _files(folder, here)
        waiting += [os.path.join(folder, entry.name) for entry in reversed(here) if _is_entered(entry)]


def _files(folder: str, entries: list[os.DirEntry[str]]) -> Iterator[Input]:
    for entry in entries:
        path = os.path.join(folder, entry.name)
        family = family_of(path)
        if family is not None and _is_regular(entry):
            yield Input(path, family, is_named=False)


def _is_regular(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _is_entered(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.name not in SKIPPED and entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
