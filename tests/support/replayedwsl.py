"""A WSL machine for VS Code: an ordinary user with a real sudo in a mount namespace.

There `/etc` is a temporary copy, `/mnt/c` is a folder, and the answers of WSL and Windows are recorded.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from machines import HOSTS
from rootless import SUDOERS, User

RECORD = HOSTS / "ubuntu-24.04-nat.json"
WSLCONF = "[boot]\nsystemd=yes\n"
PASSWORD = "secret"
_HASH = "$6$wslgo$ytkPIXWJ59k80R9JHMpWLFoLa64S86WT8c22yxI/0glRZhEPw4fKwlUvOUAppyElYpXkEF5CiWidWwd4ilrIW."
WSLCONFIG = "[wsl2]\nnetworkingMode=mirored\n"
BASHRC = "case $- in\n *i*) ;;\n *) return;;\nesac\n"
PROFILE = '. "$HOME/.bashrc"\n'
# Without the Go of this machine.
PATH = "/usr/local/bin:/usr/bin:/bin"

_ENTER = """folder=$1
mount -t overlay -o "lowerdir=/etc,upperdir=$folder/etc,workdir=$folder/work" overlay /etc
mount -t tmpfs tmpfs /usr/local/go
mount -t tmpfs tmpfs /mnt
mkdir /mnt/c
mount --bind "$folder/windows" /mnt/c
shift
exec "$@"
"""
# A Python that reports its version, and that starts the replayed server instead of the real one.
_PYTHON = '#!/bin/sh\n[ "$2" = -c ] && exec {python} "$@"\nexec {python} -I {server} "$3" {record}\n'


class Wsl(User):
    """The user on that machine."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._sudoers.write_text(SUDOERS.replace("NOPASSWD: ", ""), encoding="utf-8")
        self.folder = folder / "wsl"
        self.etc = self.folder / "etc"  # the files of /etc that differ from this machine's
        self.windows = self.folder / "windows"
        for folder in (self.etc, self.folder / "work", self.windows):
            folder.mkdir(parents=True)
        users = Path("/etc/passwd").read_text(encoding="utf-8")
        login = f"nobody:x:{self.id}:{self.id}::{self.home}:/bin/bash"
        others = [line for line in users.splitlines() if not line.startswith("nobody:")]
        self._write(self.etc / "passwd", "\n".join([*others, login, ""]))
        self._write(self.etc / "shadow", f"nobody:{_HASH}:20000:0:99999:7:::\n", mode=0o640)
        self.wslconf = self._write(self.etc / "wsl.conf", WSLCONF)
        self.wslconfig = self._write(self.windows / "Users/user/.wslconfig", WSLCONFIG, owner=self.id)
        self.bashrc = self._write(self.home / ".bashrc", BASHRC, owner=self.id)
        self._write(self.home / ".profile", PROFILE, owner=self.id)
        self.python = self._write(self.folder / "python3", self._replaying(), mode=0o755)

    def words(self, command: Sequence[str | Path]) -> list[str]:
        inner = super().words(command)
        return ["unshare", "--mount", "sh", "-ec", _ENTER, "sh", str(self.folder), *inner]

    def snapshot(self) -> dict[str, bytes]:
        """Return the files that provisioning may change, without wslgo's and VS Code's own records."""
        kept = ("state", ".cache", ".local", ".vscode-server", ".config/code-server")
        found = {}
        for place in (self.etc, self.windows, self.home):
            for path in (path for path in sorted(place.rglob("*")) if path.is_file()):
                name = str(path.relative_to(place))
                if not (place == self.home and name.startswith(kept)):
                    found[f"{place.name}/{name}"] = path.read_bytes()
        return found

    def _replaying(self) -> str:
        """Return a script that works as an interpreter and starts the replayed server."""
        server = Path(shutil.copy(Path(__file__).with_name("replayedserver.py"), self.folder))
        record = Path(shutil.copy(RECORD, self.folder))
        return _PYTHON.format(python=sys.executable, server=server, record=record)

    def _write(self, path: Path, text: str, mode: int = 0o644, owner: int = 0) -> Path:
        missing = [parent for parent in path.parents if not parent.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        for created in (*missing, path):
            os.chown(created, owner, owner)
        return path
