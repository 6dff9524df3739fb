"""The folders of a measurement: noted before they are made, removed at its end, or by the next one after a kill.

Only a folder with our name, which has 64 random bits, is removed, and no link is followed. One measurement runs at a
time: the lock shows it, and two of them would measure each other.
"""

import contextlib
import json
import os
import re
import shutil
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wslgo.system import journal
from wslgo.system.files import write_atomically
from wslgo.system.lock import try_lock
from wslgo.system.process import is_kept_from_others
from wslgo.system.reader import open_own, read_regular

if TYPE_CHECKING:
    from typing_extensions import Self

_NAME = re.compile(r"\.wslgo-bench-[0-9a-f]{16}")
_ATTEMPTS, _PAUSE = 4, 0.1  # seconds, times the number of the attempt
_LOCK, _NOTED = "lock", "folders.json"


class RunningError(Exception):
    """Another measurement of this user is running."""


class Folders:
    """The folders of one measurement, at most one in each place. Use it as a context."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._name = f".wslgo-bench-{os.urandom(8).hex()}"
        self._made: list[str] = []
        self._own: list[str] = []
        self._lock = -1
        self.removed: tuple[str, ...] = ()

    def __enter__(self) -> "Self":
        """Take the lock, and remove what a killed measurement has left. Raises RunningError and OSError."""
        self._state.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = open_own(self._state / _LOCK)
        if not try_lock(self._lock):
            os.close(self._lock)
            raise RunningError
        left = _noted(self._state / _NOTED)
        self.removed = tuple(path for path in left if os.path.lexists(path) and remove(path))
        self._made = [path for path in left if os.path.lexists(path)]
        self._note()
        return self

    def __exit__(self, *_: object) -> None:
        self._made = [path for path in self._made if not remove(path)]
        with contextlib.suppress(OSError):
            self._note()
        os.close(self._lock)

    @property
    def first(self) -> str:
        """The folder that was made first."""
        return self._own[0]

    def make(self, place: str) -> str:
        """Return this measurement's folder in a place, which is made if needed. Raises OSError."""
        path = f"{place.rstrip('/')}/{self._name}"
        if path not in self._made:
            self._made.append(path)
            self._note()  # before it exists: a kill in between leaves nothing behind
            os.mkdir(path, 0o700)  # noqa: PTH102 - fails if the name is taken
            self._own.append(path)
        return path

    def _note(self) -> None:
        path = self._state / _NOTED
        if self._made:
            write_atomically(path, json.dumps(self._made).encode())
        else:
            path.unlink(missing_ok=True)


def state_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder with the history and the notes of this user's measurements, beside the journal."""
    return journal.folder_of(environment).parent / "bench"


def is_safe_for_root(place: str, *, is_windows: bool) -> bool:
    """Return whether no other user can exchange a folder there; modes say nothing about a Windows drive."""
    return os.geteuid() != 0 or is_windows or is_kept_from_others(place) or _is_sticky(Path(place))


def _is_sticky(place: Path) -> bool:
    try:
        return bool(place.stat().st_mode & stat.S_ISVTX) and is_kept_from_others(str(place.parent))
    except OSError:
        return False


def remove(path: str) -> bool:
    """Remove a folder of a measurement with the read-only folders of go's module cache; return whether it is gone."""
    folder = Path(path)
    for attempt in range(_ATTEMPTS):
        if not os.path.lexists(folder) or not _NAME.fullmatch(folder.name) or folder.is_symlink():
            break
        time.sleep(attempt * _PAUSE)  # a program that was killed may be writing until now
        empty(folder)
        with contextlib.suppress(OSError):
            folder.rmdir()
    return not os.path.lexists(folder)


def empty(folder: Path) -> None:
    """Remove the content of a folder without following links; what cannot be removed stays."""
    for here, names, _ in os.walk(folder):
        for inner in (Path(here, name) for name in names):
            with contextlib.suppress(OSError):
                if not inner.is_symlink():
                    inner.chmod(0o700)  # go makes the folders of modules read-only
    with contextlib.suppress(OSError):
        for inner in list(folder.iterdir()):
            if inner.is_dir() and not inner.is_symlink():
                shutil.rmtree(inner, ignore_errors=True)
            else:
                inner.unlink()


def _noted(path: Path) -> list[str]:
    """Return the folders that an earlier measurement has noted; anything but our own names does not count."""
    try:
        found: Any = json.loads(read_regular(path))
    except (OSError, ValueError, RecursionError):
        return []
    paths = [item for item in found if isinstance(item, str)] if isinstance(found, list) else []
    return [path for path in paths if path.startswith("/") and _NAME.fullmatch(path.rpartition("/")[2])]
