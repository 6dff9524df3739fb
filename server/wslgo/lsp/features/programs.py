"""Compiled programs and running ones: what a debugger will find, and where it can attach."""

from wslgo.lsp.command_types import Empty, EntryNumber, ListedProcesses, ProcessId, ProgramFile, SourceLine
from wslgo.lsp.extensions import END_LEFTOVER, GO_PROCESSES, INSPECT, INSPECT_ENTRY, WARN_OF_BREAKPOINT, WARN_OF_PROGRAM
from wslgo.lsp.language_server import WslgoServer


def register(server: WslgoServer) -> None:
    # What reads programs and lists processes takes 60 ms to import, and most sessions never need it.

    @server.command(INSPECT)
    async def _inspect(ls: WslgoServer, argument: ProgramFile) -> str:
        from wslgo.lsp.program_inspection import inspection_page

        return await inspection_page(ls, argument)

    @server.command(INSPECT_ENTRY)
    async def _inspect_entry(ls: WslgoServer, argument: EntryNumber) -> str:
        from wslgo.lsp.program_inspection import page_of_entry

        return await page_of_entry(ls, argument)

    @server.command(WARN_OF_PROGRAM)
    async def _warn_of_program(ls: WslgoServer, argument: ProgramFile) -> str | None:
        from wslgo.lsp.program_inspection import warning_of

        return await warning_of(ls, argument)

    @server.command(WARN_OF_BREAKPOINT)
    def _warn_of_breakpoint(ls: WslgoServer, argument: SourceLine) -> str | None:
        from wslgo.lsp.program_inspection import breakpoint_warning

        return breakpoint_warning(ls, argument)

    @server.command(GO_PROCESSES)
    async def _processes(ls: WslgoServer, _argument: Empty) -> ListedProcesses | None:
        from wslgo.lsp.process_list import listed_processes

        return await listed_processes(ls)

    @server.command(END_LEFTOVER)
    async def _end(ls: WslgoServer, argument: ProcessId) -> bool:
        from wslgo.lsp.process_list import end_leftover

        return await end_leftover(ls, argument)
