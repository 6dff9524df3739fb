"""The repository around a folder: what it brings along is not run, and its links are followed no further."""

import os
from collections.abc import Iterable, Iterator

from wslgo.system.reader import is_within

# What shows that a folder is somebody's project.
_MARKS = (
    *(".git", ".hg", ".svn", ".jj", "go.work", "go.mod", ".envrc", ".vscode", "wslgo.yaml", ".devcontainer"),
    *("mise.toml", ".mise.toml", ".tool-versions", "package.json"),
)
# What sets variables, HOME too, for who works in a folder.
_SETTERS = (".envrc", ".vscode", ".devcontainer", "mise.toml", ".mise.toml")
# Where people and systems keep programs: to stand in such a folder does not make it a project.
_SYSTEM = ("/usr", "/opt", "/snap", "/bin", "/sbin", "/nix", "/run")
_OWN = ("bin", ".local", "sdk", "go/bin")


def root_of(folder: str) -> str | None:
    """Return the nearest folder with a `.git`, this one or one above it, as the path names them."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def around(folder: str) -> tuple[str, ...]:
    """Return the folders, without links, in which a file that was found from `folder` has to be: the repository, else
    the folder itself.
    """
    folder = os.path.abspath(folder)
    return (os.path.realpath(root_of(folder) or folder),)


def link_out(path: str) -> bool:
    """Return whether a link of a repository, or of the current folder, leads out of it on the way to `path`."""
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
    """Return the folders whose programs are not run: of each folder the outermost repository around it, else itself.

    `folders` are open or named ones, `here` is the current folder: who stands where programs are kept has not made it
    a project. A home folder is the user's, also where it is a repository.
    """
    home = _home(home)
    named = (folders,) if isinstance(folders, str) else tuple(folders)
    found = [one for folder in named for one in _outermost(os.path.realpath(folder), home)]
    current = os.path.realpath(here) if here else "/"
    is_passed_by = _keeps_programs(current, home) and not _is_project(current, home)
    found += [one for one in _outermost(current, home) if one != current or not is_passed_by]
    return tuple(dict.fromkeys(found))


def current_folder() -> str:
    """Return the current folder, "" where it has been removed."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def is_in_project(folder: str) -> bool:
    """Return whether a folder is in somebody's project. The home folder of the account is none, whatever HOME says."""
    return any(_projects(os.path.realpath(folder), _account_home()))


def _home(variable: str) -> str:
    """HOME without links; the home folder of the account where it leads into a project, whose `.envrc` may set it."""
    home = os.path.realpath(variable) if variable.startswith("/") else ""
    is_one = bool(home) and any(os.path.lexists(f"{home}/{name}") for name in _SETTERS)
    if not is_one and not any(_projects(os.path.dirname(home), "")):
        return home
    own = _account_home()
    is_led = home != own and (is_one or any(_projects(os.path.dirname(home), own)))
    return own if is_led else home


def _account_home() -> str:
    """The home folder that the system knows for this user, "" where it knows none."""
    import pwd  # only where a variable is not believed

    try:
        return os.path.realpath(pwd.getpwuid(os.geteuid()).pw_dir)
    except KeyError:
        return ""


def _outermost(folder: str, home: str) -> Iterator[str]:
    """The outermost project around a folder, or else the folder."""
    if folder != "/" and not _holds(folder, home):
        *_, found = (folder, *_projects(folder, home))
        yield found


def _projects(folder: str, home: str) -> Iterator[str]:
    """The folders at and above a folder that are somebody's project, up to those that hold the home folder."""
    while folder != "/" and not _holds(folder, home):
        if _is_project(folder, home):
            yield folder
        folder = os.path.dirname(folder)


def _is_project(folder: str, home: str) -> bool:
    """Whether a folder shows that it is one. A `.vscode` in `~/go` makes no project of all that lies in it."""
    if any(folder != place and _holds(folder, place) for place in _kept(home)):
        return False
    return any(os.path.lexists(f"{folder}/{name}") for name in _MARKS)


def _keeps_programs(folder: str, home: str) -> bool:
    return any(_holds(place, folder) or _holds(folder, place) for place in _kept(home))


def _kept(home: str) -> tuple[str, ...]:
    """The places where programs are kept."""
    return (*_SYSTEM, *(f"{home.rstrip('/')}/{name}" for name in _OWN if home))


def _holds(folder: str, inner: str) -> bool:
    return f"{inner.rstrip('/')}/".startswith(f"{folder.rstrip('/')}/")
