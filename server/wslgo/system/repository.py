"""The repository around a folder: none of its programs are run, and links out of it are not followed."""

import os
from collections.abc import Iterable, Iterator

from wslgo.system.reader import is_within

# Names that show that a folder is a project.
_MARKS = (
    *(".git", ".hg", ".svn", ".jj", "go.work", "go.mod", ".envrc", ".vscode", "wslgo.yaml", ".devcontainer"),
    *("mise.toml", ".mise.toml", ".tool-versions", "package.json"),
)
# Files that set variables, HOME too, for a user in the folder.
_SETTERS = (".envrc", ".vscode", ".devcontainer", "mise.toml", ".mise.toml")
# Where users and systems keep programs: being the current folder does not make such a folder a project.
_SYSTEM_FOLDERS = ("/usr", "/opt", "/snap", "/bin", "/sbin", "/nix", "/run")
_OWN = ("bin", ".local", "sdk", "go/bin")


def upwards(folder: str) -> Iterator[str]:
    """Yield a folder and the folders above it, up to the root of its repository or of the disk."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder or _has_git(folder):
            return
        folder = above


def root_of(folder: str) -> str | None:
    """Return the nearest folder with a `.git`, this one or one above it; links in the path stay."""
    *_, root = upwards(folder)
    return root if _has_git(root) else None


def _has_git(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))


def around(folder: str) -> tuple[str, ...]:
    """Return the folders, without links, that must contain a file found from `folder`.

    That is the repository, or the folder itself without one.
    """
    folder = os.path.abspath(folder)
    return (os.path.realpath(root_of(folder) or folder),)


def link_out(path: str) -> bool:
    """Return whether a link on `path` leads out of the repository that contains it, or out of the current folder."""
    here, current = "/", os.getcwd()
    for name in os.path.join(current, path).split("/"):
        there = os.path.normpath(os.path.join(here, name))
        if not os.path.islink(there):
            here = there
            continue
        root = root_of(here) or (current if is_within(here, (current,)) else None)
        here = os.path.realpath(there)
        if root is not None and not is_within(here, (os.path.realpath(root),)):
            return True
    return False


def workspaces(folders: str | Iterable[str], home: str, here: str = "") -> tuple[str, ...]:
    """Return the folders whose programs are not run: the outermost repository around each folder, else the folder.

    `folders` are open folders or those of the command line; `here` is the current folder, which does not count if
    programs are kept there. A home folder is the user's, even if it is a repository.
    """
    home = _home(home)
    named = (folders,) if isinstance(folders, str) else tuple(folders)
    found = [outermost for folder in named for outermost in _outermost(os.path.realpath(folder), home)]
    current = os.path.realpath(here) if here else "/"
    is_skipped = _keeps_programs(current, home) and not _is_project(current, home)
    found += [outermost for outermost in _outermost(current, home) if outermost != current or not is_skipped]
    return tuple(dict.fromkeys(found))


def current_folder() -> str:
    """Return the current folder, "" where it has been removed."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def is_in_project(folder: str) -> bool:
    """Return whether a folder is in a project. The home folder of the account is not a project, whatever HOME is."""
    return any(_projects(os.path.realpath(folder), _account_home()))


def _home(variable: str) -> str:
    """Return HOME without links; the account's home folder if HOME leads into a project, whose `.envrc` may set it."""
    home = os.path.realpath(variable) if variable.startswith("/") else ""
    is_one = bool(home) and any(os.path.lexists(f"{home}/{name}") for name in _SETTERS)
    if not is_one and not any(_projects(os.path.dirname(home), "")):
        return home
    own = _account_home()
    is_led = home != own and (is_one or any(_projects(os.path.dirname(home), own)))
    return own if is_led else home


def _account_home() -> str:
    """Return the home folder of this user's account, "" if the system does not know it."""
    import pwd  # only if HOME is not trusted

    try:
        return os.path.realpath(pwd.getpwuid(os.geteuid()).pw_dir)
    except KeyError:
        return ""


def _outermost(folder: str, home: str) -> Iterator[str]:
    """Yield the outermost project around a folder, or the folder itself."""
    if folder != "/" and not _holds(folder, home):
        *_, found = (folder, *_projects(folder, home))
        yield found


def _projects(folder: str, home: str) -> Iterator[str]:
    """Yield the projects at and above a folder, up to the folders that contain the home folder."""
    while folder != "/" and not _holds(folder, home):
        if _is_project(folder, home):
            yield folder
        folder = os.path.dirname(folder)


def _is_project(folder: str, home: str) -> bool:
    """Return whether a folder has the files of a project. A `.vscode` in `~/go` does not make all of it a project."""
    if any(folder != place and _holds(folder, place) for place in _program_folders(home)):
        return False
    return any(os.path.lexists(f"{folder}/{name}") for name in _MARKS)


def _keeps_programs(folder: str, home: str) -> bool:
    return any(_holds(place, folder) or _holds(folder, place) for place in _program_folders(home))


def _program_folders(home: str) -> tuple[str, ...]:
    """Return the folders where programs are kept."""
    return (*_SYSTEM_FOLDERS, *(f"{home.rstrip('/')}/{name}" for name in _OWN if home))


def _holds(folder: str, inner: str) -> bool:
    return f"{inner.rstrip('/')}/".startswith(f"{folder.rstrip('/')}/")
