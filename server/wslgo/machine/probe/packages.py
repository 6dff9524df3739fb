"""The installed packages of the distribution, of those that wslgo knows."""

from wslgo.knowledge.packages import is_known
from wslgo.machine.probe.context import ProbeContext
from wslgo.syntax import dpkg_status
from wslgo.system.reader import LARGEST


def packages(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the installed and provided packages that wslgo knows; None without dpkg, or if its list is too long."""
    data = machine.world.read(dpkg_status.PATH)
    if data is None or len(data) >= LARGEST:
        return None
    found = dpkg_status.parse(data.decode("utf-8", "replace"))
    return tuple(sorted(name for name in found.installed | found.provided if is_known(name)))
