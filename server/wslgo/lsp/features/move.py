"""The command that moves a workspace to the disk of Linux."""

from wslgo.lsp.command_types import ProvisionFolder
from wslgo.lsp.extensions import MOVE_WORKSPACE
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.session.uris import path_of


def register(server: WslgoServer) -> None:
    @server.command(MOVE_WORKSPACE)
    async def _move(ls: WslgoServer, argument: ProvisionFolder) -> str:
        from wslgo.lsp.features.move_dialog import move_workspace  # as provisioning: few sessions need it

        return await move_workspace(ls, path_of(argument.folder) if argument.folder else "")
