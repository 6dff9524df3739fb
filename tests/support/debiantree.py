"""A real Debian as the machine to provision, with real apt, files and modes, and a Windows side that can vanish.

Each test gets a layer in memory above the tree that `./dev setup` keeps, so disks can be full or read-only and nothing
persists. wslgo runs as users start it: as a process, which is killed with its children, as in a distribution that is
terminated.
"""

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import machines
from frontdoor import dev
from smallmachine import Machine, Outcome
from treechanges import Changes, changes
from wslgo.machine.host import Host, Snapshot
from wslgo.provision.apply.ledger import ledger_of

DYING = Path(__file__).with_name("dying.py")
PROFILE = "/mnt/c/Users/dev"  # that of Windows
WSLCONFIG = f"{PROFILE}/.wslconfig"
# The environment that WSL gives to a login, without the variables from Windows.
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# The prefix of commands that run as dev.
DEV = (
    *("env", "-i", "--chdir=/home/dev", "HOME=/home/dev", "USER=dev", f"PATH={PATH}"),
    *("setpriv", "--reuid=1000", "--regid=1000", "--clear-groups"),
)

# In namespaces of its own, so that mounts and processes end with it; the go command needs /proc to find itself.
_ENTER = 'mount -t proc proc "$0/proc"; chroot "$0" "$@"; exit $?'
# Process 1 of a namespace cannot kill itself, and learns about the end of `unshare` only while it is root, so it is a
# shell.
_TERMINABLE = ("unshare", "--pid", "--fork", "--kill-child", "sh", "-c", '"$@"; exit $?', "sh")
# All is read-only but what is mounted: the tree, its Windows drive, and the home of the user that runs wslgo.
_HELD = 'mount --bind "$0" "$0"; mount -o remount,bind,ro /; exec "$@"'
_LONGEST = 300  # seconds: a mirror may be slow


class Debian(Machine):
    """A fresh Debian with a user `dev`, on a machine with Windows."""

    def __init__(self, folder: Path) -> None:
        self.pristine = pristine()
        self.disk = folder / "disk"
        self._mounts = contextlib.ExitStack()
        super().__init__(folder)

    def furnish(self, shell: str) -> None:
        try:
            self._furnish(shell)
        except BaseException:
            self.close()
            raise

    @property
    def wslconfig(self) -> Path:
        return self.root / WSLCONFIG.lstrip("/")

    @property
    def ledger(self) -> Path:
        """Return the ledger lines of all runs."""
        return ledger_of(self.environment) / "ledger.jsonl"

    def close(self) -> None:
        """Unmount everything, even what is still in use."""
        self._mounts.close()

    def _furnish(self, shell: str) -> None:
        self.mount(self.disk, "-t", "tmpfs", "-o", "mode=0755", "tmpfs")
        for name in ("upper", "work", "windows"):
            (self.disk / name).mkdir()
        layers = f"lowerdir={self.pristine},upperdir={self.disk}/upper,workdir={self.disk}/work"
        self.mount(self.root, "-t", "overlay", "-o", layers, "overlay")
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        user = ("useradd", "--create-home", "--uid", "1000", "--shell", shell, "dev")
        # With the same day in every tree.
        run("env", "SOURCE_DATE_EPOCH=1000000000", "chroot", self.root, *user)
        self.home.chmod(0o750)
        self.workspace = self.folder / "workspace"
        self.workspace.mkdir()
        self._furnish_windows()

    def _furnish_windows(self) -> None:
        self.mount_windows()
        self.write(f"{PROFILE}/AppData/Local/Temp/x", b"", mode=0o777, owner=0)
        self.write("/mnt/c/Windows/System32/cmd.exe", b"MZ", mode=0o777, owner=0)
        run("chown", "--recursive", "1000:1000", self.root / "mnt/c")
        self.recorded = self.folder / "host.json"
        self.recorded.write_text(machines.recorded(host()), encoding="utf-8")

    def misconfigure(self) -> None:
        """Break settings that the WSL steps fix."""
        self.write("/etc/wsl.conf", b"[boot]\nsystemd = ture # as ever\n", mode=0o600, owner=0)
        self.write(WSLCONFIG, b"[wsl2]\r\nmemory=8GB\r\n")

    # Disks and dpkg

    def mount_windows(self) -> None:
        self.mount(self.root / "mnt/c", "--bind", self.disk / "windows")

    def unmount_windows(self) -> None:
        run("umount", self.root / "mnt/c")

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """Fill the disk of the tree for a while."""
        found = os.statvfs(self.disk)
        used = (found.f_blocks - found.f_bfree) * found.f_frsize
        run("mount", "-o", f"remount,size={used}", self.disk)
        try:
            yield
        finally:
            run("mount", "-o", f"remount,size={found.f_blocks * found.f_frsize}", self.disk)

    @contextlib.contextmanager
    def read_only(self) -> Iterator[None]:
        """Make the tree read-only within the block."""
        run("mount", "-o", "remount,ro", self.root)
        try:
            yield
        finally:
            run("mount", "-o", "remount,rw", self.root)

    @contextlib.contextmanager
    def holding_dpkg(self) -> Iterator[Callable[[], bool]]:
        """Stop dpkg in the middle of a package with a library, within the block."""
        ldconfig = self.root / "usr/sbin/ldconfig"
        real = ldconfig.read_bytes()
        ldconfig.write_bytes(b"#!/bin/sh\ntouch /tmp/held\nexec sleep 60\n")
        try:
            yield (self.root / "tmp/held").exists
        finally:
            ldconfig.write_bytes(real)

    def mount(self, place: Path, *words: str | Path) -> None:
        place.mkdir(parents=True, exist_ok=True)
        run("mount", *words, place)
        # What has gone already, or is in use by something that was killed, blocks nothing.
        self._mounts.callback(subprocess.run, ["umount", "--lazy", place], check=False, capture_output=True)

    # Running

    def spec(self, only: str) -> tuple[str, ...]:
        """Return the options for these steps, with a toolchain of a few files from a folder."""
        return ("--go", "1.99.3", "--source", self.source(), "--only", only)

    def words(self, *arguments: str) -> list[str]:
        """Return the arguments of the command line."""
        return ["provision", "--root", str(self.root), "--user", "dev", "--host", str(self.recorded), *arguments]

    def start(
        self,
        *arguments: str,
        within: tuple[str, ...] = _TERMINABLE,
        program: tuple[str, ...] = ("-m", "wslgo"),
        **variables: str,
    ) -> "subprocess.Popen[str]":
        """Start `wslgo provision` with more variables, `within` namespaces."""
        words = [*within, sys.executable, *program, *self.words(*arguments)]
        environment = {**self.environment, "PYTHONPATH": str(dev.SERVER), "PYTHONDONTWRITEBYTECODE": "1", **variables}
        pipe = subprocess.PIPE
        return subprocess.Popen(words, env=environment, cwd=self.workspace, stdout=pipe, stderr=pipe, text=True)

    def wslgo(self, *arguments: str) -> Outcome:  # type: ignore[override]
        return ended(self.start(*arguments))

    def without_network(self, *arguments: str) -> Outcome:
        return ended(self.start(*arguments, within=(*_TERMINABLE, "unshare", "--net")))

    def held(self, *arguments: str, **variables: str) -> Outcome:
        """Where the rest of this machine cannot be written."""
        within = (*_TERMINABLE, "unshare", "--mount", "sh", "-ec", _HELD, self.environment["HOME"])
        return ended(self.start(*arguments, within=within, **variables))

    def kill_at_line(self, line: int, when: str, *arguments: str) -> bool:
        """Kill it before or after a line of its ledger; return whether it got that far."""
        return ended(self.start(*arguments, program=(str(DYING), str(line), when))).code is None

    def kill_after(self, seconds: float, *arguments: str) -> bool:
        """Terminate it with its children; return whether it was still running."""
        until = time.monotonic() + seconds
        return self.kill_when(lambda: time.monotonic() > until, *arguments)

    def kill_when(self, is_time: Callable[[], bool], *arguments: str) -> bool:
        """Terminate it at a time that the caller chooses; return whether it was still running."""
        process = self.start(*arguments)
        wait(lambda: is_time() or process.poll() is not None)
        process.kill()
        return ended(process).code is None

    def undo(self) -> Outcome:
        """Undo all runs, unless a later change blocks it."""
        outcome = self.wslgo("--undo", "--yes")
        return outcome if outcome.code or "nothing to undo" in outcome.out else self.undo()

    def enter(self, *words: str) -> str:
        """Return the output of a program in the tree, run by root."""
        return run(*self.inside(*words))

    def shell(self, *words: str) -> str:
        """Return the output of bash in the tree, run by dev."""
        return run(*self.inside(*DEV, "/bin/bash", *words))

    def inside(self, *words: str) -> tuple[str, ...]:
        """Return the command that runs a program in the tree, and ends with all that it has started."""
        return ("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec", _ENTER, str(self.root), *words)

    # Comparing

    def changes(self) -> Changes:
        """Return the differences from the pristine tree."""
        return changes(self.root, self.pristine)


@functools.cache
def pristine() -> Path:
    """Return the tree that all others start from."""
    return dev.debian_tree()


def host() -> Host:
    """Return the recorded Windows side and kernel."""
    known = machines.host("ubuntu-24.04-nat")
    return known._replace(windows=known.windows._replace(profile=PROFILE), wslconfig=Snapshot(WSLCONFIG))


def run(*words: str | Path) -> str:
    """Return the output of a program, which must not fail."""
    done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def wait(is_time: Callable[[], bool]) -> None:
    """Poll a condition, at most for as long as a mirror may take."""
    until = time.monotonic() + _LONGEST
    while not is_time():
        assert time.monotonic() < until
        time.sleep(0.001)


def ended(process: "subprocess.Popen[str]") -> Outcome:
    """Return how a process has ended; without an exit code if it was killed."""
    out, err = process.communicate(timeout=_LONGEST)
    was_killed = process.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    return Outcome(None if was_killed else process.returncode, out, err)
