"""The GOPROXY and GOSUMDB that findings offer: those that are reachable where this machine is."""

from collections.abc import Iterable

from wslgo.goenv.assignment import NARROW
from wslgo.goenv.proxy_chain import is_private
from wslgo.goenv.readers import assignments
from wslgo.knowledge.module_proxies import IN_CHINA, LIST_IN_CHINA
from wslgo.machine.host import Host
from wslgo.syntax.file import File
from wslgo.syntax.go import goproxy, gosumdb

# The defaults in `$GOROOT/go.env`, and what serves the same in mainland China.
DEFAULTS = {"GOPROXY": goproxy.DEFAULT, "GOSUMDB": gosumdb.KNOWN[0]}
MIRRORS = {"GOPROXY": LIST_IN_CHINA, "GOSUMDB": gosumdb.KNOWN[1]}


def is_in_china(host: Host, files: Iterable[File] = ()) -> bool:
    """Return whether the machine, or a Go variable that is set on it, shows that it is in mainland China."""
    if host.is_in_china:
        return True
    known = [(variable.name, variable.value) for variable in host.go_variables or ()]
    for file in files:
        known += [(found.name, found.value or "") for found in assignments(file) if found.scope not in NARROW]
    return any(name in MIRRORS and _is_of_china(name, value) for name, value in known)


def mirror(name: str, host: Host, files: Iterable[File] = (), *, value: str = "") -> str | None:
    """Return what to offer instead of the default; None elsewhere, and in place of a value with a private proxy.

    A private proxy is never replaced by a public one unasked.
    """
    if any(is_private(entry) for entry in goproxy.parse(value).entries if name == "GOPROXY"):
        return None
    return MIRRORS.get(name) if is_in_china(host, files) else None


def _is_of_china(name: str, value: str) -> bool:
    if name == "GOSUMDB":
        return gosumdb.KNOWN[1] in value.split()
    targets = (entry.target for entry in goproxy.parse(value).entries)
    return any(target is not None and target.host in IN_CHINA for target in targets)
