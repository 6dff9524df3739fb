"""The disk as a listing, and the project that a `launch.json` belongs to: what editor and terminal hand to the core."""

import os

from wslgo.goproject import GO_MOD, GO_WORK, Entries, Project
from wslgo.source import decode


class Disk:
    """A folder on the disk. Links to folders are not followed, as the go command does not follow them."""

    def __init__(self, root: str) -> None:
        self._root = root

    def entries(self, folder: str) -> Entries:
        folders, files = [], []
        try:
            with os.scandir(os.path.join(self._root, folder)) as found:
                for entry in found:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.name)
                    elif entry.is_file():
                        files.append(entry.name)
        except (OSError, ValueError):
            return Entries()
        return Entries(tuple(sorted(folders)), tuple(sorted(files)))

    def text(self, path: str, size: int) -> str:
        try:
            with open(os.path.join(self._root, path), "rb") as file:
                return decode(file.read(size)).text
        except (OSError, ValueError):
            return ""


def project_of(path: str) -> Project:
    """The workspace of a `.vscode/launch.json`; its root is the nearest `go.work` or `go.mod` at or above the folder
    that holds `.vscode`, so that a folder inside a module can be opened too. Nothing is read yet.

    Paths are shown in the manner of `path`: relative ones stay relative.
    """
    home = os.path.dirname(os.path.dirname(path))
    place = os.path.dirname(os.path.dirname(os.path.abspath(path)))
    root = _root_above(place)
    inside = os.path.relpath(place, root)
    prefix = os.path.join(home, os.path.relpath(root, place))
    prefix = "" if os.path.normpath(prefix) == os.curdir else os.path.normpath(prefix)
    return Project(Disk(root), "" if inside == os.curdir else inside, os.path.join(prefix, "") if prefix else "")


def _root_above(place: str) -> str:
    """The search ends at the root of a repository; a `go.work` counts more than the `go.mod` below it."""
    folder, nearest = place, ""
    while True:
        if os.path.isfile(os.path.join(folder, GO_WORK)):
            return folder
        if not nearest and os.path.isfile(os.path.join(folder, GO_MOD)):
            nearest = folder
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return nearest or place
        folder = above
