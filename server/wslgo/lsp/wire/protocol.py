"""Messages in and out: the part of pygls that we do not use, because it loses messages.

What pygls 2.1.1 does, and this does not: a lower-case `content-length` hangs it; a body that is not JSON, or params of
the wrong shape, get no answer at all; a request before `initialize` is answered; requests after `shutdown` are dropped
without an answer; the exit code is always 0; and each header line costs a hop to a thread and back.
"""

import asyncio
import contextlib
import contextvars
import json
import os
import re
import select
from collections import Counter, deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.io_ import StdoutWriter
from pygls.protocol import JsonRPCProtocol, LanguageServerProtocol, lsp_method

from wslgo.lsp.wire import parent
from wslgo.lsp.words import label

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer
    from wslgo.lsp.session.scans import Scans

Message = dict[str, Any]

# A client that talks faster than we answer must not keep diagnostics from ever being published.
BATCH = 64
_CHUNK = 1 << 18
_LONGEST_HEADER = 1 << 16

_HEADER_END = re.compile(rb"\r?\n\r?\n")
# Not anchored: after a header that could not be understood the next one follows the old body on the same line.
_LENGTH = re.compile(rb"content-length:[ \t]*([0-9]{1,12})[ \t]*\r?(?:\n|\Z)", re.IGNORECASE)

_WITHOUT_PARAMS = frozenset((types.SHUTDOWN, types.EXIT))
_DOCUMENT_METHODS = (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE, types.TEXT_DOCUMENT_DID_CLOSE)


class Frames:
    """Cuts a stream of bytes into the bodies of messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._missing = 0  # so many bytes of a body are still to come

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._buffer += data
        while (body := self._next()) is not None:
            yield body

    def _next(self) -> bytes | None:
        while not self._missing:
            end = _HEADER_END.search(self._buffer)
            if end is None:
                del self._buffer[: max(0, len(self._buffer) - _LONGEST_HEADER)]
                return None
            # Of several lengths the last one stands next to the body.
            lengths = _LENGTH.findall(bytes(self._buffer[: end.start()]))
            del self._buffer[: end.end()]
            self._missing = int(lengths[-1]) if lengths else 0
        if len(self._buffer) < self._missing:
            return None
        body = bytes(self._buffer[: self._missing])
        del self._buffer[: self._missing]
        self._missing = 0
        return body


class Inbox:
    """Messages that have arrived and wait for their turn; knows what later ones make of earlier ones."""

    def __init__(self) -> None:
        self._waiting: deque[object] = deque()
        self._meant: Counter[tuple[str, object]] = Counter()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, message: object) -> None:
        self._waiting.append(message)
        if meant := _meant(message):
            self._meant[meant] += 1

    def take(self) -> object:
        message = self._waiting.popleft()
        if meant := _meant(message):
            self._meant[meant] -= 1
        return message

    def cancels(self, request: object) -> bool:
        """Whether the client has already taken a request back."""
        return self._meant[types.CANCEL_REQUEST, request] > 0

    def supersedes(self, uri: str) -> bool:
        """Whether a newer version of a document has already arrived."""
        return self._meant[types.TEXT_DOCUMENT_DID_CHANGE, uri] > 0


def _meant(message: object) -> tuple[str, object] | None:
    """The request that a message cancels, or the document that it changes."""
    params = message.get("params") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(params, dict):
        return None
    if message.get("method") == types.CANCEL_REQUEST and _is_id(params.get("id")):
        return types.CANCEL_REQUEST, params["id"]
    document = params.get("textDocument")
    if message.get("method") == types.TEXT_DOCUMENT_DID_CHANGE and isinstance(document, dict):
        return types.TEXT_DOCUMENT_DID_CHANGE, str(document.get("uri"))
    return None


class WslgoProtocol(LanguageServerProtocol):
    """pygls' protocol with every message answered as the specification says."""

    def __init__(self, server: Any, converter: Any) -> None:
        super().__init__(server, converter)
        # The session keeps the documents: pygls' own store splits lines at U+2028 and raises for a document that is
        # not open.
        for method in _DOCUMENT_METHODS:
            self.fm.builtin_features.pop(method)
        self.inbox = Inbox()
        self.exit_code: int | None = None

    def handle(self, message: object) -> None:
        """Answer one decoded message; whatever it is, the next one is served too."""
        try:
            self._handle(message)
        except JsonRpcException as refusal:
            self.refuse(message, refusal)

    def _handle(self, message: object) -> None:
        if isinstance(message, JsonRpcException):
            raise message
        if not isinstance(message, dict):
            raise JsonRpcInvalidRequest("A message is an object")
        if "method" not in message:
            self._take_response(message)
            return
        method = message["method"]
        if not isinstance(method, str) or ("id" in message and not _is_id(message["id"])):
            raise JsonRpcInvalidRequest("'method' is a string, 'id' a string or an integer")
        if "id" in message and self.inbox.cancels(message["id"]):
            raise JsonRpcRequestCancelled
        self._check_state(method, is_request="id" in message)
        if self._is_for_us(method, is_request="id" in message) and not self._is_held(method, message):
            self._dispatch(self._structured(method, message))

    def _is_held(self, method: str, message: Message) -> bool:
        """Whether a request waits for a large document; one that the client cancels waits no longer."""
        if "id" in message:
            return self._scans().hold(message)
        cancelled = _meant(message)
        if method == types.CANCEL_REQUEST and cancelled and (request := self._scans().cancel(cancelled[1])):
            self.refuse(request, JsonRpcRequestCancelled())
            return True
        return False

    def _scans(self) -> "Scans":
        # Not a property: pygls looks at the value of every attribute before the server has its own.
        return cast("WslgoServer", self._server).scans

    def _dispatch(self, message: Any) -> None:
        """Run the handler in a context of its own; pygls looks again at every attribute to see what a message is."""
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
        """Whether there is a handler; a notification that nobody handles is dropped, as is one that comes too early."""
        is_known = method in self.fm.builtin_features or method in self.fm.features or method == types.CANCEL_REQUEST
        if is_request and (not is_known or method == types.CANCEL_REQUEST):
            raise JsonRpcMethodNotFound.of(method)
        return is_known and (is_request or method == types.EXIT or self._workspace is not None)

    def _structured(self, method: str, message: Message) -> Any:
        message["jsonrpc"] = JsonRPCProtocol.VERSION
        if method in _WITHOUT_PARAMS:
            message.pop("params", None)
        params = message.get("params")
        if method == types.WORKSPACE_EXECUTE_COMMAND and isinstance(params, dict) and params.get("arguments") is None:
            # Without any arguments pygls calls the command without looking how many it wants.
            params["arguments"] = []
        try:
            return self._converter.structure(message, cast("Any", self.get_message_type(method)))
        except Exception as error:
            # cattrs raises groups, lsprotocol's hooks KeyError, TypeError, AttributeError and more.
            raise JsonRpcInvalidParams(f"Invalid Params: {_reason(error)}") from error

    def _take_response(self, message: Message) -> None:
        answered = message.get("id")
        if not _is_id(answered) or answered not in self._request_futures:
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
        """Send a message; an error quotes what it met in a file, and clients show it in a notification."""
        if isinstance(data, types.ResponseErrorMessage) and data.error is not None:
            data.error.message = label(data.error.message)
        super()._send_data(data)

    def refuse(self, message: object, refusal: JsonRpcException) -> None:
        """Say no to a request; what was no request at all is answered with a null id, a notification never."""
        if isinstance(message, dict) and "method" in message and "id" not in message:
            self._server.report_server_error(refusal, type(refusal))
            return
        answered = message.get("id") if isinstance(message, dict) else None
        answer = types.ResponseErrorMessage(
            id=answered if _is_id(answered) else None, error=refusal.to_response_error()
        )
        self._send_data(answer)

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_arguments: Any) -> None:  # type: ignore[override]
        """Takes back what is still running; pygls' own loop fails when a request ends meanwhile."""
        for future in list(self._request_futures.values()):
            future.cancel()
        for request in self._scans().end():
            self.refuse(request, JsonRpcRequestCancelled())
        self._shutdown = True

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_arguments: Any) -> None:  # type: ignore[override]
        self.exit_code = 0 if self._shutdown else 1


class Connection:
    """Reads standard input, hands on what it holds, and ends with the client."""

    def __init__(self, server: "WslgoServer", incoming: int) -> None:
        self.server = server
        self.protocol = cast("WslgoProtocol", server.protocol)
        self.inbox = self.protocol.inbox
        self._incoming = incoming
        self._frames = Frames()
        self._is_open = True
        self._done = asyncio.get_running_loop().create_future()

    async def serve(self) -> int:
        """Serve until the client says exit or hangs up; the exit code."""
        loop = asyncio.get_running_loop()
        try:
            loop.add_reader(self._incoming, self._on_readable)
        except (PermissionError, NotImplementedError):  # standard input is a file: nothing to wait for
            loop.call_soon(self._on_readable)
        return int(await self._done)

    def poll(self) -> bool:
        """Take in what has arrived meanwhile, without waiting; whether there was anything."""
        if not self._is_open or not select.select((self._incoming,), (), (), 0)[0]:
            return False
        self._read()
        return True

    def _on_readable(self) -> None:
        # Work that was already due may have taken in what made the loop call us; a read would then wait for ever.
        self.poll()
        self.work()

    def _read(self) -> None:
        data = os.read(self._incoming, _CHUNK)
        if not data:
            self._is_open = False
            return
        for body in self._frames.feed(data):
            self.inbox.put(decoded(body))

    def work(self) -> None:
        """Answer what waits, then publish what is due."""
        try:
            self._work_off()
        except BrokenPipeError:  # the client is gone
            self._finish(1)
        except Exception as error:  # noqa: BLE001 - the rim: the next message is served too
            self.server.report_server_error(error, JsonRpcInternalError)
            asyncio.get_running_loop().call_soon(self.work)

    def _work_off(self) -> None:
        for _ in range(BATCH):
            while self.poll() and not self.inbox:
                pass  # the rest of a long message
            if not self.inbox:
                break
            self.protocol.handle(self.inbox.take())
            if self.protocol.exit_code is not None:
                self._finish(self.protocol.exit_code)
                return
        self.server.publish_due()
        if self.inbox:
            asyncio.get_running_loop().call_soon(self.work)
        elif not self._is_open:
            self._finish(1)

    def end_with(self, client: int | None) -> None:
        """End when the client has ended, whether it says so or not, and whatever keeps us busy."""
        loop = asyncio.get_running_loop()

        def leave() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: we are ending already
                loop.call_soon_threadsafe(self._finish, 1)

        parent.end_with(client, self._incoming, leave)

    def _finish(self, code: int) -> None:
        asyncio.get_running_loop().remove_reader(self._incoming)
        if not self._done.done():
            self._done.set_result(code)


def serve(server: "WslgoServer") -> int:
    """Serve standard input and output until the client ends; the exit code of the process."""
    # Only the protocol may write to standard output: whatever else prints goes to the log.
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    server.protocol.set_writer(StdoutWriter(outgoing))
    try:
        return asyncio.run(_serve(server))
    except KeyboardInterrupt:
        return 130


async def _serve(server: "WslgoServer") -> int:
    server.connection = Connection(server, 0)
    return await server.connection.serve()


def decoded(body: bytes) -> object:
    """The JSON of a body, or the refusal that it gets."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        return JsonRpcParseError(f"Parse Error: {error}")


def _is_id(value: object) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _reason(error: BaseException) -> str:
    """The innermost cause, in one line."""
    while inner := getattr(error, "exceptions", ()):
        error = inner[0]
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]
