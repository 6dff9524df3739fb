"""The facts of a machine that a measurement depends on, without names of the user's folders."""

import os
from collections.abc import Iterable

from wslgo.bench.model import Conditions, Measured, Place
from wslgo.knowledge.wsl_key import Kind
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine.host import Host
from wslgo.syntax.wsl import ini_file
from wslgo.system.repository import current_folder
from wslgo.text.source import Source

# Values without paths and names.
_PLAIN = frozenset((Kind.BOOL, Kind.INT, Kind.SIZE, Kind.ENUM))


def conditions_of(host: Host, measured: Iterable[Measured] = (), here: str = "") -> Conditions:
    """Return the facts, with the file systems of the measured places and that of the current folder."""
    values = host.go_values()
    return Conditions(
        host.go.version if host.go else None,
        host.running.processors or os.cpu_count(),
        host.running.memory,
        host.running.swap,
        host.wsl.kernel,
        host.wsl.version,
        host.wsl.distribution,
        host.running.networking,
        _settings(host),
        _file_systems(measured),
        _file_system(values.get("GOCACHE", ""), host),
        _file_system(values.get("GOMODCACHE", ""), host),
        _file_system(here or current_folder(), host),
    )


def _settings(host: Host) -> str | None:
    """Return the settings of `.wslconfig` as WSL read them at its last start; None if they are unknown."""
    known = host.wslconfig
    if known is None:
        return None
    text = known.at_start if known.knows_start else known.text
    file = ini_file.parse(Source(text or ""), "wslconfig", KEYS["wslconfig"])
    values = {
        setting.known.name: setting.value
        for setting in file.settings
        if setting.known is not None and setting.known.kind in _PLAIN and setting.converted
    }
    return ", ".join(f"{name}={value}" for name, value in sorted(values.items()))


def _file_systems(measured: Iterable[Measured]) -> str | None:
    places = {place.name: place.kind for each in measured for place in each.arrangement.places}
    return ", ".join(f"{name} {kind}".rstrip() for name, kind in places.items()) or None


def _file_system(path: str, host: Host) -> str | None:
    """Return the drive or the mount of a path."""
    mount = host.mount_of(path) if path.startswith("/") else None
    return None if mount is None else Place(path, mount.target, mount.kind, mount.windows).name
