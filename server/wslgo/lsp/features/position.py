"""Requests about a position in a document: hover, completion, definition."""

from lsprotocol import types

from wslgo.ide.completion.completion import complete
from wslgo.ide.definition import definitions
from wslgo.ide.hover.hover import hover as hover_at
from wslgo.lsp import convert
from wslgo.lsp.diagnostics import scene_of
from wslgo.lsp.language_server import WslgoServer

COMPLETION = types.CompletionOptions(trigger_characters=["[", "=", '"'], resolve_provider=True)

_Completion = types.CompletionList | list[types.CompletionItem]


def register(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: WslgoServer, params: types.HoverParams) -> types.Hover | None:
        document = ls.session.documents.get(params.text_document.uri)
        if document is None:
            return None
        found = ls.reports.of(document, ls.session).found
        offset = convert.offset(params.position, document)
        client = ls.session.client
        opens_pages = client.reads_markdown and client.can("topics")
        scene = scene_of(document, ls.session)
        about = hover_at(scene, offset, found, ls.session.language, opens_pages=opens_pages)
        return convert.hover(about, document, ls.session) if about else None

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, COMPLETION)
    def completion(ls: WslgoServer, params: types.CompletionParams) -> _Completion | None:
        document = ls.session.documents.get(params.text_document.uri)
        if document is None:
            return None
        items = complete(scene_of(document, ls.session), convert.offset(params.position, document))
        shown = convert.completion(items, document, ls.session)
        if ls.session.client.resolves_items:
            ls.completion.keep(items, shown)
        return shown

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(ls: WslgoServer, item: types.CompletionItem) -> types.CompletionItem:
        found = ls.completion.find(item)
        if found is not None:
            item.documentation = convert.documentation(found, ls.session)
        return item

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: WslgoServer, params: types.DefinitionParams) -> list[types.Location] | None:
        document = ls.session.documents.get(params.text_document.uri)
        if document is None:
            return None
        places = definitions(scene_of(document, ls.session), convert.offset(params.position, document))
        return [convert.location(place, document, ls.session) for place in places] or None
