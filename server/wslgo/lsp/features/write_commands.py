"""Commands that write to the disk, as the user or as root."""

from wslgo.lsp.as_root import begin, end
from wslgo.lsp.command_types import PlanToken, RootPlan, RootWrite, WriteBytes
from wslgo.lsp.extensions import BEGIN_AS_ROOT, END_AS_ROOT, PLAN_AS_ROOT, WRITE_BYTES
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.write_bytes import write_bytes
from wslgo.text.message import Text


def register(server: WslgoServer) -> None:
    @server.command(WRITE_BYTES)
    def _write_bytes(ls: WslgoServer, argument: WriteBytes) -> bool:
        outcome = write_bytes(ls.session, argument, ls.world.environment)
        ls.session.reread(argument.uri)
        ls.refresh()
        return ls.report_outcome(outcome)

    @server.command(PLAN_AS_ROOT)
    def _plan(ls: WslgoServer, argument: RootWrite) -> RootPlan | None:
        found = ls.root_writes.plan(ls.session, ls.reports, argument)
        if not isinstance(found, Text):
            return found
        ls.show_error(found)
        return None

    @server.command(BEGIN_AS_ROOT)
    def _begin(ls: WslgoServer, argument: PlanToken) -> bool:
        return ls.report_outcome(begin(ls.root_writes, argument, ls.world.environment))

    @server.command(END_AS_ROOT)
    def _end(ls: WslgoServer, argument: PlanToken) -> bool:
        outcome = end(ls.root_writes, argument, ls.world.environment)
        ls.session.refresh()
        ls.refresh()
        ls.watch.survey()
        return ls.report_outcome(outcome)
