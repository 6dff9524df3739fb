"""Notifications about documents: opened, changed, saved, closed."""

from lsprotocol import types

from wslgo.lsp import convert
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.session.uris import path_of


def register(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: WslgoServer, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        ls.session.open(document.uri, document.language_id, document.version, document.text)
        ls.touch(document.uri)
        ls.revise_machine()

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: WslgoServer, params: types.DidChangeTextDocumentParams) -> None:
        uri, version = params.text_document.uri, params.text_document.version
        for change in params.content_changes:
            convert.take_change(change, uri, version, ls.session)
        ls.scans.outdate(uri)
        ls.touch(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(ls: WslgoServer, params: types.DidSaveTextDocumentParams) -> None:
        if ls.session.reread(params.text_document.uri):
            ls.refresh()
        if path_of(params.text_document.uri) in ls.session.neighbours.survey.stamps:
            ls.watch.survey()
        elif ls.session.documents.get(params.text_document.uri) is not None:
            ls.watch.survey_workspace()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: WslgoServer, params: types.DidCloseTextDocumentParams) -> None:
        ls.touch(params.text_document.uri)
        ls.session.close(params.text_document.uri)
        ls.scans.outdate(params.text_document.uri)
        ls.reports.forget(params.text_document.uri)
        ls.revise_machine()
