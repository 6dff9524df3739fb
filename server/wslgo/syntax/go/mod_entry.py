"""The entries of `go.mod` and `go.work`, each with its line."""

from wslgo.syntax.go.mod_tree import File, ModLine, Problem
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class ModuleVersion(NamedTuple):
    """A module or, in `replace`, a folder, and a version, which may be missing in `replace`."""

    path: str
    version: str
    path_span: Span
    version_span: Span | None = None


class Module(NamedTuple):
    """The `module` line; `path` is empty if the line is invalid."""

    path: str
    deprecated: str
    line: ModLine


class Go(NamedTuple):
    """The `go` line."""

    version: str
    line: ModLine


class Toolchain(NamedTuple):
    """The `toolchain` line."""

    name: str
    line: ModLine


class Godebug(NamedTuple):
    """`godebug key=value`."""

    key: str
    value: str
    line: ModLine


class Requirement(NamedTuple):
    """`require path version`, perhaps marked `// indirect`."""

    target: ModuleVersion
    is_indirect: bool
    line: ModLine


class Exclusion(NamedTuple):
    """`exclude path version`."""

    target: ModuleVersion
    line: ModLine


class Replacement(NamedTuple):
    """`replace old => new`."""

    old: ModuleVersion
    new: ModuleVersion
    line: ModLine


class Retraction(NamedTuple):
    """`retract [low, high]`; a single version is both."""

    low: str
    high: str
    rationale: str
    line: ModLine


class Tool(NamedTuple):
    """`tool package`."""

    path: str
    line: ModLine


class Ignored(NamedTuple):
    """`ignore folder`."""

    path: str
    line: ModLine


class UseDirective(NamedTuple):
    """`use folder`."""

    path: str
    line: ModLine


class GoMod(NamedTuple):
    """A `go.mod` file. With `problems` the go command rejects it, and the rest is what could be read anyway."""

    file: File
    problems: tuple[Problem, ...]
    module: Module | None
    go: Go | None
    toolchain: Toolchain | None
    godebug: tuple[Godebug, ...]
    require: tuple[Requirement, ...]
    exclude: tuple[Exclusion, ...]
    replace: tuple[Replacement, ...]
    retract: tuple[Retraction, ...]
    tool: tuple[Tool, ...]
    ignore: tuple[Ignored, ...]


class GoWork(NamedTuple):
    """A `go.work` file; `problems` as in `GoMod`."""

    file: File
    problems: tuple[Problem, ...]
    go: Go | None
    toolchain: Toolchain | None
    godebug: tuple[Godebug, ...]
    use: tuple[UseDirective, ...]
    replace: tuple[Replacement, ...]
