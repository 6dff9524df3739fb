"""The files of a command line: those that are named, and those of known families in folders."""

import errno
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from wslgo.cli import words
from wslgo.linter.one_machine import is_of_system, is_one_folder
from wslgo.linter.scene import Scene, asks_for_machine, asks_for_packages, workspace_place
from wslgo.syntax.family import (
    CGO,
    DOTENV,
    GOMOD,
    GOWORK,
    LAUNCH,
    MAKEFILE,
    OF_MODULES,
    SETTINGS,
    SHELL,
    VENDOR,
    WORKSPACE,
    Family,
    family_of,
    is_document,
)
from wslgo.syntax.file import File, read
from wslgo.system.errors import reason
from wslgo.system.reader import ANYWHERE, KERNEL, leads_out, read_regular
from wslgo.system.repository import link_out
from wslgo.text.message import Text
from wslgo.text.source import decode
from wslgo.text.typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # few files are looked at within their workspace
    from wslgo.golang.project import Project

STDIN = "-"
MODULES = (GOMOD, GOWORK)
EDITOR = (LAUNCH, SETTINGS, WORKSPACE)
SEVERAL = (*EDITOR, SHELL, MAKEFILE)  # files of these are looked at together
LARGEST = 1 << 24  # what `check` does not look into is read up to here; more is not even read
SKIPPED = frozenset((".git", "node_modules", "vendor"))


class Trouble(NamedTuple):
    """A file that cannot be read, and why."""

    path: str
    reason: Text

    def sentence(self) -> Text:
        return words.TROUBLE(path=self.path, reason=self.reason)


class LeftOut(NamedTuple):
    """A file that was found, and is really in none of the folders that were searched."""

    path: str


class Input(NamedTuple):
    """A file to look at: one that was named, or one that was found `within` some folders, which have no links.

    `is_own`: this machine reads it, wherever it is.
    """

    path: str
    family: Family
    within: tuple[str, ...] | None = None
    is_own: bool = False

    @property
    def is_named(self) -> bool:
        return self.within is None


def inputs(
    paths: Sequence[str],
    environment: Mapping[str, str],
    more: Iterable[Input] = (),
    *,
    with_documents: bool = False,
) -> Iterator[Input | Trouble | LeftOut]:
    """Yield the files to read, each once, ordered by path and name, and `more` after them."""
    seen: set[str] = set()
    refused = {path: trouble for path in paths if (trouble := unread_reason(path, environment))}
    within = tuple(os.path.realpath(path) for path in paths if path not in refused and os.path.isdir(path))
    for found in chain(_meant(paths, refused, within, with_documents), more):
        place = os.path.abspath(found.path)
        if place not in seen:
            seen.add(place)
            yield found


def _meant(
    paths: Iterable[str], refused: Mapping[str, Trouble], within: tuple[str, ...], with_documents: bool
) -> Iterator[Input | Trouble | LeftOut]:
    for path in paths:
        if path in refused:
            yield refused[path]
        elif os.path.isdir(path):
            yield from _under(path, within, with_documents)
        else:
            yield _named(path, with_documents)


def unread_reason(path: str, environment: Mapping[str, str]) -> Trouble | None:
    """Return why a named path is not read.

    In CI, names can come from a pull request, and findings print lines of the file.
    """
    if environment.get("CI") and path != STDIN and link_out(path):
        return Trouble(path, words.LINK_IN_CI())
    return None


def read_bytes(path: str, stdin: IO[bytes], within: tuple[str, ...] | None = None) -> bytes | Trouble:
    """Return the bytes of a file, or of standard input for `-`; a found file must be in one of some folders."""
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
    """Return where a named file may be: files of the kernel and of git only by their own path, not through a link."""
    place = os.path.abspath(path)
    return (*ANYWHERE, os.path.dirname(place), *(kernel for kernel in KERNEL if place.startswith(kernel)))


def scenes(found: Iterable[Input | Trouble], stdin: IO[bytes], home: str = "") -> Iterator[Scene | Trouble]:
    """Yield every file with those beside it that its rules look at; `home` is the home folder of the user."""
    found = list(found)
    kept = _read_ahead([item for item in found if isinstance(item, Input)], stdin)
    read = {item: file for item, file in kept.items() if isinstance(file, File)}
    beside = _Beside(read, home)
    projects: dict[str, Project] = {}  # of folders with Go files, which share what was read
    for item in found:
        file = item if isinstance(item, Trouble) else kept.get(item) or _read(item, stdin)
        if isinstance(file, File):
            yield _scene(file, beside.of(file), projects)
        # A found file that cannot be read is left out; one that is too large would seem to be all right.
        elif isinstance(item, Trouble) or item.is_named or file.reason.message is words.TOO_LARGE:
            yield file


class _Beside:
    """Files that others look at: those alone of their family, what sets variables for modules, what names env files.

    Shell files and makefiles look at those in the same folder.
    """

    def __init__(self, read: dict[Input, File], home: str) -> None:
        count = Counter(item.family.name for item in read)
        self._home = home.rstrip("/")
        self._own = frozenset(file.place for item, file in read.items() if item.is_own)
        self._alone = tuple(file for item, file in read.items() if count[item.family.name] == 1)
        self._modules = tuple(file for item, file in read.items() if item.family.name in MODULES)
        self._setters = tuple(file for item, file in read.items() if _sets(item))
        self._in_folder: dict[tuple[str, str], list[File]] = {}
        for item, file in read.items():
            if item.family.name in (SHELL, MAKEFILE):
                self._in_folder.setdefault((item.family.name, os.path.dirname(file.place)), []).append(file)
        self._editor = tuple(file for item, file in read.items() if item.family.name in EDITOR)
        self._of_modules: dict[tuple[File, ...], tuple[File, ...]] = {}

    def of(self, file: File) -> tuple[File, ...]:
        if file.family.name in (*MODULES, VENDOR):
            return self._of_module(file)
        if file.family.name == DOTENV:
            return self._editor
        others = tuple(other for other in self._alone if other is not file and self._is_of_same(file, other))
        if file.family.name == CGO:
            return tuple(dict.fromkeys((*others, *self._of_module(file))))
        beside = self._in_folder.get((file.family.name, os.path.dirname(file.place)), ())
        return (*others, *(other for other in beside if other is not file and other not in others))

    def _of_module(self, file: File) -> tuple[File, ...]:
        """Return all modules, and the files that set variables for this one; those of this machine do for all.

        Rules keep what they compute for the same tuple.
        """
        setters = tuple(
            other for other in self._setters if self._is_own(other) or is_one_folder(file.place, other.place)
        )
        return self._of_modules.setdefault(setters, (*self._modules, *setters))

    def _is_of_same(self, file: File, other: File) -> bool:
        is_own = self._is_own(file)
        return is_own == self._is_own(other) and (is_own or is_one_folder(file.place, other.place))

    def _is_own(self, file: File) -> bool:
        return file.place in self._own or is_of_system(file.place, self._home)


def _read_ahead(found: list[Input], stdin: IO[bytes]) -> dict[Input, File | Trouble]:
    """Return the files that others may look at."""
    count = Counter(item.family.name for item in found)
    first = [item for item in found if count[item.family.name] == 1 or item.family.name in SEVERAL or _sets(item)]
    kept = {item: _read(item, stdin) for item in first}
    return kept | {item: _read(item, stdin) for item in found if item.family.name in MODULES and item not in kept}


def _sets(item: Input) -> bool:
    """Return whether a file sets variables for modules; a shell file found in a folder is not used by this machine."""
    return item.family.name in (SETTINGS, WORKSPACE) or (item.is_named and item.family.name in OF_MODULES)


def scene_of_stdin(name: str, stdin: IO[bytes], *, with_documents: bool = False) -> Scene | Trouble:
    """Return standard input as if it were the file `name`."""
    family = family_of(name, with_documents=with_documents)
    if family is None:
        return Trouble(name, _unsupported(name))
    data = read_bytes(STDIN, stdin)
    return data if isinstance(data, Trouble) else _scene(_of_bytes(name, family, data))


def _scene(file: File, others: tuple[File, ...] = (), projects: "dict[str, Project] | None" = None) -> Scene:
    """Return a file, with the Go workspace around it where its rules ask for one."""
    place = _workspace_of(file, others)
    if not place:
        return Scene(file, others)
    from wslgo.golang.disk import project_of  # loads the parsers of Go

    if file.family.name != CGO or projects is None:
        return Scene(file, others, project=project_of(place))
    if place not in projects:
        projects.clear()  # the files of a folder follow each other
        projects[place] = project_of(place)
    return Scene(file, others, project=projects[place])


def _workspace_of(file: File, others: tuple[File, ...]) -> str:
    """Return the path of a `launch.json` in the Go workspace that the rules about a file ask for, "" if none do."""
    place = workspace_place(file)
    if file.family.name == CGO and asks_for_machine(file):
        place = os.path.join(os.path.dirname(file.path), ".vscode", "launch.json")
    if place or not asks_for_packages(file):
        return place
    module = next((other.path for other in others if other.family.name == GOMOD), None)
    return "" if module is None else os.path.join(os.path.dirname(module), ".vscode", "launch.json")


def _of_bytes(path: str, family: Family, data: bytes) -> File:
    """Return a file of these bytes at `path`."""
    return read(path, family, decode(data), os.path.abspath(path))


def _read(item: Input, stdin: IO[bytes]) -> File | Trouble:
    data = read_bytes(item.path, stdin, item.within)
    return data if isinstance(data, Trouble) else _of_bytes(item.path, item.family, data)


def _unsupported(path: str) -> Text:
    return (words.DOCUMENT if is_document(path) else words.UNKNOWN_FAMILY)()


def _named(path: str, with_documents: bool) -> Input | Trouble:
    family = family_of(path, with_documents=with_documents)
    if family is not None:
        return Input(path, family)
    try:
        os.stat(path)
    except (OSError, ValueError) as error:
        return Trouble(path, words.UNREADABLE(reason=reason(error)))
    return Trouble(path, _unsupported(path))


def _under(root: str, within: tuple[str, ...], with_documents: bool) -> Iterator[Input | Trouble | LeftOut]:
    """Yield the files of known families in a folder, without folders behind links, so a loop of links cannot occur."""
    start = "" if root == os.curdir else root
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder or os.curdir) as entries:
                here = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if folder == root or not folder:
                yield Trouble(root, words.UNREADABLE(reason=reason(error)))
            continue
        has_packages = _has_packages(folder[len(start) :])
        yield from _files(folder, here, within, has_packages=has_packages, with_documents=with_documents)
        yield from _vendor_list(folder, here, within)
        waiting += [os.path.join(folder, entry.name) for entry in reversed(here) if _is_entered(entry)]


def _has_packages(folder: str) -> bool:
    """Return whether the go command looks for packages in a folder, by its path below the root."""
    return not any(name == "testdata" or name.startswith(("_", ".")) for name in folder.split(os.sep))


def _files(
    folder: str,
    entries: list[os.DirEntry[str]],
    within: tuple[str, ...],
    *,
    has_packages: bool,
    with_documents: bool = False,
) -> Iterator[Input | LeftOut]:
    for entry in entries:
        path = os.path.join(folder, entry.name)
        family = family_of(path, with_documents=with_documents)
        if family is not None and _is_regular(entry) and _is_looked_at(path, family, within, has_packages):
            is_out = entry.is_symlink() and leads_out(path, within)
            yield LeftOut(path) if is_out else Input(path, family, within)


def _vendor_list(folder: str, entries: list[os.DirEntry[str]], within: tuple[str, ...]) -> Iterator[Input | LeftOut]:
    """Yield the list of the vendored modules; everything else in `vendor` is a copy of what others wrote."""
    if not any(entry.name == "vendor" and entry.is_dir(follow_symlinks=False) for entry in entries):
        return
    vendor = os.path.join(folder, "vendor")
    try:
        with os.scandir(vendor) as inside:
            lists = [entry for entry in inside if entry.name == "modules.txt"]
    except OSError:
        return
    yield from _files(vendor, lists, within, has_packages=False)


def _is_looked_at(path: str, family: Family, within: tuple[str, ...], has_packages: bool) -> bool:
    """Return whether a found file is worth reading: of Go files only those that may import "C" are."""
    if family.name != CGO:
        return True
    try:
        return has_packages and b'"C"' in read_regular(path, LARGEST, within=within)
    except OSError:
        return False


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


def is_below(path: str, folder: str) -> bool:
    """Return whether a file is below a folder after all links are resolved."""
    return not leads_out(path, (os.path.realpath(folder),))
