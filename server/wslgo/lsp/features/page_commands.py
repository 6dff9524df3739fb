"""Commands that answer with a page."""

from wslgo.lsp.command_types import Empty, RuleName
from wslgo.lsp.extensions import EXPLAIN_RULE, HEALTH
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.pages import explain, health_page


def register(server: WslgoServer) -> None:
    @server.command(EXPLAIN_RULE)
    def _explain(ls: WslgoServer, argument: RuleName) -> str:
        return explain(ls.session, argument)

    @server.command(HEALTH)
    def _health(ls: WslgoServer, _argument: Empty) -> str:
        return health_page(ls.session)
