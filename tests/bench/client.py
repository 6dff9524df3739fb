"""A minimal language client: one process, no threads, messages prepared before the clock starts."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from documents import Document

Message = dict[str, Any]

_CHUNK = 1 << 20
_SEVERAL = (list, tuple)

CAPABILITIES: Message = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True, "dataSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
        "hover": {"contentFormat": ["markdown"]},
        "completion": {
            "completionItem": {
                "documentationFormat": ["markdown"],
                "resolveSupport": {"properties": ["documentation"]},
            },
            "completionList": {"itemDefaults": ["editRange", "data"]},
        },
    },
}
FULL = 1


class Client:
    """A server process and the documents that are open in it."""

    capabilities = CAPABILITIES

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: str) -> None:
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdin
        assert self._process.stdout
        self._incoming = self._process.stdout.fileno()
        self._outgoing = self._process.stdin.fileno()
        self._buffer = bytearray()
        self._folder = folder
        self._texts: dict[str, list[str]] = {}
        self._versions: dict[str, int] = {}
        self._ends: dict[str, str] = {}
        self._last_id = 0
        self._takes_full_texts = False
        self.published = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    # Life

    def initialize(self) -> None:
        uri = f"file://{self._folder}"
        folders = [{"uri": uri, "name": "bench"}]
        params = {"processId": None, "rootUri": uri, "workspaceFolders": folders, "capabilities": self.capabilities}
        sync = self.request("initialize", params)["capabilities"].get("textDocumentSync")
        self._takes_full_texts = (sync.get("change") if isinstance(sync, dict) else sync) == FULL
        self.send(framed({"method": "initialized", "params": {}}))

    def stop(self) -> None:
        self.request("shutdown", None)
        self.send(framed({"method": "exit"}))
        self._process.communicate(timeout=30)

    def kill(self) -> None:
        """End the process if it has not ended by itself."""
        self._process.kill()
        self._process.communicate()

    # Documents

    def open(self, document: Document, name: str = "") -> str:
        """Open a document and wait for its first diagnostics; with `name`, open a copy elsewhere."""
        uri = document.uri(self._folder + name)
        self._texts[uri] = document.text.splitlines(keepends=True)
        self._versions[uri] = 1
        self._ends[uri] = document.end
        opened = {"uri": uri, "languageId": document.language, "version": 1, "text": document.text}
        self.send(framed({"method": "textDocument/didOpen", "params": {"textDocument": opened}}))
        self.wait_for_diagnostics(uri)
        return uri

    def key(self, uri: str, line: int) -> bytes:
        """Return the message for a character typed before the end of a line, in the sync mode of the server."""
        lines, end = self._texts[uri], self._ends[uri]
        at = {"line": line, "character": len(lines[line]) - len(end)}
        lines[line] = f"{lines[line].removesuffix(end)}x{end}"
        self._versions[uri] += 1
        change: Message = {"text": "x", "range": {"start": at, "end": at}}
        if self._takes_full_texts:
            change = {"text": "".join(lines)}
        document = {"uri": uri, "version": self._versions[uri]}
        return framed(
            {"method": "textDocument/didChange", "params": {"textDocument": document, "contentChanges": [change]}}
        )

    def wait_for_diagnostics(self, uri: str) -> Message:
        """Read until the diagnostics of the last version of a document are there."""
        while True:
            message = self._read()
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            self.published += 1
            params: Message = message["params"]
            if params["uri"] == uri and params.get("version") == self._versions[uri]:
                return params

    # Messages

    def request(self, method: str, params: object) -> Any:
        """Send a request and wait for the answer."""
        self._last_id += 1
        self.send(framed({"id": self._last_id, "method": method, "params": params}))
        while True:
            message = self._read()
            if message.get("id") == self._last_id and "method" not in message:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._outgoing, view) :]

    def _read(self) -> Message:
        """Return the next message; requests of the server get an empty answer."""
        while True:
            message: Message = json.loads(self._body())
            if "id" not in message or "method" not in message:
                return message
            self.send(framed({"id": message["id"], "result": None}))

    def _body(self) -> bytes:
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            self._receive()
        head = self._buffer[:end].lower().split(b"\r\n")
        length = next(int(line.partition(b":")[2]) for line in head if line.startswith(b"content-length:"))
        start = end + 4
        while len(self._buffer) < start + length:
            self._receive()
        body = bytes(self._buffer[start : start + length])
        del self._buffer[: start + length]
        return body

    def _receive(self) -> None:
        data = os.read(self._incoming, _CHUNK)
        if not data:
            raise RuntimeError("the server has ended")
        self._buffer += data


def framed(message: Message) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
