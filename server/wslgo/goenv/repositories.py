"""The modules that go downloads from their repositories, with git, and not from a proxy."""

from wslgo.machine.host import Host, Variable
from wslgo.syntax.go import goproxy


def variable_for_repositories(host: Host) -> Variable | None:
    """Return the variable that makes go ask repositories; the default does so only as a last resort."""
    private = next(filter(None, map(host.variable, ("GONOPROXY", "GOPRIVATE"))), None)
    if private is not None and private.value not in ("", "none"):
        return private
    proxy = host.variable("GOPROXY")
    first = next(iter(goproxy.parse(proxy.value).entries), None) if proxy is not None else None
    return proxy if first is not None and first.text == "direct" else None
