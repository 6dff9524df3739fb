"""The connection: it reads standard input, passes messages on, and ends with the client."""

import asyncio
import contextlib
import os
import select
from typing import Any, Protocol

from pygls.exceptions import JsonRpcInternalError
from pygls.io_ import StdoutWriter

from wslgo.lsp.wire import parent
from wslgo.lsp.wire.framing import Frames, json_of
from wslgo.lsp.wire.protocol import WslgoProtocol

# A client that sends faster than the server answers must not keep diagnostics from being published.
BATCH = 64

_CHUNK = 1 << 18


class Served(Protocol):
    """The part of the server that the connection uses."""

    connection: "Connection | None"

    @property
    def wire(self) -> WslgoProtocol: ...

    def publish_due(self) -> None:
        """Publish the diagnostics that have changed."""

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log an internal error."""


class Connection:
    """The connection to one client over standard input and output."""

    def __init__(self, server: Served, incoming: int) -> None:
        self.server = server
        self.protocol = server.wire
        self.inbox = self.protocol.inbox
        self._incoming = incoming
        self._frames = Frames()
        self._is_open = True
        self._done = asyncio.get_running_loop().create_future()

    async def serve(self) -> int:
        """Serve until the client exits or hangs up; return the exit code."""
        loop = asyncio.get_running_loop()
        try:
            loop.add_reader(self._incoming, self._on_readable)
        except (PermissionError, NotImplementedError):  # standard input is a file: nothing to wait for
            loop.call_soon(self._on_readable)
        return int(await self._done)

    def poll(self) -> bool:
        """Read what has arrived, without waiting; return whether there was anything."""
        if not self._is_open or not select.select((self._incoming,), (), (), 0)[0]:
            return False
        self._read()
        return True

    def _on_readable(self) -> None:
        # Work that was due may have read the bytes that woke the loop; another read would then block forever.
        self.poll()
        self.work()

    def _read(self) -> None:
        data = os.read(self._incoming, _CHUNK)
        if not data:
            self._is_open = False
            return
        for body in self._frames.feed(data):
            self.inbox.put(json_of(body))

    def work(self) -> None:
        """Answer the waiting messages, then publish what is due."""
        try:
            self._work_off()
        except BrokenPipeError:  # the client is gone
            self._finish(1)
        except Exception as error:  # noqa: BLE001 - the next message is served too
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
        """End when the client process has ended, even without `exit` and while busy."""
        loop = asyncio.get_running_loop()

        def leave() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the server is ending already
                loop.call_soon_threadsafe(self._finish, 1)

        parent.end_with(client, self._incoming, leave)

    def _finish(self, code: int) -> None:
        asyncio.get_running_loop().remove_reader(self._incoming)
        if not self._done.done():
            self._done.set_result(code)


def serve(server: Served) -> int:
    """Serve standard input and output until the client ends; return the exit code of the process."""
    # Only the protocol may write to standard output: all other output goes to the log.
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    server.wire.set_writer(StdoutWriter(outgoing))
    try:
        return asyncio.run(_serve(server))
    except KeyboardInterrupt:
        return 130


async def _serve(server: Served) -> int:
    server.connection = Connection(server, 0)
    return await server.connection.serve()
