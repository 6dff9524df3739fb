"""The disk as a listing, and the project that a `launch.json` belongs to."""

import os
from collections.abc import Callable, Sequence

from wslgo.golang.listing import Entries
from wslgo.golang.project import GO_MOD, GO_WORK, Project
from wslgo.system.reader import LeadsOutError, leads_out, open_folder, read_beginning
from wslgo.system.repository import around, upwards
from wslgo.text.source import decode

LeaveOut = Callable[[str], None]


def _ignore(_path: str) -> None:
    pass


class Disk:
    """A folder on the disk. Links to folders are not followed, as in the go command.

    Links to files are followed inside the folders `within`, which are free of links. A link that leads out of them
    counts as missing, and `leave_out` is called with its path.
    """

    def __init__(self, root: str, within: Sequence[str] | None = None, leave_out: LeaveOut = _ignore) -> None:
        self._root = root
        self._within = (os.path.realpath(root),) if within is None else within
        self._leave_out = leave_out

    def entries(self, folder: str) -> Entries:
        folders, files = [], []
        try:
            descriptor = open_folder(os.path.join(self._root, folder), self._within)
        except (OSError, ValueError):
            return Entries()
        try:
            with os.scandir(descriptor) as found:
                for entry in found:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.name)
                    elif self._is_file(folder, entry):
                        files.append(entry.name)
        except OSError:
            return Entries()
        finally:
            os.close(descriptor)
        return Entries(tuple(sorted(folders)), tuple(sorted(files)))

    def _is_file(self, folder: str, entry: "os.DirEntry[str]") -> bool:
        if not entry.is_symlink():
            return entry.is_file()
        path = os.path.join(self._root, folder, entry.name)
        if leads_out(path, self._within):
            self._leave_out(path)
            return False
        return os.path.isfile(path)  # the entry itself would raise for a link that leads to itself

    def text(self, path: str, size: int) -> str:
        path = os.path.join(self._root, path)
        try:
            return decode(read_beginning(path, size, within=self._within)).text
        except LeadsOutError:
            self._leave_out(path)
        except (OSError, ValueError):
            pass
        return ""


def project_of(path: str, within: Sequence[str] | None = None, leave_out: LeaveOut = _ignore) -> Project:
    """Return the workspace of a `.vscode/launch.json`, without reading it yet.

    Its root is the nearest `go.work` or `go.mod` at or above the folder of `.vscode`, so a folder inside a module can
    be open, too. The search stays in the folders `within`, which are free of links, or else in the repository. Paths
    are shown like `path`: relative ones stay relative.
    """
    home = os.path.dirname(os.path.dirname(path))
    place = os.path.dirname(os.path.dirname(os.path.abspath(path)))
    root = _root_above(place, within)
    inside = os.path.relpath(place, root)
    prefix = os.path.join(home, os.path.relpath(root, place))
    prefix = "" if os.path.normpath(prefix) == os.curdir else os.path.normpath(prefix)
    # A submodule of git can be in a folder of another module.
    is_bounded = within is not None or os.path.isfile(os.path.join(root, ".git"))
    if within is None:  # the user opened or named this folder, so it counts even outside the repository
        within = (*around(root), os.path.realpath(place))
    disk = Disk(root, within, leave_out)
    return Project(
        disk, "" if inside == os.curdir else inside, os.path.join(prefix, "") if prefix else "", is_bounded=is_bounded
    )


def _root_above(place: str, within: Sequence[str] | None) -> str:
    """Return the folder of the nearest `go.work`, else of the nearest `go.mod`, up to the root of the repository."""
    nearest = ""
    for folder in upwards(place):
        if within is not None and leads_out(folder, within):
            break
        if _has(folder, GO_WORK, within):
            return folder
        if not nearest and _has(folder, GO_MOD, within):
            nearest = folder
    return nearest or place


def _has(folder: str, name: str, within: Sequence[str] | None) -> bool:
    path = os.path.join(folder, name)
    if not os.path.lexists(path) or leads_out(path, around(folder) if within is None else within):
        return False
    return os.path.isfile(path)
