"""The proxies of a GOPROXY value: which are for everyone, and which belong to a company."""

from collections.abc import Iterable

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.beside import beside
from wslgo.goenv.readers import assignments
from wslgo.knowledge import module_proxies
from wslgo.machine.host import Host
from wslgo.syntax.file import File
from wslgo.syntax.go.goproxy import GoProxy, ProxyEntry, parse
from wslgo.syntax.go.goproxy_typo import has_torn_scheme, is_full_width, is_quoted, with_commas

# Modules that match one of them never use a proxy.
_EXEMPTIONS = ("GOPRIVATE", "GONOPROXY")


def usable_proxies(assignment: Assignment) -> GoProxy | None:
    """Return the entries of a GOPROXY that go can use; None for another variable, and for values with a mistake."""
    if assignment.name != "GOPROXY" or not assignment.value or is_quoted(assignment.value):
        return None
    proxy = parse(assignment.value)
    if proxy.error or not proxy.entries or is_full_width(proxy):
        return None
    return None if any(has_torn_scheme(entry) or with_commas(entry) for entry in proxy.entries) else proxy


def is_public(entry: ProxyEntry) -> bool:
    """Return whether an entry is a proxy that anyone can use."""
    return entry.target is not None and module_proxies.is_public(entry.target.host)


def is_private(entry: ProxyEntry) -> bool:
    """Return whether an entry is certainly the proxy of a company or of this machine."""
    target = entry.target
    if target is None:
        return False
    return target.scheme == "file" or target.user is not None or module_proxies.is_private(target.host, target.path)


def has_exemptions_beside(assignment: Assignment, file: File, others: Iterable[File], host: Host) -> bool:
    """Return whether something keeps private modules away from the proxies of an assignment."""
    rest = (other for other in others if other is not file)
    return any(map(_is_exemption, beside(assignment, file))) or has_exemptions(rest, host)


def has_exemptions(files: Iterable[File], host: Host) -> bool:
    """Return whether a file or the machine keeps private modules away from all proxies."""
    variables = (host.variable(name) for name in _EXEMPTIONS)
    if any(variable is not None and variable.value for variable in variables):
        return True
    return any(file.ask(_sets_exemption) for file in files)


def _sets_exemption(file: File) -> bool:
    return any(map(_is_exemption, assignments(file)))


def _is_exemption(assignment: Assignment) -> bool:
    return assignment.name in _EXEMPTIONS and assignment.value != ""
