"""Which files can be of one machine: only those explain each other.

Two folders in one run can hold the files of two machines. Files are of one machine if the folder of one contains that
of the other. Folders that only say where on a machine a file belongs (`etc/wsl.conf`, `windows/.wslconfig`) do not
count.
"""

import re

from wslgo.text.pattern import pattern

_PART = (
    r"etc(?:/profile\.d|/zsh)?|\.config/(?:go|fish(?:/conf\.d)?)|\.vscode(?:-server)?|data/Machine|[^/]+/User"
    r"|windows|win|linux|wsl2?|home"
)
_PARTS = pattern(rf"(?:(?:/|\A)(?:{_PART}))+\Z", re.IGNORECASE)
# Where Linux and Windows themselves look.
_SYSTEM = pattern(r"/etc/|/(?:[^/]+/)*[a-z]/Users/[^/]+/\.wslconfig\Z", re.IGNORECASE)


def is_of_system(place: str, home: str) -> bool:
    """Return whether an absolute path is where this machine reads a file of its system or its user."""
    folder = place.rpartition("/")[0]
    personal = tuple(f"{home}/{name}" for name in (".config/", ".local/", ".vscode-server")) if home else ()
    return bool(_SYSTEM.match(place)) or (home != "" and folder == home) or place.startswith(personal)


def is_one_machine(place: str, other: str, home: str) -> bool:
    """Return whether two files, by their absolute paths, can be of one machine; this one has the home folder `home`."""
    is_own = is_of_system(place, home)
    return is_own == is_of_system(other, home) and (is_own or is_one_folder(place, other))


def is_one_folder(place: str, other: str) -> bool:
    """Return whether the folder of one file contains that of the other."""
    mine, its = _folder(place), _folder(other)
    return _contains(mine, its) or _contains(its, mine)


def _folder(place: str) -> str:
    """Return the folder that stands for the whole machine of a file."""
    folder = place.replace("\\", "/").rpartition("/")[0]
    return _PARTS.sub("", folder)


def _contains(folder: str, other: str) -> bool:
    return folder == other or other.startswith(f"{folder}/")
