"""Paths in `.wslconfig`: WSL hands them to Windows as they are, without variables, `~` or Linux mounts."""

import re
from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Kind
from wslgo.syntax.wsl.file import IniFile, Setting, Verdict
from wslgo.text.pattern import pattern

_CONTROL = pattern(r"[\x00-\x1f]")
_ABSOLUTE = pattern(r"[A-Za-z]:[\\/]|[\\/]{2}")
_MOUNTED = pattern(r"/(?:mnt/|cygdrive/)?([A-Za-z])(?:/(.*))?\Z", re.DOTALL)
_PROFILE = pattern(r"(?:/mnt/([a-z])|([A-Za-z]):)[\\/]Users[\\/]([^\\/]+)[\\/]\.wslconfig\Z", re.IGNORECASE)
_TEMPLATE = "{{"


def paths(file: IniFile) -> Iterator[Setting]:
    """The settings with a path that WSL uses; what a template, an escape or narrowing has made of one is no path."""
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
    """Whether Windows needs no current directory to find it: `C:\\\\...` or `\\\\\\\\server\\\\share`."""
    return _ABSOLUTE.match(path) is not None


def folder_of(path: str) -> str:
    """The folder of a path of Windows, with backslashes."""
    return path.replace("/", "\\").rstrip("\\").rpartition("\\")[0]


def is_linux(path: str) -> bool:
    """Whether it begins at the root of a Linux system."""
    return path.startswith("/") and not path.startswith("//")


def mount_path(path: str) -> str | None:
    """The Windows path of `/mnt/c/...`, or None."""
    match = _MOUNTED.match(path)
    if match is None:
        return None
    return f"{match[1].upper()}:\\" + (match[2] or "").replace("/", "\\")


def profile_of(place: str) -> str | None:
    """The user profile in which a `.wslconfig` lies, as Windows writes it, or None when it lies elsewhere."""
    match = _PROFILE.match(place)
    if match is None:
        return None
    return f"{(match[1] or match[2]).upper()}:\\Users\\{match[3]}"
