"""Starting Windows programs: from a Windows folder, through a live socket, within a time limit.

An inherited `WSL_INTEROP` can be stale (in a terminal multiplexer, in a server that outlives its session): calls
through it hang for a minute. After the first program that hangs, no other Windows program is started.
"""

import re
from collections.abc import Iterator

from wslgo.machine.probe import cache, kernel, mounts
from wslgo.machine.probe.context import ProbeContext
from wslgo.system.programs import OF_WINDOWS
from wslgo.system.world import Ran
from wslgo.text.typing import NamedTuple

LIMIT = 6.0  # seconds: PowerShell needs two to start on a busy machine
ATTEMPTS = 4  # give up after this many sockets: the problem is elsewhere

CMD = "cmd.exe"
WSL = "wsl.exe"
POWERSHELL = "WindowsPowerShell/v1.0/powershell.exe"


# WSL's own error if it cannot start a Windows program: `<3>WSL (42 - ) ERROR: UtilConnectUnix:523: ...`.
_WSL_ERROR = re.compile(rb"<[0-7]>|\b(?:Util[A-Z]\w+|CreateNtProcess\w*):[0-9]+:")


class Interop:
    """A runner of Windows programs; `answers` is None until the first program was started."""

    def __init__(self, machine: ProbeContext) -> None:
        self._machine = machine
        self._folder = machine.ask(_system_folder) if machine.ask(kernel.has_interop) else None
        self._sockets = [*_sockets(machine)][:ATTEMPTS] or [""]
        self.answers: bool | None = False if cache.is_silent(machine) else None

    def run(self, program: str, *words: str) -> Ran | None:
        """Run a program of Windows' system folder; return None if it is missing or Windows does not answer."""
        path = f"{self._folder}/{program}"
        if self._folder is None or not self._machine.world.exists(path):
            return None
        return self.run_linux(path, *words)

    def run_linux(self, path: str, *words: str) -> Ran | None:
        """Run a Linux program that calls Windows, such as `wslinfo`; later calls use the socket that answered."""
        if self.answers is False:
            return None
        for socket in self._sockets:
            ran = self._machine.world.run((path, *words), LIMIT, self._folder or "/", self._environment(socket))
            if ran is None:
                break
            if self.answers or _has_answered(ran):
                self._sockets = [socket]
                self.answers = True
                return ran
        self.answers = False
        cache.store_silence(self._machine)
        return None

    def _environment(self, socket: str) -> dict[str, str]:
        """Return the environment of a Windows program; of it, wsl.exe sees only WSL_UTF8, through WSLENV."""
        machine = self._machine
        environment = OF_WINDOWS.environment(machine.environment, machine.workspaces, machine.world.real)
        return {**environment, "WSL_INTEROP": socket} if socket else environment


def interop(machine: ProbeContext) -> Interop:
    """Return this machine's runner of Windows programs."""
    return Interop(machine)


def answers(machine: ProbeContext) -> bool | None:
    """Return whether the Windows programs started so far have answered; this starts none."""
    return machine.ask(interop).answers if machine.knows(interop) else None


class InteropSocket(NamedTuple):
    """A socket of WSL, and the process that serves it."""

    path: str
    process: int


def _has_answered(ran: Ran) -> bool:
    """Return whether the output is the program's own, even if it is an error."""
    return ran.code == 0 or bool(ran.out.strip()) or (bool(ran.err.strip()) and not _WSL_ERROR.search(ran.err))


def _system_folder(machine: ProbeContext) -> str | None:
    """Return `/mnt/c/Windows/System32`, wherever the drive is mounted; PATH and workspaces cannot change it."""
    folders = (f"{drive.target.rstrip('/')}/Windows/System32" for drive in machine.ask(mounts.drives))
    return next(filter(machine.world.exists, folders), None)


def _sockets(machine: ProbeContext) -> Iterator[str]:
    """Yield the inherited socket, that of process 1, then the newest first; only those whose process is alive."""
    sockets = {socket.path: socket for socket in _live_sockets(machine)}
    inherited = machine.environment.get("WSL_INTEROP", "")
    if inherited in sockets:
        yield inherited
    others = (socket for socket in sockets.values() if socket.path != inherited)
    yield from (other.path for other in sorted(others, key=lambda socket: (socket.process != 1, -socket.process)))


def _live_sockets(machine: ProbeContext) -> Iterator[InteropSocket]:
    for name in machine.world.names(kernel.SOCKETS):
        process = name.removesuffix("_interop")
        if name != process and process.isdecimal() and machine.world.exists(f"/proc/{process}"):
            yield InteropSocket(f"{kernel.SOCKETS}/{name}", int(process))
