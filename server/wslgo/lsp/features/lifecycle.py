"""The beginning of a session."""

from lsprotocol import types

from wslgo.lsp import convert
from wslgo.lsp.extensions import options_of
from wslgo.lsp.features import pull_diagnostics
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.session.capabilities import client_of
from wslgo.lsp.session.document import path_of
from wslgo.lsp.session.session import Session

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
        folders = [folder.uri for folder in params.workspace_folders or ()]
        roots = folders or [uri for uri in (params.root_uri,) if uri]
        options = options_of(params.initialization_options)
        client = client_of(params.capabilities, options)
        ls.session = Session(client, tuple(map(path_of, roots)), options, params.locale)
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
