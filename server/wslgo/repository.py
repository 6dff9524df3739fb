"""The repository around a folder: what it brings along is not run, and its links are followed no further."""

import os

from wslgo.reader import is_within


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


def workspaces(folder: str, home: str) -> tuple[str, ...]:
    """The outermost repository around a folder: its programs are not run. A home folder that is one is the user's."""
    outermost: tuple[str, ...] = ()
    while folder != "/" and not f"{home}/".startswith(f"{folder}/"):
        if any(os.path.exists(f"{folder}/{name}") for name in (".git", "go.work", "go.mod")):
            outermost = (folder,)
        folder = os.path.dirname(folder)
    return outermost
