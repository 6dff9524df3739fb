"""Broken and odd messages: each is answered, and the next is served."""

import json
from collections.abc import Iterator

import pytest

from wire import INITIALIZE, OFF, URI, Wire, document, frame, hover, notification, request

pytestmark = pytest.mark.slow

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
NOT_INITIALIZED = -32002
CANCELLED = -32800

HOVER = "textDocument/hover"
BIG = 10**9


@pytest.fixture(scope="module")
def servers() -> Iterator[list[Wire]]:
    """Yield the server that tests of single messages share, or none; in the end it shuts down as the protocol says."""
    running: list[Wire] = []
    yield running
    for wire in running:
        with wire:
            assert wire.end() == 0


@pytest.fixture
def shared(servers: list[Wire], request: pytest.FixtureRequest) -> Iterator[Wire]:
    """Yield an initialized server; after a test that fails, the next one gets a new server."""
    if not servers:
        servers.append(Wire().initialize())
    failed = request.session.testsfailed
    yield servers[0]
    if request.session.testsfailed > failed or servers[0].process.poll() is not None:
        with servers.pop():
            pass


# Messages that get an error: its code and its id.
REJECTED = {
    "a body that is not JSON": (frame(b"{nonsense"), PARSE_ERROR, None),
    "an empty object's half": (frame(b"{"), PARSE_ERROR, None),
    "bytes that are not UTF-8": (frame(b'{"jsonrpc":"2.0","id":7,"method":"\xff\xfe\xc3"}'), PARSE_ERROR, None),
    "a hundred thousand brackets": (frame(b"[" * 100_000), PARSE_ERROR, None),
    "a number too long for Python": (frame(b'{"jsonrpc":"2.0","id":' + b"9" * 5000 + b"}"), PARSE_ERROR, None),
    "a bare number": (frame(b"42"), INVALID_REQUEST, None),
    "a bare string": (frame(b'"initialize"'), INVALID_REQUEST, None),
    "null": (frame(b"null"), INVALID_REQUEST, None),
    "a batch": (frame(b'[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]'), INVALID_REQUEST, None),
    "a method that is a number": (frame(b'{"jsonrpc":"2.0","id":7,"method":5}'), INVALID_REQUEST, 7),
    "an id that is an object": (frame(b'{"jsonrpc":"2.0","id":{},"method":"shutdown"}'), INVALID_REQUEST, None),
    "an id that is a boolean": (frame(b'{"jsonrpc":"2.0","id":true,"method":"shutdown"}'), INVALID_REQUEST, None),
    "an unknown method": (request("wslgo/noSuchThing"), METHOD_NOT_FOUND, 7),
    "an unknown method with odd parameters": (request("$/odd", [[[]]]), METHOD_NOT_FOUND, 7),
    "a method of the client": (request("workspace/applyEdit", {"edit": {}}), METHOD_NOT_FOUND, 7),
    "no parameters": (frame(b'{"jsonrpc":"2.0","id":7,"method":"textDocument/hover"}'), INVALID_PARAMS, 7),
    "parameters null": (request(HOVER, None), INVALID_PARAMS, 7),
    "parameters in a list": (request(HOVER, [1, 2]), INVALID_PARAMS, 7),
    "parameters that are a string": (request(HOVER, "x"), INVALID_PARAMS, 7),
    "a position that is missing": (request(HOVER, {"textDocument": {"uri": URI}}), INVALID_PARAMS, 7),
    "a position with a word for a line": (request(HOVER, hover("first", 0)), INVALID_PARAMS, 7),  # type: ignore[arg-type]
    "a position before the beginning": (request(HOVER, hover(-1, 0)), INVALID_PARAMS, 7),
    "a position beyond all numbers": (request(HOVER, hover(2**40, 0)), INVALID_PARAMS, 7),
    "a document without a name": (request(HOVER, {"textDocument": {}, "position": {}}), INVALID_PARAMS, 7),
    "a second initialize": (request("initialize", INITIALIZE), INVALID_REQUEST, 7),
    "a command nobody knows": (request("workspace/executeCommand", {"command": "rm -rf"}), INVALID_PARAMS, 7),
}


@pytest.mark.parametrize("name", REJECTED)
def test_a_broken_request_gets_an_error_and_the_next_is_served(shared: Wire, name: str) -> None:
    data, code, number = REJECTED[name]
    shared.write(data)
    assert shared.answer(number)["error"]["code"] == code
    assert shared.is_alive()


# What gets no answer and does no harm.
IGNORED = {
    "headers in lower case": frame(
        json.dumps({"jsonrpc": "2.0", "method": "x"}).encode(), b"content-length: %d\r\n\r\n"
    ),
    "line feeds alone": frame(json.dumps({"jsonrpc": "2.0", "method": "x"}).encode(), b"Content-Length: %d\n\n"),
    "a header more": frame(
        b'{"jsonrpc":"2.0","method":"x"}', b"X-A: b\r\nContent-Length: %d\r\nContent-Type: t\r\n\r\n"
    ),
    "no length": b'Content-Type: x\r\n\r\n{"jsonrpc":"2.0","method":"x"}',
    "a length that is a word": b"Content-Length: many\r\n\r\n{}",
    "a negative length": b"Content-Length: -5\r\n\r\n{}",
    "a length of nothing": b"Content-Length: 0\r\n\r\n",
    "blank lines": b"\r\n\r\n\r\n\r\n",
    "noise": b"\x00\xff\x1b[31m GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "an unknown notification": notification("$/noSuchThing", {"a": 1}),
    "a notification with wrong parameters": notification("textDocument/didOpen", {"textDocument": 5}),
    "a notification without parameters": notification("textDocument/didChange"),
    "a change of a document that is not open": notification(
        "textDocument/didChange",
        {"textDocument": {"uri": "file:///x/.wslconfig", "version": 1}, "contentChanges": [{"text": "a"}]},
    ),
    "a change of nothing": notification(
        "textDocument/didChange", {"textDocument": {"uri": URI, "version": 1}, "contentChanges": []}
    ),
    "the closing of a document that is not open": notification(
        "textDocument/didClose", {"textDocument": {"uri": "file:///never"}}
    ),
    "the saving of a document that is not open": notification(
        "textDocument/didSave", {"textDocument": {"uri": "file:///never"}}
    ),
    "a document of a strange scheme": notification(
        "textDocument/didOpen", {"textDocument": document(OFF, "untitled:Untitled-1")}
    ),
    "a document under no path at all": notification(
        "textDocument/didOpen", {"textDocument": document(OFF, "http://[")}
    ),
    "a document with a zero in its path": notification(
        "textDocument/didOpen", {"textDocument": document(OFF, "file:///a%00b/.wslconfig")}
    ),
    "a lone surrogate": notification("textDocument/didOpen", {"textDocument": document("[wsl2]\nkernel=\ud800\n")}),
    "zeros and control characters": notification(
        "textDocument/didOpen", {"textDocument": document("".join(map(chr, range(32))) * 10)}
    ),
    "a change of a range, though whole texts were asked for": notification(
        "textDocument/didOpen", {"textDocument": document(OFF)}
    )
    + notification(
        "textDocument/didChange",
        {
            "textDocument": {"uri": URI, "version": 2},
            "contentChanges": [
                {"range": {"start": {"line": 9, "character": 9}, "end": {"line": 0, "character": 0}}, "text": "#"}
            ],
        },
    ),
    "the cancelling of what never was": notification("$/cancelRequest", {"id": 99}),
    "the cancelling of nothing": notification("$/cancelRequest", {}),
    "an answer nobody waits for": frame(b'{"jsonrpc":"2.0","id":99,"result":null}'),
    "an error nobody waits for": frame(b'{"jsonrpc":"2.0","id":99,"error":{"code":"x"}}'),
    "an error that is a word": frame(b'{"jsonrpc":"2.0","id":99,"error":"no"}'),
    "settings of a strange shape": notification(
        "workspace/didChangeConfiguration", {"settings": {"wslgo": [1, {"a": 2}]}}
    ),
    "watched files without any": notification("workspace/didChangeWatchedFiles", {"changes": []}),
    "an own protocol inside the parameters": notification(
        "workspace/didChangeConfiguration", {"settings": {"jsonrpc": "2.0", "id": 1, "method": "shutdown"}}
    ),
}


@pytest.mark.parametrize("name", IGNORED)
def test_odd_notifications_do_no_harm(shared: Wire, name: str) -> None:
    shared.write(IGNORED[name])
    assert shared.is_alive()


ANSWERED = {
    "a position behind the end": request(HOVER, hover(999_999, 999_999)),
    "a range turned round": request(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": URI},
            "range": {"start": {"line": 5, "character": 5}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": []},
        },
    ),
    "a document that is not open": request(HOVER, hover(0, 0, "file:///never/.wslconfig")),
    "symbols of a document that is not open": request("textDocument/documentSymbol", {"textDocument": {"uri": "x:y"}}),
    "an id that is a word": request(HOVER, hover(0, 0), "seven"),
    "an id of zero": request(HOVER, hover(0, 0), 0),
    "members nobody knows": request(HOVER, {**hover(0, 0), "zzz": {"deep": [1]}}),
    "a missing version of the protocol": frame(json.dumps({"id": 7, "method": HOVER, "params": hover(0, 0)}).encode()),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_odd_requests_are_answered(shared: Wire, name: str) -> None:
    number = json.loads(ANSWERED[name].partition(b"\r\n\r\n")[2])["id"]
    shared.open(OFF)
    shared.write(ANSWERED[name])
    assert "result" in shared.answer(number)


def test_headers_in_lower_case_are_read() -> None:
    with Wire() as wire:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": INITIALIZE}).encode()
        wire.write(frame(body, b"content-length:%d\r\n\r\n"))
        assert "capabilities" in wire.answer(1)["result"]


def test_a_request_before_initialize_is_an_error() -> None:
    with Wire() as wire:
        assert wire.ask(HOVER, hover(0, 0))["error"]["code"] == NOT_INITIALIZED
        wire.open(OFF)
        assert "result" in wire.ask("initialize", INITIALIZE, 2)
        assert wire.is_alive()


@pytest.mark.parametrize("params", [None, [], 3, {}, {"capabilities": 5}, {"capabilities": {"general": 1}}])
def test_initialize_can_be_tried_again(params: object) -> None:
    with Wire() as wire:
        assert wire.ask("initialize", params)["error"]["code"] == INVALID_PARAMS
        assert "result" in wire.ask("initialize", INITIALIZE, 2)


def test_a_request_after_shutdown_is_an_error() -> None:
    with Wire().initialize() as wire:
        wire.ask("shutdown")
        assert wire.ask(HOVER, hover(0, 0), 2)["error"]["code"] == INVALID_REQUEST
        wire.tell("exit")
        assert wire.wait() == 0


def test_shutdown_takes_any_parameters() -> None:
    with Wire().initialize() as wire:
        assert wire.ask("shutdown", {"why": ["not"]})["result"] is None


def test_exit_without_shutdown_is_an_error() -> None:
    with Wire().initialize() as wire:
        wire.tell("exit")
        assert wire.wait() == 1


def test_exit_before_initialize_is_an_error() -> None:
    with Wire() as wire:
        wire.tell("exit")
        assert wire.wait() == 1


@pytest.mark.parametrize(
    "rest", [b"", b"Content-Le", b"Content-Length: 500\r\n\r\n{", b"Content-Length: 999999999999\r\n\r\n"]
)
def test_a_client_that_hangs_up_ends_the_server(rest: bytes) -> None:
    with Wire().initialize() as wire:
        wire.open(OFF)
        wire.write(rest)
        assert wire.hang_up() == 1


def test_a_client_that_stops_reading_ends_the_server() -> None:
    with Wire().initialize() as wire:
        assert wire.process.stdout is not None
        wire.process.stdout.close()
        wire.open(OFF)
        assert wire.wait() == 1


def test_shutdown_with_questions_still_open_ends_cleanly() -> None:
    with Wire().initialize() as wire:
        wire.open(OFF * 3000)
        questions = b"".join(request("textDocument/codeAction", action(), number) for number in range(100, 110))
        wire.write(questions + request("shutdown", None, 1) + notification("exit"))
        assert wire.wait() == 0


def action() -> dict:
    here = {"line": 1, "character": 17}
    return {"textDocument": {"uri": URI}, "range": {"start": here, "end": here}, "context": {"diagnostics": []}}


def test_a_request_cancelled_before_its_turn_is_not_served() -> None:
    with Wire().initialize() as wire:
        wire.open(OFF)
        wire.write(
            request(HOVER, hover(1, 1), 1) + request(HOVER, hover(1, 1), 2) + notification("$/cancelRequest", {"id": 2})
        )
        assert "result" in wire.answer(1)
        assert wire.answer(2)["error"]["code"] == CANCELLED


def test_messages_cut_into_single_bytes_are_put_together() -> None:
    with Wire().initialize() as wire:
        wire.open(OFF)
        for byte in request(HOVER, hover(1, 3)):
            wire.write(bytes([byte]))
        assert "guiApplications" in wire.answer(7)["result"]["contents"]["value"]


def test_many_messages_in_one_piece_are_all_answered() -> None:
    with Wire().initialize() as wire:
        wire.open(OFF)
        wire.write(b"".join(request(HOVER, hover(1, 3), number) for number in range(500)))
        assert [wire.answer(number)["id"] for number in range(500)] == list(range(500))


def test_a_huge_document_is_served() -> None:
    with Wire().initialize() as wire:
        wire.open("# comment\n" * 500_000 + OFF)
        assert len(wire.published()["diagnostics"]) == 1
        wire.open("a" * 3_000_000, "file:///mnt/c/Users/you/.wslconfig")
        assert wire.is_alive()


def test_what_the_server_prints_never_reaches_the_wire() -> None:
    with Wire().initialize() as wire:
        wire.write(frame(b"{nonsense"))
        assert wire.answer(None)["error"]["code"] == PARSE_ERROR
        assert wire.end() == 0
        assert "Traceback" not in wire.log()
