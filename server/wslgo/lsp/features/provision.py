"""Commands that provision the machine, and take that back."""

import attrs

from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.pages import Nothing
from wslgo.lsp.session.document import path_of

PROVISION = "wslgo.server.provision"
UNDO = "wslgo.server.undoProvision"


@attrs.define
class Workspace:
    """The folder whose modules say what is needed, as its URI; "" where none is open."""

    folder: str = ""


def register(server: WslgoServer) -> None:
    @server.command(PROVISION)
    async def _provision(ls: WslgoServer, argument: Workspace) -> None:
        from wslgo.lsp.features.provision_dialog import (
            provision,  # the network, archives, signatures: few sessions need them
        )

        await provision(ls, path_of(argument.folder) if argument.folder else "")

    @server.command(UNDO)
    async def _undo(ls: WslgoServer, _argument: Nothing) -> None:
        from wslgo.lsp.features.provision_dialog import undo_last

        await undo_last(ls)
