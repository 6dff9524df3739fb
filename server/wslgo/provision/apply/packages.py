"""What the distribution installs, and the few commands of the system that a plan may name."""

import functools
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from wslgo.provision.apply.ledger import PACKAGES, RAN
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import InstallPackages, RunFixed
from wslgo.provision.survey import apt
from wslgo.provision.target import Target
from wslgo.system import programs
from wslgo.system.process import run
from wslgo.system.world import Ran
from wslgo.text.message import Message, Text

FAILED = Message(en="{command} failed: {words}", zh="{command} 失败：{words}")
NO_NAMES = Message(
    en="{words} ({path} is not there, so nothing in the tree finds a server by its name)",
    zh="{words}（{path} 不存在，目录树中的程序无法按名称找到服务器）",
)
NOT_ALLOWED = Message(en="{words} is not among the commands that are run", zh="不会运行 {words}，它不在允许的命令之中")

# What somebody has made of a configuration file stays. Another program that installs is waited for, in seconds.
_KEEPING = ("-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold")
_WAITING = ("-o", "DPkg::Lock::Timeout=300")
# With what a kill has left half done set right, and never at the cost of a package that is there.
_CAREFULLY = ("-y", "--fix-broken", "--no-remove", "--no-install-recommends")
APT = ("/usr/bin/apt-get", *_KEEPING, *_WAITING, "install", *_CAREFULLY, "--")
APT_FAILS = 100  # its exit code, whatever it fails at
# What apt demands after a kill; where it fails, apt says why.
HEAL = ("/usr/bin/dpkg", "--force-confdef", "--force-confold", "--configure", "-a")
# By the word that a plan and root's part know each of them by.
FIXED = {
    "ldconfig": ("/sbin/ldconfig",),
    "update-ca-certificates": ("/usr/sbin/update-ca-certificates",),
    "apt-get update": ("/usr/bin/apt-get", "update"),
    "sysctl --system": ("/sbin/sysctl", "--system"),
}
# Those that need not be run again when what they stood beside is taken back.
ONCE = frozenset(("apt-get update",))

# Programs of a tree run as root in it, in namespaces of their own, with what Docker leaves to root less device nodes,
# and can gain nothing more. That keeps mistakes of a package away from this machine. It does not confine root: who
# made the tree is trusted with the right to install packages.
_NAMESPACES = ("/usr/bin/unshare", "--mount", "--ipc", "--uts", "--")
_RIGHTS = "chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service net_raw sys_chroot setfcap"
_CONFINED = (
    *("/usr/bin/setpriv", "--no-new-privs", f"--bounding-set=-all,{','.join(f'+{one}' for one in _RIGHTS.split())}"),
    "--",
)
_CHROOT = ("/usr/sbin/chroot", "/usr/bin/chroot")
_NAME = re.compile(r"[a-z0-9][a-z0-9.+-]+")
_PATIENCE = 10.0  # seconds
_LONGEST = 3600.0  # seconds: mirrors are slow, toolkits large


def install(action: InstallPackages, at: StepRun) -> None:
    """Have apt-get install packages; those that are there stay as they are. Raises ProvisionError."""
    if not at.run.made(PACKAGES, names=list(action.names)):
        at.note(PACKAGES, names=list(action.names))
    words = (*APT, *checked(action.names))
    _run(HEAL, at)
    _command(words, at)


def run_fixed(action: RunFixed, at: StepRun) -> None:
    """Run one of the fixed commands. Raises ProvisionError for any other."""
    name = " ".join(action.words)
    words = fixed(name)
    if name not in ONCE and not at.run.made(RAN, name=name):
        at.note(RAN, name=name)
    _command(words, at)


def fixed(name: str) -> tuple[str, ...]:
    """The words of a fixed command. Raises ProvisionError for any other."""
    if name not in FIXED:
        raise ProvisionError(NOT_ALLOWED(words=name))
    return FIXED[name]


def checked(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of packages that are nothing else. Raises ProvisionError."""
    for name in names:
        if not _NAME.fullmatch(name):
            raise ProvisionError(NOT_ALLOWED(words=name))
    return names


def _command(words: tuple[str, ...], at: StepRun) -> None:
    done = _run(words, at)
    if done is None or done.code or _is_without_lists(words, at.context.target):
        raise ProvisionError(FAILED(command=_name(words), words=_why(done, at.context.target)))


def _run(words: tuple[str, ...], at: StepRun) -> Ran | None:
    """What a command says. Who interrupts us waits for it: dpkg is not left in the middle of a package."""
    target = at.context.target
    prefix: tuple[str, ...] = ()
    if target.is_tree:
        prefix = (*_confined(os.geteuid()), next(filter(_is_there, _CHROOT), _CHROOT[0]), str(target.root))
    environment = (programs.PACKAGES_OF_TREE if target.is_tree else programs.PACKAGES).environment({})
    watching = at.watching()

    def never() -> bool:
        return watching() and False

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run, (*prefix, *words), _LONGEST, "/", environment, never).result()


@functools.cache
def _confined(_user: int) -> tuple[str, ...]:
    """The words before chroot; those that this kernel or container does not allow are left out."""
    environment = programs.PACKAGES_OF_TREE.environment({})

    def works(words: tuple[str, ...]) -> bool:
        done = run((*words, "/bin/sh", "-c", ":"), _PATIENCE, "/", environment)
        return done is not None and done.code == 0

    return tuple(word for words in (_NAMESPACES, _CONFINED) if works(words) for word in words)


def _is_without_lists(words: tuple[str, ...], target: Target) -> bool:
    """Whether apt has fetched no list at all, which it calls a success."""
    return words == FIXED["apt-get update"] and not apt.has_lists(target)


def _name(words: tuple[str, ...]) -> str:
    """A command as a person types it, without the options that are always there."""
    typed = ("apt-get", "install", *words[len(APT) :]) if words[: len(APT)] == APT else words
    return " ".join((typed[0].rpartition("/")[2], *typed[1:]))


def _why(done: Ran | None, target: Target) -> Text | str:
    words = last_line(done)
    names = "/etc/resolv.conf"
    return NO_NAMES(words=words, path=names) if target.is_tree and target.open(names).stat() is None else words


def _is_there(path: str) -> bool:
    return Path(path).is_file()


def last_line(done: Ran | None) -> str:
    """The last line that a command complains with; of apt, what it could not fetch, which comes before."""
    lines = done.err.decode("utf-8", "replace").strip().splitlines() if done else []
    fetched = (line for line in lines if line.startswith(("E: Failed to fetch", "W: Failed to fetch")))
    return next(fetched, lines[-1] if lines else "no answer")
