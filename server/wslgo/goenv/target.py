"""The system and processor that every build is for."""

from wslgo.goenv.assignment import DEFAULT
from wslgo.knowledge.go_targets import PROCESSORS, SYSTEMS
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
    return tuple(variable for variable in own_target(host) if is_foreign(variable.name, variable.value, host.processor))


def is_foreign(name: str, value: str, processor: str | None) -> bool:
    """Return whether a machine with this processor cannot start what is built for a GOOS or GOARCH that go knows."""
    if value not in (SYSTEMS if name == "GOOS" else PROCESSORS):
        return False
    here = HERE if name == "GOOS" else processor
    return here is not None and value != here and (here, value) not in _ALSO_RUNS
