"""The server with all its handlers."""

from wslgo.lsp.features import (
    code_action,
    document,
    document_sync,
    launch,
    lifecycle,
    machine_commands,
    move,
    page_commands,
    position,
    programs,
    provision,
    workspace,
    write_commands,
)
from wslgo.lsp.jobs import Start
from wslgo.lsp.language_server import WslgoServer
from wslgo.system.this_machine import ThisMachine
from wslgo.system.world import World

# `lifecycle` registers `pull_diagnostics`, for clients that pull.
FEATURES = (
    lifecycle,
    workspace,
    document_sync,
    code_action,
    position,
    document,
    page_commands,
    machine_commands,
    write_commands,
    launch,
    programs,
    provision,
    move,
)


def create_server(world: World | None = None, start: Start | None = None) -> WslgoServer:
    """Return a server with all handlers, not yet connected; `start` runs its jobs."""
    server = WslgoServer(world or ThisMachine(), start)
    for feature in FEATURES:
        feature.register(server)
    return server
