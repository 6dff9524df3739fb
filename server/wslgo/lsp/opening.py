"""The opening of a session: what an editor sends first is served before pygls is imported.

Importing pygls and lsprotocol takes longer than starting Python, reading a file and judging it. So the messages up to
the first diagnostics are served here, by the session and the reports that serve all later ones. `WslgoServer.resume`
continues with both. Anything but the few messages below ends the opening and waits for that server: a message is served
here as a whole or not at all.
"""

import time
from typing import Any

from wslgo.lsp.diagnostic_json import NO_DIAGNOSTICS
from wslgo.lsp.diagnostics import Report, Reports
from wslgo.lsp.initialize_answer import initialize_answer
from wslgo.lsp.session.document import Document
from wslgo.lsp.session.introduction import Introduction, introduction_of
from wslgo.lsp.session.session import Session
from wslgo.lsp.wire import methods
from wslgo.lsp.wire.inbox import is_id
from wslgo.lsp.wire.incoming import Incoming
from wslgo.lsp.wire.json_text import JsonText, answer, publication
from wslgo.lsp.wire.outgoing import Outgoing

# Seconds to wait for the next message. Editors send all of them at once; in a longer pause, pygls can be imported.
PATIENCE = 0.1

# Seconds after which the server takes over from a client that never pauses: it registers and surveys only then.
LONGEST = 1.0

Message = dict[str, Any]

# What the server answers by registering or by asking for settings; the first diagnostics do not wait for that.
_FOR_LATER = (methods.INITIALIZED, methods.DID_CHANGE_CONFIGURATION, methods.SET_TRACE)


class _NotHereError(Exception):
    """A message needs the whole server."""


class Opening:
    """A session until its first diagnostics are shown; `due` has the documents whose diagnostics are not."""

    def __init__(self, incoming: Incoming, outgoing: Outgoing) -> None:
        self.incoming = incoming
        self.outgoing = outgoing
        self.introduction: Introduction | None = None
        self.session = Session()
        self.reports = Reports()
        self.due: dict[str, None] = {}
        self._for_later: list[object] = []
        self._is_ending = False
        self._end = time.monotonic() + LONGEST

    def serve(self) -> None:
        """Serve the client until it is silent for a moment, or until something needs the whole server.

        What that server has to do is in the inbox then.
        """
        while self._serves_next():
            pass
        inbox = self.incoming.inbox
        inbox.put_back(self._for_later)
        for uri in [uri for uri in self.due if not inbox.supersedes(uri)]:
            self._publishes(uri)

    def _serves_next(self) -> bool:
        """Serve the next message, or publish a document; return False at the end of the opening."""
        if time.monotonic() > self._end:
            return False
        while self.incoming.poll():
            pass
        if self.incoming.inbox:
            return self._serves(self.incoming.inbox.take())
        if self.due:
            return self._publishes(next(iter(self.due)))
        return not self._is_ending and self.incoming.poll(PATIENCE)

    def _serves(self, message: object) -> bool:
        """Serve a message, or keep it for the server; return False if no pull behind it can be answered before it."""
        try:
            reply = self._reply(message)
        except Exception:  # noqa: BLE001 - the server comes to the same error, and answers or logs it
            self._for_later.append(message)
            self._is_ending = True
            return _only_looks(message)
        if reply is not None:
            self.outgoing.send(reply)
        return True

    def _reply(self, message: Any) -> JsonText | None:
        """Serve a message and return what to send; raise any error for one that cannot be served here."""
        method, params = message["method"], message.get("params")
        if "id" in message:
            return answer(message["id"], self._result(message["id"], method, params))
        if self.introduction is None or self._is_ending:
            raise _NotHereError
        if method == methods.DID_OPEN:
            self._open(params["textDocument"])
        elif method in _FOR_LATER:
            if method == methods.DID_CHANGE_CONFIGURATION:
                self._configure(params)
            self._for_later.append(message)
        else:
            raise _NotHereError
        return None

    def _result(self, request: object, method: object, params: object) -> JsonText:
        if is_id(request) and not self.incoming.inbox.cancels(request):
            if method == methods.INITIALIZE and self.introduction is None and not self._is_ending:
                return self._begin(params)
            if method == methods.DIAGNOSTIC and self.session.client.pulls:
                return self._pull(params)
        raise _NotHereError

    def _begin(self, params: object) -> JsonText:
        introduction = introduction_of(params)
        self.session = Session(introduction)
        self.introduction = introduction
        return initialize_answer(introduction.client)

    def _open(self, opened: Any) -> None:
        uri, language, version, text = (opened[name] for name in ("uri", "languageId", "version", "text"))
        if not all(isinstance(value, str) for value in (uri, language, text)) or type(version) is not int:
            raise _NotHereError
        self.session.open(uri, language, version, text)
        if not self.session.client.pulls:
            self.due.update(dict.fromkeys(self.session.affected(uri)))

    def _configure(self, params: Any) -> None:
        """Take over the settings now; without any, the server asks the client for them later."""
        settings = params["settings"]
        if isinstance(settings, dict) and "wslgo" in settings:
            if self.session.documents.paths and self.session.preferences.differ_from(settings["wslgo"]):
                raise _NotHereError  # the client has to ask again for what it shows
            self.session.configure(settings["wslgo"])

    def _pull(self, params: Any) -> JsonText:
        document = self.session.documents.get(params["textDocument"]["uri"])
        if document is None:
            raise _NotHereError
        report = self._report(document)
        if params.get("previousResultId") == report.result_id:
            raise _NotHereError
        return report.full

    def _publishes(self, uri: str) -> bool:
        """Publish the diagnostics of a document; return False if the server has to do that."""
        document = self.session.documents.get(uri)
        try:
            items = NO_DIAGNOSTICS if document is None else self._report(document).items
        except Exception:  # noqa: BLE001 - as for messages
            return False
        del self.due[uri]
        self.outgoing.send(publication(uri, items, None if document is None else document.version))
        return True

    def _report(self, document: Document) -> Report:
        if self.reports.takes_long(document, self.session):
            raise _NotHereError
        return self.reports.of(document, self.session)


def _only_looks(message: object) -> bool:
    """Return whether a message is a request about a document, which changes nothing."""
    return isinstance(message, dict) and "id" in message and str(message.get("method")).startswith("textDocument/")
