"""Packages of the distribution, and the fixed system commands that a plan may run."""

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
    en="{words} ({path} does not exist, so programs in the tree cannot resolve host names)",
    zh="{words}（{path} 不存在，目录树中的程序无法按名称找到服务器）",
)
NOT_ALLOWED = Message(
    en="wslgo does not run {words}: it is not one of the allowed commands",
    zh="wslgo 不会运行 {words}：它不在允许的命令之中",
)

# Configuration files that were edited stay. Wait this many seconds for another program that installs.
_KEEPING = ("-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold")
_WAITING = ("-o", "DPkg::Lock::Timeout=300")
# Repair what a kill left half done, and never remove an installed package.
_CAREFULLY = ("-y", "--fix-broken", "--no-remove", "--no-install-recommends")
APT = ("/usr/bin/apt-get", *_KEEPING, *_WAITING, "install", *_CAREFULLY, "--")
APT_FAILS = 100  # its exit code for every failure
# The command that apt demands after a kill; if it fails, apt reports why.
HEAL = ("/usr/bin/dpkg", "--force-confdef", "--force-confold", "--configure", "-a")
# By the name in a plan and in the orders to root.
FIXED = {
    "ldconfig": ("/sbin/ldconfig",),
    "update-ca-certificates": ("/usr/sbin/update-ca-certificates",),
    "apt-get update": ("/usr/bin/apt-get", "update"),
    "sysctl --system": ("/sbin/sysctl", "--system"),
}
# Those that undo does not run again.
ONCE = frozenset(("apt-get update",))

# Programs of a tree run as root inside it, in their own namespaces, with the capabilities that Docker leaves to root
# except for device nodes, and cannot gain more. That keeps mistakes of a package away from this machine. It does not
# confine root: the maker of the tree is trusted to install packages.
_NAMESPACES = ("/usr/bin/unshare", "--mount", "--ipc", "--uts", "--")
_RIGHTS = "chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service net_raw sys_chroot setfcap"
_CONFINED = (
    *(
        "/usr/bin/setpriv",
        "--no-new-privs",
        f"--bounding-set=-all,{','.join(f'+{right}' for right in _RIGHTS.split())}",
    ),
    "--",
)
_CHROOT = ("/usr/sbin/chroot", "/usr/bin/chroot")
_NAME = re.compile(r"[a-z0-9][a-z0-9.+-]+")
_PATIENCE = 10.0  # seconds
_LONGEST = 3600.0  # seconds: mirrors are slow, toolkits large


def install(action: InstallPackages, step_run: StepRun) -> None:
    """Install packages with apt-get; installed ones are not changed. Raises ProvisionError if apt fails."""
    if not step_run.run.record_of(PACKAGES, names=list(action.names)):
        step_run.note(PACKAGES, names=list(action.names))
    words = (*APT, *package_names(action.names))
    _run(HEAL, step_run)
    _command(words, step_run)


def run_fixed(action: RunFixed, step_run: StepRun) -> None:
    """Run one of the fixed commands. Raises ProvisionError for any other."""
    name = " ".join(action.words)
    words = fixed_command(name)
    if name not in ONCE and not step_run.run.record_of(RAN, name=name):
        step_run.note(RAN, name=name)
    _command(words, step_run)


def fixed_command(name: str) -> tuple[str, ...]:
    """Return the words of a fixed command. Raises ProvisionError for any other."""
    if name not in FIXED:
        raise ProvisionError(NOT_ALLOWED(words=name))
    return FIXED[name]


def package_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names. Raises ProvisionError if one is not a valid package name."""
    for name in names:
        if not _NAME.fullmatch(name):
            raise ProvisionError(NOT_ALLOWED(words=name))
    return names


def _command(words: tuple[str, ...], step_run: StepRun) -> None:
    done = _run(words, step_run)
    if done is None or done.code or _is_without_lists(words, step_run.context.target):
        raise ProvisionError(FAILED(command=_name(words), words=_why(done, step_run.context.target)))


def _run(words: tuple[str, ...], step_run: StepRun) -> Ran | None:
    """Run a command to its end, even after Ctrl+C: dpkg must not stop in the middle of a package."""
    target = step_run.context.target
    prefix: tuple[str, ...] = ()
    if target.is_tree:
        prefix = (*_confinement(os.geteuid()), next(filter(_is_there, _CHROOT), _CHROOT[0]), str(target.root))
    environment = (programs.PACKAGES_OF_TREE if target.is_tree else programs.PACKAGES).environment({})
    watching = step_run.cancel_check()

    def never() -> bool:
        return watching() and False

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run, (*prefix, *words), _LONGEST, "/", environment, never).result()


@functools.cache
def _confinement(_user: int) -> tuple[str, ...]:
    """Return the words before chroot, without those that this kernel or container does not allow."""
    environment = programs.PACKAGES_OF_TREE.environment({})

    def works(words: tuple[str, ...]) -> bool:
        done = run((*words, "/bin/sh", "-c", ":"), _PATIENCE, "/", environment)
        return done is not None and done.code == 0

    return tuple(word for words in (_NAMESPACES, _CONFINED) if works(words) for word in words)


def _is_without_lists(words: tuple[str, ...], target: Target) -> bool:
    """Return whether `apt-get update` fetched no list at all, which apt reports as success."""
    return words == FIXED["apt-get update"] and not apt.has_lists(target)


def _name(words: tuple[str, ...]) -> str:
    """Return a command as a user types it, without the constant options."""
    typed = ("apt-get", "install", *words[len(APT) :]) if words[: len(APT)] == APT else words
    return " ".join((typed[0].rpartition("/")[2], *typed[1:]))


def _why(done: Ran | None, target: Target) -> Text | str:
    words = last_line(done)
    names = "/etc/resolv.conf"
    return NO_NAMES(words=words, path=names) if target.is_tree and target.open(names).stat() is None else words


def _is_there(path: str) -> bool:
    return Path(path).is_file()


def last_line(done: Ran | None) -> str:
    """Return the last line of a command's error output; of apt, the line about what it could not fetch."""
    lines = done.err.decode("utf-8", "replace").strip().splitlines() if done else []
    fetched = (line for line in lines if line.startswith(("E: Failed to fetch", "W: Failed to fetch")))
    return next(fetched, lines[-1] if lines else "no answer")
