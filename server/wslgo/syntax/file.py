"""A configuration file: its family, its text, and its tree, which is parsed on demand."""

from collections.abc import Callable, Iterator

from wslgo.syntax.family import LAUNCH, TEAM, WSLCONF, WSLCONFIG, Family
from wslgo.text.source import Source
from wslgo.text.span import Span
from wslgo.text.typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:  # each costs milliseconds, and most runs need one of them
    from wslgo.syntax.json.jsonc import Jsonc
    from wslgo.syntax.json.pieces import Pieces
    from wslgo.syntax.wsl.ini import Dialect

# A text with more code points than this is not looked into: no configuration file is so long, and a minute of work for
# one of ten megabytes would be a gift to its writer.
LARGEST = 1 << 20


Answer = TypeVar("Answer")


class File:
    """A file: `path` as given, `place` its absolute path ("" without one).

    It is parsed when its `tree` is first used: most of the related files are never parsed.
    """

    def __init__(self, path: str, family: Family, source: Source, place: str = "") -> None:
        self.path = path
        self.family = family
        self.source = source
        self.place = place
        # Not cached properties: up to Python 3.11 those of all files share one lock, and reading a small file would
        # wait for the thread that reads a large one.
        self._tree: object = None
        self._answers: dict[object, object] = {}
        self._is_edited = False
        self._before: Pieces | None = None
        self._pieces: Pieces | None = None

    @property
    def is_too_large(self) -> bool:
        """Return whether the text is too large to parse; the tree is then that of an empty file."""
        return len(self.source.text) > LARGEST

    @property
    def unread(self) -> int:
        """The number of characters that remain to be read."""
        if self._tree is not None or self._pieces is not None or self._answers or self.is_too_large:
            return 0
        if self._before is None:
            return len(self.source.text)
        from wslgo.syntax.json.pieces import changed  # see `_tree_of`

        return changed(self.source.text, self._before)

    def continue_from(self, before: "File | None") -> None:
        """Have the file read entry by entry, if it is of a family with entries; equal ones are those of `before`."""
        self._is_edited = self.family.name == LAUNCH
        if self._is_edited and before is not None:
            self._before = before._pieces or before._before  # noqa: SLF001 - its own kind

    @property
    def pieces(self) -> "Pieces | None":
        """The text of an edited file in pieces, one for each entry; None if it cannot be cut."""
        if self._is_edited and not self.is_too_large:
            from wslgo.syntax.json.pieces import cut  # see `_tree_of`

            self._pieces = cut(self.source.text, self._before)
            self._is_edited = False
            self._before = None
        return self._pieces

    @property
    def tree(self) -> object:
        """The tree of the family's parser; the source without a parser."""
        if self._tree is None and (pieces := self.pieces) is not None:
            from wslgo.syntax.json.pieces import tree_of  # see `_tree_of`

            self._tree = tree_of(self.source, pieces)
        if self._tree is None:
            source = Source("", self.source.encoding) if self.is_too_large else self.source
            self._tree = _tree_of(source, self.family.name)
        return self._tree

    def forget(self) -> None:
        """Drop the tree, which is many times as large as the text; the next use parses the text again."""
        self._tree = self._before = self._pieces = None

    def ask(self, question: "Callable[[File], Answer]") -> Answer:
        """Return the answer to a question about this file, which is computed once."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("Answer", self._answers[question])

    def with_tree(self, tree: "Jsonc") -> "File":
        """Return the file with another text, of which this is the tree."""
        other = File(self.path, self.family, tree.source, self.place)
        other._tree = tree
        return other

    def reading_on(self) -> "File":
        """Return the `wsl.conf` as WSL reads it once its bad lines are fixed."""
        ahead = File(self.path, self.family, self.source, self.place)
        ahead._tree = _wsl_file(self.source, WSLCONF, stops=False)
        return ahead


def read(path: str, family: Family, source: Source, place: str = "") -> File:
    """Return a file with this content."""
    return File(path, family, source, place)


# Syntaxes whose trees hold their comments.
_WITH_COMMENTS = (
    *("shell", "fish", "environment", "environment.d", "makefile", "dockerfile", "compose", "workflow", "gitlab"),
    *("mise", "tool-versions", "resolvconf", "fstab", "cgo", "air", "docs"),
)


def comments(file: File) -> Iterator[Span]:
    """Yield the comments of a file, as the program that reads it sees them."""
    tree: Any = file.tree
    if file.family.name in (WSLCONFIG, WSLCONF):
        yield from tree.comments()
    elif file.family.syntax in ("gomod", "gowork"):
        from wslgo.syntax.go import mod_tree  # see `_tree_of`

        yield from (token.span for token in mod_tree.tokens(tree.file) if token.text.startswith("//"))
    elif file.family.syntax == "jsonc":
        yield from (comment.span for comment in tree.comments)
    elif file.family.syntax in _WITH_COMMENTS:
        yield from tree.comments
    elif file.family.name == TEAM:
        from wslgo.syntax import hash_comments  # few runs check one

        yield from hash_comments.comments(file.source.text)
    elif file.family.syntax in ("go.env_file", "go.env", "dotenv"):
        yield from _skipped_comments(file)


def _skipped_comments(file: File) -> Iterator[Span]:
    """Yield lines that begin with `#`, which go env and env files skip like any other bad line."""
    tree: Any = file.tree
    spans = tree.skipped if file.family.syntax == "dotenv" else [line.span for line in tree.lines]
    yield from (span for span in spans if file.source.text[span.start : span.end].lstrip().startswith("#"))


# Each parser is imported where its family is met: each costs milliseconds, and most runs need one of them.


def _tree_of(source: Source, family: str) -> object:
    match family:
        case "wslconfig" | "wslconf":
            return _wsl_file(source, family)
        case "gomod" | "gowork" | "vendor" | "goenv" | "go.env":
            return _go_file(source, family)
        case "launch" | "tasks" | "settings" | "workspace" | "devcontainer":
            from wslgo.syntax.json import jsonc

            return jsonc.parse(source)
        case "dotenv" | "shell" | "fish" | "environment" | "environment.d" | "envrc" | "script":
            return _shell_file(source, family)
        case "resolvconf":
            from wslgo.syntax import resolv_conf

            return resolv_conf.parse(source)
        case "fstab":
            from wslgo.syntax import fstab

            return fstab.parse(source)
        case "cgo":
            from wslgo.syntax.go import cgo_file

            return cgo_file.parse(source)
    return _setting_file(source, family)


def _setting_file(source: Source, family: str) -> object:
    """Return the variables of a file for other programs; the source of a family without a parser."""
    match family:
        case "makefile":
            from wslgo.syntax import makefile

            return makefile.parse(source)
        case "dockerfile":
            from wslgo.syntax import dockerfile_env

            return dockerfile_env.parse(source)
        case "compose" | "workflow" | "gitlab":
            from wslgo.syntax import yaml_env

            return yaml_env.parse(source, family)
        case "mise":
            from wslgo.syntax import mise_env

            return mise_env.parse(source)
        case "tool-versions":
            from wslgo.syntax import tool_versions

            return tool_versions.parse(source)
        case "docs":
            from wslgo.syntax import markdown

            return markdown.parse(source)
        case "air":
            from wslgo.syntax import air

            return air.parse(source)
    return source


def _go_file(source: Source, family: str) -> object:
    if family in ("goenv", "go.env"):
        from wslgo.syntax.go import env_file

        return env_file.parse(source, is_shipped=family == "go.env")
    if family == "vendor":
        from wslgo.syntax.go import vendor_list

        return vendor_list.parse(source)
    from wslgo.syntax.go import mod_file

    return mod_file.parse_work(source) if family == "gowork" else mod_file.parse(source)


def _shell_file(source: Source, family: str) -> object:
    if family == "dotenv":
        from wslgo.syntax.shell import dotenv

        return dotenv.parse(source)
    if family == "environment":
        from wslgo.syntax.shell import pam_env

        return pam_env.parse(source)
    if family == "environment.d":
        from wslgo.syntax.shell import environment_d

        return environment_d.parse(source)
    from wslgo.syntax.shell import script

    return script.parse_fish(source) if family == "fish" else script.parse(source)


def _wsl_file(source: Source, dialect: str, *, stops: bool = True) -> object:
    from wslgo.knowledge.wsl_keys import KEYS
    from wslgo.syntax.wsl import ini_file  # see above

    return ini_file.parse(source, cast("Dialect", dialect), KEYS[dialect], stops=stops)


def workspace_folder_of(path: str) -> str:
    """Return the folder that an editor's file configures: the one around `.vscode`, or its own."""
    folder = path.replace("\\", "/").rpartition("/")[0]
    return folder[: -len(".vscode")].rstrip("/") if folder.endswith(".vscode") else folder
