"""The programs of Go developers, and the Go versions that a release supports if its go.mod does not say so.

Sources: pkg/goversion/compat.go in the releases of Delve up to 1.27.2; internal/util/goversion of gopls 0.24.0, which
names the last release "without warnings" for an older Go; go/types of Go 1.27; golang/go#74462 (Go 1.25 cannot build
golang.org/x/tools before 0.26, which gopls used until 0.16); as of 2026-11.
"""

from enum import Enum

from wslgo.knowledge.version import GoVersion, ModuleVersion, go_version, module_version
from wslgo.text.typing import NamedTuple


class Range(NamedTuple):
    """From a release on, the oldest and the newest supported 1.N; None if not known yet."""

    since: str
    oldest: int
    newest: int | None = None


class GoTool(NamedTuple):
    """A program, by its file name and its usual name.

    If `format` is set, a tool that an older Go than 1.N has built cannot read what a newer Go makes from 1.N on.
    Without it this is true of every 1.N: a tool built by Go 1.26 cannot check the types of Go 1.27, not even those of
    its own packages.
    """

    program: str
    name: str
    package: str
    module: str
    ranges: tuple[Range, ...] = ()
    format: int | None = None


GOPLS = GoTool(
    "gopls",
    "gopls",
    "golang.org/x/tools/gopls",
    "golang.org/x/tools/gopls",
    (
        Range("v0.11.0", 16, 24),
        Range("v0.12.0", 18, 24),
        Range("v0.15.0", 19, 24),
        Range("v0.16.0", 21, 24),
        Range("v0.17.0", 21),
    ),
)
DELVE = GoTool(
    "dlv",
    "Delve",
    "github.com/go-delve/delve/cmd/dlv",
    "github.com/go-delve/delve",
    (
        Range("v1.7.0", 15, 17),
        Range("v1.8.0", 16, 18),
        Range("v1.9.0", 16, 19),
        Range("v1.9.1", 17, 19),
        Range("v1.20.0", 18, 20),
        Range("v1.21.0", 18, 21),
        Range("v1.21.1", 19, 21),
        Range("v1.22.0", 19, 22),
        Range("v1.23.0", 21, 23),
        Range("v1.24.0", 21, 24),
        Range("v1.25.1", 22, 25),
        Range("v1.26.0", 24, 26),
        Range("v1.27.0", 25, 27),
        Range("v1.27.3", 25),
    ),
    format=25,  # DWARF 5
)
STATICCHECK = GoTool("staticcheck", "staticcheck", "honnef.co/go/tools/cmd/staticcheck", "honnef.co/go/tools")

TOOLS = (GOPLS, DELVE, STATICCHECK)


def supports(tool: GoTool, version: ModuleVersion, go: GoVersion) -> bool | None:
    """Return whether a release supports a Go version; None if its go.mod decides."""
    there = [row for row in tool.ranges if _is_at_least(version, row.since)]
    if not there:
        return None
    if go < GoVersion(1, there[-1].oldest):
        return False
    newest = there[-1].newest
    return None if newest is None else go[:2] <= (1, newest)


def understands(tool: GoTool, built_by: GoVersion, go: GoVersion) -> bool:
    """Return whether a tool that one Go has built can read what another Go makes."""
    newest = go[:2] if tool.format is None else (1, tool.format)
    return go[:2] < newest or built_by[:2] >= newest


class Misfit(Enum):
    """Why a tool does not work with a Go."""

    UNSUPPORTED = "its release does not support that Go"
    BUILT_BEFORE = "an older Go has built it"


def misfit(tool: GoTool, version: str, built_by: str, go: GoVersion) -> Misfit | None:
    """Return why a tool does not work with a Go; None also if its version is unknown, or that of a working copy."""
    own, builder = module_version(f"v{version.removeprefix('v')}"), go_version(built_by)
    if own is None:
        return None
    if supports(tool, own, go) is False:
        return Misfit.UNSUPPORTED
    return None if builder is None or understands(tool, builder, go) else Misfit.BUILT_BEFORE


def _is_at_least(version: ModuleVersion, text: str) -> bool:
    since = module_version(text)
    return since is not None and version >= since
