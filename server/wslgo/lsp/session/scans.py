"""Checks of documents so large that other requests would have to wait: one job at a time.

A request about such a document waits until it is checked; requests about others are answered. A check ends early when
the client changes or closes the document, or cancels the last request that waits for it.
"""

from functools import partial
from typing import Any, NamedTuple, Protocol

from wslgo.linter.check import CancelledError
from wslgo.lsp.diagnostics import Examination, Key, Outcome, Reports, key_of
from wslgo.lsp.jobs import IsCancelled, Job, Start
from wslgo.lsp.session.document import Document
from wslgo.lsp.session.session import Session

Request = dict[str, Any]


class _Scan(NamedTuple):
    """The check that is running; its result is None if it was cancelled."""

    uri: str
    job: Job[Outcome | None]


class Served(Protocol):
    """The part of the server that checks of large documents use."""

    reports: Reports
    session: Session
    start: Start

    def answer(self, request: Request) -> None:
        """Answer a request that has waited."""

    def reject(self, requests: list[Request], error: Exception) -> None:
        """Answer requests with an internal error."""

    def publish_soon(self, uri: str) -> None:
        """Publish a document that has been checked."""

    def touch_others(self, uri: str) -> None:
        """Have the dependents of a large document published again: they did not wait for its check."""


class Scans:
    """The requests and publications that wait for the check of a document."""

    def __init__(self, server: Served) -> None:
        self._server = server
        self._requests: dict[str, list[Request]] = {}
        self._published: dict[str, Document] = {}
        self._running: _Scan | None = None

    def hold(self, request: Request) -> bool:
        """Keep a request until its document is checked; return False if it need not wait."""
        document = self._document(request)
        if document is None or not self._takes_long(document):
            return False
        self._requests.setdefault(document.uri, []).append(request)
        self._next()
        return True

    def hold_publishing(self, document: Document) -> bool:
        """Have a document published once it is checked; return False if it need not wait."""
        if not self._takes_long(document):
            return False
        self._published[document.uri] = document
        self._next()
        return True

    def cancel(self, number: object) -> Request | None:
        """Drop the waiting request that has this id, and return it."""
        for uri, requests in self._requests.items():
            for request in requests:
                if request["id"] == number:
                    requests.remove(request)
                    self._drop_unwanted(uri)
                    return request
        return None

    def outdate(self, uri: str) -> None:
        """Cancel the check of a text that the client has changed."""
        if self._running is not None and self._running.uri == uri:
            self._running.job.cancel()

    def end(self) -> list[Request]:
        """Cancel everything, and return the requests that are not answered yet."""
        left = [request for requests in self._requests.values() for request in requests]
        self._requests.clear()
        self._published.clear()
        if self._running is not None:
            self._running.job.cancel()
        return left

    def _takes_long(self, document: Document) -> bool:
        return self._server.reports.takes_long(document, self._server.session)

    def _document(self, request: Request) -> Document | None:
        params = request.get("params")
        named = params.get("textDocument") if isinstance(params, dict) else None
        uri = named.get("uri") if isinstance(named, dict) else None
        return self._server.session.documents.get(uri) if isinstance(uri, str) else None

    def _drop_unwanted(self, uri: str) -> None:
        if not self._requests[uri]:
            del self._requests[uri]
            if uri not in self._published:
                self.outdate(uri)

    def _next(self) -> None:
        """Begin the next check unless one is running."""
        uri = next(iter((*self._requests, *self._published)), None)
        if self._running is not None or uri is None:
            return
        # A closed file of the machine has only the document to publish.
        document = self._server.session.documents.get(uri) or self._published.get(uri)
        if document is not None and self._takes_long(document):
            self._start(document)
        else:
            self._release(uri)

    def _start(self, document: Document) -> None:
        session = self._server.session
        key = key_of(document, session)
        examination = self._server.reports.examination(document, session, key)
        job = Job(partial(_outcome, examination), partial(self._finish, document, key), partial(self._fail, document))
        self._running = _Scan(document.uri, job)
        self._server.start(job)

    def _finish(self, document: Document, key: Key, outcome: Outcome | None) -> None:
        is_wanted = document.uri in self._published or self._server.session.documents.text(document.uri) is not None
        if outcome is not None and is_wanted:
            self._server.reports.keep(document, self._server.session, key, outcome)
            self._server.touch_others(document.uri)
        self._running = None
        self._release(document.uri)

    def _fail(self, document: Document, error: Exception) -> None:
        self._running = None
        self._published.pop(document.uri, None)
        self._server.reject(self._requests.pop(document.uri, []), error)
        self._next()

    def _release(self, uri: str) -> None:
        """Continue with the requests that waited for a document; if it has changed since, they wait again."""
        requests = self._requests.pop(uri, [])
        if self._published.pop(uri, None) is not None:
            self._server.publish_soon(uri)
        for request in requests:
            self._server.answer(request)
        self._next()


def _outcome(examination: Examination, is_cancelled: IsCancelled) -> Outcome | None:
    """Return the findings about a document; None if the check was cancelled."""
    try:
        return examination(is_cancelled)
    except CancelledError:
        return None
