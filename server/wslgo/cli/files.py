"""From the words on the command line to files that were read: named ones, and those of known families in folders."""

import errno
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, NamedTuple

from wslgo.cli import words
from wslgo.linter.scene import Scene
from wslgo.syntax.family import DOTENV, GOMOD, GOWORK, LAUNCH, SETTERS, SETTINGS, WORKSPACE, Family, family_of
from wslgo.syntax.file import File, read
from wslgo.system.errors import reason
from wslgo.system.reader import ANYWHERE, KERNEL, leads_out, read_regular
from wslgo.system.repository import link_out
from wslgo.text.message import Text
from wslgo.text.source import decode

STDIN = "-"
MODULES = (GOMOD, GOWORK)
EDITOR = (LAUNCH, SETTINGS, WORKSPACE)
LARGEST = 1 << 24  # what `check` does not look into is read up to here; more is not even read
SKIPPED = frozenset((".git", "node_modules", "vendor"))


class Trouble(NamedTuple):
    """A file that cannot be had, and why."""

    path: str
    reason: Text

    def sentence(self) -> Text:
        return words.TROUBLE(path=self.path, reason=self.reason)


class LeftOut(NamedTuple):
    """A file that was found, and is really in none of the folders that were searched."""

    path: str


class Input(NamedTuple):
    """A file to look at: one that was named, or one that was found `within` some folders, which have no links."""

    path: str
    family: Family
    within: tuple[str, ...] | None = None

    @property
    def is_named(self) -> bool:
        return self.within is None


def inputs(
    paths: Sequence[str], environment: Mapping[str, str], more: Iterable[Input] = ()
) -> Iterator[Input | Trouble | LeftOut]:
    """The files that are meant, each once, in the order of the paths and then of the names, and `more` behind them."""
    seen: set[str] = set()
    refused = {path: trouble for path in paths if (trouble := refusal(path, environment))}
    within = tuple(os.path.realpath(path) for path in paths if path not in refused and os.path.isdir(path))
    for found in chain(_meant(paths, refused, within), more):
        place = os.path.abspath(found.path)
        if place not in seen:
            seen.add(place)
            yield found


def _meant(
    paths: Iterable[str], refused: Mapping[str, Trouble], within: tuple[str, ...]
) -> Iterator[Input | Trouble | LeftOut]:
    for path in paths:
        if path in refused:
            yield refused[path]
        elif os.path.isdir(path):
            yield from _under(path, within)
        else:
            yield _named(path)


def refusal(path: str, environment: Mapping[str, str]) -> Trouble | None:
    """Why a path that was named is not looked at. In CI names come from a pull request as often as from a person, and
    what is printed about a file shows lines of it.
    """
    if environment.get("CI") and path != STDIN and link_out(path):
        return Trouble(path, words.LINK_IN_CI())
    return None


def read_bytes(path: str, stdin: IO[bytes], within: tuple[str, ...] | None = None) -> bytes | Trouble:
    """The bytes of a file, of standard input for `-`; of a file that was found only where it is in some folders."""
    try:
        if path != STDIN:
            return read_regular(path, LARGEST, within=within or _reachable(path))
        data = stdin.read(LARGEST + 1)
        return data if len(data) <= LARGEST else Trouble(path, words.TOO_LARGE(megabytes=LARGEST >> 20))
    except OSError as error:
        if error.errno == errno.EFBIG:
            return Trouble(path, words.TOO_LARGE(megabytes=LARGEST >> 20))
        return Trouble(path, words.UNREADABLE(reason=reason(error)))


def _reachable(path: str) -> tuple[str, ...]:
    """Where a file may be that was named: files of the kernel and of git are named as such, not through a link."""
    place = os.path.abspath(path)
    return (*ANYWHERE, os.path.dirname(place), *(kernel for kernel in KERNEL if place.startswith(kernel)))


def scenes(found: Iterable[Input | Trouble], stdin: IO[bytes]) -> Iterator[Scene | Trouble]:
    """Every file with those beside it that its rules look at."""
    found = list(found)
    kept = _read_ahead([one for one in found if isinstance(one, Input)], stdin)
    read = {one: file for one, file in kept.items() if isinstance(file, File)}
    beside = _beside(read)
    for one in found:
        file = one if isinstance(one, Trouble) else kept.get(one) or _read(one, stdin)
        if isinstance(file, File):
            yield _scene(file, beside.of(file))
        # A found file that cannot be read is left out; one that is too large would seem to be all right.
        elif isinstance(one, Trouble) or one.is_named or file.reason.message is words.TOO_LARGE:
            yield file


class _Beside(NamedTuple):
    """Files that others look at: those alone of their family, what sets variables for modules, what names env files."""

    alone: tuple[File, ...]
    modules: tuple[File, ...]
    editor: tuple[File, ...]

    def of(self, file: File) -> tuple[File, ...]:
        if file.family.name in MODULES:
            return self.modules
        if file.family.name == DOTENV:
            return self.editor
        return tuple(other for other in self.alone if other is not file)


def _read_ahead(found: list[Input], stdin: IO[bytes]) -> dict[Input, File | Trouble]:
    """The files that others may look at; modules only where something sets variables for them."""
    count = Counter(one.family.name for one in found)
    first = [one for one in found if count[one.family.name] == 1 or one.family.name in EDITOR or _sets(one)]
    kept = {one: _read(one, stdin) for one in first}
    if any(isinstance(file, File) and _sets(one) and _sets_variables(file) for one, file in kept.items()):
        kept |= {one: _read(one, stdin) for one in found if one.family.name in MODULES and one not in kept}
    return kept


def _sets_variables(file: File) -> bool:
    from wslgo.goenv.readers import assignments  # no WSL file needs it

    return bool(assignments(file))


def _beside(read: dict[Input, File]) -> _Beside:
    count = Counter(one.family.name for one in read)
    alone = tuple(file for one, file in read.items() if count[one.family.name] == 1)
    modules = tuple(file for one, file in read.items() if one.family.name in MODULES or _sets(one))
    editor = tuple(file for one, file in read.items() if one.family.name in EDITOR)
    return _Beside(alone, modules, editor)


def _sets(one: Input) -> bool:
    """Whether a file sets variables for modules; a shell file that lies about in a folder is not this machine's."""
    return one.family.name in (SETTINGS, WORKSPACE) or (one.is_named and one.family.name in SETTERS)


def scene_of_stdin(name: str, stdin: IO[bytes]) -> Scene | Trouble:
    """Standard input as if it were the file `name`."""
    family = family_of(name)
    if family is None:
        return Trouble(name, words.UNKNOWN_FAMILY())
    data = read_bytes(STDIN, stdin)
    return data if isinstance(data, Trouble) else _scene(_of_bytes(name, family, data))


def _scene(file: File, others: tuple[File, ...] = ()) -> Scene:
    """A file, with the Go workspace around it where its rules ask for one."""
    if file.family.name != LAUNCH:
        return Scene(file, others)
    from wslgo.golang.disk import project_of  # loads the parsers of Go

    return Scene(file, others, project=project_of(file.path))


def _of_bytes(path: str, family: Family, data: bytes) -> File:
    """A file of these bytes at `path`."""
    return read(path, family, decode(data), os.path.abspath(path))


def _read(one: Input, stdin: IO[bytes]) -> File | Trouble:
    data = read_bytes(one.path, stdin, one.within)
    return data if isinstance(data, Trouble) else _of_bytes(one.path, one.family, data)


def _named(path: str) -> Input | Trouble:
    family = family_of(path)
    if family is not None:
        return Input(path, family)
    try:
        os.stat(path)
    except (OSError, ValueError) as error:
        return Trouble(path, words.UNREADABLE(reason=reason(error)))
    return Trouble(path, words.UNKNOWN_FAMILY())


def _under(root: str, within: tuple[str, ...]) -> Iterator[Input | Trouble | LeftOut]:
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
        yield from _files(folder, here, within)
        waiting += [os.path.join(folder, entry.name) for entry in reversed(here) if _is_entered(entry)]


def _files(folder: str, entries: list[os.DirEntry[str]], within: tuple[str, ...]) -> Iterator[Input | LeftOut]:
    for entry in entries:
        path = os.path.join(folder, entry.name)
        family = family_of(path)
        if family is not None and _is_regular(entry):
            is_out = entry.is_symlink() and leads_out(path, within)
            yield LeftOut(path) if is_out else Input(path, family, within)


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


def lies_in(path: str, folder: str) -> bool:
    """Whether a file lies below a folder behind all links, where a repository can bring it back."""
    return not leads_out(path, (os.path.realpath(folder),))
