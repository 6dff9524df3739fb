"""The repository of a workspace, if git rejects it because of its owner (git-config(1), safe.directory)."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from wslgo.golang.workspace import Repository
from wslgo.syntax import git_config
from wslgo.system.reader import read_regular
from wslgo.system.repository import root_of

_SYSTEM = "/etc/gitconfig"


def rejected(folder: Path, environment: Mapping[str, str]) -> Repository | None:
    """Return the repository around a folder if git rejects it; None also if that is not sure."""
    root = root_of(str(folder.absolute()))
    if root is None or shutil.which("git", path=environment.get("PATH", "")) is None:
        return None
    owner = _foreign_owner(root, environment)
    is_safe = None if owner is None else _is_safe(os.path.realpath(root), environment)
    return Repository(os.path.realpath(root), owner) if owner is not None and is_safe is False else None


def _foreign_owner(root: str, environment: Mapping[str, str]) -> int | None:
    """Return who owns the work tree or its .git, if that is another user (git's setup.c)."""
    try:
        owners = {os.stat(path).st_uid for path in (root, f"{root}/.git")}  # noqa: PTH116
    except OSError:
        return None
    if not os.path.isdir(f"{root}/.git"):  # noqa: PTH112 - a file of a linked work tree: its repository is elsewhere
        return None
    user = os.geteuid()
    allowed = {str(user), environment.get("SUDO_UID", "")} if user == 0 else {str(user)}
    return next((owner for owner in sorted(owners) if str(owner) not in allowed), None)


def _is_safe(root: str, environment: Mapping[str, str]) -> bool | None:
    """Return whether safe.directory names the repository; None if other files or variables may do so."""
    home = environment.get("HOME", "")
    if not home or any(name.startswith("GIT_CONFIG") for name in environment):
        return None
    folder = environment.get("XDG_CONFIG_HOME") or f"{home}/.config"
    named: list[str] = []
    for path in (_SYSTEM, f"{folder}/git/config", f"{home}/.gitconfig"):
        for setting in _settings(path):
            if setting.section in ("include", "includeif"):
                return None
            if (setting.section, setting.key) == ("safe", "directory"):
                named = [*named, setting.value] if setting.value else []
    return any(_matches(pattern.replace("~", home, 1) if pattern[:2] == "~/" else pattern, root) for pattern in named)


def _settings(path: str) -> Iterator[git_config.GitSetting]:
    try:
        text = read_regular(path).decode("utf-8", "replace")
    except OSError:
        return
    yield from git_config.settings(text)


def _matches(pattern: str, root: str) -> bool:
    if pattern == "*" or pattern.rstrip("/") == root:
        return True
    return pattern.endswith("/*") and root.startswith(pattern[:-1])
