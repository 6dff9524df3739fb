"""The repository around a folder: what it brings along is not run, and its links are followed no further."""

import os
from collections.abc import Iterable, Iterator

from wslgo.reader import is_within

# What shows that a folder is somebody's project.
_MARKS = (
    *(".git", ".hg", ".svn", ".jj", "go.work", "go.mod", ".envrc", ".vscode", "wslgo.yaml", ".devcontainer"),
    *("mise.toml", ".mise.toml", ".tool-versions", "package.json"),
)
# Where people and systems keep programs: to stand in such a folder does not make it a project.
_SYSTEM = ("/usr", "/opt", "/snap", "/bin", "/sbin", "/nix", "/run")
_OWN = ("bin", ".local", "sdk", "go/bin")


def root_of(folder: str) -> str | None:
    """Return the nearest folder with a `.git`, this one or one above it, as the path names them."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def around(folder: str) -> tuple[str, ...]:
    """Return the folders, without links, in which a file that was found from `folder` has to be: the repository, else
    the folder itself.
    """
    folder = os.path.abspath(folder)
    return (os.path.realpath(root_of(folder) or folder),)


def link_out(path: str) -> bool:
    """Return whether a link of a repository, or of the current folder, leads out of it on the way to `path`."""
    here, current = "/", os.getcwd()
    for name in os.path.join(current, path).split("/"):
        there = os.path.normpath(os.path.join(here, name))
        if not os.path.islink(there):
            here = there
            continue
        root = root_of(here) or (current if is_within(here, (current,)) else None)
        here = os.path.realpath(there)
        if root is not None and not is_within(here, (os.path.realpath(root),)):
            return True
    return False


def workspaces(folders: str | Iterable[str], home: str, here: str = "") -> tuple[str, ...]:
    """Return the folders whose programs are not run: of each folder the outermost repository around it, else itself.

    `folders` are open or named ones, `here` is the current folder: who stands where programs are kept has not made it
    a project. A home folder is the user's, also where it is a repository.
    """
    named = (folders,) if isinstance(folders, str) else tuple(folders)
    found = [one for folder in named for one in _outermost(os.path.realpath(folder), home)]
    current = os.path.realpath(here) if here else "/"
    found += [one for one in _outermost(current, home) if one != current or not _keeps_programs(current, home)]
    return tuple(dict.fromkeys(found))


def current_folder() -> str:
    """Return the current folder, "" where it has been removed."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _outermost(folder: str, home: str) -> Iterator[str]:
    """The outermost project around a folder, or else the folder."""
    found, at = folder, folder
    while at != "/" and not _holds(at, home):
        if any(os.path.lexists(f"{at}/{name}") for name in _MARKS):
            found = at
        at = os.path.dirname(at)
    if at != folder:
        yield found


def _keeps_programs(folder: str, home: str) -> bool:
    places = (*_SYSTEM, *(f"{home.rstrip('/')}/{name}" for name in _OWN if home))
    return any(_holds(place, folder) or _holds(folder, place) for place in places)


def _holds(folder: str, inner: str) -> bool:
    return f"{inner.rstrip('/')}/".startswith(f"{folder.rstrip('/')}/")
