"""A repository as `wslgo ci --write` reads it: its modules, what its team declares, its remotes. No program runs."""

import os
from pathlib import Path

from wslgo.ci.script_checks import VARIABLES, Checks, checks_of
from wslgo.ci.workflow import DEFAULT_BRANCHES
from wslgo.golang.disk import Disk
from wslgo.golang.project import Project
from wslgo.linter import team_file
from wslgo.syntax import git_config, git_index
from wslgo.system.reader import read_regular
from wslgo.system.repository import around, root_of
from wslgo.text.pattern import pattern
from wslgo.text.source import decode
from wslgo.text.typing import NamedTuple

_LARGEST_INDEX = 1 << 28  # bytes: two million files
_LARGEST = 64 << 10  # bytes of another file of git
_HEAD_OF_REMOTE = "refs/remotes/origin/"
_BRANCH = pattern(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}\Z")


class GitFiles(NamedTuple):
    """The files of git about a work tree: of this one, and of the repository, which several can share."""

    own: Path
    shared: Path


def root_of_repository(folder: str) -> str:
    """Return the root of the repository around a folder, else the folder itself."""
    place = str(Path(folder).absolute())
    return os.path.normpath(root_of(place) or place)


def checks_in(root: str) -> Checks:
    """Return the checks of the repository at `root`."""
    project = Project(Disk(root, (os.path.realpath(root), *around(root))))
    return checks_of(project, declared_variables(root), tracked_files(root))


def declared_variables(root: str) -> dict[str, str]:
    """Return the Go variables that the `wslgo.yaml` of a repository declares."""
    start = Path(root)
    found = team_file.find(start)
    if found is None:
        return {}
    provision, _ = team_file.provision(found)
    variables = provision.get("variables") if isinstance(provision, dict) else None
    declared = {
        name: value
        for name, value in (variables.items() if isinstance(variables, dict) else ())
        if name in VARIABLES and isinstance(value, str)
    }
    private = ",".join(team_file.load(start).settings.private)
    return {**({"GOPRIVATE": private} if private else {}), **declared}


def tracked_files(root: str) -> frozenset[str] | None:
    """Return the files in the index of git; None without one, as before the first commit."""
    git = _git_files(root)
    data = b"" if git is None else _bytes(git.own / "index", _LARGEST_INDEX)
    if git is None or not data:
        return None
    digest = 32 if "sha256" in _text(git.shared / "config") else 20
    index = git_index.parse(data, digest)
    shared = git_index.parse(_bytes(git.own / f"sharedindex.{index.shared}", _LARGEST_INDEX), digest)
    return frozenset((*index.modes, *(shared.modes if index.shared else ())))


def hosts_of_remotes(root: str) -> tuple[str, ...]:
    """Return the hosts of the remotes, that of `origin` first."""
    git = _git_files(root)
    if git is None:
        return ()
    found = []
    for setting in git_config.settings(_text(git.shared / "config")):
        address = git_config.address(setting.value) if (setting.section, setting.key) == ("remote", "url") else None
        if address is not None:
            found.append((setting.subsection != "origin", address.host))
    return tuple(host for _, host in sorted(found))


def default_branches(root: str) -> tuple[str, ...]:
    """Return the default branch of `origin`, else the usual ones."""
    git = _git_files(root)
    head = "" if git is None else _text(git.shared / _HEAD_OF_REMOTE / "HEAD")
    name = head.partition(_HEAD_OF_REMOTE)[2].strip()
    return (name,) if _BRANCH.match(name) else DEFAULT_BRANCHES


def _git_files(root: str) -> GitFiles | None:
    git = Path(root, ".git")
    if git.is_file():  # of a worktree or a submodule
        own = Path(root, _text(git).partition("gitdir:")[2].strip())
        return GitFiles(own, own / (_text(own / "commondir").strip() or "."))
    return GitFiles(git, git) if git.is_dir() else None


def _text(path: Path) -> str:
    return decode(_bytes(path, _LARGEST)).text


def _bytes(path: Path, limit: int) -> bytes:
    try:
        return read_regular(path, limit)
    except (OSError, ValueError):
        return b""
