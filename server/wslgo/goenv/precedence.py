"""Which assignment of a Go variable wins.

Precedence (go 1.27.3, cmd/go/internal/cfg; vscode-go 0.58, goEnv.ts and util.ts): `go.toolsEnvVars` for editors, then
the environment (what shells export), then the go env file, then `$GOROOT/go.env`. For GOPATH the setting `go.gopath`
wins, then an exported value; `go.goroot` changes the environment that `go.toolsEnvVars` is applied to. A launch
configuration's `env`, `go.testEnvVars` and `terminal.integrated.env.linux` win for the programs they start.

An empty value of the environment counts as none, and the editor's also hides what shells export.
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
    candidates = [found for found in candidates if found.pipe is None and (found.is_exported or is_exported)]
    known = host.variable(name)
    exported = known if known is not None and known.origin == ENVIRONMENT else None
    is_hidden = False
    for scope in sorted({candidate.scope for candidate in candidates}):
        if scope > Scope.ENVIRONMENT and exported is not None and not is_hidden:
            return exported  # by a file that was not read
        if scope is Scope.ENVIRONMENT and is_hidden:
            continue
        winner = _winner([candidate for candidate in candidates if candidate.scope is scope], known)
        if winner is None or winner.value != "" or scope is Scope.GOENV:
            return winner
        is_hidden = is_hidden or scope < Scope.ENVIRONMENT
    return None if known is None or known.origin == DEFAULT or (known is exported and is_hidden) else known


def _winner(rivals: list[Assignment], known: HostVariable | None) -> Assignment | None:
    """Return which assignment of one scope wins; None if that is not known."""
    layer = max(rival.layer for rival in rivals)
    rivals = [rival for rival in rivals if rival.layer == layer or not rival.is_certain]
    last = rivals[-1]
    is_clear = all(rival.path == last.path for rival in rivals) and last.is_certain
    if is_clear or all(rival.value == last.value is not None for rival in rivals):
        return last if last.is_certain else None
    if known is None or last.scope is not Scope.ENVIRONMENT:
        return None
    return next((rival for rival in reversed(rivals) if rival.value == known.value), None)
