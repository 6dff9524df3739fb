"""The fit of an installed tool with the Go in use, for the rules about gopls and Delve."""

from wslgo.knowledge.go_tools import GoTool, Misfit, misfit
from wslgo.knowledge.version import go_version
from wslgo.machine.host import Host, Tool


def misfit_on(host: Host, tool: GoTool, installed: Tool | None) -> Misfit | None:
    """Return why an installed tool does not work with the Go in use; None also if a version is unknown."""
    go = go_version(host.go.version or "") if host.go is not None else None
    if installed is None or installed.version is None or go is None:
        return None
    return misfit(tool, installed.version, installed.built_by or "", go)
