"""WSLg: the folder that WSL mounts for it, the X socket, and environment variables."""

import re

from wslgo.machine.probe import kernel, mounts, programs
from wslgo.machine.probe.context import ProbeContext
from wslgo.machine.probe.gpu import LIBRARY_FOLDERS

CARDS = "/proc/asound/cards"
ALSA_FOLDER = "/etc/alsa/conf.d"
SOCKET = "/tmp/.X11-unix/X0"  # noqa: S108 - the path is X11's

PLUGIN = "libasound_module_pcm_pulse.so"

_PULSE = re.compile(r"^[^#\n]*\bpulse\b", re.MULTILINE)
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


def serves_x11(machine: ProbeContext) -> bool | None:
    """Return whether the X server of WSLg has made its socket."""
    return _serves(machine, ".X11-unix/X0")


def serves_wayland(machine: ProbeContext) -> bool | None:
    """Return whether the Wayland server of WSLg has made its socket; None for users who may not look."""
    return None if machine.ask(_is_locked) else _serves(machine, "runtime-dir/wayland-0")


def serves_sound(machine: ProbeContext) -> bool | None:
    """Return whether the sound server of WSLg has made its socket."""
    return _serves(machine, "PulseServer")


def has_runtime_folder(machine: ProbeContext) -> bool | None:
    """Return whether the folder of XDG_RUNTIME_DIR exists; None if it is not set."""
    path = machine.ask(runtime_folder)
    return None if machine.ask(folder) is None or path is None else machine.world.exists(path)


def has_wayland(machine: ProbeContext) -> bool | None:
    """Return whether the socket that Wayland programs open exists; None if no variable names one."""
    name, place = machine.ask(wayland_display), machine.ask(runtime_folder)
    if machine.ask(folder) is None or name is None or not (place or name.startswith("/")):
        return None
    if machine.ask(_is_locked):
        return None
    return machine.world.exists(name if name.startswith("/") else f"{(place or '').rstrip('/')}/{name}")


def has_sound(machine: ProbeContext) -> bool | None:
    """Return whether the socket that sound programs open exists; None for a server elsewhere.

    Without PULSE_SERVER they look into XDG_RUNTIME_DIR (pulse-client.conf(5)).
    """
    server, place = machine.ask(sound_server), machine.ask(runtime_folder)
    if machine.ask(folder) is None:
        return None
    if server is None:
        return place is not None and machine.world.exists(f"{place.rstrip('/')}/pulse/native")
    path = server.removeprefix("unix:")
    return machine.world.exists(path) if path.startswith("/") else None


def lacks_alsa_plugin(machine: ProbeContext) -> bool | None:
    """Return whether ALSA is told to use PulseAudio without the plug-in for it; None if it is not told so."""
    path = machine.ask(alsa_default)
    if not path or path == CARDS or not _PULSE.search(machine.text(path) or ""):
        return None
    return not any(machine.world.exists(f"{place}/alsa-lib/{PLUGIN}") for place in LIBRARY_FOLDERS)


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


def _is_locked(machine: ProbeContext) -> bool:
    """Return whether the folder with the socket belongs to another user: WSLg makes it for user 1000 (wslg 1187)."""
    return machine.world.can_write(f"{machine.ask(folder)}/runtime-dir") is False


def _serves(machine: ProbeContext, name: str) -> bool | None:
    place = machine.ask(folder)
    return None if place is None else machine.world.exists(f"{place}/{name}")


def _variable(machine: ProbeContext, name: str) -> str | None:
    return machine.environment.get(name) or None if machine.ask(kernel.generation) else None
