"""Which files can be of one machine: only those explain each other.

Two folders in one run can hold the files of two machines. Files are of one machine if the folder of one contains that
of the other. Folders that only say where on a machine a file belongs (`etc/wsl.conf`, `windows/.wslconfig`) do not
count.
"""

import re

from wslgo.text.pattern import pattern

# The last folders of such a path; `*` is any name.
_ENDINGS = (
    *(("etc", "profile.d"), ("etc", "zsh"), ("etc",), (".config", "go"), (".config", "fish", "conf.d")),
    *((".config", "fish"), (".vscode",), (".vscode-server",), ("data", "machine"), ("*", "user")),
    (".github", "workflows"),
    *((name,) for name in ("windows", "win", "linux", "wsl", "wsl2", "home")),
)
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
    names = place.replace("\\", "/").split("/")[:-1]
    while ending := next((ending for ending in _ENDINGS if _ends_with(names, ending)), None):
        del names[-len(ending) :]
    return "/".join(names)


def _ends_with(names: list[str], ending: tuple[str, ...]) -> bool:
    last = names[-len(ending) :]
    pairs = zip(last, ending, strict=False)
    return len(last) == len(ending) and all(name.lower() == part or (part == "*" and name) for name, part in pairs)


def _contains(folder: str, other: str) -> bool:
    return folder == other or other.startswith(f"{folder}/")
