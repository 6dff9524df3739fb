"""An attacking user who changes a tree while root works in it, at chosen system calls and without root's rights."""

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from smallmachine import USER, snapshot
from treechanges import What

# Audit events that Python raises before a call that looks up a name.
_CALLS = {
    *("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.link", "os.symlink"),
    *("os.utime", "os.truncate", "os.setxattr", "os.listdir", "os.scandir", "os.listxattr", "os.getxattr"),
}


class Vault:
    """Root's files in a folder that only root can enter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700)
        for name, mode in {"passwd": 0o644, "shadow": 0o600, "sudoers": 0o440, "bin/go": 0o755, "env": 0o600}.items():
            (folder / name).parent.mkdir(mode=0o755, exist_ok=True)
            (folder / name).write_bytes(b"root's\n")
            (folder / name).chmod(mode)
        self.before = self.now()

    def now(self) -> dict[str, tuple[What, int]]:
        """All of it, with the names that each file has."""
        return {
            name: (found, (self.folder / name).lstat().st_nlink)
            for name, found in {".": (), **snapshot(self.folder)}.items()
        }

    def check(self) -> None:
        found = self.folder.lstat()
        assert (found.st_mode & 0o7777, found.st_uid, found.st_gid) == (0o700, 0, 0)
        assert self.now() == self.before


class Link:
    """An attack that replaces a path with a link to something else."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def put(self, place: Path) -> None:
        place.symlink_to(self._target)

    def take(self, place: Path) -> None:
        if place.is_symlink():
            place.unlink()


class Other:
    """Puts there a file from elsewhere, such as a folder of root's in a folder of one's own."""

    def __init__(self, source: Path) -> None:
        self._source = source

    def put(self, place: Path) -> None:
        self._source.rename(place)

    def take(self, place: Path) -> None:
        place.rename(self._source)


class Attacker:
    """An attacker that acts at every call whose number is `phase` modulo `period`, on one place after the other.

    It undoes its change at the next call, so that what is running continues.
    """

    def __init__(self, places: Callable[[], list[Path]], swap: Link | Other, period: int, phase: int) -> None:
        self._places = places
        self._swap = swap
        self._period = period
        self._phase = phase
        self._calls = 0
        self._turn = 0
        self._swapped: list[tuple[Path, Path]] = []
        self._is_acting = False

    def start(self) -> None:
        sys.addaudithook(self._hear)

    def _hear(self, event: str, _: object) -> None:
        if event not in _CALLS or self._is_acting:
            return
        self._is_acting = True
        os.seteuid(USER)
        try:
            self.retreat()
            if self._calls % self._period == self._phase:
                self._attack()
        finally:
            os.seteuid(0)
            self._is_acting = False
            self._calls += 1

    def stop(self) -> None:
        self._is_acting = True
        self.retreat()

    def _attack(self) -> None:
        places = self._places()
        if not places:
            return
        place = places[self._turn % len(places)]
        self._turn += 1
        aside = place.with_name(f"{place.name}.mine")
        try:
            place.rename(aside)
        except OSError:
            return
        self._swapped.append((place, aside))
        try:
            self._swap.put(place)
        except OSError:
            self.retreat()

    def retreat(self) -> None:
        for place, aside in self._swapped:
            with contextlib.suppress(OSError):
                self._swap.take(place)
            with contextlib.suppress(OSError):
                aside.rename(place)
        self._swapped.clear()


def attacked(run: Callable[[], object], attacker: Attacker) -> None:
    """Run something in a process of its own, in which an attacker acts."""
    child = os.fork()
    if child == 0:
        attacker.start()
        code = 1
        try:
            run()
            attacker.stop()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0


def everything_in(folder: Path) -> list[Path]:
    """Yield the paths in the folders of a user, parents first."""
    found: list[Path] = []
    for parent, folders, files in os.walk(folder):
        found += [Path(parent, name) for name in (*sorted(folders), *sorted(files)) if not name.endswith(".mine")]
    return found
