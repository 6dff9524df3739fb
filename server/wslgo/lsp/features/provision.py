"""The commands that provision this machine and undo that."""

from wslgo.lsp.command_types import Empty, ProvisionFolder
from wslgo.lsp.extensions import PROVISION, UNDO_PROVISION
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.session.uris import path_of


def register(server: WslgoServer) -> None:
    @server.command(PROVISION)
    async def _provision(ls: WslgoServer, argument: ProvisionFolder) -> None:
        from wslgo.lsp.features.provision_dialog import (
            provision,  # the network, archives, signatures: few sessions need them
        )

        await provision(ls, path_of(argument.folder) if argument.folder else "")

    @server.command(UNDO_PROVISION)
    async def _undo(ls: WslgoServer, _argument: Empty) -> None:
        from wslgo.lsp.features.provision_dialog import undo_last

        await undo_last(ls)
