"""The baseline of the server: a bare pygls server with constant answers.

`measure` starts it as a program; it does not import wslgo.
"""

from lsprotocol import types
from pygls.lsp.server import LanguageServer

SOMEWHERE = types.Range(types.Position(0, 0), types.Position(0, 1))

server = LanguageServer("bare", "1.0", text_document_sync_kind=types.TextDocumentSyncKind.Incremental)


def publish(ls: LanguageServer, uri: str, version: int) -> None:
    found = [
        types.Diagnostic(SOMEWHERE, "always the same", types.DiagnosticSeverity.Warning, "bare/rule", source="bare")
    ]
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def opened(ls: LanguageServer, params: types.DidOpenTextDocumentParams) -> None:
    publish(ls, params.text_document.uri, params.text_document.version)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def changed(ls: LanguageServer, params: types.DidChangeTextDocumentParams) -> None:
    publish(ls, params.text_document.uri, params.text_document.version)


@server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
def code_action(_ls: LanguageServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    edit = types.WorkspaceEdit(changes={params.text_document.uri: [types.TextEdit(SOMEWHERE, "x")]})
    return [types.CodeAction("Fix it", kind=types.CodeActionKind.QuickFix, edit=edit)]


@server.feature(types.TEXT_DOCUMENT_HOVER)
def hover(_ls: LanguageServer, _params: types.HoverParams) -> types.Hover:
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "always the same"), SOMEWHERE)


@server.feature(types.TEXT_DOCUMENT_COMPLETION)
def completion(_ls: LanguageServer, _params: types.CompletionParams) -> list[types.CompletionItem]:
    return [types.CompletionItem(f"word{number}") for number in range(20)]


if __name__ == "__main__":
    server.start_io()
