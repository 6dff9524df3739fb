"""What the distribution installs, and the few commands of the system that a plan may name."""

import re
from pathlib import Path

from wslgo.effects import Ran
from wslgo.message import Message
from wslgo.process import run
from wslgo.provision.at import At
from wslgo.provision.ledger import PACKAGES, RAN
from wslgo.provision.step import InstallPackages, RunFixed
from wslgo.provision.toolchain.trouble import TroubleError

FAILED = Message(en="{command} failed: {words}", zh="{command} 失败：{words}")
NOT_ALLOWED = Message(en="{words} is not among the commands that are run", zh="不会运行 {words}，它不在允许的命令之中")

APT = ("/usr/bin/apt-get", "install", "-y", "--no-install-recommends", "--")
# By the word that a plan and root's part know each of them by.
FIXED = {
    "ldconfig": ("/sbin/ldconfig",),
    "update-ca-certificates": ("/usr/sbin/update-ca-certificates",),
    "apt-get update": ("/usr/bin/apt-get", "update"),
    "sysctl --system": ("/sbin/sysctl", "--system"),
}
ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C",
    "HOME": "/root",
    "DEBIAN_FRONTEND": "noninteractive",
}

_CHROOT = ("/usr/sbin/chroot", "/usr/bin/chroot")
_NAME = re.compile(r"[a-z0-9][a-z0-9.+-]+")
_LONGEST = 3600.0  # seconds: mirrors are slow, toolkits large


def install(action: InstallPackages, at: At) -> None:
    """Have apt-get install packages; those that are there stay as they are. Raises TroubleError."""
    if not at.run.made(PACKAGES, names=list(action.names)):
        at.note(PACKAGES, names=list(action.names))
    _command((*APT, *checked(action.names)), at)


def run_fixed(action: RunFixed, at: At) -> None:
    """Run one of the fixed commands. Raises TroubleError for any other."""
    name = " ".join(action.words)
    words = fixed(name)
    if not at.run.made(RAN, name=name):
        at.note(RAN, name=name)
    _command(words, at)


def fixed(name: str) -> tuple[str, ...]:
    """The words of a fixed command. Raises TroubleError for any other."""
    if name not in FIXED:
        raise TroubleError(NOT_ALLOWED(words=name))
    return FIXED[name]


def checked(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of packages that are nothing else. Raises TroubleError."""
    for name in names:
        if not _NAME.fullmatch(name):
            raise TroubleError(NOT_ALLOWED(words=name))
    return names


def _command(words: tuple[str, ...], at: At) -> None:
    site = at.hand.site
    prefix = (next(filter(_is_there, _CHROOT), _CHROOT[0]), str(site.root)) if site.is_tree else ()
    done = run((*prefix, *words), _LONGEST, "/", ENVIRONMENT)
    if done is None or done.code:
        raise TroubleError(FAILED(command=" ".join(words), words=last_line(done)))


def _is_there(path: str) -> bool:
    return Path(path).is_file()


def last_line(done: Ran | None) -> str:
    """The last line that a command complains with."""
    lines = done.err.decode("utf-8", "replace").strip().splitlines() if done else []
    return lines[-1] if lines else "no answer"
