"""The files, folders and links that the requested steps read, as they are on the machine."""

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from wslgo.provision.errors import problem_of
from wslgo.provision.model.facts import File
from wslgo.provision.target import Target
from wslgo.system.errors import reason
from wslgo.system.place import Place
from wslgo.text.message import Message, Text

UNSEEN = Message(en="{path} cannot be read: {words}", zh="无法读取 {path}：{words}")


class FileFacts(NamedTuple):
    """The content of each path, as in `Facts`."""

    files: Mapping[str, File | None]
    folders: Mapping[str, tuple[str, ...] | None]
    links: Mapping[str, str | None]
    problems: tuple[Text, ...]


class FileObserver:
    """Collects what is at one path after the other."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._files: dict[str, File | None] = {}
        self._folders: dict[str, tuple[str, ...] | None] = {}
        self._links: dict[str, str | None] = {}
        self._problems: dict[Text, None] = {}

    @property
    def record(self) -> FileFacts:
        """Everything that was seen so far."""
        return FileFacts(self._files, self._folders, self._links, tuple(self._problems))

    def look(self, pattern: str) -> None:
        """Look at a path, or for `FOLDER/*` at each file of the folder. A path that cannot be read stays unknown."""
        path, star, _ = pattern.partition("/*")
        self._attempt(self._list if star else self._see, path)
        if star:
            for name in self._folders.get(path) or ():
                self._attempt(self._see, f"{path}/{name}")

    def _attempt(self, see: Callable[[str], None], path: str) -> None:
        try:
            see(path)
        except OSError as error:
            # Files outside of the home folder that this user may not read are none of their business.
            if path.startswith(f"{self._target.user.home}/"):
                self._problems[UNSEEN(path=path, words=reason(error))] = None
        except Exception as error:  # noqa: BLE001 - as in `Observer.look`
            self._problems[problem_of(error, path)] = None

    def _list(self, folder: str) -> None:
        self._folders[folder] = self._target.open(folder).names()

    def _see(self, path: str) -> None:
        self._links[path] = self._target.open(path, follows=False).link_target()
        place = self._target.open(path)
        found = place.stat()
        if found is None or stat.S_ISREG(found.st_mode):
            self._files[path] = None if found is None else self._file(place, found)
        if found is None or stat.S_ISDIR(found.st_mode):
            self._folders[path] = None if found is None else place.names()
        elif not stat.S_ISREG(found.st_mode) and not stat.S_ISCHR(found.st_mode):  # links to /dev/null turn files off
            place.content()  # raises the reason why it cannot be read

    def _file(self, place: Place, found: os.stat_result) -> File | None:
        data = place.content()
        return None if data is None else File(data, stat.S_IMODE(found.st_mode), self._target.owner(found.st_uid))


def file_facts(target: Target, patterns: Iterable[str]) -> FileFacts:
    """Look at every path."""
    observer = FileObserver(target)
    for pattern in patterns:
        observer.look(pattern)
    return observer.record
