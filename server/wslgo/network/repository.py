"""The repository of a module, as far as its path tells, and the address that git asks in place of it.

No program runs: git would start what its configuration names, such as a helper for logins or a command for ssh. Only
the configuration of the user and of the machine is read, never that of a repository.
"""

from collections.abc import Callable, Mapping

from wslgo.syntax import git_config
from wslgo.system.reader import read_regular
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

# Hosts whose paths begin with a repository, so that go asks for no page (cmd/go/internal/vcs, as of go1.27).
_HOSTS = ("github.com", "bitbucket.org", "git.openstack.org")
_SUFFIX = pattern(r"\.(?:git|hg|svn|bzr|fossil)(?=/|\Z)")
# What sends ssh elsewhere than its address says.
_ELSEWHERE = ("hostname", "proxycommand", "proxyjump", "port", "include", "match")
_LARGEST = 1 << 16
_SSH = 22


class Repository(NamedTuple):
    """The https address of a git repository, or the host and port of a server of ssh."""

    url: str = ""
    host: str = ""
    port: int = 0


def repository_of(module: str) -> str:
    """Return the https address of the git repository of a module; "" if a page at its host names it."""
    elements = module.split("/")
    if elements[0] in _HOSTS:
        return f"https://{'/'.join(elements[:3])}" if len(elements) > 2 else ""
    suffix = _SUFFIX.search(module)
    return f"https://{module[: suffix.end()]}" if suffix and suffix.group() == ".git" else ""


def replacement(environment: Mapping[str, str]) -> Callable[[str], Repository | None]:
    """Return a function from the address of a repository to the one that git asks; None where that is not known.

    `url.BASE.insteadOf` replaces the beginning of an address, the longest one first.
    """
    home = environment.get("HOME", "")
    folder = environment.get("XDG_CONFIG_HOME") or f"{home}/.config"
    named = environment.get("GIT_CONFIG_GLOBAL")
    paths = ("/etc/gitconfig", *((named,) if named is not None else (f"{folder}/git/config", f"{home}/.gitconfig")))
    settings = [setting for path in paths for setting in git_config.settings(_text(path))]
    bases = [
        (found.value, found.subsection) for found in settings if (found.section, found.key) == ("url", "insteadof")
    ]
    ssh = _text(f"{home}/.ssh/config").lower()
    is_ssh_elsewhere = any(word in ssh for word in _ELSEWHERE)

    def replaced(url: str) -> Repository | None:
        old, base = max(
            (pair for pair in bases if url.startswith(pair[0])), key=lambda pair: len(pair[0]), default=("", "")
        )
        return _address(f"{base}{url[len(old) :]}" if base else url, is_ssh_elsewhere=is_ssh_elsewhere)

    return replaced


def _address(url: str, *, is_ssh_elsewhere: bool) -> Repository | None:
    if url.startswith(("https://", "http://")):
        return Repository(url)
    found = git_config.address(url)
    if found is None or found.scheme not in ("ssh", "git+ssh") or is_ssh_elsewhere or "." not in found.host:
        return None  # a folder, another protocol, or a name that only the configuration of ssh knows
    port = url.partition("//")[2].partition("/")[0].rpartition(":")[2] if "//" in url else ""
    return Repository(host=found.host, port=int(port) if port.isdecimal() and len(port) < 6 else _SSH)


def _text(path: str) -> str:
    try:
        return read_regular(path, _LARGEST).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
