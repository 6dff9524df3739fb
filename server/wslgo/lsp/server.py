"""The server: every registration, nothing else."""

import logging
from typing import Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from wslgo import __version__, places
from wslgo.effects import ThisMachine, World
from wslgo.hints import hints
from wslgo.lsp import convert, elsewhere
from wslgo.lsp.actions import FIX_ALL, QUICK_FIX, actions, at, wants
from wslgo.lsp.client import client_of
from wslgo.lsp.commands import WRITE_BYTES, WriteBytes, write_bytes
from wslgo.lsp.diagnostics import Reports, scene_of, subject_of
from wslgo.lsp.document import Document, path_of
from wslgo.lsp.pages import (
    CREATE,
    EXPLAIN,
    GLANCE,
    HEALTH,
    LOCATE,
    REFRESH,
    Nothing,
    Place,
    RuleName,
    Which,
    create,
    explain,
    health_page,
    health_params,
    locate,
)
from wslgo.lsp.rooted import BEGIN, END, PLAN, Plan, Rooted, Token, Wish, begin, end
from wslgo.lsp.session import Session
from wslgo.lsp.survey import Survey
from wslgo.lsp.transport import Connection, Inbox, WslgoProtocol
from wslgo.lsp.watch import Start, Watch, in_thread
from wslgo.message import Message
from wslgo.outline import outline

_log = logging.getLogger("wslgo")

_OWN_ERROR = Message(en="wslgo met an error of its own; its log says more", zh="wslgo 自身发生错误；详情见日志")

PULL = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="wslgo")
ACTIONS = types.CodeActionOptions(code_action_kinds=[QUICK_FIX, FIX_ALL])
COMPLETION = types.CompletionOptions(trigger_characters=["[", "=", '"'])
LINKS = types.DocumentLinkOptions(resolve_provider=False)
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
HEALTH_CHANGED = "wslgo/health"


class WslgoServer(LanguageServer):
    """pygls' server with one client's session, and what it still owes to that client."""

    def __init__(self, world: World, start: Start | None = None) -> None:
        super().__init__(
            "wslgo",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=WslgoProtocol,
        )
        self.session = Session()
        self.reports = Reports()
        self.rooted = Rooted()
        self.connection: Connection | None = None
        self.world = world
        self.watch = Watch(world, start or in_thread(self._complain), self._take)
        self.due: dict[str, None] = {}
        self._is_machine_due = False
        self._machine: dict[str, list[types.Diagnostic]] = {}
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
        if self._is_machine_due:
            self._is_machine_due = False
            self._publish_machine()

    def _publish_machine(self) -> None:
        """Push what is wrong in this machine's files that nobody has opened, and take back what is open now."""
        closed = {document.uri: document for document in self.session.globals()}
        for uri in [uri for uri in self._machine if uri not in closed]:
            del self._machine[uri]
            # What a client without pull has open was published as such.
            if self.session.client.pulls or self.session.text(uri) is None:
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        for document in closed.values():
            self._publish_closed(document)

    def _publish_closed(self, document: Document) -> None:
        try:
            items = self.reports.of(document, self.session).items
        except Exception as error:  # noqa: BLE001 - the rim: one bad file must not silence the others
            self.report_server_error(error, JsonRpcException)
            return
        if items != self._machine.get(document.uri, []):
            self._machine[document.uri] = items
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, items))

    def _take(self, survey: Survey) -> None:
        if survey == self.session.survey:
            return
        self.session.take(survey)
        if self.session.shows_health and survey.is_asked:
            self.protocol.notify(HEALTH_CHANGED, health_params(self.session))
        self.refresh()
        if self.session.client.refreshes_hints:
            self.workspace_inlay_hint_refresh(None)
        if self.connection is not None:
            self.connection.work()

    def _complain(self, error: Exception) -> None:
        self.report_server_error(error, JsonRpcException)

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

    def revise_machine(self) -> None:
        """A file of the machine may be open now, or closed."""
        self._is_machine_due = True

    def refresh(self) -> None:
        """All findings may be others now."""
        self._is_machine_due = True
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


def create_server(world: World | None = None, start: Start | None = None) -> WslgoServer:
    """A server that knows what to do, not yet connected; `start` is what it does elsewhere than on the event loop."""
    server = WslgoServer(world or ThisMachine(), start)
    _life(server)
    _workspace(server)
    _documents(server)
    _actions(server)
    _places(server)
    _whole(server)
    _commands(server)
    _as_root(server)
    return server


def _life(server: WslgoServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: WslgoServer, params: types.InitializeParams) -> None:
        folders = [folder.uri for folder in params.workspace_folders or ()]
        roots = folders or [uri for uri in (params.root_uri,) if uri]
        options = params.initialization_options
        ls.session = Session(client_of(params.capabilities), tuple(map(path_of, roots)), options, params.locale)
        ls.watch.roots, ls.watch.is_trusted = ls.session.roots, ls.session.is_trusted
        if ls.session.client.pulls:
            _pull(server)

    @server.feature(types.INITIALIZED)
    def initialized(ls: WslgoServer, _params: types.InitializedParams) -> None:
        registrations = convert.registrations(ls.session.client, WATCHED)
        if registrations:
            ls.client_register_capability(types.RegistrationParams(registrations))
        ls.tell_problems()
        ls.watch.look()


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
        ls.watch.roots = ls.session.roots
        ls.watch.look()
        ls.refresh()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(ls: WslgoServer, params: types.DidChangeWatchedFilesParams) -> None:
        changed = [change.uri for change in params.changes]
        if all(map(_is_source, changed)):
            # Only the program of a launch configuration is looked into.
            if ls.session.survey.projects:
                ls.watch.look_at_workspace()
            return
        for uri in changed:
            ls.session.look_again(uri)
        ls.watch.look_at_workspace()
        ls.refresh()


def _is_source(uri: str) -> bool:
    return uri.endswith((".go", ".cu"))


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
        ls.revise_machine()

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
        if path_of(params.text_document.uri) in ls.session.survey.stamps:
            ls.watch.look()
        elif ls.session.document(params.text_document.uri) is not None:
            ls.watch.look_at_workspace()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: WslgoServer, params: types.DidCloseTextDocumentParams) -> None:
        ls.touch(params.text_document.uri)
        ls.session.close(params.text_document.uri)
        ls.reports.forget(params.text_document.uri)
        ls.revise_machine()


def _actions(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, ACTIONS)
    def code_action(ls: WslgoServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        document = ls.session.document(params.text_document.uri)
        if document is None or not ls.session.client.takes_actions:
            return None
        subject = subject_of(document, ls.session, ls.reports.of(document, ls.session).found)
        context = params.context
        only = None if context.only is None else tuple(context.only)
        is_invoked = context.trigger_kind is not types.CodeActionTriggerKind.Automatic
        place = convert.span(params.range, document)
        found = [
            (action, convert.code_action(action, document, ls.session))
            for action in actions(subject, place, only, is_invoked=is_invoked)
            if convert.reaches(action, document, ls.session)
        ]
        shown = list(elsewhere.as_root(found, document, ls.session))
        if is_invoked and wants(only, QUICK_FIX):
            shown += elsewhere.silencers(at(subject, place), document, ls.session)
        return shown


def _places(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: WslgoServer, params: types.HoverParams) -> types.Hover | None:
        document = ls.session.document(params.text_document.uri)
        if document is None:
            return None
        found = ls.reports.of(document, ls.session).found
        about = places.hover(scene_of(document, ls.session), convert.offset(params.position, document), found)
        return convert.hover(about, document, ls.session) if about else None

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, COMPLETION)
    def completion(ls: WslgoServer, params: types.CompletionParams) -> list[types.CompletionItem] | None:
        document = ls.session.document(params.text_document.uri)
        if document is None:
            return None
        items = places.complete(scene_of(document, ls.session), convert.offset(params.position, document))
        return convert.completion(items, document, ls.session)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: WslgoServer, params: types.DefinitionParams) -> types.Location | None:
        document = ls.session.document(params.text_document.uri)
        if document is None:
            return None
        place = places.definition(scene_of(document, ls.session), convert.offset(params.position, document))
        return convert.location(place, document, ls.session) if place else None


def _whole(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hint(ls: WslgoServer, params: types.InlayHintParams) -> list[types.InlayHint]:
        document = ls.session.document(params.text_document.uri)
        if document is None:
            return []
        return convert.hints(hints(scene_of(document, ls.session)), params.range, document, ls.session)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, LINKS)
    def link(ls: WslgoServer, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        document = ls.session.document(params.text_document.uri)
        if document is None or not ls.session.rule_pages:
            return []
        return convert.links(places.links(scene_of(document, ls.session)), document, ls.session)

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
        outcome = write_bytes(ls.session, argument, ls.world.environment)
        if outcome.message is not None:
            ls.tell(outcome.message.render(ls.session.language), types.MessageType.Error)
        ls.session.look_again(argument.uri)
        ls.refresh()
        return outcome.is_done

    @server.command(EXPLAIN)
    def _explain(ls: WslgoServer, argument: RuleName) -> str:
        return explain(ls.session, argument)

    @server.command(HEALTH)
    def _health(ls: WslgoServer, _argument: Nothing) -> str:
        return health_page(ls.session)

    @server.command(REFRESH)
    def _refresh(ls: WslgoServer, _argument: Nothing) -> None:
        ls.watch.look(is_fresh=True)

    @server.command(GLANCE)
    def _glance(ls: WslgoServer, _argument: Nothing) -> None:
        ls.watch.glance()

    @server.command(LOCATE)
    def _locate(ls: WslgoServer, argument: Which) -> Place | None:
        return locate(ls.session, ls.world, argument)

    @server.command(CREATE)
    def _create(ls: WslgoServer, argument: Which) -> Place | None:
        place = create(ls.session, ls.world, argument)
        ls.watch.look()
        return place


def _as_root(server: WslgoServer) -> None:
    @server.command(PLAN)
    def _plan(ls: WslgoServer, argument: Wish) -> Plan | None:
        found = ls.rooted.plan(ls.session, ls.reports, argument)
        if isinstance(found, Plan):
            return found
        ls.tell(found.render(ls.session.language), types.MessageType.Error)
        return None

    @server.command(BEGIN)
    def _begin(ls: WslgoServer, argument: Token) -> bool:
        outcome = begin(ls.rooted, argument, ls.world.environment)
        if outcome.message is not None:
            ls.tell(outcome.message.render(ls.session.language), types.MessageType.Error)
        return outcome.is_done

    @server.command(END)
    def _end(ls: WslgoServer, argument: Token) -> bool:
        outcome = end(ls.rooted, argument, ls.world.environment)
        if outcome.message is not None:
            kind = types.MessageType.Info if outcome.is_done else types.MessageType.Error
            ls.tell(outcome.message.render(ls.session.language), kind)
        ls.session.refresh()
        ls.refresh()
        return outcome.is_done
