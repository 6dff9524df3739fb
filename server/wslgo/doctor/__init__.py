"""The health page: the facts of a machine, with the findings of the linter about them.

Pure, and without a verdict: a rule judges, this page shows. A fact that the `Host` lacks is shown as unknown.
"""

from wslgo.doctor import editors, go, gpu, network, wsl, wslg
from wslgo.doctor.fact import Area
from wslgo.machine.host import Host

_IN_WSL = (gpu, wslg)


def areas_of(host: Host) -> tuple[Area, ...]:
    """Return the areas of the page; outside WSL, without those that only WSL has."""
    parts = (wsl, go, gpu, wslg, network, editors)
    return tuple(part.area(host) for part in parts if host.wsl.generation or part not in _IN_WSL)
