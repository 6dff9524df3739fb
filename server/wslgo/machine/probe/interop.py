"""Starting programs of Windows: from a folder of Windows, through a socket that lives, within a time limit.

An inherited `WSL_INTEROP` can be stale (a terminal multiplexer, a server that outlives its session): calls through it
hang for a minute. A program that hangs costs its time once; after that nothing of Windows is tried any more.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wslgo.machine.probe import cache, kernel, mounts
from wslgo.machine.probe.context import Machine
from wslgo.system.programs import OF_WINDOWS
from wslgo.system.world import Ran

LIMIT = 6.0  # seconds: PowerShell takes two to start on a busy machine
ATTEMPTS = 4  # sockets that are tried; a machine that fails with so many has another trouble

CMD = "cmd.exe"
WSL = "wsl.exe"
POWERSHELL = "WindowsPowerShell/v1.0/powershell.exe"


# What WSL itself says where it cannot hand a program to Windows: `<3>WSL (42 - ) ERROR: UtilConnectUnix:523: ...`.
_REFUSED = re.compile(rb"<[0-7]>|\b(?:Util[A-Z]\w+|CreateNtProcess\w*):[0-9]+:")


class Interop:
    """The way to Windows; `answers` is None until a program was tried."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._folder = machine.ask(_system_folder) if machine.ask(kernel.has_interop) else None
        self._sockets = [*_sockets(machine)][:ATTEMPTS] or [""]
        self.answers: bool | None = False if cache.is_silent(machine) else None

    def run(self, program: str, *words: str) -> Ran | None:
        """A program of Windows' system folder; None when it is missing or Windows does not answer."""
        path = f"{self._folder}/{program}"
        if self._folder is None or not self._machine.world.exists(path):
            return None
        return self.run_linux(path, *words)

    def run_linux(self, path: str, *words: str) -> Ran | None:
        """A program that asks Windows itself, such as `wslinfo`; the socket that answered once is kept."""
        if self.answers is False:
            return None
        for socket in self._sockets:
            ran = self._machine.world.run((path, *words), LIMIT, self._folder or "/", self._with(socket))
            if ran is None:
                break
            if self.answers or _has_answered(ran):
                self._sockets = [socket]
                self.answers = True
                return ran
        self.answers = False
        cache.note_silence(self._machine)
        return None

    def _with(self, socket: str) -> dict[str, str]:
        """WSL_UTF8 reaches wsl.exe only through WSLENV, and nothing else reaches it."""
        machine = self._machine
        environment = OF_WINDOWS.environment(machine.environment, machine.workspaces, machine.world.real)
        return {**environment, "WSL_INTEROP": socket} if socket else environment


def interop(machine: Machine) -> Interop:
    """The one way to Windows of this machine."""
    return Interop(machine)


def answers(machine: Machine) -> bool | None:
    """Whether the programs that were tried so far have answered; nothing is tried for this alone."""
    return machine.ask(interop).answers if machine.knows(interop) else None


class Session(NamedTuple):
    """A socket of WSL, and the process that serves it."""

    path: str
    process: int


def _has_answered(ran: Ran) -> bool:
    """Whether this is the program's own word, be it a complaint."""
    return ran.code == 0 or bool(ran.out.strip()) or (bool(ran.err.strip()) and not _REFUSED.search(ran.err))


def _system_folder(machine: Machine) -> str | None:
    """`/mnt/c/Windows/System32`, wherever the drive is mounted: nothing that PATH or a workspace could choose."""
    folders = (f"{drive.target.rstrip('/')}/Windows/System32" for drive in machine.ask(mounts.drives))
    return next(filter(machine.world.exists, folders), None)


def _sockets(machine: Machine) -> Iterator[str]:
    """The inherited socket, that of the first process, then the youngest; only those whose process lives."""
    sessions = {session.path: session for session in _sessions(machine)}
    inherited = machine.environment.get("WSL_INTEROP", "")
    if inherited in sessions:
        yield inherited
    others = (session for session in sessions.values() if session.path != inherited)
    yield from (one.path for one in sorted(others, key=lambda one: (one.process != 1, -one.process)))


def _sessions(machine: Machine) -> Iterator[Session]:
    for name in machine.world.names(kernel.SOCKETS):
        process = name.removesuffix("_interop")
        if name != process and process.isdecimal() and machine.world.exists(f"/proc/{process}"):
            yield Session(f"{kernel.SOCKETS}/{name}", int(process))
