"""The `wsl.exe` of this machine, and its name for this distribution."""

import os
import re

from wslgo.machine.host import Host
from wslgo.system.as_root import PLAIN_WORD, WSL, Wsl

_DRIVE = re.compile(r"[A-Z]:\\")


def wsl_of(host: Host) -> Wsl | None:
    """Return the `wsl.exe` on a Windows drive of root's mount table; PATH plays no part."""
    name = host.wsl.distribution or ""
    drives = [mount for mount in host.mounts or () if _DRIVE.fullmatch(mount.windows or "")]
    drives.sort(key=lambda drive: (drive.windows != "C:\\", drive.windows))
    programs = (f"{drive.target.rstrip('/')}/{WSL}" for drive in drives)
    program = next(filter(os.path.isfile, programs), None)
    return Wsl(program, name) if program and host.wsl.has_interop and PLAIN_WORD.fullmatch(name) else None
