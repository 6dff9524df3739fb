"""The connection: it passes on what arrives on standard input, and ends with the client."""

import asyncio
import contextlib
from typing import Any, Protocol

from pygls.exceptions import JsonRpcInternalError

from wslgo.lsp.opening import Opening
from wslgo.lsp.wire import parent
from wslgo.lsp.wire.incoming import Incoming
from wslgo.lsp.wire.protocol import WslgoProtocol

# A client that sends faster than the server answers must not keep diagnostics from being published.
BATCH = 64


class Served(Protocol):
    """The part of the server that the connection uses."""

    connection: "Connection | None"

    @property
    def wire(self) -> WslgoProtocol: ...

    def resume(self, opening: Opening) -> None:
        """Continue the session that began before this server was there."""

    def publish_due(self) -> None:
        """Publish the diagnostics that have changed."""

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log an internal error."""


class Connection:
    """The connection to one client over standard input and output."""

    def __init__(self, server: Served, incoming: Incoming) -> None:
        self.server = server
        self.protocol = server.wire
        self.inbox = self.protocol.inbox = incoming.inbox
        self._incoming = incoming
        self._done = asyncio.get_running_loop().create_future()

    async def serve(self) -> int:
        """Serve until the client exits or hangs up; return the exit code."""
        loop = asyncio.get_running_loop()
        with contextlib.suppress(PermissionError, NotImplementedError):  # standard input is a file: nothing to wait for
            loop.add_reader(self._incoming.descriptor, self._on_readable)
        # What was read before is served now; the loop wakes only for what arrives.
        loop.call_soon(self._on_readable)
        return int(await self._done)

    def poll(self) -> bool:
        """Read what has arrived, without waiting; return whether there was anything."""
        return self._incoming.poll()

    def _on_readable(self) -> None:
        # Work that was due may have read the bytes that woke the loop; another read would then block forever.
        self.poll()
        self.work()

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
        elif not self._incoming.is_open:
            self._finish(1)

    def end_with(self, client: int | None) -> None:
        """End when the client process has ended, even without `exit` and while busy."""
        loop = asyncio.get_running_loop()

        def leave() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the server is ending already
                loop.call_soon_threadsafe(self._finish, 1)

        parent.end_with(client, self._incoming.descriptor, leave)

    def _finish(self, code: int) -> None:
        asyncio.get_running_loop().remove_reader(self._incoming.descriptor)
        if not self._done.done():
            self._done.set_result(code)


def serve(server: Served, opening: Opening) -> int:
    """Serve the client after the opening until it ends; return the exit code of the process."""
    server.wire.set_writer(opening.outgoing)
    try:
        return asyncio.run(_serve(server, opening))
    except KeyboardInterrupt:
        return 130


async def _serve(server: Served, opening: Opening) -> int:
    server.connection = Connection(server, opening.incoming)
    server.resume(opening)
    return await server.connection.serve()
