"""Windows of Linux programs: what WSL mounts for them, and what the environment says."""

from wslgo.machine.probe import kernel, mounts
from wslgo.machine.probe.context import Machine

SOCKET = "/tmp/.X11-unix/X0"  # noqa: S108 - where X11 has it


def folder(machine: Machine) -> str | None:
    """`/mnt/wslg`, or where automount.root has moved it; None where it is not mounted."""
    root = machine.ask(mounts.automount_root)
    place = f"{root.rstrip('/')}/wslg" if root else "/mnt/wslg"
    return place if machine.ask(kernel.generation) and machine.world.exists(f"{place}/runtime-dir") else None


def has_socket(machine: Machine) -> bool | None:
    """Whether X11 programs find a display."""
    return machine.world.exists(SOCKET) if machine.ask(kernel.generation) else None


def display(machine: Machine) -> str | None:
    return _variable(machine, "DISPLAY")


def wayland_display(machine: Machine) -> str | None:
    return _variable(machine, "WAYLAND_DISPLAY")


def runtime_folder(machine: Machine) -> str | None:
    return _variable(machine, "XDG_RUNTIME_DIR")


def sound_server(machine: Machine) -> str | None:
    return _variable(machine, "PULSE_SERVER")


def _variable(machine: Machine, name: str) -> str | None:
    return machine.environment.get(name) or None if machine.ask(kernel.generation) else None
