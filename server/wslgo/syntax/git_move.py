"""The files of a repository that name their own place, or were written for another file system, after a move.

They are the configuration, the pointers between a work tree and its repository, and the list of alternates. Everything
else in a repository can be copied as it is.
"""

import posixpath
from collections.abc import Callable

from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

_CORE = pattern(r"[ \t]*\[core\][ \t]*(?:[#;].*)?\r?\Z")
_SECTION = pattern(r"[ \t]*\[")
_SETTING = pattern(r"([ \t]*)([A-Za-z]+)([ \t]*=[ \t]*)([^\r\n]*)")
_POINTER = "gitdir: "

# What git writes on a Windows drive, where modes, links and the case of names do not count, and its value on Linux.
ON_LINUX = {"filemode": "true", "symlinks": "true", "ignorecase": "false"}


class Route(NamedTuple):
    """The old and the new place of a workspace; `linux_path` returns that of a Windows path, None if there is none."""

    source: str
    target: str
    linux_path: Callable[[str], "str | None"] = lambda _: None

    def absolute(self, path: str, folder: str) -> str:
        """Return the path on Linux that a file in `folder` means."""
        windows = self.linux_path(path) if path[1:2] == ":" or path.startswith("\\\\") else None
        return posixpath.normpath(posixpath.join(folder, windows or path))

    def is_inside(self, path: str) -> bool:
        return f"{path}/".startswith(f"{self.source}/")

    def after(self, path: str) -> str:
        """Return the new place of an absolute path; another one stays."""
        return self.target + path[len(self.source) :] if self.is_inside(path) else path


def pointer_of(text: str) -> str:
    """Return the repository that a `.git` file names; "" if it names none."""
    line = text.partition("\n")[0].rstrip("\r")
    return line[len(_POINTER) :].strip() if line.startswith(_POINTER) else ""


def pointer_after(text: str, folder: str, route: Route) -> str:
    """Return a `.git` file in `folder` after the move; a relative pointer holds anyway."""
    path = pointer_of(text)
    if not path or _is_relative(path):
        return text
    return f"{_POINTER}{route.after(route.absolute(path, folder))}\n"


def place_after(text: str, folder: str, route: Route) -> str:
    """Return a file with one path, such as `worktrees/NAME/gitdir`, after the move."""
    path = text.strip()
    return text if not path or _is_relative(path) else f"{route.after(route.absolute(path, folder))}\n"


def alternates_after(text: str, folder: str, route: Route) -> str:
    """Return the list of other object folders after the move: one outside of the workspace gets its full path."""
    lines = []
    for line in text.split("\n"):
        place = route.absolute(line, folder) if line and not line.startswith("#") else ""
        is_kept = not place or (_is_relative(line) and route.is_inside(place))
        lines.append(line if is_kept else route.after(place))
    return "\n".join(lines)


def config_after(text: str, folder: str, route: Route, *, is_from_windows: bool) -> str:
    """Return a configuration after the move: settings of a Windows drive become those of Linux."""
    lines, is_core = text.split("\n"), False
    for number, line in enumerate(lines):
        if _SECTION.match(line):
            is_core = _CORE.match(line.lower()) is not None
        found = _SETTING.match(line) if is_core else None
        if found is None:
            continue
        name, value = found[2].lower(), found[4].strip()
        if is_from_windows and name in ON_LINUX:
            lines[number] = f"{found[1]}{found[2]}{found[3]}{ON_LINUX[name]}"
        elif name == "worktree" and value and not _is_relative(value):
            lines[number] = f"{found[1]}{found[2]}{found[3]}{route.after(route.absolute(value, folder))}"
    return "\n".join(lines)


def _is_relative(path: str) -> bool:
    return not path.startswith(("/", "\\\\")) and path[1:2] != ":"
