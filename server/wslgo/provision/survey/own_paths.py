"""The paths of a repository: those of its modules and of its git remotes. No program is run."""

from collections.abc import Iterator
from pathlib import Path

from wslgo.golang.disk import project_of
from wslgo.syntax import git_config
from wslgo.system.reader import read_regular
from wslgo.system.repository import root_of
from wslgo.text.source import decode

_LARGEST = 64 << 10  # bytes of a file of git


def own_paths(folder: Path) -> tuple[str, ...]:
    """Return the paths of the modules around a folder and of its git remotes, such as `git.example.com/team/app`."""
    modules = (module.path.lower() for module in project_of(str(folder / ".vscode" / "launch.json")).modules())
    return tuple(dict.fromkeys((*filter(None, modules), *_remotes(folder))))


def _remotes(folder: Path) -> Iterator[str]:
    for setting in git_config.settings(_configuration(folder)):
        found = git_config.address(setting.value) if (setting.section, setting.key) == ("remote", "url") else None
        if found is not None and found.path:
            yield f"{found.host}/{found.path.removesuffix('.git')}".lower()


def _configuration(folder: Path) -> str:
    """Return the text of git's configuration; "" outside of a repository."""
    root = root_of(str(folder.absolute()))
    if root is None:
        return ""
    git = Path(root, ".git")
    if git.is_file():  # of a worktree or submodule
        git = git.parent / _text(git).partition("gitdir:")[2].strip()
        git /= _text(git / "commondir").strip()
    return _text(git / "config")


def _text(path: Path) -> str:
    try:
        return decode(read_regular(path, _LARGEST)).text
    except OSError:
        return ""
