"""The package manager of the distribution, and the installed packages, of those that wslgo knows."""

from wslgo.knowledge.packages import APT, INSTALLERS, PKG_CONFIG_FILES, PKG_CONFIG_FOLDERS, is_known
from wslgo.machine.probe.context import ProbeContext
from wslgo.syntax import dpkg_status
from wslgo.system.reader import LARGEST

_FOLDERS = ("/usr/bin", "/sbin")


def installer(machine: ProbeContext) -> str | None:
    """Return the program that installs packages; None if it is not one that wslgo knows."""
    if machine.world.exists(dpkg_status.PATH):
        return APT
    names = (known.program for known in INSTALLERS)
    return next((name for name in names if any(machine.world.exists(f"{folder}/{name}") for folder in _FOLDERS)), None)


def packages(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the installed and provided packages that wslgo knows; None if they cannot be known.

    Without dpkg these are the libraries whose pkg-config files exist, by the names of Debian.
    """
    program = machine.ask(installer)
    if program != APT:
        return None if program is None else _by_pkg_config(machine)
    found = machine.ask(database)
    return tuple(sorted(filter(is_known, found.installed | found.provided))) if found is not None else None


def database(machine: ProbeContext) -> dpkg_status.Dpkg | None:
    """Return the database of dpkg; None without it, or if it is too large."""
    data = machine.world.read(dpkg_status.PATH)
    if data is None or len(data) >= LARGEST:
        return None
    return dpkg_status.parse(data.decode("utf-8", "replace"))


def _by_pkg_config(machine: ProbeContext) -> tuple[str, ...]:
    added = machine.environment.get("PKG_CONFIG_PATH", "").split(":")
    folders = (*PKG_CONFIG_FOLDERS, *(folder for folder in added if folder.startswith("/")))
    files = {name for folder in folders for name in machine.world.names(folder)}
    found = (name for name, needed in PKG_CONFIG_FILES.items() if all(f"{file}.pc" in files for file in needed))
    return tuple(sorted(filter(is_known, found)))
