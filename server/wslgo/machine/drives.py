"""Windows drives by their Linux path: the mounts of a machine, and the defaults of WSL where none are known."""

import re

from wslgo.machine.host import Host
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

# WSL mounts each drive under its letter in lower case, in this folder unless automount.root names another one
# (init/config.cpp, 2026-08).
AUTOMOUNT_ROOT = "/mnt"

# A distribution as Windows shows it; before Windows 11 its name was `wsl$` (WSL 2.x, init/plan9.cpp).
_DISTRIBUTION = pattern(r"\\\\wsl(?:\$|\.localhost)\\([^\\]+)", re.IGNORECASE)
_LETTER = pattern(r"/([a-z])(?=/|\Z)")


class Drive(NamedTuple):
    """A Windows drive or folder (`C:\\`) and its mount point; `is_default` if only WSL's defaults say so."""

    windows: str
    target: str
    is_default: bool = False


def drive_of(path: str, host: Host, *, is_own: bool) -> Drive | None:
    """Return the Windows drive that holds an absolute path on the WSL that reads a file.

    The mounts of the machine decide. Where they are unknown, or the machine is not WSL, the defaults of WSL decide,
    but not for the machine's own files (`is_own`).
    """
    if host.mounts is not None and host.wsl.generation != 0:
        return _mounted_drive(path, host)
    return None if is_own else default_drive_of(path, host.wsl.automount_root or AUTOMOUNT_ROOT)


def default_drive_of(path: str, root: str = AUTOMOUNT_ROOT) -> Drive | None:
    """Return the Windows drive that holds an absolute path where WSL mounts its drives in `root`."""
    root = root.rstrip("/")
    found = _LETTER.match(path, len(root)) if path.startswith(f"{root}/") else None
    return Drive(f"{found[1].upper()}:", f"{root}/{found[1]}", is_default=True) if found else None


def distribution_of(windows: str) -> str:
    r"""Return the name in `\\wsl.localhost\NAME`, the path by which Windows shows a distribution; "" for others."""
    found = _DISTRIBUTION.match(windows)
    return found[1] if found else ""


def _mounted_drive(path: str, host: Host) -> Drive | None:
    mount = host.mount_of(path) if path.startswith("/") else None
    return Drive(mount.windows, mount.target) if mount is not None and mount.windows else None
