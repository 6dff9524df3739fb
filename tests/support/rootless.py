"""An ordinary user with a real sudo, in a mount namespace of its own with another sudoers file."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import gettempdir

from frontdoor import dev

NOBODY = 65534
# The only command that the user may run as root: the one that wslgo needs.
SUDOERS = "Defaults env_reset\nnobody ALL=(root) NOPASSWD: /bin/sh -c *\n"

# In the namespace other users can enter root's home, where the interpreters of the tests can be.
_ENTER = """home=$2 hold=$3
mount --bind "$1" /etc/sudoers
mount --bind "$4" /var/lib
mount --rbind "$home" "$hold"
mount -t tmpfs -o mode=0755 tmpfs "$home"
for one in "$hold"/* "$hold"/.[!.]*; do
  [ -d "$one" ] || continue
  mkdir "$home/${one##*/}"
  mount --rbind "$one" "$home/${one##*/}"
done
shift 4
exec setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"
"""


class User:
    """An unprivileged account, with a home in one of root's folders."""

    id = NOBODY

    def __init__(self, folder: Path) -> None:
        dev.debian_packages()
        self.home = folder / "home-of-nobody"
        self.home.mkdir()
        os.chown(self.home, NOBODY, NOBODY)
        self._hold = folder / "home-of-root"
        self._hold.mkdir()
        self._lib = folder / "lib"  # root's own records
        self._lib.mkdir(mode=0o755, exist_ok=True)
        self._sudoers = folder / "sudoers"
        self._sudoers.write_text(SUDOERS, encoding="utf-8")
        self._sudoers.chmod(0o440)
        let_pass(folder)

    def words(self, command: Sequence[str | Path]) -> list[str]:
        """Return the command line that runs a command as this user."""
        places = map(str, (self._sudoers, Path.home(), self._hold, self._lib))
        return ["unshare", "--mount", "sh", "-ec", _ENTER, "sh", *places, *map(str, command)]

    @property
    def environment(self) -> dict[str, str]:
        folders = {"XDG_STATE_HOME": str(self.home / "state"), "XDG_CACHE_HOME": str(self.home / ".cache")}
        return {"HOME": str(self.home), "USER": "nobody", **folders}

    def run(
        self, command: Sequence[str | Path], environment: Mapping[str, str], stdin: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        everything = {**os.environ, **self.environment, **environment}
        return subprocess.run(
            self.words(command), input=stdin, capture_output=True, env=everything, cwd="/", timeout=60, check=False
        )


def let_pass(folder: Path) -> None:
    """Let other users into a folder of pytest, whose base folder is private."""
    for place in (folder, *folder.parents):
        if place.is_relative_to(gettempdir()) and not place.stat().st_mode & 0o001:
            place.chmod(place.stat().st_mode | 0o055)


def is_possible() -> bool:
    """Return whether this process can become another user, in a namespace of its own."""
    words = ["unshare", "--mount", "true"]
    return os.geteuid() == 0 and bool(shutil.which("unshare")) and not subprocess.run(words, check=False).returncode
