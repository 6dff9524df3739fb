"""The modules that logins and repositories of this machine show to be private, without running git.

A login is an entry of `.netrc`, or an address in git's configuration that git replaces by one with a user
(`url.BASE.insteadOf`); no password is kept. At a host of many teams it must name one of them. A remote shows that its
host has code of this user.
"""

from collections.abc import Iterator
from itertools import islice

from wslgo.knowledge.public_hosts import SHARED, is_public
from wslgo.machine.host import PrivateModules
from wslgo.machine.probe import programs
from wslgo.machine.probe.context import ProbeContext
from wslgo.syntax import git_config, netrc
from wslgo.syntax.git_config import Address, GitSetting

_SYSTEM = "/etc/gitconfig"
_LARGEST = 64 << 10  # characters of a file of git
_MOST_FILES = 20  # that files of git include
_MOST = 200  # entries: no machine has so many logins
_OF_GO = ("https", "http")  # how go asks for a module, until git replaces the address


def private_modules(machine: ProbeContext) -> tuple[PrivateModules, ...] | None:
    """Return them, those of repositories around the open folders too; None without a home folder."""
    home = machine.ask(programs.home)
    if home is None:
        return None
    found = (*_of_user(machine, home), *_of_repositories(machine))
    return tuple(islice(dict.fromkeys(found), _MOST))


def _of_user(machine: ProbeContext, home: str) -> Iterator[PrivateModules]:
    for path, setting in settings_of_user(machine, home):
        yield from _of_replacement(setting, path, "")
    place = machine.environment.get("NETRC") or f"{home}/.netrc"
    for login in netrc.parse((machine.text(place) or "")[: netrc.LARGEST]):
        if _is_of_team(login.host):
            yield PrivateModules(login.host, place)


def _of_repositories(machine: ProbeContext) -> Iterator[PrivateModules]:
    for root in dict.fromkeys(filter(None, (_root(machine, folder) for folder in machine.folders))):
        path = _configuration(machine, root)
        for setting in git_config.settings(_text(machine, path)):
            yield from _of_replacement(setting, path, root)
            remote = git_config.address(setting.value) if (setting.section, setting.key) == ("remote", "url") else None
            if remote is not None and remote.path and _is_of_team(remote.host):
                yield PrivateModules(remote.host, path, root, is_remote=True)


def _of_replacement(setting: GitSetting, path: str, root: str) -> Iterator[PrivateModules]:
    """Yield the modules whose address git replaces by one with a login."""
    if (setting.section, setting.key) != ("url", "insteadof"):
        return
    base, replaced = git_config.address(setting.subsection), git_config.address(setting.value)
    if base is None or replaced is None or replaced.scheme not in _OF_GO or not _has_login(base):
        return
    if _is_of_team(replaced.host):
        yield PrivateModules(replaced.host, path, root)
    elif replaced.host in SHARED and replaced.path:
        yield PrivateModules(f"{replaced.host}/{replaced.path.removesuffix('.git')}", path, root)


def _has_login(base: Address) -> bool:
    return "ssh" in base.scheme or bool(base.user)


def _is_of_team(host: str) -> bool:
    """Return whether a host can be that of one team; a name without a dot is in the user's configuration of ssh."""
    return "." in host and host == host.lower() and host not in SHARED and not is_public(host)


def settings_of_user(machine: ProbeContext, home: str) -> Iterator[tuple[str, GitSetting]]:
    """Yield the settings of the machine and the user with their files, also of files that are included for a folder."""
    named = machine.environment.get("GIT_CONFIG_GLOBAL")
    folder = machine.environment.get("XDG_CONFIG_HOME") or f"{home}/.config"
    waiting = [_SYSTEM, *([named] if named is not None else (f"{folder}/git/config", f"{home}/.gitconfig"))]
    seen: set[str] = set()
    while waiting and len(seen) < _MOST_FILES:
        path = waiting.pop(0)
        if not path.startswith("/") or path in seen:
            continue
        seen.add(path)
        for setting in git_config.settings(_text(machine, path)):
            yield path, setting
            if setting.section in ("include", "includeif") and setting.key == "path":
                waiting.append(_joined(path.rpartition("/")[0], setting.value, home))


def _root(machine: ProbeContext, folder: str) -> str:
    """Return the nearest folder with a `.git`, at or above a folder; "" without one."""
    while folder.startswith("/"):
        if machine.world.exists(f"{folder}/.git"):
            return folder
        folder = folder.rpartition("/")[0]
    return ""


def _configuration(machine: ProbeContext, root: str) -> str:
    """Return the path of the configuration of a repository, also of a worktree and a submodule."""
    git = f"{root}/.git"
    link = _text(machine, git).partition("gitdir:")[2].strip()
    if link:  # a file
        git = _joined(root, link, "")
        common = _text(machine, f"{git}/commondir").strip()
        git = _joined(git, common, "") if common else git
    return f"{git}/config"


def _text(machine: ProbeContext, path: str) -> str:
    return (machine.text(path) or "")[:_LARGEST]


def _joined(folder: str, path: str, home: str) -> str:
    """Return a path as git resolves it in a file in `folder`."""
    from posixpath import join, normpath  # few machines include files

    return normpath(f"{home}{path[1:]}" if path.startswith("~/") else join(folder, path))
