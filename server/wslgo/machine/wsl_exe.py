"""The `wsl.exe` of this machine, and the name by which it knows this distribution."""

import os
import re

from wslgo.machine.host import Host
from wslgo.system.as_root import PLAIN_WORD, WSL, Wsl

_DRIVE = re.compile(r"[A-Z]:\\")


def wsl_of(host: Host) -> Wsl | None:
    """The `wsl.exe` of a machine, on a drive by the mount table, which is root's; no PATH decides about it."""
    name = host.wsl.distribution or ""
    drives = [one for one in host.mounts or () if _DRIVE.fullmatch(one.windows or "")]
    drives.sort(key=lambda one: (one.windows != "C:\\", one.windows))
    programs = (f"{drive.target.rstrip('/')}/{WSL}" for drive in drives)
    program = next(filter(os.path.isfile, programs), None)
    return Wsl(program, name) if program and host.wsl.has_interop and PLAIN_WORD.fullmatch(name) else None
