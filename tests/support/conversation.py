"""A language client that talks to a server in this process: every message passes through JSON."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

from wslgo.lsp.jobs import Job
from wslgo.lsp.server import create_server
from wslgo.lsp.wire.framing import Frames, json_of
from wslgo.system.world import World

Json = Any

LOOP = asyncio.new_event_loop()
_TURNS = 16  # more than any command yields before it waits for the client or the machine

# The capabilities of VS Code and Neovim that wslgo reads.
VSCODE: Json = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"showDocument": {"support": True}},
    "workspace": {
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "diagnostics": {"refreshSupport": True},
        "inlayHint": {"refreshSupport": True},
        "workspaceEdit": {"documentChanges": True, "changeAnnotationSupport": {"groupsOnLabel": True}},
    },
    "textDocument": {
        "diagnostic": {"dynamicRegistration": True, "relatedDocumentSupport": False},
        "publishDiagnostics": {
            "relatedInformation": True,
            "tagSupport": {"valueSet": [1, 2]},
            "dataSupport": True,
            "codeDescriptionSupport": True,
        },
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "completion": {
            "completionList": {"itemDefaults": ["commitCharacters", "editRange", "insertTextFormat", "data"]},
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
                "resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]},
                "tagSupport": {"valueSet": [1]},
            },
        },
    },
}
NEOVIM: Json = {
    "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
    "workspace": {"configuration": True, "workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "tagSupport": {"valueSet": [1, 2]}, "dataSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "completion": {"completionItem": {"snippetSupport": False, "documentationFormat": ["markdown"]}},
    },
}


class Editor:
    """One client and its server; `said` is everything that the server has sent except answers."""

    def __init__(
        self, capabilities: Json = VSCODE, folder: Path | None = None, world: World | None = None, **options: Json
    ) -> None:
        self.jobs: list[Job[Any]] = []
        self.server = create_server(world, self.jobs.append)
        self.server.protocol.set_writer(self)
        self.said: list[Json] = []
        self._answers: dict[int, Json] = {}
        self._frames = Frames()
        self._last_id = 0
        self.initialized = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri() if folder else None,
                "capabilities": capabilities,
                "initializationOptions": options,
            },
        )["result"]
        self.tell("initialized", {})

    # The writer that pygls wants

    def write(self, data: bytes) -> None:
        for body in self._frames.feed(data):
            message = json.loads(body)
            if "method" in message:
                self.said.append(message)
            else:
                self._answers[message["id"]] = message

    def close(self) -> None:
        pass

    def settle(self) -> None:
        """Run all jobs of the server."""
        while self.jobs:
            job = self.jobs.pop(0)
            job.run()
            job.deliver()
        self._work_off()

    # Talking

    def post(self, *messages: Json) -> None:
        """Put messages into the server's inbox at once, then let it serve them."""
        inbox = self.server.inbox
        for message in messages:
            inbox.put(json_of(json.dumps(message).encode()))
        self._work_off()

    def _work_off(self) -> None:
        async def work_off() -> None:
            while self.server.inbox:
                self.server.protocol.handle(self.server.inbox.take())
            self.server.publish_due()
            for _ in range(_TURNS):
                await asyncio.sleep(0)

        LOOP.run_until_complete(work_off())

    def reply(self, method: str, result: Json) -> None:
        """Answer the last request of the server that has this method."""
        number = [message["id"] for message in self.said if message["method"] == method][-1]
        self.post({"jsonrpc": "2.0", "id": number, "result": result})

    def tell(self, method: str, params: Json) -> None:
        self.post({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Json) -> Json:
        """Return a request, with its id under `id`."""
        self._last_id += 1
        return {"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params}

    def ask(self, method: str, params: Json) -> Json:
        message = self.request(method, params)
        self.post(message)
        return self.answer(message)

    def answer(self, message: Json) -> Json:
        return self._answers[message["id"]]

    def has_answer(self, message: Json) -> bool:
        return message["id"] in self._answers

    def result(self, method: str, params: Json) -> Json:
        return self.ask(method, params)["result"]

    def of(self, method: str) -> list[Json]:
        """Return the params of everything that the server has sent with a method."""
        return [message["params"] for message in self.said if message["method"] == method]

    # Documents

    def open(self, uri: str, text: str, language: str = "wslconf", version: int = 1) -> str:
        document = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def open_file(self, path: Path, data: bytes | str, shown: str | None = None) -> str:
        """Write a file and open it as VS Code does: its byte order mark is not in the text."""
        raw = data.encode() if isinstance(data, str) else data
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return self.open(path.as_uri(), raw.decode("utf-8-sig") if shown is None else shown)

    def change(self, uri: str, version: int, text: str) -> None:
        self.post(change(uri, version, text))

    def diagnostics(self, uri: str) -> list[Json]:
        """Return the diagnostics that the client shows now, pulled or pushed."""
        if "diagnosticProvider" in self.initialized["capabilities"]:
            return list(self.result("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"])
        return list(
            [report for report in self.of("textDocument/publishDiagnostics") if report["uri"] == uri][-1]["diagnostics"]
        )

    def actions(self, uri: str, line: int, character: int, **context: Json) -> list[Json]:
        here = {"line": line, "character": character}
        params = {
            "textDocument": {"uri": uri},
            "range": {"start": here, "end": here},
            "context": {"diagnostics": [], "triggerKind": 1, **context},
        }
        return list(self.result("textDocument/codeAction", params))

    def hover(self, uri: str, line: int, character: int) -> Json:
        params = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return self.result("textDocument/hover", params)

    def complete(self, uri: str, line: int, character: int) -> list[Json]:
        params = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        found = self.result("textDocument/completion", params)
        return [_whole(item, found["itemDefaults"]) for item in found["items"]] if isinstance(found, dict) else found

    def documentation(self, item: Json) -> str:
        """Return what the client shows beside a selected item."""
        if "documentation" not in item:
            item = self.result("completionItem/resolve", item)
        return str(item["documentation"]["value"])


def _whole(item: Json, defaults: Json) -> Json:
    """Return an item with the defaults of its list."""
    edit = {"range": defaults["editRange"], "newText": item.get("textEditText", item["label"])}
    return {"textEdit": edit, **{name: defaults[name] for name in ("data",) if name in defaults}, **item}


def change(uri: str, version: int, text: str) -> Json:
    params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}
    return {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}


def text_after(text: str, edits: list[Json], unit: str = "utf-16") -> str:
    """Return the text after edits of the protocol, applied by counting code units the slow way."""
    spans = [(offset(text, edit["range"]["start"], unit), offset(text, edit["range"]["end"], unit)) for edit in edits]
    for (start, end), edit in sorted(zip(spans, edits, strict=True), key=lambda pair: pair[0], reverse=True):
        text = text[:start] + edit["newText"] + text[end:]
    return text


def offset(text: str, position: Json, unit: str) -> int:
    """Return the code point at a position; lines end at LF, CRLF and CR."""
    starts = [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", text))]
    start = starts[position["line"]]
    encoding, width = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[unit]
    before = text[start:].encode(encoding, "surrogatepass")[: position["character"] * width]
    return start + len(before.decode(encoding, "surrogatepass"))


def span(diagnostic: Json) -> tuple[int, int, int, int]:
    start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
    return start["line"], start["character"], end["line"], end["character"]


def by_title(actions: list[Json], title: str) -> Json:
    return next(action for action in actions if title in action["title"])
