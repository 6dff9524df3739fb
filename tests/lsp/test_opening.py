"""The opening of a session: what is served before pygls is there is served once, and as the whole server serves it."""

import fcntl
import itertools
import json
import os
import textwrap
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls import uris as of_pygls
from pygls.capabilities import get_capability
from pygls.protocol import LanguageServerProtocol

from conversation import NEOVIM, VSCODE, Editor
from wire import INITIALIZE, OFF, URI, Wire, document, frame, hover
from wslgo.lsp import opening as openings
from wslgo.lsp.initialize_answer import initialize_answer
from wslgo.lsp.opening import Opening
from wslgo.lsp.server import create_server
from wslgo.lsp.session.introduction import introduction_of
from wslgo.lsp.session.uris import path_of, uri_of
from wslgo.lsp.wire import methods
from wslgo.lsp.wire.framing import Frames
from wslgo.lsp.wire.incoming import Incoming
from wslgo.lsp.wire.outgoing import Outgoing

Json = Any

# Characters of one, two and four bytes, of which some are two units of UTF-16.
WIDE = "[wsl2]\n# 😀é内存\nkernelCommandLine=😀 #x\nlocalhostFowarding=true\n"
GOMOD = "module example.com/x\n\ngo 1.25.0\n\nreplace example.com/y => /mnt/c/y\n"
LAUNCH = '{"configurations": [{"name": "a", "type": "go", "request": "launch", "program": "p", "port": 1}]}\n'
FILES = {
    ".wslconfig": ("wslconf", WIDE),
    "wsl.conf": ("wslconf", "[automount]\nenabled=ture\n"),
    "go.mod": ("go.mod", GOMOD),
    ".vscode/launch.json": ("jsonc", LAUNCH),
    "readme.txt": ("plaintext", "no family"),
}
CLIENTS: dict[str, Json] = {
    "VS Code": VSCODE,
    "Neovim": NEOVIM,
    "a bare client": {},
    "UTF-8": {"general": {"positionEncodings": ["utf-8"]}},
    "UTF-16": {"general": {"positionEncodings": ["utf-16"]}},
    "UTF-32": {"general": {"positionEncodings": ["utf-7", "utf-32", "utf-8"]}},
    "no known unit": {"general": {"positionEncodings": ["utf-7"]}},
    "null": {"general": None, "workspace": {"configuration": None}, "textDocument": {"diagnostic": None}},
}


class Recorder(Outgoing):
    """Standard output as a list of texts."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._frames = Frames()

    def write(self, data: bytes) -> None:
        self.sent += [body.decode() for body in self._frames.feed(data)]

    def close(self) -> None:
        pass


class Played:
    """A server that gets the first messages in its opening, and then the others."""

    def __init__(self, first: list[bytes], others: list[bytes], *, has_opening: bool = True) -> None:
        self.outgoing = Recorder()
        read, write = os.pipe()
        fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 1 << 20)
        self.opening = Opening(Incoming(read), self.outgoing)
        os.write(write, b"".join(first))
        if has_opening:
            self.opening.serve()
        self.server = create_server(start=lambda _job: None)
        self.server.wire.set_writer(self.outgoing)
        self.server.wire.inbox = self.opening.incoming.inbox
        self.server.resume(self.opening)
        os.write(write, b"".join(others))
        os.close(write)
        while self.opening.incoming.poll():
            pass
        os.close(read)
        while self.server.inbox:
            self.server.wire.handle(self.server.inbox.take())
        self.server.publish_due()

    @property
    def answers(self) -> dict[object, str]:
        """The only answer to each request."""
        answers = [
            (json.loads(text).get("id"), text) for text in self.outgoing.sent if "method" not in json.loads(text)
        ]
        assert len(dict(answers)) == len(answers)
        return {number: unnumbered(text) for number, text in answers}

    @property
    def shown(self) -> dict[str, str]:
        """The last diagnostics of each document."""
        messages = [(json.loads(text), text) for text in self.outgoing.sent]
        return {
            message["params"]["uri"]: text
            for message, text in messages
            if message.get("method") == methods.PUBLISH_DIAGNOSTICS
        }

    @property
    def asked(self) -> list[Json]:
        """The requests and notifications of the server, without diagnostics and what makes the client ask again.

        Settings that arrive before any document are taken over in the opening: there is nothing to ask again for.
        """
        messages = map(json.loads, self.outgoing.sent)
        return [
            {**message, "id": None}
            for message in messages
            if not message.get("method", "refresh").endswith(("refresh", methods.PUBLISH_DIAGNOSTICS))
        ]


def unnumbered(text: str) -> str:
    """Return an answer without the id of a report, which differs in each process."""
    message = json.loads(text)
    if isinstance(message.get("result"), dict):
        message["result"].pop("resultId", None)
    return json.dumps(message)


def ask(number: object, method: str, params: Json) -> bytes:
    return frame(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())


def tell(method: str, params: Json) -> bytes:
    return frame(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())


def uri(name: str) -> str:
    return f"file:///home/me/repo/{name}"


def initialize(capabilities: Json, **options: Json) -> bytes:
    params = {**INITIALIZE, "capabilities": capabilities, "initializationOptions": options}
    return ask("first", "initialize", params)


def opened(name: str) -> bytes:
    language, text = FILES[name]
    return tell(methods.DID_OPEN, {"textDocument": {**document(text, uri(name)), "languageId": language}})


def pulled(number: object, name: str, **more: Json) -> bytes:
    return ask(number, methods.DIAGNOSTIC, {"textDocument": {"uri": uri(name)}, **more})


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings, "PATIENCE", 0)


# The answer to `initialize`


@pytest.mark.parametrize("name", CLIENTS)
def test_initialize_is_answered_as_pygls_would(name: str) -> None:
    protocol = Editor(CLIENTS[name]).server.wire
    structure = protocol._converter.structure
    params = structure({**INITIALIZE, "capabilities": CLIENTS[name]}, types.InitializeParams)
    work = LanguageServerProtocol.lsp_initialize(protocol, params)
    next(work)  # before our own handler
    with pytest.raises(StopIteration) as end:
        next(work)
    expected = json.dumps(end.value.value, default=protocol._serialize_message)
    client = introduction_of({"capabilities": CLIENTS[name]}).client
    assert in_order(initialize_answer(client)) == in_order(expected)


def in_order(answer: str) -> str:
    """Return an answer with sorted commands: pygls has them in the order of their registration."""
    found = json.loads(answer)
    found["capabilities"]["executeCommandProvider"]["commands"].sort()
    return json.dumps(found)


@pytest.mark.parametrize("name", CLIENTS)
def test_the_unit_is_the_one_of_pygls(name: str) -> None:
    server = Editor(CLIENTS[name]).server
    assert server.session.client.unit == server.protocol.workspace.position_encoding


def test_pygls_knows_the_client() -> None:
    folders = [{"uri": uri("a"), "name": "a"}, {"uri": uri("b"), "name": "b"}]
    params = {**INITIALIZE, "processId": 7, "rootUri": uri("a"), "workspaceFolders": folders}
    server = Played([ask(1, "initialize", params)], []).server
    assert list(server.workspace.folders) == [uri("a"), uri("b")]
    assert server.process_id == 7
    assert server.session.workspace.roots == ("/home/me/repo/a", "/home/me/repo/b")


# A capability of each kind, by the path that pygls has for it.
READ = {
    "text_document.diagnostic": "pulls",
    "workspace.diagnostics.refresh_support": "refreshes",
    "workspace.workspace_edit.document_changes": "versions_edits",
    "workspace.workspace_edit.change_annotation_support": "annotates_edits",
    "text_document.completion.completion_item.snippet_support": "takes_snippets",
    "text_document.document_symbol.hierarchical_document_symbol_support": "nests_symbols",
    "text_document.code_action.code_action_literal_support": "takes_actions",
    "workspace.did_change_watched_files.dynamic_registration": "registers_watchers",
    "window.show_document.support": "shows_documents",
}


@pytest.mark.parametrize("name", ["VS Code", "Neovim", "a bare client", "null"])
@pytest.mark.parametrize("path", READ)
def test_capabilities_are_those_that_lsprotocol_reads(name: str, path: str) -> None:
    protocol = Editor(CLIENTS[name]).server.wire
    read = protocol._converter.structure(CLIENTS[name], types.ClientCapabilities)
    client = introduction_of({"capabilities": CLIENTS[name]}).client
    assert getattr(client, READ[path]) == (get_capability(read, path) not in (None, False))


@pytest.mark.parametrize(
    "params",
    [
        *(None, [], {}, {"capabilities": None}, {"capabilities": {"general": 1}}),
        {"capabilities": {"textDocument": {"completion": []}}},
        *({"capabilities": {}, "processId": value} for value in ("7", 1.5, True)),
        {"capabilities": {}, "rootUri": 1},
        {"capabilities": {}, "locale": ["de"]},
        *({"capabilities": {}, "workspaceFolders": value} for value in (1, ["x"], [{"uri": 1, "name": "a"}], [{}])),
    ],
)
def test_an_initialize_of_the_wrong_shape_is_an_error(params: Json) -> None:
    played = Played([ask(1, "initialize", params), ask(2, "initialize", {"capabilities": {}})], [])
    assert json.loads(played.answers[1])["error"]["code"] == -32602
    assert "capabilities" in json.loads(played.answers[2])["result"]


def test_the_methods_are_those_of_lsprotocol() -> None:
    known = {value for name, value in vars(types).items() if name.isupper() and isinstance(value, str)}
    assert {value for name, value in vars(methods).items() if name.isupper()} <= known


# The first diagnostics


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("client", CLIENTS)
def test_the_first_diagnostics_are_those_of_the_whole_server(client: str, name: str) -> None:
    options = {"trusted": False, "settings": {"language": "zh"}, "rulePages": "x:{rule}"}
    messages = [initialize(CLIENTS[client], **options), tell("initialized", {}), opened(name), pulled(1, name)]
    early, late = Played(messages, []), Played(messages, [], has_opening=False)
    assert early.opening.introduction is not None
    assert late.opening.introduction is None
    assert (early.answers, early.shown, early.asked) == (late.answers, late.shown, late.asked)
    if not early.server.session.client.pulls:
        assert early.shown


# What follows


def everything(capabilities: Json) -> list[bytes]:
    """Return what editors send at first, and more than they would."""
    changed = {"textDocument": {"uri": uri(".wslconfig"), "version": 2}, "contentChanges": [{"text": OFF}]}
    return [
        initialize(capabilities, trusted=False, health=True),
        tell("initialized", {}),
        tell("$/setTrace", {"value": "off"}),
        tell("workspace/didChangeConfiguration", {"settings": {"wslgo": {"language": "zh", "check": {"ignore": []}}}}),
        opened(".wslconfig"),
        opened("wsl.conf"),
        pulled(1, ".wslconfig"),
        pulled(2, "wsl.conf", previousResultId="of another server"),
        pulled(3, "never opened"),
        ask(4, "textDocument/hover", hover(3, 2, uri(".wslconfig"))),
        tell("textDocument/didChange", changed),
        pulled(5, ".wslconfig"),
        ask(6, "textDocument/documentSymbol", {"textDocument": {"uri": uri("wsl.conf")}}),
        tell("textDocument/didClose", {"textDocument": {"uri": uri("wsl.conf")}}),
        ask(7, "shutdown", None),
        pulled(8, ".wslconfig"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("client", ["VS Code", "Neovim"])
def test_the_opening_may_end_anywhere(client: str) -> None:
    messages = everything(CLIENTS[client])
    usual = Played([], messages, has_opening=False)
    assert set(usual.answers) == {"first", 1, 2, 3, 4, 5, 6, 7, 8}
    for count in range(len(messages) + 1):
        played = Played(messages[:count], messages[count:])
        assert (played.answers, played.shown, played.asked) == (usual.answers, usual.shown, usual.asked), count


def test_the_opening_ends_though_its_client_never_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openings, "PATIENCE", 5)
    times = itertools.count(0, openings.LONGEST / 5)
    monkeypatch.setattr(openings.time, "monotonic", lambda: next(times))
    pulls = [pulled(number, ".wslconfig") for number in range(20)]
    messages = [initialize(VSCODE), tell("initialized", {}), opened(".wslconfig"), *pulls]
    played = Played(messages, [])
    assert [message["method"] for message in played.asked] == ["client/registerCapability"]
    assert set(played.answers) == {"first", *range(20)}


@pytest.mark.slow
def test_the_opening_may_end_within_a_message() -> None:
    messages = [initialize({}), tell("initialized", {}), opened(".wslconfig"), ask(4, "shutdown", None)]
    data = b"".join(messages)
    usual = Played([], messages, has_opening=False)
    for at in range(0, len(data), 41):
        played = Played([data[:at]], [data[at:]])
        assert (played.answers, played.shown) == (usual.answers, usual.shown), at


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_first_messages_may_come_in_any_order(order: tuple[int, ...]) -> None:
    some = [
        initialize(VSCODE),
        tell("initialized", {}),
        opened("go.mod"),
        pulled(1, "go.mod"),
    ]
    messages = [*(some[number] for number in order), ask("last", "shutdown", None)]
    early, late = Played(messages, []), Played(messages, [], has_opening=False)
    assert (early.answers, early.shown, early.asked) == (late.answers, late.shown, late.asked)
    assert set(early.answers) == {"first", 1, "last"}


ODD = {
    "a body that is not JSON": frame(b"{nonsense"),
    "a batch": frame(b"[]"),
    "a bare number": frame(b"42"),
    "no method": frame(b'{"id": 9}'),
    "an answer to nothing": frame(b'{"id": 9, "result": 1}'),
    "an id that is a list": frame(b'{"id": [9], "method": "textDocument/diagnostic"}'),
    "a method that is a number": frame(b'{"method": 5, "id": 9}'),
    "a method that is a list": frame(b'{"method": [], "id": 9}'),
    "an opened document without text": tell(methods.DID_OPEN, {"textDocument": {"uri": URI}}),
    "an opened document with a word for a version": tell(
        methods.DID_OPEN, {"textDocument": {**document(OFF), "version": "1"}}
    ),
    "nothing opened": tell(methods.DID_OPEN, None),
    "a document under no path at all": tell(methods.DID_OPEN, {"textDocument": document(OFF, "http://[")}),
    "a zero in a path": tell(methods.DID_OPEN, {"textDocument": document(OFF, "file:///a%00b/.wslconfig")}),
    "a lone surrogate": tell(methods.DID_OPEN, {"textDocument": document("[wsl2]\nkernel=\ud800\n")}),
    "settings of nothing": tell(methods.DID_CHANGE_CONFIGURATION, None),
    "settings of a strange shape": tell(methods.DID_CHANGE_CONFIGURATION, {"settings": {"wslgo": [1]}}),
    "a pull of nothing": ask(9, methods.DIAGNOSTIC, None),
    "a pull of a list": ask(9, methods.DIAGNOSTIC, {"textDocument": {"uri": [1]}}),
    "a second initialize": ask(9, "initialize", {"capabilities": {}}),
    "initialized twice": tell("initialized", {}),
    "an unknown request": ask(9, "wslgo/never", {}),
    "a request cancelled at once": pulled(9, ".wslconfig") + tell("$/cancelRequest", {"id": 9}),
    "an initialize without id": tell("initialize", {"capabilities": {}}),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("at", range(1, 4))
def test_an_odd_message_among_the_first_ones_is_served_as_ever(name: str, at: int) -> None:
    messages = [initialize(VSCODE), tell("initialized", {}), opened(".wslconfig")]
    messages[at:at] = [ODD[name]]
    messages.append(pulled(1, ".wslconfig"))
    early, late = Played(messages, []), Played(messages, [], has_opening=False)
    assert (early.answers, early.shown, early.asked) == (late.answers, late.shown, late.asked)
    assert 1 in early.answers


def test_a_pull_does_not_wait_for_requests_before_it() -> None:
    about = hover(3, 2, uri(".wslconfig"))
    messages = [initialize(VSCODE), opened(".wslconfig"), ask(1, "textDocument/hover", about), pulled(2, ".wslconfig")]
    played = Played(messages, [ask(3, "shutdown", None)])
    assert list(played.answers) == ["first", 2, 1, 3]


@pytest.mark.parametrize("method", ["shutdown", "workspace/executeCommand"])
def test_a_pull_waits_for_a_request_that_changes_something(method: str) -> None:
    messages = [initialize(VSCODE), opened(".wslconfig"), ask(1, method, None), pulled(2, ".wslconfig")]
    assert list(Played(messages, []).answers) == ["first", 1, 2]


def test_diagnostics_do_not_wait_for_a_request() -> None:
    about = hover(3, 2, uri(".wslconfig"))
    messages = [initialize({}), opened(".wslconfig"), ask(1, "textDocument/hover", about), opened("wsl.conf")]
    sent = list(map(json.loads, Played(messages, []).outgoing.sent))
    assert [message.get("method", message.get("id")) for message in sent] == [
        *("first", methods.PUBLISH_DIAGNOSTICS, 1, methods.PUBLISH_DIAGNOSTICS, methods.PUBLISH_DIAGNOSTICS)
    ]


def test_diagnostics_of_an_old_text_are_not_published() -> None:
    change = {"textDocument": {"uri": uri("go.mod"), "version": 2}, "contentChanges": [{"text": "module x\n"}]}
    messages = [initialize({}), opened("go.mod"), tell("textDocument/didChange", change)]
    sent = list(map(json.loads, Played(messages, []).outgoing.sent))
    assert [message["params"]["version"] for message in sent if "method" in message] == [2]


def test_a_rule_that_fails_is_reported_by_the_whole_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a rule fails")

    monkeypatch.setattr("wslgo.lsp.diagnostics.judge", fail)
    played = Played([initialize({}), tell("initialized", {}), opened(".wslconfig")], [])
    assert [message["method"] for message in played.asked] == ["window/showMessage"]
    assert not played.shown


def test_a_large_document_is_left_to_the_whole_server() -> None:
    text = "# comment\n" * 50_000
    large = tell(methods.DID_OPEN, {"textDocument": document(text, uri(".wslconfig"))})
    played = Played(
        [initialize({}), tell("initialized", {}), large], [pulled(1, ".wslconfig"), ask(2, "shutdown", None)]
    )
    assert not played.shown, "its job has not run"
    assert set(played.answers) == {"first", 1, 2}


def test_files_beside_are_read_in_the_workspace_alone(tmp_path: Path) -> None:
    (tmp_path / "wsl.conf").write_text("[boot]\nsystemd=true\n")
    params = {**INITIALIZE, "rootUri": tmp_path.as_uri()}
    messages = [
        ask(1, "initialize", params),
        tell(methods.DID_OPEN, {"textDocument": document(OFF, f"{tmp_path.as_uri()}/.wslconfig")}),
    ]
    early, late = Played(messages, []), Played(messages, [], has_opening=False)
    assert early.shown == late.shown != {}


# URIs


@pytest.mark.parametrize(
    "name",
    [
        *(
            "file:///a/b",
            "file:///a%20b/%E5%86%85",
            "file:///C:/x/y",
            "file:///c%3A/x",
            "file://host/share/x",
            "file:///",
        ),
        *(
            "untitled:Untitled-1",
            "http://[",
            "file:///a%00b/.wslconfig",
            "FILE:///a",
            "file:/a/b",
            "file:a",
            "",
            ":",
            "x",
        ),
        *("file:///a#b", "file:///a?b", "file:///a;b", "vscode-remote://wsl%2Bubuntu/home", "file://wsl.localhost/a/b"),
        *("file:///ä/b", "file:///a%2Fb", "file:///a%zz", "file://localhost", "file:////x/y", "git:/a/b?x"),
    ],
)
def test_a_path_is_the_one_of_pygls(name: str) -> None:
    try:
        expected = of_pygls.to_fs_path(name) or name
    except ValueError:
        expected = name
    assert path_of(name) == expected


@pytest.mark.parametrize(
    "path",
    ["/", "/a/b", "/a b/ü#?;%", "/C:/x", "/c:/x y", "//host/share/x", "/home/me/内存/.wslconfig", "/a/b/", "/é:"],
)
def test_a_uri_is_the_one_of_pygls(path: str) -> None:
    assert uri_of(path) == of_pygls.from_fs_path(path)


# The process

WATCHED = """
    import sys

    SLOW = ("pygls", "lsprotocol", "attr", "attrs", "cattrs", "asyncio", "logging", "inspect", "subprocess", "socket")

    class Watch:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name in SLOW:
                print("imports", name, file=sys.stderr, flush=True)

    sys.meta_path.insert(0, Watch)
    from wslgo.lsp.wire.outgoing import Outgoing

    write = Outgoing.write

    def noted(self, data):
        print("sends", len(data), file=sys.stderr, flush=True)
        write(self, data)

    Outgoing.write = noted
    from wslgo.cli import main

    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("client", "name"), [("VS Code", ".wslconfig"), ("Neovim", "go.mod"), ("Neovim", ".vscode/launch.json")]
)
def test_nothing_slow_is_imported_before_the_first_diagnostics(client: str, name: str) -> None:
    with Wire(program=("-c", textwrap.dedent(WATCHED))) as wire:
        wire.write(initialize(CLIENTS[client]))
        wire.answer("first")
        wire.write(tell("initialized", {}) + opened(name))
        if client == "VS Code":
            wire.write(pulled(1, name))
            assert wire.answer(1)["result"]["items"]
        else:
            assert wire.published()["diagnostics"]
        assert wire.ask("shutdown", None, 2)["result"] is None
        wire.tell("exit")
        assert wire.wait() == 0
        log = wire.log().splitlines()
    assert [line.split()[0] for line in log[:3]] == ["sends", "sends", "imports"]


@pytest.mark.slow
@pytest.mark.parametrize("end", ["exit", "shutdown and exit", "hang up"])
@pytest.mark.parametrize("count", range(4))
def test_the_process_ends_whenever_its_client_does(end: str, count: int) -> None:
    with Wire() as wire:
        wire.write(b"".join([initialize(NEOVIM), tell("initialized", {}), opened(".wslconfig")][:count]))
        if end == "hang up":
            assert wire.hang_up() == 1
        elif end == "exit":
            wire.tell("exit")
            assert wire.wait() == 1
        else:
            wire.ask("shutdown")
            wire.tell("exit")
            assert wire.wait() == (0 if count else 1)


@pytest.mark.slow
def test_a_client_that_stops_reading_ends_the_process() -> None:
    with Wire() as wire:
        assert wire.process.stdout is not None
        wire.process.stdout.close()
        wire.write(initialize(NEOVIM))
        assert wire.wait() == 1
        assert "Traceback" not in wire.log()
