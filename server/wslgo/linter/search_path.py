"""The folders that PATH lacks, and those that start-up files of shells add to it."""

from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.syntax.family import ENVIRONMENT, FISH, SHELL
from wslgo.syntax.shell.search_path import above_guard, adds

_BASHRC = "/.bashrc"  # its end is for interactive shells alone


def is_missing(host: Host, folder: str) -> bool:
    """Return whether PATH is known and lacks a folder."""
    known = host.search_path
    return known is not None and folder.rstrip("/") not in {entry.rstrip("/") for entry in known}


def is_added(host: Host, scene: MachineScene, folder: str) -> bool:
    """Return whether a start-up file adds a folder to PATH for every shell; False if the files are not known."""
    for file in scene.files:
        if file.family.name in (SHELL, FISH, ENVIRONMENT):
            place, text = file.place or file.path, file.source.text
            read = above_guard(text) if place.endswith(_BASHRC) else text
            if adds(read, folder, host.home or "", is_fish=file.family.name == FISH):
                return True
    return False
