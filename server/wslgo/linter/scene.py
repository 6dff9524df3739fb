"""What a rule may look at: the file it is about, and the other files that were read with it."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from wslgo.machine.host import UNKNOWN, Host, Snapshot
from wslgo.syntax.family import WSLCONF, WSLCONFIG, Family
from wslgo.text.source import Source
from wslgo.text.span import Span

if TYPE_CHECKING:  # each costs milliseconds, and most runs need one of them
    from wslgo.goenv.assignment import Assignment
    from wslgo.golang.project import Project
    from wslgo.linter.finding import Reported
    from wslgo.syntax.wsl.file import IniFile
    from wslgo.syntax.wsl.ini import Dialect

# The module and the function that read a family; only those that are needed are imported.
READERS = {
    "gomod": ("go.mod_file", "parse"),
    "gowork": ("go.mod_file", "parse_work"),
    "launch": ("json.jsonc", "parse"),
    "tasks": ("json.jsonc", "parse"),
    "settings": ("json.jsonc", "parse"),
    "workspace": ("json.jsonc", "parse"),
    "goenv": ("go.env_file", "parse"),
    "dotenv": ("shell.dotenv", "parse"),
    "shell": ("shell.script", "parse"),
    "fish": ("shell.script", "parse_fish"),
    "environment": ("shell.pam_env", "parse"),
    "resolvconf": ("resolv_conf", "parse"),
}


# A text with more code points than this is not looked into: no configuration file is so long, and a minute of work for
# one of ten megabytes would be a gift to its writer.
LARGEST = 1 << 20


class File:
    """A file: `path` as it was given, `place` its absolute path ("" when it has none).

    It is parsed when somebody asks for its `tree` or its `assignments`: of the files beside the one in hand most are
    never looked into.
    """

    def __init__(self, path: str, family: Family, source: Source, place: str = "") -> None:
        self.path = path
        self.family = family
        self.source = source
        self.place = place
        # Not cached properties: up to Python 3.11 those of all files share one lock, and who reads a small file would
        # wait for the thread that reads a large one.
        self._tree: object = None
        self._assignments: tuple[Assignment, ...] | None = None

    @property
    def is_too_large(self) -> bool:
        """Whether the text is not looked into; its tree is then that of an empty file."""
        return len(self.source.text) > LARGEST

    @property
    def unread(self) -> int:
        """How many characters are still to be looked into."""
        is_read = self._tree is not None or self._assignments is not None or self.is_too_large
        return 0 if is_read else len(self.source.text)

    @property
    def tree(self) -> object:
        """What the parser of the family makes of the text; the source where there is no parser."""
        if self._tree is None:
            source = Source("", self.source.encoding) if self.is_too_large else self.source
            self._tree = _parsed(source, self.family.name)
        return self._tree

    def forget(self) -> None:
        """Drop the tree, which is many times as large as the text; who asks for it again has it made again."""
        self._tree = None

    @property
    def assignments(self) -> "tuple[Assignment, ...]":
        """The Go variables that the file sets."""
        if self._assignments is None:
            read: Callable[[File], tuple[Assignment, ...]] = import_module("wslgo.goenv.readers").read
            self._assignments = () if self.is_too_large else read(self)
        return self._assignments

    def reading_on(self) -> "File":
        """Return the `wsl.conf` as if WSL read on after a bad line: what is so as soon as those are repaired."""
        ahead = File(self.path, self.family, self.source, self.place)
        ahead._tree = _wsl_file(self.source, WSLCONF, stops=False)
        return ahead


Judge = Callable[["Assignment", File], "list[Reported]"]


def _no_judge(_assignment: "Assignment", _file: File) -> "list[Reported]":
    return []


class Scene(NamedTuple):
    """The file under the eye of a rule, the files beside it, what is known of the machine, and the Go workspace.

    `others` may hold the file itself. `judge` says what the rules find about an assignment of some file.
    """

    file: File
    others: tuple[File, ...] = ()
    host: Host = UNKNOWN
    judge: Judge = _no_judge
    project: "Project | None" = None

    def other(self, family: str) -> "tuple[str, IniFile] | None":
        """Path and reading of the one other WSL file of a family; None also where WSL cannot read it."""
        found = [file for file in self.others if file.family.name == family and file is not self.file]
        tree = cast("IniFile | None", found[0].tree if len(found) == 1 else None)
        return (found[0].path, tree) if tree is not None and not tree.is_garbled else None

    @property
    def own(self) -> Snapshot | None:
        """What the machine knows of the file in hand; None of any but its own `.wslconfig` and `/etc/wsl.conf`."""
        place, family = self.file.place, self.file.family.name
        if family == WSLCONF:
            known = self.host.wslconf
            return known if known and place == known.path else None
        known = self.host.wslconfig if family == WSLCONFIG else None
        return known if known and place.lower() == known.path.lower() else None  # as Windows compares names


def read(path: str, family: Family, source: Source, place: str = "") -> File:
    """A file of these contents."""
    return File(path, family, source, place)


def comments(file: File) -> Iterator[Span]:
    """The comments of a file, as its consumer sees them."""
    tree: Any = file.tree
    if file.family.name in (WSLCONFIG, WSLCONF):
        yield from tree.comments()
    elif file.family.syntax in ("gomod", "gowork"):
        tokens = import_module("wslgo.syntax.go.mod_tree").tokens(tree.file)
        yield from (token.span for token in tokens if token.text.startswith("//"))
    elif file.family.syntax == "jsonc":
        yield from (comment.span for comment in tree.comments)
    elif file.family.syntax in ("shell", "fish", "environment", "resolvconf"):
        yield from tree.comments
    elif file.family.syntax in ("go.env_file", "dotenv"):
        yield from _skipped_comments(file)


def _skipped_comments(file: File) -> Iterator[Span]:
    """Lines that begin with `#`, which go env and env files skip as they skip any other nonsense."""
    tree: Any = file.tree
    spans = tree.skipped if file.family.syntax == "dotenv" else [line.span for line in tree.lines]
    yield from (span for span in spans if file.source.text[span.start : span.end].lstrip().startswith("#"))


def _parsed(source: Source, family: str) -> object:
    if family in (WSLCONFIG, WSLCONF):
        return _wsl_file(source, family)
    return _reader(family)(source) if family in READERS else source


def _wsl_file(source: Source, dialect: str, *, stops: bool = True) -> object:
    from wslgo.knowledge.wsl_keys import KEYS
    from wslgo.syntax.wsl import file as wslfile  # see above

    return wslfile.parse(source, cast("Dialect", dialect), KEYS[dialect], stops=stops)


def _reader(family: str) -> Callable[[Source], object]:
    module, function = READERS[family]
    return cast("Callable[[Source], object]", getattr(import_module(f"wslgo.syntax.{module}"), function))
