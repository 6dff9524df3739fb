"""The system and processor that every build is for."""

from wslgo.goenv.assignment import DEFAULT
from wslgo.machine.host import Host, Variable

HERE = "linux"
# A processor, and one whose programs it runs, too.
_ALSO_RUNS = (("amd64", "386"), ("arm64", "arm"))


def own_target(host: Host) -> tuple[Variable, ...]:
    """Return GOOS and GOARCH, as far as the user sets them."""
    found = (host.variable(name) for name in ("GOOS", "GOARCH"))
    return tuple(variable for variable in found if variable is not None and variable.origin != DEFAULT)


def foreign_target(host: Host) -> tuple[Variable, ...]:
    """Return the ones for which this machine cannot start what is built; none if that is unknown."""
    return tuple(variable for variable in own_target(host) if _is_foreign(variable, host.processor))


def _is_foreign(variable: Variable, processor: str | None) -> bool:
    here = HERE if variable.name == "GOOS" else processor
    return here is not None and variable.value != here and (here, variable.value) not in _ALSO_RUNS
