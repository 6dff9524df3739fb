"""Commands that answer with a page."""

from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.pages import EXPLAIN, HEALTH, Nothing, RuleName, explain, health_page


def register(server: WslgoServer) -> None:
    @server.command(EXPLAIN)
    def _explain(ls: WslgoServer, argument: RuleName) -> str:
        return explain(ls.session, argument)

    @server.command(HEALTH)
    def _health(ls: WslgoServer, _argument: Nothing) -> str:
        return health_page(ls.session)
