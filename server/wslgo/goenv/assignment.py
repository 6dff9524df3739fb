"""An assignment of a Go variable, whatever the syntax of its file."""

from enum import Enum, IntEnum

from wslgo.machine.host import DEFAULT as DEFAULT
from wslgo.machine.host import ENVIRONMENT as ENVIRONMENT
from wslgo.machine.host import Variable
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class Scope(IntEnum):
    """The programs that an assignment affects; the lower scope wins."""

    LAUNCH = 1
    TESTS = 2  # run or debugged by the editor
    TERMINAL = 3  # terminals and tasks of the editor
    EDITOR_GOPATH = 4
    EDITOR = 5
    EDITOR_GOROOT = 6
    ENVIRONMENT = 7
    UNLESS_EXPORTED = 8  # GOPATH in `go.toolsEnvVars`
    GOENV = 9
    GOPLS = 10
    SERVICES = 11  # the user's services, which systemd starts
    FOLDER = 12  # what a shell starts in a folder, by direnv or mise
    TASKS = 13  # of the editor
    MAKE = 14  # what make starts
    CONTAINER = 15
    CI = 16  # jobs on a runner
    UNNAMED = 17  # an env file that nothing names: Compose, make, a shell or a program may read it


# These affect only some programs, not the environment of a module.
NARROW = tuple(scope for scope in Scope if scope <= Scope.TERMINAL or scope >= Scope.GOPLS)
# These act on another machine: of its Go, home and drives nothing is known.
ELSEWHERE = (Scope.CONTAINER, Scope.CI, Scope.UNNAMED)


class Layer(IntEnum):
    """The file in one scope that wins: the later shell file, and the more specific settings."""

    SYSTEM = 0
    USER = 1
    MACHINE = 2
    PERSONAL = 3
    WORKSPACE = 4
    FOLDER = 5


class Style(Enum):
    """The quoting that a syntax requires around a value."""

    BARE = "bare"  # an unquoted shell word
    DOUBLE = "double"
    SINGLE = "single"
    MIXED = "mixed"  # a shell word in several pieces
    MAKE = "make"  # literal to the end of the line, but for `$` and `#`
    JSON = "json"
    LINE = "line"  # literal to the end of the line
    PLAIN = "plain"  # a scalar of YAML without quotes
    FLOW = "flow"  # such a scalar in brackets
    ITEM = "item"  # the rest of such a scalar
    DOUBLED = "doubled"  # single quotes of YAML, where two of them are one
    FIXED = "fixed"  # no other value can be written there


class Assignment(NamedTuple):
    """A place in a file that gives a Go variable a value.

    `value` is None if only a running program knows it (`$HOME/go`), and `head` is the known beginning.
    `value_span` is the value without quotes, `word_span` with them. Deleting `removal` removes the assignment.
    """

    name: str
    value: str | None
    name_span: Span
    value_span: Span
    scope: Scope
    path: str = ""
    head: str = ""
    word_span: Span = Span(0, 0)
    style: Style = Style.LINE
    is_literal: bool = False  # the span holds exactly the value
    is_certain: bool = True  # exported and not conditional
    is_exported: bool = True  # programs see it; other variables of a shell are its own
    is_expanded: bool = False  # the syntax expands `$HOME`
    layer: int = 0  # in one scope, the file with the higher layer wins
    removal: Span | None = None
    pipe: Span | None = None  # an unquoted `|` that makes the shell set nothing

    @property
    def is_elsewhere(self) -> bool:
        """Return whether it acts, or may act, on another machine."""
        return self.scope in ELSEWHERE

    @property
    def has_known_reader(self) -> bool:
        """Return whether it is known which program reads it; else only what no program accepts is wrong."""
        return self.scope is not Scope.UNNAMED


# Names like those of Go's variables.
LIKE_GO = pattern(r"C?GO_?[A-Z0-9]")
# The folders that the go command uses (cmd/go, 1.27.3), those that slow a build most first.
FOLDERS = ("GOROOT", "GOCACHE", "GOMODCACHE", "GOTMPDIR", "GOPATH")


def is_go_variable(name: str) -> bool:
    """Return whether the go command reads an environment variable of this name."""
    from wslgo.knowledge import go_variable_names  # only a file that sets variables needs it

    return name in go_variable_names.KNOWN or name in go_variable_names.FIXED


def of_variable(variable: Variable) -> Assignment:
    """Return the assignment of a value in effect whose line is not known."""
    nowhere = Span(0, 0)
    return Assignment(variable.name, variable.value, nowhere, nowhere, Scope.ENVIRONMENT, head=variable.value)


def key_of(assignment: Assignment) -> str:
    """Return what the file calls the variable: a setting of the Go extension, or the variable itself."""
    settings = {Scope.EDITOR_GOPATH: "go.gopath", Scope.EDITOR_GOROOT: "go.goroot"}
    return settings.get(assignment.scope, assignment.name)
