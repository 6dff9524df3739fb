"""Commands about this machine: probe it again, open one of its files."""

from wslgo.lsp.command_types import Empty, MachineFile, NetworkCheck, RootWrite
from wslgo.lsp.extensions import CHECK_NETWORK, GLANCE, OPEN, REFRESH
from wslgo.lsp.features.open_file import open_file
from wslgo.lsp.language_server import WslgoServer


def register(server: WslgoServer) -> None:
    @server.command(REFRESH)
    def _refresh(ls: WslgoServer, _argument: Empty) -> None:
        ls.watch.survey(is_fresh=True)

    @server.command(GLANCE)
    def _glance(ls: WslgoServer, _argument: Empty) -> None:
        ls.watch.survey_if_changed()

    @server.command(CHECK_NETWORK)
    async def _check_network(ls: WslgoServer, argument: NetworkCheck) -> None:
        from wslgo.lsp.network_check import check_network  # opens connections: few sessions need it

        await check_network(ls, is_drilled=argument.drill)

    @server.command(OPEN)
    async def _open(ls: WslgoServer, argument: MachineFile) -> RootWrite | None:
        return await open_file(ls, argument)
