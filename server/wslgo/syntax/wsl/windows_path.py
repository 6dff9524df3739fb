"""Paths in `.wslconfig`: WSL passes them to Windows unchanged, without variables, `~` or Linux mounts."""

import re
from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Kind
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.pattern import pattern

_CONTROL = pattern(r"[\x00-\x1f]")
_ABSOLUTE = pattern(r"[A-Za-z]:[\\/]|[\\/]{2}")
_MOUNTED = pattern(r"/(?:mnt/|cygdrive/)?([A-Za-z])(?:/(.*))?\Z", re.DOTALL)
_PROFILE = pattern(r"(?:/mnt/([a-z])|([A-Za-z]):)[\\/]Users[\\/]([^\\/]+)[\\/]\.wslconfig\Z", re.IGNORECASE)
_TEMPLATE = "{{"

PATH_KEYS = tuple(key.name.lower() for key in KEYS["wslconfig"] if key.kind is Kind.PATH)


def paths(file: IniFile) -> Iterator[Setting]:
    """Yield the settings with a path that WSL uses, except paths broken by a template, an escape or narrowing."""
    swap = file.find("wsl2", "swap")
    for setting in file.settings:
        known = setting.known
        if known and known.kind is Kind.PATH and setting.verdict is Verdict.ACCEPTED and _is_path(setting):
            is_unused = known.name == "swapFile" and swap is not None and swap.converted == "0"
            if not is_unused:
                yield setting


def _is_path(setting: Setting) -> bool:
    value = setting.value
    return value != "" and setting.written.raw.isascii() and _TEMPLATE not in value and not _CONTROL.search(value)


def is_absolute(path: str) -> bool:
    """Return whether Windows finds a path without a current folder: `C:\\\\...` or `\\\\\\\\server\\\\share`."""
    return _ABSOLUTE.match(path) is not None


def folder_of(path: str) -> str:
    """Return the folder of a Windows path, with backslashes."""
    return path.replace("/", "\\").rstrip("\\").rpartition("\\")[0]


def is_linux(path: str) -> bool:
    """Return whether a path begins at the root of a Linux system."""
    return path.startswith("/") and not path.startswith("//")


def mount_path(path: str) -> str | None:
    """Return the Windows path of `/mnt/c/...`, or None."""
    match = _MOUNTED.match(path)
    if match is None:
        return None
    return f"{match[1].upper()}:\\" + (match[2] or "").replace("/", "\\")


def profile_of(place: str) -> str | None:
    """Return the user profile that contains a `.wslconfig`, as Windows writes it, None if it is elsewhere."""
    match = _PROFILE.match(place)
    if match is None:
        return None
    return f"{(match[1] or match[2]).upper()}:\\Users\\{match[3]}"
