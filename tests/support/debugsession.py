"""A debugging session with the real Delve: start, stop, inspect, resume, end."""

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from dapwire import PATIENCE, Json, Wire
from goextension import Start


class Unbound(Exception):  # noqa: N818 it is an answer
    """Delve found no code for a breakpoint; the text is its error message."""


class Frame(NamedTuple):
    """A frame of a stopped thread."""

    id: int
    function: str
    path: str
    line: int


class Stop(NamedTuple):
    """The place and reason of a stop; the innermost frame comes first."""

    reason: str
    text: str
    frames: tuple[Frame, ...]

    @property
    def functions(self) -> tuple[str, ...]:
        return tuple(frame.function for frame in self.frames)


class Session(AbstractContextManager["Session"]):
    """A session with `dlv dap`, which connects to a given port, as the Go extension starts it for a terminal."""

    def __init__(self, dlv: Path, start: Start) -> None:
        self._start = start
        self._server: subprocess.Popen[bytes] | None = None
        self._output = TemporaryFile()  # noqa: SIM115 closed with the session
        connection = self._joined() if start.is_remote else self._dialled(dlv)
        self.wire = Wire(connection)
        self.wire.request("initialize", adapterID="go", clientID="vscode", pathFormat="path", linesStartAt1=True)

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):  # it may have ended long ago
            self.wire.request("disconnect", terminateDebuggee=True)
        self.wire.close()
        if self._server is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait(PATIENCE)
            assert self._server.stdin is not None
            self._server.stdin.close()
        self._output.close()

    def _joined(self) -> socket.socket:
        arguments = self._start.arguments
        return socket.create_connection((arguments.get("host", "127.0.0.1"), arguments["port"]), PATIENCE)

    def _dialled(self, dlv: Path) -> socket.socket:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(PATIENCE)
            self._server = subprocess.Popen(
                [dlv, "dap", f"--client-addr=127.0.0.1:{listener.getsockname()[1]}"],
                cwd=self._start.folder,
                env=self._start.environment,
                stdin=subprocess.PIPE,
                stdout=self._output,
                stderr=self._output,
                start_new_session=True,
            )
            try:
                return listener.accept()[0]
            except TimeoutError:
                self._server.kill()
                raise AssertionError(f"Delve did not dial in:\n{self.output()}") from None

    def run(self, lines: dict[Path, list[int]] | None = None, functions: tuple[str, ...] = ()) -> None:
        """Start or attach to the program with these breakpoints; raise if Delve rejects one."""
        arguments = self._start.arguments
        self.wire.request(self._start.request, **arguments)
        self.wire.event("initialized")
        for path, numbers in (lines or {}).items():
            self._set(
                "setBreakpoints", source={"path": str(path)}, breakpoints=[{"line": number} for number in numbers]
            )
        if functions:
            self._set("setFunctionBreakpoints", breakpoints=[{"name": name} for name in functions])
        self.wire.request("configurationDone")

    def _set(self, command: str, **arguments: Json) -> None:
        for result in self.wire.request(command, **arguments)["breakpoints"]:
            if not result["verified"]:
                raise Unbound(f"{arguments}: {result.get('message')}")

    def stop(self) -> Stop:
        """Return the next stop; a program that ends instead fails the test with its output."""
        event = self.wire.event("stopped", "terminated")
        assert event["event"] == "stopped", f"ended without a stop:\n{self.wire.output()}\n{self.output()}"
        body = event["body"]
        return Stop(body["reason"], body.get("text", ""), self._frames(body.get("threadId")))

    def _frames(self, thread: int | None) -> tuple[Frame, ...]:
        found = self.wire.request("stackTrace", threadId=thread, startFrame=0, levels=50)["stackFrames"]
        return tuple(
            Frame(frame["id"], frame["name"], (frame.get("source") or {}).get("path", ""), frame["line"])
            for frame in found
        )

    def variables(self, frame: Frame) -> dict[str, str]:
        """Return the arguments and local variables of a frame as the editor shows them."""
        scopes = self.wire.request("scopes", frameId=frame.id)["scopes"]
        return {
            variable["name"]: variable["value"]
            for scope in scopes
            for variable in self.wire.request("variables", variablesReference=scope["variablesReference"])["variables"]
        }

    def evaluate(self, expression: str, frame: Frame) -> str:
        """Return the answer of the Debug Console."""
        return str(self.wire.request("evaluate", expression=expression, frameId=frame.id, context="repl")["result"])

    def type(self, text: str) -> None:
        """Type a text in the terminal of Delve and the program."""
        assert self._start.arguments.get("console") == "integratedTerminal", "the Debug Console takes no input"
        assert self._server is not None
        assert self._server.stdin is not None
        self._server.stdin.write(text.encode())
        self._server.stdin.flush()

    def resume(self) -> None:
        self.wire.request("continue", threadId=0)

    def leave(self) -> None:
        """Detach from the program, which continues."""
        self.wire.request("disconnect", terminateDebuggee=False)

    def end(self) -> str:
        """Wait for the end of the program, and return the output of Delve and the program."""
        self.wire.event("terminated")
        self.wire.request("disconnect")
        assert self._server is not None
        self._server.wait(PATIENCE)
        return self.output()

    def output(self) -> str:
        """Return the output of the program and Delve so far."""
        self._output.seek(0)
        return self._output.read().decode()


# Starts a session: `debug(configuration, workspace, answers)`.
Debug = Callable[..., Session]
