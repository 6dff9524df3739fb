"""WSLg: the folder that WSL mounts for it, the X socket, and environment variables."""

import re

from wslgo.machine.probe import kernel, mounts, programs
from wslgo.machine.probe.context import ProbeContext

CARDS = "/proc/asound/cards"
ALSA_FOLDER = "/etc/alsa/conf.d"
SOCKET = "/tmp/.X11-unix/X0"  # noqa: S108 - the path is X11's

_CARD = re.compile(r"^ *[0-9]{1,3} \[", re.MULTILINE)
_DEFAULT = re.compile(r"^[^#\n]*\bdefault\b", re.MULTILINE)


def folder(machine: ProbeContext) -> str | None:
    """Return `/mnt/wslg`, or its place in automount.root; None if it is not mounted."""
    root = machine.ask(mounts.automount_root)
    place = f"{root.rstrip('/')}/wslg" if root else "/mnt/wslg"
    return place if machine.ask(kernel.generation) and machine.world.exists(f"{place}/runtime-dir") else None


def has_socket(machine: ProbeContext) -> bool | None:
    """Return whether the socket of X11 programs exists."""
    return machine.world.exists(SOCKET) if machine.ask(kernel.generation) else None


def alsa_default(machine: ProbeContext) -> str | None:
    """Return the file that sets the default device of ALSA, or that lists a sound card; "" if there is none."""
    home = machine.ask(programs.home)
    if machine.ask(folder) is None or home is None:
        return None
    if _CARD.search(machine.text(CARDS) or ""):
        return CARDS
    system = (f"{ALSA_FOLDER}/{name}" for name in machine.world.names(ALSA_FOLDER) if name.endswith(".conf"))
    files = (f"{home}/.asoundrc", f"{home}/.config/alsa/asoundrc", "/etc/asound.conf", *system)
    return next((path for path in files if _DEFAULT.search(machine.text(path) or "")), "")


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
