"""The repository around a folder: what it brings along is not run."""

import os


def workspaces(folder: str, home: str) -> tuple[str, ...]:
    """The outermost repository around a folder: its programs are not run. A home folder that is one is the user's."""
    outermost: tuple[str, ...] = ()
    while folder != "/" and not f"{home}/".startswith(f"{folder}/"):
        if any(os.path.exists(f"{folder}/{name}") for name in (".git", "go.work", "go.mod")):
            outermost = (folder,)
        folder = os.path.dirname(folder)
    return outermost
