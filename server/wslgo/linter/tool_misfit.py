"""The fit of an installed tool with the Go that builds, for the rules about gopls and Delve."""

from wslgo.golang.toolchain import Lines, chosen
from wslgo.knowledge.go_tools import GoTool, Misfit, misfit
from wslgo.knowledge.version import toolchain_version
from wslgo.linter.module_go import command_on
from wslgo.machine.host import Host, Tool
from wslgo.text.typing import NamedTuple


class ToolMisfit(NamedTuple):
    """Why an installed tool does not work with a Go, and the version of that Go."""

    reason: Misfit
    go: str


def misfit_on(host: Host, tool: GoTool, installed: Tool | None, lines: Lines | None = None) -> ToolMisfit | None:
    """Return why an installed tool does not work with the Go that builds a module; None also if a version is unknown.

    `lines` are those of the module: they can make go run a newer Go than its own.
    """
    name = toolchain_on(host, lines)
    go = toolchain_version(name)
    if installed is None or installed.version is None or go is None:
        return None
    reason = misfit(tool, installed.version, installed.built_by or "", go)
    return ToolMisfit(reason, name.removeprefix("go")) if reason is not None else None


def toolchain_on(host: Host, lines: Lines | None) -> str:
    """Return the name of the toolchain that builds: that of the machine, or the one that go runs for a module."""
    go = command_on(host)
    choice = chosen(lines, go) if go is not None and lines is not None else None
    if choice is not None:
        return choice.name
    return f"go{host.go.version.removeprefix('go')}" if host.go is not None and host.go.version else ""
