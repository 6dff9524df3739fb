"""`wslgo lsp --debugpy`: a debugger stops the server at a breakpoint, spoken to in the debugger's own protocol."""

import ast
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from wire import OFF, SERVER, Wire, hover, request
from wslgo.lsp.wire.framing import Frames

HOVER = SERVER / "wslgo" / "ide" / "hover" / "hover.py"
PATIENCE = 30


class Debugger:
    """A client of the Debug Adapter Protocol."""

    def __init__(self, port: int) -> None:
        self._socket = _connected(port)
        self._frames = Frames()
        self._messages: list[Any] = []
        self._last = 0

    def send(self, command: str, **arguments: Any) -> int:
        self._last += 1
        body = json.dumps({"seq": self._last, "type": "request", "command": command, "arguments": arguments}).encode()
        self._socket.sendall(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return self._last

    def ask(self, command: str, **arguments: Any) -> Any:
        number = self.send(command, **arguments)
        answer = self._next(lambda message: message.get("request_seq") == number)
        assert answer["success"], answer
        return answer.get("body")

    def event(self, name: str) -> Any:
        return self._next(lambda message: message.get("event") == name)

    def _next(self, is_meant: Any) -> Any:
        while True:
            for message in self._messages:
                if is_meant(message):
                    self._messages.remove(message)
                    return message
            data = self._socket.recv(1 << 16)
            assert data, "the debugger has hung up"
            self._messages += [json.loads(body) for body in self._frames.feed(data)]


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except ConnectionRefusedError:
            assert time.monotonic() < end, "nobody listens"
            time.sleep(0.05)


@contextmanager
def free_port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    yield port


@pytest.mark.slow
def test_the_server_waits_for_a_debugger_and_stops_at_its_breakpoint() -> None:
    functions = [node for node in ast.parse(HOVER.read_text()).body if isinstance(node, ast.FunctionDef)]
    line = next(function for function in functions if function.name == "hover").body[1].lineno  # after the docstring
    with free_port() as port, Wire("--debugpy", f"127.0.0.1:{port}", "--wait") as wire:
        debugger = Debugger(port)
        debugger.ask("initialize", adapterID="wslgo", pathFormat="path")
        # The answer comes only after `configurationDone`.
        debugger.send("attach", justMyCode=False)
        debugger.event("initialized")
        set_ = debugger.ask("setBreakpoints", source={"path": str(HOVER)}, breakpoints=[{"line": line}])
        assert set_["breakpoints"][0]["verified"]
        debugger.ask("configurationDone")
        wire.initialize().open(OFF)
        wire.write(request("textDocument/hover", hover(1, 3), 7))
        stopped = debugger.event("stopped")["body"]
        assert stopped["reason"] == "breakpoint"
        frames = debugger.ask("stackTrace", threadId=stopped["threadId"])["stackFrames"]
        assert (frames[0]["name"], frames[0]["line"]) == ("hover", line)
        assert debugger.ask("evaluate", expression="offset", frameId=frames[0]["id"])["result"] == "10"
        # A comprehension on the same line would stop there again.
        debugger.ask("setBreakpoints", source={"path": str(HOVER)}, breakpoints=[])
        debugger.ask("continue", threadId=stopped["threadId"])
        assert "guiApplications" in wire.answer(7)["result"]["contents"]["value"]
        debugger.ask("disconnect", terminateDebuggee=False)
        assert wire.end() == 0


def test_without_the_option_debugpy_is_not_even_imported() -> None:
    with Wire().initialize() as wire:
        maps = open(f"/proc/{wire.process.pid}/maps").read()  # noqa: PTH123, SIM115
        assert "debugpy" not in maps
        assert "pydevd" not in maps


@pytest.mark.slow
@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:", "127.0.0.1:99999"])
def test_an_invalid_address_is_reported(address: str) -> None:
    with Wire("--debugpy", address) as wire:
        assert wire.wait() == 2
        assert f"'{address}' is not HOST:PORT" in wire.log()


@pytest.mark.slow
def test_an_address_in_use_is_reported() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with Wire("--debugpy", f"127.0.0.1:{taken.getsockname()[1]}") as wire:
            assert wire.wait() == 2
            assert "cannot listen" in wire.log()
