"""Commands about this machine: probe it again, open one of its files."""

from wslgo.lsp.command_types import Empty, MachineFile, RootWrite
from wslgo.lsp.extensions import GLANCE, OPEN, REFRESH
from wslgo.lsp.features.open_file import open_file
from wslgo.lsp.language_server import WslgoServer


def register(server: WslgoServer) -> None:
    @server.command(REFRESH)
    def _refresh(ls: WslgoServer, _argument: Empty) -> None:
        ls.watch.survey(is_fresh=True)

    @server.command(GLANCE)
    def _glance(ls: WslgoServer, _argument: Empty) -> None:
        ls.watch.survey_if_changed()

    @server.command(OPEN)
    async def _open(ls: WslgoServer, argument: MachineFile) -> RootWrite | None:
        return await open_file(ls, argument)
