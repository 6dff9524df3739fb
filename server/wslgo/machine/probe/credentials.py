"""The programs that git and docker start for logins, as their files name them; none of them is run.

git starts a helper through a shell: a name as `git credential-NAME`, an absolute path as it is, so that it ends at a
space that is not escaped, and what follows an exclamation mark. docker starts `docker-credential-NAME`.
"""

import json
import shlex
from collections.abc import Iterator
from itertools import islice

from wslgo.machine.host import CredentialHelper
from wslgo.machine.probe import mounts, programs
from wslgo.machine.probe.context import ProbeContext
from wslgo.machine.probe.private_modules import settings_of_user

GIT, DOCKER = "git", "docker"
# Where git keeps its own commands, by distribution.
_OF_GIT = ("/usr/lib/git-core", "/usr/libexec/git-core")
# Git Credential Manager in Git for Windows, the newest place first.
_OF_WINDOWS = (
    "Program Files/Git/mingw64/bin/git-credential-manager.exe",
    "Program Files/Git/mingw64/libexec/git-core/git-credential-manager.exe",
    "Program Files/Git/mingw64/libexec/git-core/git-credential-manager-core.exe",
    "Program Files (x86)/Git Credential Manager/git-credential-manager.exe",
)
_MOST = 20


def helpers(machine: ProbeContext) -> tuple[CredentialHelper, ...] | None:
    """Return the helpers of git and, where docker is installed, those of docker; None without a home folder."""
    home = machine.ask(programs.home)
    if home is None:
        return None
    found = (*_of_git(machine, home), *_of_docker(machine, home))
    return tuple(islice(dict.fromkeys(found), _MOST))


def manager(machine: ProbeContext) -> str | None:
    """Return the path of Git Credential Manager on a drive of Windows; "" if it is not installed there."""
    drives = [drive.target.rstrip("/") for drive in machine.ask(mounts.drives) if drive.windows == "C:\\"]
    if not drives:
        return None
    return next(filter(machine.world.exists, (f"{drives[0]}/{place}" for place in _OF_WINDOWS)), "")


def _of_git(machine: ProbeContext, home: str) -> list[CredentialHelper]:
    found: list[CredentialHelper] = []
    for place, setting in settings_of_user(machine, home):
        if (setting.section, setting.key) != ("credential", "helper"):
            continue
        if not setting.value:
            found.clear()  # an empty one forgets those before it
        elif setting.value.startswith("!"):
            found.append(CredentialHelper(GIT, "!", place))  # a command, which may have a password in it
        else:
            found.append(_helper_of_git(machine, setting.value, place))
    return found


def _helper_of_git(machine: ProbeContext, value: str, place: str) -> CredentialHelper:
    name = _first_word(value)
    if value.startswith("/"):
        is_split = not machine.world.exists(name) and machine.world.exists(value)
        return CredentialHelper(GIT, value, place, name if machine.world.exists(name) else "", is_split)
    paths = (f"{folder}/git-credential-{name}" for folder in _OF_GIT)
    path = programs.find(machine, f"git-credential-{name}") or next(filter(machine.world.exists, paths), "")
    is_known = any(map(machine.world.names, _OF_GIT))
    return CredentialHelper(GIT, value, place, path if path or is_known else None)


def _first_word(value: str) -> str:
    """Return the first word of a command as a shell reads it."""
    try:
        return (shlex.split(value) or [""])[0]
    except ValueError:  # a quote that does not end
        return value


def _of_docker(machine: ProbeContext, home: str) -> Iterator[CredentialHelper]:
    folder = machine.environment.get("DOCKER_CONFIG") or f"{home}/.docker"
    place = f"{folder}/config.json"
    if programs.find(machine, DOCKER) is None:
        return
    try:
        content = json.loads(machine.text(place) or "{}")
    except (ValueError, RecursionError):
        return
    known = content if isinstance(content, dict) else {}
    of_hosts = known.get("credHelpers")
    names = [known.get("credsStore"), *(of_hosts.values() if isinstance(of_hosts, dict) else ())]
    for name in names:
        if isinstance(name, str) and name and "/" not in name:
            path = programs.find(machine, f"docker-credential-{name}")
            yield CredentialHelper(DOCKER, name, place, path or "")
