"""The free space of the distribution's own disk, and of the Windows drive where WSL keeps it by default."""

from collections.abc import Iterator

from wslgo.machine.host import Disk
from wslgo.machine.probe import kernel, mounts
from wslgo.machine.probe.context import ProbeContext

SYSTEM_DRIVE = "C:\\"


def disks(machine: ProbeContext) -> tuple[Disk, ...] | None:
    """Return those whose space is known; None outside WSL and if neither is."""
    return tuple(_disks(machine)) or None if machine.ask(kernel.generation) else None


def _disks(machine: ProbeContext) -> Iterator[Disk]:
    places: list[tuple[str, str | None]] = (
        [("/", None)] if machine.ask(kernel.generation) == 2 else []
    )  # in WSL 1 it is a folder of the drive
    places += [(drive.target, "C:") for drive in machine.ask(mounts.drives) if drive.windows == SYSTEM_DRIVE][:1]
    for path, windows in places:
        space = machine.world.disk_space(path)
        if space is not None:
            yield Disk(path, space.size, space.free, windows)
