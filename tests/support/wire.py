"""A server process at the other end of two pipes, for tests that send bytes."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from typing import Any

from tree import SERVER
from wslgo.lsp.wire.framing import Frames

Json = Any

PATIENCE = 20.0

INITIALIZE = {"processId": None, "rootUri": None, "capabilities": {}}
URI = "file:///mnt/c/Users/me/.wslconfig"
OFF = "[wsl2]\nguiApplications=off\n"


class Wire(AbstractContextManager["Wire"]):
    """The two pipes to a server process; leaving the `with` block ends the process."""

    def __init__(self, *arguments: str, program: tuple[str, ...] = ("-m", "wslgo")) -> None:
        # Variables of the tests must not slow down or colour the server.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
        self.process = subprocess.Popen(
            [sys.executable, *program, "lsp", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment | {"PYTHONPATH": str(SERVER)},
        )
        self._frames = Frames()
        self._messages: list[Json] = []
        self._selector = selectors.DefaultSelector()
        assert self.process.stdout is not None
        self._selector.register(self.process.stdout, selectors.EVENT_READ)

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):  # buffered output for a process that has ended
                assert pipe is not None
                pipe.close()

    def write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Json) -> None:
        self.write(frame(json.dumps(message).encode()))

    def tell(self, method: str, params: Json = None) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Json = None, number: int | str = 1) -> Json:
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return self.answer(number)

    def answer(self, number: int | str | None) -> Json:
        """Return the answer to a request; messages before it are dropped."""
        while True:
            message = self.receive()
            if "method" not in message and message.get("id") == number:
                return message

    def published(self) -> Json:
        while (message := self.receive()).get("method") != "textDocument/publishDiagnostics":
            pass
        return message["params"]

    def receive(self) -> Json:
        end = time.monotonic() + PATIENCE
        while not self._messages:
            if not self._selector.select(end - time.monotonic()):
                raise TimeoutError("the server says nothing")
            assert self.process.stdout is not None
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            if not data:
                raise EOFError("the server has hung up")
            self._messages += [json.loads(body) for body in self._frames.feed(data)]
        return self._messages.pop(0)

    def initialize(self, capabilities: Json = None) -> "Wire":
        self.ask("initialize", INITIALIZE | {"capabilities": capabilities or {}}, "first")
        self.tell("initialized", {})
        return self

    def open(self, text: str, uri: str = URI) -> None:
        self.tell("textDocument/didOpen", {"textDocument": document(text, uri)})

    def is_alive(self) -> bool:
        """Return whether a request sent after everything else is answered."""
        return "result" in self.ask("textDocument/hover", hover(0, 0), "alive?")

    def end(self) -> int:
        """Shut the server down as the protocol requires; return the exit code."""
        assert "error" not in self.ask("shutdown", None, "last")
        self.tell("exit")
        return self.wait()

    def wait(self) -> int:
        return self.process.wait(PATIENCE)

    def hang_up(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.wait()

    def log(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()


def frame(body: bytes, header: bytes = b"Content-Length: %d\r\n\r\n") -> bytes:
    return header % len(body) + body


def request(method: str, params: Json = None, number: Json = 7) -> bytes:
    return frame(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())


def notification(method: str, params: Json = None) -> bytes:
    return frame(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())


def document(text: str, uri: str = URI) -> Json:
    return {"uri": uri, "languageId": "wslconf", "version": 1, "text": text}


def hover(line: int, character: int, uri: str = URI) -> Json:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
