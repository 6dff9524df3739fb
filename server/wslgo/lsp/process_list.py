"""The running Go programs for a client, and the end of what debuggers have left."""

from typing import TYPE_CHECKING

from wslgo.doctor.process import process_words
from wslgo.launch.attach import obstacle
from wslgo.lsp.command_types import ListedProcess, ListedProcesses, ProcessId
from wslgo.lsp.jobs import IsCancelled, result_of
from wslgo.lsp.words import label, notice
from wslgo.machine.probe.processes import is_leftover, processes
from wslgo.machine.process import DEBUGGER, GoProcess, Leftover, Processes
from wslgo.system.ending import end_process
from wslgo.text.message import Language, Message, Text, redact

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

DELVE = Message(en="Delve without its editor", zh="没有编辑器的 Delve")
PROGRAM = Message(en="program without its Delve", zh="没有 Delve 的程序")
NOT_LEFT = Message(en="Process {pid} is not one that a debugger left", zh="进程 {pid} 不是调试器遗留的")

_LONGEST = 120  # characters of a command


async def listed_processes(server: "WslgoServer") -> ListedProcesses | None:
    """Return the processes, in a worker thread; None in an untrusted workspace, whose editor looks at nothing else."""
    if not server.session.workspace.is_trusted:
        return None
    world, language = server.world, server.session.language

    def work(_is_stopped: IsCancelled) -> ListedProcesses:
        known = processes(world)
        return ListedProcesses(
            [_listed(process, known, language) for process in known.go],
            [_leftover(process, language) for process in known.leftovers],
        )

    return await result_of(server.start, work)


async def end_leftover(server: "WslgoServer", argument: ProcessId) -> bool:
    """End a process that a debugger left; any other is left alone."""
    if not server.session.workspace.is_trusted:
        return False
    world = server.world

    def work(_is_stopped: IsCancelled) -> Text | None:
        if not is_leftover(argument.pid, argument.started, world):
            return NOT_LEFT(pid=argument.pid)
        return end_process(argument.pid, argument.started)

    problem = await result_of(server.start, work)
    if problem is not None:
        server.show_error(problem)
    return problem is None


def _listed(process: GoProcess, known: Processes, language: Language) -> ListedProcess:
    found = obstacle(process, known)
    about = notice(process_words(process), language)
    why = notice(found, language) if found is not None else ""
    return ListedProcess(process.pid, process.started, label(process.name), about, why)


def _leftover(process: Leftover, language: Language) -> ListedProcess:
    kind = DELVE if process.kind == DEBUGGER else PROGRAM
    command = redact(" ".join(process.command))[:_LONGEST]
    return ListedProcess(process.pid, process.started, label(command), notice(kind, language))
