"""Requests about a whole document: inlay hints, links, symbols."""

from lsprotocol import types

from wslgo.ide.document_link import document_links
from wslgo.ide.document_symbol import document_symbols
from wslgo.ide.inlay_hint import inlay_hints
from wslgo.lsp import convert
from wslgo.lsp.diagnostics import scene_of
from wslgo.lsp.language_server import WslgoServer

LINKS = types.DocumentLinkOptions(resolve_provider=False)


def register(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hint(ls: WslgoServer, params: types.InlayHintParams) -> list[types.InlayHint]:
        document = ls.session.documents.get(params.text_document.uri)
        if document is None:
            return []
        return convert.hints(inlay_hints(scene_of(document, ls.session)), params.range, document, ls.session)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, LINKS)
    def link(ls: WslgoServer, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        document = ls.session.documents.get(params.text_document.uri)
        if document is None or not ls.session.client.rule_pages:
            return []
        return convert.links(document_links(scene_of(document, ls.session)), document, ls.session)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(
        ls: WslgoServer, params: types.DocumentSymbolParams
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
        document = ls.session.documents.get(params.text_document.uri)
        if document is None:
            return None
        found = document_symbols(document.file)
        if ls.session.client.nests_symbols:
            return convert.symbols(found, document)
        return convert.flat_symbols(found, document)
