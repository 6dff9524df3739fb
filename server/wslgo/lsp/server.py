"""The server: every registration, nothing else."""

import logging
from typing import Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from wslgo import __version__
from wslgo.completion import complete
from wslgo.hover import hover as hover_at
from wslgo.lsp import convert
from wslgo.lsp.actions import FIX_ALL, QUICK_FIX, actions
from wslgo.lsp.client import client_of
from wslgo.lsp.commands import WRITE_BYTES, WriteBytes, write_bytes
from wslgo.lsp.diagnostics import Reports, subject_of
from wslgo.lsp.document import path_of
from wslgo.lsp.session import Session
from wslgo.lsp.transport import Connection, Inbox, WslgoProtocol
from wslgo.message import Message
from wslgo.outline import outline

_log = logging.getLogger("wslgo")

_OWN_ERROR = Message(en="wslgo met an error of its own; its log says more", zh="wslgo 自身发生错误；详情见日志")

PULL = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="wslgo")
ACTIONS = types.CodeActionOptions(code_action_kinds=[QUICK_FIX, FIX_ALL])
COMPLETION = types.CompletionOptions(trigger_characters=["[", "="])
WATCHED = ("**/wslgo.yaml", "**/.wslconfig", "**/wsl.conf", "**/go.mod", "**/go.work")


class WslgoServer(LanguageServer):
    """pygls' server with one client's session, and what it still owes to that client."""

    def __init__(self) -> None:
        super().__init__(
            "wslgo",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=WslgoProtocol,
        )
        self.session = Session()
        self.reports = Reports()
        self.connection: Connection | None = None
        self.due: dict[str, None] = {}
        self._has_apologised = False

    @property
    def inbox(self) -> Inbox:
        """The messages that wait behind the one in hand."""
        return cast("WslgoProtocol", self.protocol).inbox

    def publish_due(self) -> None:
        """Push what changed, now that no message is waiting; a newer message goes first."""
        while self.due:
            uri = next(iter(self.due))
            del self.due[uri]
            self._publish(uri)
            if self.connection is not None and self.connection.poll():
                return

    def _publish(self, uri: str) -> None:
        try:
            document = self.session.document(uri)
            items = self.reports.of(document, self.session).items if document else []
            version = document.version if document else None
        except Exception as error:  # noqa: BLE001 - the rim: one bad file must not silence the others
            self.report_server_error(error, JsonRpcException)
            return
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items, version))
        self.tell_problems()

    def touch(self, uri: str) -> None:
        """Findings of a document and of those that look at it may be others now."""
        if not self.session.client.pulls:
            self.due.update(dict.fromkeys((uri, *self.session.others_of(uri))))

    def refresh(self) -> None:
        """All findings may be others now."""
        if not self.session.client.pulls:
            self.due.update(dict.fromkeys(self.session.uris()))
        elif self.session.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    def tell_problems(self) -> None:
        """Say once what could not be understood in the settings."""
        for problem in self.session.take_problems():
            self.tell(problem.render(self.session.language), types.MessageType.Warning)

    def tell(self, words: str, kind: types.MessageType) -> None:
        self.window_show_message(types.ShowMessageParams(kind, words))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log it; an error of ours, and none of the client, is told once."""
        if isinstance(error, JsonRpcException) and error.code != JsonRpcException.CODE:
            _log.warning("%s", error)
            return
        _log.error("%s", error, exc_info=error)
        if not self._has_apologised:
            self._has_apologised = True
            self.tell(_OWN_ERROR().render(self.session.language), types.MessageType.Error)


def create_server() -> WslgoServer:
    """A server that knows what to do, not yet connected."""
    server = WslgoServer()
    _life(server)
    _workspace(server)
    _documents(server)
    _features(server)
    _commands(server)
    return server


def _life(server: WslgoServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: WslgoServer, params: types.InitializeParams) -> None:
        folders = [folder.uri for folder in params.workspace_folders or ()]
        roots = folders or [uri for uri in (params.root_uri,) if uri]
        options = params.initialization_options
        ls.session = Session(client_of(params.capabilities), tuple(map(path_of, roots)), options, params.locale)
        if ls.session.client.pulls:
            _pull(server)

    @server.feature(types.INITIALIZED)
    def initialized(ls: WslgoServer, _params: types.InitializedParams) -> None:
        registrations = convert.registrations(ls.session.client, WATCHED)
        if registrations:
            ls.client_register_capability(types.RegistrationParams(registrations))
        ls.tell_problems()


def _workspace(server: WslgoServer) -> None:
    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configuration(ls: WslgoServer, params: types.DidChangeConfigurationParams) -> None:
        settings = params.settings
        if isinstance(settings, dict) and "wslgo" in settings:
            _configure(ls, settings["wslgo"])
        elif ls.session.client.is_configurable:
            wanted = types.ConfigurationParams([types.ConfigurationItem(section="wslgo")])
            ls.workspace_configuration(wanted, lambda answer: _configure(ls, answer[0] if answer else None))

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(ls: WslgoServer, _params: types.DidChangeWorkspaceFoldersParams) -> None:
        ls.session.move(tuple(map(path_of, ls.workspace.folders)))
        ls.refresh()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(ls: WslgoServer, params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            ls.session.look_again(change.uri)
        ls.refresh()


def _configure(ls: WslgoServer, settings: object) -> None:
    # VS Code sends them once more right after the start.
    if ls.session.configure(settings):
        ls.tell_problems()
        ls.refresh()


def _pull(server: WslgoServer) -> None:
    """Registered in `initialize`, for clients that ask: serving both ways would show each finding twice."""

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, PULL)
    def diagnostic(ls: WslgoServer, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        uri, known = params.text_document.uri, params.previous_result_id
        # The client has typed on and will ask again: what it shows is good for so long.
        if known and ls.inbox.supersedes(uri):
            return types.RelatedUnchangedDocumentDiagnosticReport(known)
        document = ls.session.document(uri)
        if document is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        report = ls.reports.of(document, ls.session)
        ls.tell_problems()
        if known == report.result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(known)
        return types.RelatedFullDocumentDiagnosticReport(report.items, result_id=report.result_id)


def _documents(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: WslgoServer, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        ls.session.open(document.uri, document.language_id, document.version, document.text)
        ls.touch(document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: WslgoServer, params: types.DidChangeTextDocumentParams) -> None:
        uri, version = params.text_document.uri, params.text_document.version
        for change in params.content_changes:
            text = convert.changed(change, ls.session.text(uri) or "", ls.session)
            ls.session.change(uri, version, text)
        ls.touch(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: WslgoServer, params: types.DidSaveTextDocumentParams) -> None:
        if ls.session.look_again(params.text_document.uri):
            ls.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: WslgoServer, params: types.DidCloseTextDocumentParams) -> None:
        ls.touch(params.text_document.uri)
        ls.session.close(params.text_document.uri)
        ls.reports.forget(params.text_document.uri)


def _features(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, ACTIONS)
    def code_action(ls: WslgoServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        document = ls.session.document(params.text_document.uri)
        if document is None or not ls.session.client.takes_actions:
            return None
        subject = subject_of(document, ls.session, ls.reports.of(document, ls.session).found)
        context = params.context
        only = None if context.only is None else tuple(context.only)
        is_invoked = context.trigger_kind is not types.CodeActionTriggerKind.Automatic
        found = actions(subject, convert.span(params.range, document), only, is_invoked=is_invoked)
        return [
            convert.code_action(action, document, ls.session)
            for action in found
            if convert.reaches(action, document, ls.session)
        ]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: WslgoServer, params: types.HoverParams) -> types.Hover | None:
        document = ls.session.document(params.text_document.uri)
        if document is None:
            return None
        found = hover_at(
            document.file, convert.offset(params.position, document), ls.reports.of(document, ls.session).found
        )
        return convert.hover(found, document, ls.session) if found else None

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, COMPLETION)
    def completion(ls: WslgoServer, params: types.CompletionParams) -> list[types.CompletionItem] | None:
        document = ls.session.document(params.text_document.uri)
        if document is None:
            return None
        items = complete(document.file, convert.offset(params.position, document))
        return convert.completion(items, document, ls.session)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(
        ls: WslgoServer, params: types.DocumentSymbolParams
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
        document = ls.session.document(params.text_document.uri)
        if document is None:
            return None
        found = outline(document.file)
        if ls.session.client.nests_symbols:
            return convert.symbols(found, document)
        return convert.flat_symbols(found, document)


def _commands(server: WslgoServer) -> None:
    @server.command(WRITE_BYTES)
    def _write_bytes(ls: WslgoServer, argument: WriteBytes) -> bool:
        outcome = write_bytes(ls.session, argument)
        if outcome.message is not None:
            ls.tell(outcome.message.render(ls.session.language), types.MessageType.Error)
        ls.session.look_again(argument.uri)
        ls.refresh()
        return outcome.is_done
