"""Running Go programs that a debugger can attach to, and what debuggers have left running."""

from wslgo.machine.binary import OPTIMIZED
from wslgo.text.typing import NamedTuple

DEBUGGER, DEBUGGED = "debugger", "debugged"


class GoProcess(NamedTuple):
    """A running program of Go; together with `started`, in ticks since the boot, `pid` never means another process.

    `age` is in seconds. `ports` are those it listens on, None if this user may not know. `dwarf` and `optimized` are
    those of its file (see `Binary`). `tracer` is the process that debugs it, 0 if none does.
    """

    pid: int
    started: int
    user: int
    owner: str
    command: tuple[str, ...]
    path: str | None = None
    go: str | None = None
    package: str | None = None
    module: str | None = None
    age: int = 0
    ports: tuple[int, ...] | None = None
    dwarf: bool | None = None
    optimized: str | None = None
    tracer: int = 0

    @property
    def is_for_debugging(self) -> bool | None:
        """True if it was built for a debugger: with debug information, and its own packages not optimized."""
        if self.dwarf is None or (self.dwarf and self.optimized is None):
            return None
        return self.dwarf and self.optimized != OPTIMIZED

    @property
    def name(self) -> str:
        """The last part of its path, else of its command."""
        return (self.path or (self.command[0] if self.command else "?")).rpartition("/")[2]


class Leftover(NamedTuple):
    """A process that a debugger left: a Delve without its editor, or a program without its Delve."""

    pid: int
    started: int
    kind: str
    command: tuple[str, ...]
    age: int = 0


class Processes(NamedTuple):
    """The Go processes of this machine; `scope` is `kernel.yama.ptrace_scope`, None if the kernel has none."""

    user: int
    scope: int | None = None
    go: tuple[GoProcess, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
