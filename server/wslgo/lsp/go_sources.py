"""Registrations for the Go files that import "C": of all others the client sends nothing.

The language of Go is that of gopls. So the client is asked for exactly these files, by their paths, and only for
diagnostics and actions.
"""

from collections.abc import Iterable

from lsprotocol import types

from wslgo.lsp.feature_options import ACTIONS, PULL
from wslgo.lsp.session.capabilities import Client

_ID = "cgo:"
_SPECIAL = frozenset("*?{}[]\\")  # of a pattern


def registrations(client: Client, paths: Iterable[str]) -> list[types.Registration]:
    """Return the registrations for Go files; none if the client cannot take them after the start."""
    plain = [path for path in paths if not _SPECIAL.intersection(path)]
    if not plain or not client.registers_documents:
        return []
    selector = [types.TextDocumentFilterPattern(path, scheme="file") for path in plain]
    full = types.TextDocumentSyncKind.Full
    options: dict[str, object] = {
        types.TEXT_DOCUMENT_DID_OPEN: types.TextDocumentRegistrationOptions(selector),
        types.TEXT_DOCUMENT_DID_CHANGE: types.TextDocumentChangeRegistrationOptions(full, selector),
        types.TEXT_DOCUMENT_DID_SAVE: types.TextDocumentSaveRegistrationOptions(selector),
        types.TEXT_DOCUMENT_DID_CLOSE: types.TextDocumentRegistrationOptions(selector),
        types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionRegistrationOptions(
            selector, code_action_kinds=ACTIONS.code_action_kinds
        ),
    }
    if client.pulls:
        options[types.TEXT_DOCUMENT_DIAGNOSTIC] = types.DiagnosticRegistrationOptions(
            PULL.inter_file_dependencies, PULL.workspace_diagnostics, selector, identifier=PULL.identifier
        )
    return [types.Registration(f"{_ID}{method}", method, value) for method, value in options.items()]


def unregistrations(registered: Iterable[types.Registration]) -> list[types.Unregistration]:
    """Return the end of registrations."""
    return [types.Unregistration(registration.id, registration.method) for registration in registered]
