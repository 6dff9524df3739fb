"""The server of one client: what it publishes, and when."""

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from wslgo import __version__
from wslgo.lsp.as_root import RootWrites
from wslgo.lsp.diagnostic_json import NO_DIAGNOSTICS
from wslgo.lsp.diagnostics import Reports
from wslgo.lsp.extensions import HEALTH_CHANGED
from wslgo.lsp.jobs import Start, in_thread
from wslgo.lsp.opening import Opening
from wslgo.lsp.outcome import Outcome
from wslgo.lsp.pages import health_params
from wslgo.lsp.session.completion_list import LastCompletion
from wslgo.lsp.session.document import Document
from wslgo.lsp.session.introduction import Introduction
from wslgo.lsp.session.scans import Request, Scans
from wslgo.lsp.session.session import Session
from wslgo.lsp.session.survey import Survey
from wslgo.lsp.session.watch import FIRST, Watch
from wslgo.lsp.wire.inbox import Inbox
from wslgo.lsp.wire.json_text import JsonText
from wslgo.lsp.wire.protocol import WslgoProtocol
from wslgo.lsp.wire.stdio import Connection
from wslgo.lsp.words import notice
from wslgo.machine.host import Host
from wslgo.system.world import World
from wslgo.text.message import Message, Text

if TYPE_CHECKING:
    from wslgo.provision.target import Target  # imported only by provisioning

_log = logging.getLogger("wslgo")

_OWN_ERROR = Message(en="wslgo hit an internal error; see its log", zh="wslgo 发生内部错误；详情见日志")


class WslgoServer(LanguageServer):
    """The pygls server: one client session and its pending diagnostics."""

    def __init__(self, world: World, start: Start | None = None) -> None:
        super().__init__(
            "wslgo",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=WslgoProtocol,
        )
        self.session = Session()
        self.reports = Reports()
        self.scans = Scans(self)
        self.root_writes = RootWrites()
        self.completion = LastCompletion()
        self.connection: Connection | None = None
        self.world = world
        self.start = start or in_thread
        self.watch = Watch(world, start or partial(in_thread, delay=FIRST), self._take, self._report_failure)
        self.due: dict[str, None] = {}
        # A recorded machine to provision instead of this one: its tree, and the facts of its kernel and Windows.
        self.replay: tuple[Target, Host] | None = None
        self._go_sources: tuple[str, ...] = ()
        self._go_registrations: list[types.Registration] = []
        self._is_machine_due = False
        self._machine: dict[str, JsonText] = {}
        self._has_apologised = False

    @property
    def wire(self) -> WslgoProtocol:
        """The protocol with the type that pygls does not know."""
        return cast("WslgoProtocol", self.protocol)

    @property
    def inbox(self) -> Inbox:
        """The messages that wait after the current one."""
        return self.wire.inbox

    def begin(self, introduction: Introduction) -> None:
        """Begin the session of a client."""
        self.session = Session(introduction)

    def resume(self, opening: Opening) -> None:
        """Continue a session that began before this server was there."""
        if opening.introduction is not None:
            self.session, self.reports, self.due = opening.session, opening.reports, opening.due
            self._is_machine_due = True
            self.wire.know(opening.introduction)

    def publish_due(self) -> None:
        """Publish what has changed, unless a newer message arrives."""
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
        """Publish the findings of this machine's closed files, and clear those of files that are open now."""
        closed = {document.uri: document for document in self._closed_machine_files()}
        for uri in [uri for uri in self._machine if uri not in closed]:
            del self._machine[uri]
            # To a client that does not pull, the open document was published already.
            if self.session.client.pulls or self.session.documents.text(uri) is None:
                self.wire.publish(uri, NO_DIAGNOSTICS)
        for document in closed.values():
            self._publish_closed(document)

    def _closed_machine_files(self) -> tuple[Document, ...]:
        checks = self.session.preferences.checks_machine
        return self.session.neighbours.closed_machine_files() if checks else ()

    def _publish_closed(self, document: Document) -> None:
        if self.scans.hold_publishing(document):
            return
        try:
            items = self.reports.of(document, self.session).items
        except Exception as error:  # noqa: BLE001 - one bad file must not silence the others
            self.report_server_error(error, JsonRpcException)
            return
        if items != self._machine.get(document.uri, NO_DIAGNOSTICS):
            self._machine[document.uri] = items
            self.wire.publish(document.uri, items)

    def _take(self, survey: Survey) -> None:
        if survey == self.session.neighbours.survey:
            return
        for path in survey.left_out:
            if path not in self.session.neighbours.survey.left_out:
                _log.warning("%r leads out of the workspace: open it to check it", path)
        self.session.take(survey)
        self._register_go_sources(survey.cgo_files)
        if self.session.client.shows_health and survey.is_asked:
            self.protocol.notify(HEALTH_CHANGED, health_params(self.session))
        self.refresh()
        if self.session.client.refreshes_hints:
            self.workspace_inlay_hint_refresh(None)
        if self.connection is not None:
            self.connection.work()

    def _register_go_sources(self, paths: tuple[str, ...]) -> None:
        """Ask the client for the Go files that import "C", instead of those that did before."""
        if paths == self._go_sources:
            return
        self._go_sources = paths
        from wslgo.lsp import go_sources  # few workspaces use cgo

        if self._go_registrations:
            ended = go_sources.unregistrations(self._go_registrations)
            self.client_unregister_capability(types.UnregistrationParams(ended))
        self._go_registrations = go_sources.registrations(self.session.client, paths)
        if self._go_registrations:
            self.client_register_capability(types.RegistrationParams(self._go_registrations))

    def _report_failure(self, error: Exception) -> None:
        self.report_server_error(error, JsonRpcException)

    def _publish(self, uri: str) -> None:
        try:
            document = self.session.documents.get(uri)
            if document is not None and self.scans.hold_publishing(document):
                return
            items = self.reports.of(document, self.session).items if document else NO_DIAGNOSTICS
            version = document.version if document else None
        except Exception as error:  # noqa: BLE001 - one bad file must not silence the others
            self.report_server_error(error, JsonRpcException)
            return
        self.wire.publish(uri, items, version)
        self.report_problems()

    def publish_soon(self, uri: str) -> None:
        """Publish a document that a job has checked, after the messages that wait."""
        if self.session.documents.text(uri) is None:
            self._is_machine_due = True
        else:
            self.due[uri] = None
        if self.connection is not None:
            asyncio.get_running_loop().call_soon(self.connection.work)

    def answer(self, request: Request) -> None:
        """Answer a request that has waited for its document."""
        self.wire.handle(request)

    def reject(self, requests: list[Request], error: Exception) -> None:
        """Answer requests with an internal error."""
        self.report_server_error(error, JsonRpcInternalError)
        for request in requests:
            self.wire.reject(request, JsonRpcInternalError(f"Internal Error: {error}"))

    def touch(self, uri: str) -> None:
        """Have a document and its dependents published again."""
        if not self.session.client.pulls:
            self.due.update(dict.fromkeys(self.session.affected(uri)))

    def touch_others(self, uri: str) -> None:
        """Have the dependents of a large document published again: they did not wait for its check."""
        others = self.session.neighbours.dependents(uri)
        if not self.session.client.pulls:
            self.due.update(dict.fromkeys(others))
        elif others and self.session.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    def revise_machine(self) -> None:
        """Have this machine's files published again: one was opened or closed."""
        self._is_machine_due = True

    def refresh(self) -> None:
        """Have everything published or pulled again."""
        self._is_machine_due = True
        if not self.session.client.pulls:
            self.due.update(dict.fromkeys(opened.uri for opened in self.session.documents.supported))
        elif self.session.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    def refresh_lenses(self) -> None:
        """Have lenses requested again: their language may have changed."""
        if self.session.client.refreshes_lenses:
            self.workspace_code_lens_refresh(None)

    def report_problems(self) -> None:
        """Report the problems of the settings, each once."""
        for problem in self.session.preferences.take_problems():
            self._show_message(problem, types.MessageType.Warning)

    def report_outcome(self, outcome: Outcome) -> bool:
        """Report the outcome of a command; return whether it did its work."""
        if outcome.message is not None:
            self._show_message(outcome.message, types.MessageType.Info if outcome.is_done else types.MessageType.Error)
        return outcome.is_done

    def show_error(self, words: Text) -> None:
        """Report why a command did nothing."""
        self._show_message(words, types.MessageType.Error)

    def _show_message(self, words: Text, kind: types.MessageType) -> None:
        self.window_show_message(types.ShowMessageParams(kind, notice(words, self.session.language)))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log an error; report the first internal one to the user."""
        if isinstance(error, JsonRpcException) and error.code != JsonRpcException.CODE:
            _log.warning("%s", error)
            return
        _log.error("%s", error, exc_info=error)
        if not self._has_apologised:
            self._has_apologised = True
            self.show_error(_OWN_ERROR())
