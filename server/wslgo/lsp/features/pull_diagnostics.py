"""Diagnostics for clients that pull them; `language_server` pushes them to the others."""

from lsprotocol import types

from wslgo.lsp.feature_options import PULL
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.wire.json_text import JsonText


def register(server: WslgoServer) -> None:
    """Register the handler, in `initialize` and for clients that pull: both ways would show each finding twice."""

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, PULL)
    def diagnostic(
        ls: WslgoServer, params: types.DocumentDiagnosticParams
    ) -> types.DocumentDiagnosticReport | JsonText:
        uri, known = params.text_document.uri, params.previous_result_id
        # The document has changed again, so the client will ask again: until then it keeps what it shows.
        if known and ls.inbox.supersedes(uri):
            return types.RelatedUnchangedDocumentDiagnosticReport(known)
        document = ls.session.documents.get(uri)
        if document is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        report = ls.reports.of(document, ls.session)
        ls.report_problems()
        if known == report.result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(known)
        return report.full
