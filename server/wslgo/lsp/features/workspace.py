"""Changes around the documents: settings, folders, files on disk."""

from lsprotocol import types

from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.session.uris import path_of


def register(server: WslgoServer) -> None:
    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def did_change_configuration(ls: WslgoServer, params: types.DidChangeConfigurationParams) -> None:
        settings = params.settings
        if isinstance(settings, dict) and "wslgo" in settings:
            _configure(ls, settings["wslgo"])
        elif ls.session.client.is_configurable:
            wanted = types.ConfigurationParams([types.ConfigurationItem(section="wslgo")])
            ls.workspace_configuration(wanted, lambda answer: _configure(ls, answer[0] if answer else None))

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_folders(ls: WslgoServer, _params: types.DidChangeWorkspaceFoldersParams) -> None:
        ls.session.move(tuple(map(path_of, ls.workspace.folders)))
        ls.watch.survey()
        ls.refresh()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(ls: WslgoServer, params: types.DidChangeWatchedFilesParams) -> None:
        changed = [change.uri for change in params.changes]
        if all(map(_is_source, changed)):
            # Source files matter only for the programs of launch configurations.
            if ls.session.neighbours.survey.projects:
                ls.watch.survey_workspace()
            return
        for uri in changed:
            ls.session.reread(uri)
        ls.watch.survey_workspace()
        ls.refresh()


def _is_source(uri: str) -> bool:
    return uri.endswith((".go", ".cu"))


def _configure(ls: WslgoServer, settings: object) -> None:
    # VS Code sends them again right after the start.
    if ls.session.configure(settings):
        ls.report_problems()
        ls.refresh()
        ls.refresh_lenses()
