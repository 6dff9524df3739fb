"""The running Go programs of this machine, and the processes that debuggers have left.

psutil lists processes and ports. Programs are read as `wslgo inspect` reads them, through `/proc/PID/exe`, which also
leads to a file that was deleted or replaced since.
"""

import contextlib
import os
import pwd
import re
import time
from collections.abc import Iterator

import psutil

from wslgo.machine.binary import Binary
from wslgo.machine.probe.binary import read_go_program
from wslgo.machine.process import DEBUGGED, DEBUGGER, GoProcess, Leftover, Processes
from wslgo.system.ending import started_of
from wslgo.system.reader import read_beginning
from wslgo.system.world import World
from wslgo.text.typing import NamedTuple

SCOPE = "/proc/sys/kernel/yama/ptrace_scope"

_DELVE = "github.com/go-delve/delve/cmd/dlv"
_DEBUGGED = "__debug_bin"
_DELETED = " (deleted)"
# The processes that adopt others: init of Linux and of WSL, that of a user session, and those of containers.
_ADOPTER = re.compile(r"(?:init|systemd|Relay\(|SessionLeader|docker-init|tini|catatonit|dumb-init)")
_MOST_PROGRAMS = 500  # different files that are read


class _Running(NamedTuple):
    """A process as the kernel shows it."""

    pid: int
    parent: int
    started: int
    has_terminal: bool
    command: tuple[str, ...]
    path: str


def processes(world: World) -> Processes:
    """Return the Go processes, those that can be debugged best first, and the leftovers of debuggers."""
    scope = (world.read(SCOPE) or b"").strip()
    ports, connected = _ports()
    programs: dict[tuple[int, int], Binary | None] = {}
    found: list[GoProcess] = []
    leftovers: list[Leftover] = []
    for process in _running():
        if process.pid == os.getpid():
            continue
        program = _program(process, world, programs)
        if _is_leftover_program(process, world):
            leftovers.append(_leftover(process, DEBUGGED))
        if program is None:
            continue
        if program.package == _DELVE:
            if _is_leftover_delve(process, world) and process.pid not in connected:
                leftovers.append(_leftover(process, DEBUGGER))
            continue
        found.append(_go_process(process, program, ports, world))
    found.sort(key=lambda process: (process.is_for_debugging is not True, process.age))
    return Processes(os.getuid(), int(scope) if scope.isdigit() else None, tuple(found), tuple(leftovers))


def _running() -> Iterator[_Running]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError, ValueError, IndexError):
            stat = read_beginning(f"/proc/{process.pid}/stat").rpartition(b")")[2].split()
            command = tuple(process.cmdline())
            if not command:
                continue  # a thread of the kernel, or a zombie
            try:
                path = os.readlink(f"/proc/{process.pid}/exe").removesuffix(_DELETED)  # noqa: PTH115
            except OSError:
                path = ""  # of another user
            # Fields 4 (parent), 7 (terminal) and 22 (start) of proc(5); the list begins with field 3.
            yield _Running(process.pid, int(stat[1]), int(stat[19]), stat[4] != b"0", command, path)


def _program(process: _Running, world: World, programs: dict[tuple[int, int], Binary | None]) -> Binary | None:
    """Return the program of a process if it is one of Go; files that cannot be read are none."""
    place = f"/proc/{process.pid}/exe"
    if world.stat(place) is None:
        place = process.command[0]
    state = world.stat(place) if place.startswith("/") else None
    if state is None:
        return None
    key = (state.st_dev, state.st_ino)
    if key not in programs and len(programs) < _MOST_PROGRAMS:
        try:
            programs[key] = read_go_program(place, world)
        except OSError:
            programs[key] = None
    return programs.get(key)


def _go_process(process: _Running, program: Binary, ports: dict[int, set[int]], world: World) -> GoProcess:
    fields = _status(process.pid, world)
    user = int(fields.get("Uid", "0").split()[0])
    may_know_ports = os.getuid() in (0, user)
    return GoProcess(
        process.pid,
        process.started,
        user,
        _name_of(user),
        process.command,
        process.path or None,
        program.go,
        program.package,
        program.module,
        _age(process),
        tuple(sorted(ports.get(process.pid, ()))) if may_know_ports else None,
        program.dwarf,
        program.optimized,
        # A thread of the debugger, which is shown by its process.
        int(_status(tracer, world).get("Tgid", tracer)) if (tracer := int(fields.get("TracerPid", "0"))) else 0,
    )


def _status(pid: int, world: World) -> dict[str, str]:
    """Return the fields of `/proc/PID/status`; empty for a process that has ended."""
    text = (world.read(f"/proc/{pid}/status") or b"").decode("utf-8", "replace")
    return dict(line.split(":\t", 1) for line in text.split("\n") if ":\t" in line)


def _ports() -> tuple[dict[int, set[int]], set[int]]:
    """Return the ports that processes listen on, and the processes with a connection."""
    listening: dict[int, set[int]] = {}
    connected: set[int] = set()
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            if connection.pid is None or not connection.laddr:
                continue
            if connection.status == psutil.CONN_LISTEN:
                listening.setdefault(connection.pid, set()).add(connection.laddr.port)
            elif connection.status == psutil.CONN_ESTABLISHED:
                connected.add(connection.pid)
    return listening, connected


def _is_leftover_delve(process: _Running, world: World) -> bool:
    """Return whether Delve serves an editor that is gone; a server for several clients waits for the next one."""
    words = process.command[1:]
    serves = "dap" in words or any(word.startswith("--headless") for word in words)
    waits = any(word.startswith("--accept-multiclient") for word in words)
    return serves and not waits and not process.has_terminal and _is_adopted(process, world)


def _is_leftover_program(process: _Running, world: World) -> bool:
    name = (process.path or process.command[0]).rpartition("/")[2]
    if not name.startswith(_DEBUGGED) or not _is_adopted(process, world):
        return False
    return b"\nTracerPid:\t0\n" in (world.read(f"/proc/{process.pid}/status") or b"")


def _is_adopted(process: _Running, world: World) -> bool:
    """Return whether the process that started this one has ended."""
    if process.parent <= 1:
        return True
    name = (world.read(f"/proc/{process.parent}/comm") or b"").decode("utf-8", "replace").strip()
    return _ADOPTER.match(name) is not None


def _leftover(process: _Running, kind: str) -> Leftover:
    return Leftover(process.pid, process.started, kind, process.command, _age(process))


def _age(process: _Running) -> int:
    return max(0, int(time.clock_gettime(time.CLOCK_BOOTTIME) - process.started / os.sysconf("SC_CLK_TCK")))


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def is_leftover(pid: int, started: int, world: World) -> bool:
    """Return whether this very process is one that a debugger left."""
    known = processes(world).leftovers if started_of(pid) == started else ()
    return any((leftover.pid, leftover.started) == (pid, started) for leftover in known)
