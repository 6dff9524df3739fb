"""WSLg: the folder that WSL mounts for it, the X socket, and environment variables."""

from wslgo.machine.probe import kernel, mounts
from wslgo.machine.probe.context import ProbeContext

SOCKET = "/tmp/.X11-unix/X0"  # noqa: S108 - the path is X11's


def folder(machine: ProbeContext) -> str | None:
    """Return `/mnt/wslg`, or its place in automount.root; None if it is not mounted."""
    root = machine.ask(mounts.automount_root)
    place = f"{root.rstrip('/')}/wslg" if root else "/mnt/wslg"
    return place if machine.ask(kernel.generation) and machine.world.exists(f"{place}/runtime-dir") else None


def has_socket(machine: ProbeContext) -> bool | None:
    """Return whether the socket of X11 programs exists."""
    return machine.world.exists(SOCKET) if machine.ask(kernel.generation) else None


def display(machine: ProbeContext) -> str | None:
    return _variable(machine, "DISPLAY")


def wayland_display(machine: ProbeContext) -> str | None:
    return _variable(machine, "WAYLAND_DISPLAY")


def runtime_folder(machine: ProbeContext) -> str | None:
    return _variable(machine, "XDG_RUNTIME_DIR")


def sound_server(machine: ProbeContext) -> str | None:
    return _variable(machine, "PULSE_SERVER")


def _variable(machine: ProbeContext, name: str) -> str | None:
    return machine.environment.get(name) or None if machine.ask(kernel.generation) else None
