"""The server with everything that it answers."""

from wslgo.effects import ThisMachine, World
from wslgo.lsp.features import (
    actions,
    debugging,
    documents,
    life,
    machine,
    pages,
    places,
    provisioning,
    whole,
    workspace,
    writing,
)
from wslgo.lsp.languageserver import WslgoServer
from wslgo.lsp.watch import Start

# `pull` is missing: `life` registers it for clients that ask for diagnostics.
FEATURES = (life, workspace, documents, actions, places, whole, pages, machine, writing, debugging, provisioning)


def create_server(world: World | None = None, start: Start | None = None) -> WslgoServer:
    """A server that knows what to do, not yet connected; `start` is what it does elsewhere than on the event loop."""
    server = WslgoServer(world or ThisMachine(), start)
    for feature in FEATURES:
        feature.register(server)
    return server
