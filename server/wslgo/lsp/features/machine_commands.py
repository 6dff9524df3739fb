"""Commands about the machine: look at it again, open one of its files."""

from wslgo.lsp.as_root import Wish
from wslgo.lsp.features.open_file import OPEN, Which, open_file
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.pages import GLANCE, REFRESH, Nothing


def register(server: WslgoServer) -> None:
    @server.command(REFRESH)
    def _refresh(ls: WslgoServer, _argument: Nothing) -> None:
        ls.watch.look(is_fresh=True)

    @server.command(GLANCE)
    def _glance(ls: WslgoServer, _argument: Nothing) -> None:
        ls.watch.glance()

    @server.command(OPEN)
    async def _open(ls: WslgoServer, argument: Which) -> Wish | None:
        return await open_file(ls, argument)
