"""Places that build Go, their settings, and the values of these, each with where it is written."""

from collections.abc import Iterator, Mapping
from enum import Enum

from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

GO = "go"
RACE = "race"
ALWAYS = ("GOPROXY", "GOFLAGS", "CGO_ENABLED")
# Shown where a place sets them.
WHERE_SET = (
    *("GOTOOLCHAIN", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOSUMDB", "GOINSECURE", "GOEXPERIMENT", "GODEBUG"),
    *("GO111MODULE", "GOWORK"),
)
VARIABLES = (*ALWAYS, *WHERE_SET)
# The values that go uses where nothing sets one; CGO_ENABLED is 1 where there is a C compiler.
DEFAULTS = {
    "GOPROXY": "https://proxy.golang.org,direct",
    "CGO_ENABLED": "1",
    "GOTOOLCHAIN": "auto",
    "GOSUMDB": "sum.golang.org",
    "GO111MODULE": "on",
    "GOWORK": "auto",
}
YES, NO = "yes", "no"


class Kind(Enum):
    """The kind of a place, as `wslgo ci --format json` names it."""

    MACHINE = "machine"
    MODULE = "go.mod"
    WORKSPACE = "go.work"
    TOOLS = "tool-versions"
    ENTRY = "launch-entry"
    MAKE = "make-target"
    JOB = "workflow-job"
    PIPELINE = "gitlab-job"
    STAGE = "docker-stage"
    CONTAINER = "dev-container"


# Places with an environment of their own, which have a value for every variable. All others inherit it.
COMPLETE = (Kind.MACHINE, Kind.JOB, Kind.PIPELINE, Kind.STAGE, Kind.CONTAINER)


class Value(NamedTuple):
    """A value of a setting; `text` is None if only a running program knows it, and `written` is then what the file has.

    `variant` is the value of a matrix or the step for which it counts. `span` is in the file `path`, "" without a file.
    `is_default`: nothing sets it. `is_minimum`: newer ones are fine, too, as for a go line. `then` is the Go that this
    Go runs instead of itself.
    """

    text: str | None
    path: str = ""
    span: Span | None = None
    variant: str = ""
    written: str = ""
    is_default: bool = False
    is_minimum: bool = False
    then: str = ""

    @property
    def effective(self) -> str | None:
        """The value in effect."""
        return self.then or self.text


class Place(NamedTuple):
    """A place that builds Go or sets what builds use: its kind, its file, its name in it, and the values by setting.

    `targets` are those of make that it runs.
    """

    kind: Kind
    path: str = ""
    name: str = ""
    span: Span | None = None
    values: Mapping[str, tuple[Value, ...]] = {}
    targets: tuple[str, ...] = ()


def unset(name: str) -> Value:
    """Return the value of a variable that nothing sets."""
    return Value(DEFAULTS.get(name, ""), is_default=True)


def distinct(values: Iterator[Value]) -> tuple[Value, ...]:
    """Return each value once; one that all variants share has no variant."""
    first: dict[tuple[str | None, str, str], Value] = {}
    variants: dict[tuple[str | None, str, str], list[str]] = {}
    for value in values:
        key = value.text, value.written, value.then
        first.setdefault(key, value)
        variants.setdefault(key, []).append(value.variant)
    if len(first) == 1:
        return tuple(value._replace(variant="") for value in first.values())
    return tuple(
        value._replace(variant=", ".join(dict.fromkeys(filter(None, variants[key])))) for key, value in first.items()
    )
