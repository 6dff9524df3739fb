"""The facts about a workspace that is to be copied to the disk of Linux."""

from typing import NamedTuple

from wslgo.text.message import Text


class Folder(NamedTuple):
    """A folder that is not copied, with the number of its files, and their bytes."""

    path: str
    files: int
    size: int


class WorkspaceMove(NamedTuple):
    """A workspace and the place of its copy.

    `left_out` are folders that git ignores and that builds make again, `dropped` parts of git that belong to work trees
    elsewhere; both are relative to `source`. With `is_from_windows` modes, links and the case of names follow the
    index of git where the drive does not keep them. `notes` are what a user has to know or do.
    """

    source: str
    target: str
    files: int
    size: int
    is_from_windows: bool
    keeps_modes: bool
    left_out: tuple[Folder, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    repositories: int = 0
