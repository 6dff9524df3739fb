"""The replacement of the part of pygls that loses messages.

What pygls 2.1.1 does, and this module does not: a lower-case `content-length` hangs it; a body that is not JSON, or
params of the wrong shape, get no answer; a request before `initialize` is answered; requests after `shutdown` are
dropped without an answer; the exit code is always 0; and each header line costs a round trip to a thread.
"""

import contextvars
from typing import Any, Protocol, cast

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import JsonRPCProtocol, LanguageServerProtocol, lsp_method

from wslgo.lsp.initialize_answer import initialize_answer
from wslgo.lsp.session.introduction import Introduction, introduction_of
from wslgo.lsp.wire.framing import NotJson, framed
from wslgo.lsp.wire.inbox import Inbox, is_id, target_of
from wslgo.lsp.wire.json_text import JsonText, answer, publication
from wslgo.lsp.words import label

Message = dict[str, Any]


class Scans(Protocol):
    """The requests that wait until a large document is checked."""

    def hold(self, request: Message) -> bool:
        """Keep a request until its document is checked; return False if it need not wait."""

    def cancel(self, number: object) -> Message | None:
        """Drop the waiting request that has this id, and return it."""

    def end(self) -> list[Message]:
        """Cancel everything, and return the requests that are not answered yet."""


class Served(Protocol):
    """The part of the server that the protocol uses."""

    @property
    def scans(self) -> Scans: ...

    def begin(self, introduction: Introduction) -> None:
        """Begin the session of a client."""


_WITHOUT_PARAMS = frozenset((types.SHUTDOWN, types.EXIT))
_DOCUMENT_METHODS = (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE, types.TEXT_DOCUMENT_DID_CLOSE)


class WslgoProtocol(LanguageServerProtocol):
    """The protocol of pygls, with every message answered as the specification says."""

    def __init__(self, server: Any, converter: Any) -> None:
        super().__init__(server, converter)
        # The session keeps the documents: pygls' own store splits lines at U+2028 and raises for a closed document.
        for method in _DOCUMENT_METHODS:
            self.fm.builtin_features.pop(method)
        self.inbox = Inbox()
        self.exit_code: int | None = None

    def handle(self, message: object) -> None:
        """Answer a decoded message; no message keeps the next one from being answered."""
        try:
            self._handle(message)
        except JsonRpcException as error:
            self.reject(message, error)

    def _handle(self, message: object) -> None:
        if isinstance(message, NotJson):
            raise JsonRpcParseError(message.reason)
        if not isinstance(message, dict):
            raise JsonRpcInvalidRequest("A message is an object")
        if "method" not in message:
            self._take_response(message)
            return
        method = message["method"]
        if not isinstance(method, str) or ("id" in message and not is_id(message["id"])):
            raise JsonRpcInvalidRequest("'method' is a string, 'id' a string or an integer")
        if "id" in message and self.inbox.cancels(message["id"]):
            raise JsonRpcRequestCancelled
        self._check_state(method, is_request="id" in message)
        if method == types.INITIALIZE and "id" in message:
            self._begin(message)
        elif self._is_for_us(method, is_request="id" in message) and not self._is_held(method, message):
            self._dispatch(self._structure(method, message))

    def _begin(self, message: Message) -> None:
        """Begin the session."""
        try:
            introduction = introduction_of(message.get("params"))
        except ValueError as error:
            raise JsonRpcInvalidParams(f"Invalid Params: {error}") from error
        self._served().begin(introduction)
        self.know(introduction)
        self._send_text(answer(message["id"], initialize_answer(introduction.client)))

    def know(self, introduction: Introduction) -> None:
        """Have pygls know a client whose `initialize` is answered without it."""
        general = types.GeneralClientCapabilities(position_encodings=[introduction.client.unit])
        params = types.InitializeParams(
            types.ClientCapabilities(general=general),
            introduction.process,
            root_uri=introduction.root,
            workspace_folders=[types.WorkspaceFolder(*folder) for folder in introduction.folders],
        )
        self._handle_notification(types.INITIALIZE, params)

    def _is_held(self, method: str, message: Message) -> bool:
        """Return whether a request waits for a large document; reject a waiting one that the client cancels."""
        if "id" in message:
            return self._served().scans.hold(message)
        cancelled = target_of(message)
        if method == types.CANCEL_REQUEST and cancelled and (request := self._served().scans.cancel(cancelled[1])):
            self.reject(request, JsonRpcRequestCancelled())
            return True
        return False

    def _served(self) -> "Served":
        # Not a property: pygls looks at the value of every attribute before the server has its own.
        return cast("Served", self._server)

    def _dispatch(self, message: Any) -> None:
        """Run the handler in a context of its own; pygls inspects every attribute to see what a message is."""
        handle = contextvars.copy_context().run
        if hasattr(message, "id"):
            handle(self._handle_request, message.id, message.method, message.params)
        else:
            handle(self._handle_notification, message.method, message.params)

    def _check_state(self, method: str, *, is_request: bool) -> None:
        if self._shutdown and is_request:
            raise JsonRpcInvalidRequest("The server is shutting down")
        is_initialized = self._workspace is not None
        if is_initialized and method == types.INITIALIZE:
            raise JsonRpcInvalidRequest("The server is initialized already")
        if not is_initialized and method not in (types.INITIALIZE, types.EXIT) and is_request:
            raise JsonRpcServerNotInitialized

    def _is_for_us(self, method: str, *, is_request: bool) -> bool:
        """Return whether there is a handler; notifications without one, or before `initialize`, are dropped."""
        is_known = method in self.fm.builtin_features or method in self.fm.features or method == types.CANCEL_REQUEST
        if is_request and (not is_known or method == types.CANCEL_REQUEST):
            raise JsonRpcMethodNotFound.of(method)
        return is_known and (is_request or method == types.EXIT or self._workspace is not None)

    def _structure(self, method: str, message: Message) -> Any:
        message["jsonrpc"] = JsonRPCProtocol.VERSION
        if method in _WITHOUT_PARAMS:
            message.pop("params", None)
        params = message.get("params")
        if method == types.WORKSPACE_EXECUTE_COMMAND and isinstance(params, dict) and params.get("arguments") is None:
            # Without arguments, pygls calls the command without checking how many it needs.
            params["arguments"] = []
        try:
            return self._converter.structure(message, cast("Any", self.get_message_type(method)))
        except Exception as error:
            # cattrs raises groups, lsprotocol's hooks KeyError, TypeError, AttributeError and more.
            raise JsonRpcInvalidParams(f"Invalid Params: {_reason(error)}") from error

    def _take_response(self, message: Message) -> None:
        answered = message.get("id")
        if not is_id(answered) or answered not in self._request_futures:
            return
        if "error" in message:
            error = message["error"] if isinstance(message["error"], dict) else {}
            self._handle_response(
                cast("str", answered), None, types.ResponseError(int(error.get("code", 0)), str(error.get("message")))
            )
            return
        self._result_types.pop(answered, None)
        self._handle_response(cast("str", answered), message.get("result"))

    def _send_data(self, data: Any) -> None:
        """Send a message. An error quotes file contents, and clients show it in a notification, so it is made inert."""
        if isinstance(result := getattr(data, "result", None), JsonText):
            self._send_text(answer(data.id, result))
            return
        if isinstance(data, types.ResponseErrorMessage) and data.error is not None:
            data.error.message = label(data.error.message)
        super()._send_data(data)

    def publish(self, uri: str, items: JsonText, version: int | None = None) -> None:
        """Publish diagnostics, which are JSON already."""
        self._send_text(publication(uri, items, version))

    def _send_text(self, body: JsonText) -> None:
        """Send a message that is JSON already."""
        if self.writer is not None:
            self.writer.write(framed(body))

    def reject(self, message: object, error: JsonRpcException) -> None:
        """Answer a request with an error, with a null id if it is not a request; a notification is only logged."""
        if isinstance(message, dict) and "method" in message and "id" not in message:
            self._server.report_server_error(error, type(error))
            return
        answered = message.get("id") if isinstance(message, dict) else None
        answer = types.ResponseErrorMessage(id=answered if is_id(answered) else None, error=error.to_response_error())
        self._send_data(answer)

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_arguments: Any) -> None:  # type: ignore[override]
        """Cancel what is still running; pygls' own loop fails if a request ends during the loop."""
        for future in list(self._request_futures.values()):
            future.cancel()
        for request in self._served().scans.end():
            self.reject(request, JsonRpcRequestCancelled())
        self._shutdown = True

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_arguments: Any) -> None:  # type: ignore[override]
        self.exit_code = 0 if self._shutdown else 1


def _reason(error: BaseException) -> str:
    """Return the innermost cause in one line."""
    while inner := getattr(error, "exceptions", ()):
        error = inner[0]
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]
