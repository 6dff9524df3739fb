"""The beginning of a session."""

from lsprotocol import types

from wslgo.lsp import convert
from wslgo.lsp.features import pull_diagnostics
from wslgo.lsp.language_server import WslgoServer

WATCHED = (
    "**/wslgo.yaml",
    "**/.wslconfig",
    "**/wsl.conf",
    "**/go.mod",
    "**/go.work",
    "**/.vscode/{launch,settings}.json",
    "**/*.code-workspace",
    "**/*.{go,cu}",
)


def register(server: WslgoServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: WslgoServer, params: types.InitializeParams) -> None:
        ls.watch.workspace = ls.session.workspace
        if ls.connection is not None:
            ls.connection.end_with(params.process_id)
        if ls.session.client.pulls:
            pull_diagnostics.register(server)

    @server.feature(types.INITIALIZED)
    def initialized(ls: WslgoServer, _params: types.InitializedParams) -> None:
        registrations = convert.registrations(ls.session.client, WATCHED)
        if registrations:
            ls.client_register_capability(types.RegistrationParams(registrations))
        ls.report_problems()
        ls.watch.survey()
