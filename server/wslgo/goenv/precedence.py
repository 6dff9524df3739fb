"""Which assignment of a Go variable wins.

Precedence (go 1.27.3, cmd/go/internal/cfg; vscode-go 0.58, goEnv.ts and util.ts): `go.toolsEnvVars` for editors, then
the environment (what shells export), then the go env file, then `$GOROOT/go.env`. For GOPATH the setting `go.gopath`
wins, then an exported value; `go.goroot` changes the environment that `go.toolsEnvVars` is applied to. A launch
configuration's `env`, `go.testEnvVars` and `terminal.integrated.env.linux` win for the programs they start.
"""

from collections.abc import Iterable

from wslgo.goenv.assignment import DEFAULT, ENVIRONMENT, NARROW, Assignment, Scope
from wslgo.machine.host import Host
from wslgo.machine.host import Variable as HostVariable


def assignment_in_effect(name: str, assignments: Iterable[Assignment], host: Host) -> Assignment | HostVariable | None:
    """Return the assignment that sets a variable for the editor's go, else the host's value; None if unknown."""
    candidates = [found for found in assignments if found.name == name and found.scope not in NARROW]
    is_exported = any(found.is_exported for found in candidates if found.scope is Scope.ENVIRONMENT)
    # A shell variable that is not exported does not exist to go, unless another line exports the name.
    candidates = [found for found in candidates if _can_win(found) and (found.is_exported or is_exported)]
    known = host.variable(name)
    known = None if known is None or known.origin == DEFAULT else known
    if not candidates:
        return known
    scope = min(candidate.scope for candidate in candidates)
    if scope > Scope.ENVIRONMENT and known is not None and known.origin == ENVIRONMENT:
        return known  # exported by a file that was not read
    return _winner([candidate for candidate in candidates if candidate.scope is scope], known)


def _can_win(assignment: Assignment) -> bool:
    """Return whether an assignment can win: an empty environment variable counts as unset, and a pipe sets nothing."""
    return assignment.pipe is None and (assignment.value != "" or assignment.scope is Scope.GOENV)


def _winner(rivals: list[Assignment], known: HostVariable | None) -> Assignment | None:
    layer = max(rival.layer for rival in rivals)
    rivals = [rival for rival in rivals if rival.layer == layer or not rival.is_certain]
    last = rivals[-1]
    is_clear = all(rival.path == last.path for rival in rivals) and last.is_certain
    if is_clear or all(rival.value == last.value is not None for rival in rivals):
        return last if last.is_certain else None
    if known is None or last.scope is not Scope.ENVIRONMENT:
        return None
    return next((rival for rival in reversed(rivals) if rival.value == known.value), None)
