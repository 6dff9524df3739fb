"""Large documents: other requests are answered, unneeded checks stop, and the server ends with its client."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from conversation import NEOVIM, VSCODE, Editor
from wire import URI, Wire, request
from wslgo.ide.code_action import ActionContext, actions
from wslgo.linter.check import MOST, check
from wslgo.linter.settings import Settings
from wslgo.lsp.session.document import LARGE
from wslgo.syntax.family import by_name
from wslgo.syntax.file import read
from wslgo.text.source import Source
from wslgo.text.span import Span

pytestmark = pytest.mark.slow

CANCELLED = -32800
SMALL_URI = "file:///etc/wsl.conf"
OFF = "[wsl2]\nguiApplications=off\n"
LARGE_TEXT = "# remark\n" * (LARGE // 9 + 1) + OFF
DIAGNOSTIC = "textDocument/diagnostic"


def about(uri: str = URI) -> dict:
    return {"textDocument": {"uri": uri}}


def at(uri: str = URI) -> dict:
    return {**about(uri), "position": {"line": 1, "character": 3}}


def codes(items: list) -> list[str]:
    return [diagnostic["code"] for diagnostic in items]


def run_jobs(editor: Editor) -> None:
    """Run all jobs of the server, and those that they start."""
    editor.settle()
    while editor.jobs:
        editor.settle()


# Others are answered


def test_a_large_document_is_checked_in_a_job_and_requests_about_it_wait(vscode: Editor) -> None:
    vscode.open(URI, LARGE_TEXT)
    vscode.open(SMALL_URI, "[boot]\nsystemd=maybe\n")
    question = vscode.request(DIAGNOSTIC, about())
    vscode.post(question)
    assert not vscode.has_answer(question)
    assert codes(vscode.diagnostics(SMALL_URI)) == ["wslconf/invalid-boolean"]
    run_jobs(vscode)
    assert codes(vscode.answer(question)["result"]["items"]) == ["wslconfig/invalid-boolean"]


def test_a_large_document_affects_others_as_soon_as_it_is_checked(editor: Editor) -> None:
    editor.settle()
    editor.open(SMALL_URI, "[network]\ngenerateResolvConf=false\n")
    editor.open(URI, "# remark\n" * (LARGE // 9 + 1) + "[wsl2]\ndnsTunneling=true\n")
    editor.post(editor.request(DIAGNOSTIC, about()))
    assert editor.diagnostics(SMALL_URI) == [], "answered without it"
    editor.settle()
    assert codes(editor.diagnostics(SMALL_URI)) == ["wslconf/own-resolv-conf-with-tunneling"]


def test_all_requests_about_it_are_answered(vscode: Editor) -> None:
    vscode.open(URI, LARGE_TEXT)
    questions = [
        vscode.request(method, params)
        for method, params in (
            (DIAGNOSTIC, about()),
            ("textDocument/hover", at()),
            ("textDocument/documentSymbol", about()),
            ("textDocument/completion", at()),
        )
    ]
    vscode.post(*questions)
    run_jobs(vscode)
    assert all("result" in vscode.answer(question) for question in questions)


def test_after_the_check_no_request_waits(vscode: Editor) -> None:
    vscode.open(URI, LARGE_TEXT)
    vscode.post(vscode.request(DIAGNOSTIC, about()))
    run_jobs(vscode)
    assert codes(vscode.diagnostics(URI)) == ["wslconfig/invalid-boolean"]
    assert not vscode.jobs


def test_an_ordinary_document_is_answered_at_once(editor: Editor) -> None:
    editor.settle()
    editor.open(URI, "# remark\n" * 5_000 + OFF)
    assert codes(editor.diagnostics(URI)) == ["wslconfig/invalid-boolean"]
    assert not editor.jobs


def test_a_large_document_is_pushed_once_it_is_checked(neovim: Editor) -> None:
    neovim.open(URI, LARGE_TEXT)
    assert URI not in [report["uri"] for report in neovim.of("textDocument/publishDiagnostics")]
    run_jobs(neovim)
    assert codes(neovim.diagnostics(URI)) == ["wslconfig/invalid-boolean"]


# What is not wanted any more stops


def test_only_the_newest_version_is_pushed(neovim: Editor) -> None:
    neovim.settle()
    neovim.open(URI, LARGE_TEXT)
    neovim.change(URI, 2, LARGE_TEXT.replace("off", "false"))
    run_jobs(neovim)
    pushed = [report for report in neovim.of("textDocument/publishDiagnostics") if report["uri"] == URI]
    assert [(report["version"], report["diagnostics"]) for report in pushed] == [(2, [])]


def test_a_request_about_an_old_text_is_answered_for_the_new_one(vscode: Editor) -> None:
    vscode.open(URI, LARGE_TEXT)
    question = vscode.request(DIAGNOSTIC, about())
    vscode.post(question)
    vscode.change(URI, 2, LARGE_TEXT.replace("off", "false"))
    run_jobs(vscode)
    assert vscode.answer(question)["result"]["items"] == []


def test_a_cancelled_request_is_answered_at_once_and_its_check_stops(vscode: Editor) -> None:
    vscode.settle()
    vscode.open(URI, LARGE_TEXT)
    question = vscode.request(DIAGNOSTIC, about())
    vscode.post(question)
    vscode.tell("$/cancelRequest", {"id": question["id"]})
    assert vscode.answer(question)["error"]["code"] == CANCELLED
    run_jobs(vscode)
    assert vscode.server.reports.takes_long(vscode.server.session.documents.get(URI), vscode.server.session), (
        "not checked"
    )


def test_a_check_that_another_request_needs_is_not_stopped(vscode: Editor) -> None:
    vscode.open(URI, LARGE_TEXT)
    first, second = vscode.request(DIAGNOSTIC, about()), vscode.request("textDocument/hover", at())
    vscode.post(first, second)
    vscode.tell("$/cancelRequest", {"id": first["id"]})
    run_jobs(vscode)
    assert "result" in vscode.answer(second)


def test_a_request_about_a_closed_document_has_an_empty_answer(vscode: Editor) -> None:
    vscode.open(URI, LARGE_TEXT)
    question = vscode.request(DIAGNOSTIC, about())
    vscode.post(question)
    vscode.tell("textDocument/didClose", about())
    run_jobs(vscode)
    assert vscode.answer(question)["result"]["items"] == []


def test_shutdown_answers_waiting_requests(vscode: Editor) -> None:
    vscode.open(URI, LARGE_TEXT)
    question = vscode.request(DIAGNOSTIC, about())
    vscode.post(question)
    vscode.ask("shutdown", None)
    assert vscode.answer(question)["error"]["code"] == CANCELLED


# Limits


@pytest.mark.parametrize("capabilities", [VSCODE, NEOVIM], ids=["vscode", "neovim"])
def test_a_document_of_ten_megabytes_is_answered_without_being_read(capabilities: dict, tmp_path: Path) -> None:
    editor = Editor(capabilities, tmp_path)
    editor.settle()
    names = (".wslconfig", "wsl.conf", ".bashrc", ".config/fish/config.fish", ".vscode/launch.json")
    for number, name in enumerate(names):
        uri = editor.open(f"file:///mnt/c/{number}/{name}", "a=b\n" * (2_500_000 if number == 0 else 300_000), "")
        assert codes(editor.diagnostics(uri)) == ["file/too-large"]
        titles = [action["title"] for action in editor.actions(uri, 0, 0)]
        assert [title for title in titles if "Ignore" not in title] == []
        assert len(str(editor.hover(uri, 0, 0))) < 2_000
        editor.ask("textDocument/documentSymbol", about(uri))
    assert not editor.jobs


def test_of_ten_thousand_findings_five_hundred_are_sent(vscode: Editor) -> None:
    vscode.open(URI, "; remark\n" * 5_000)
    assert len(vscode.diagnostics(URI)) == MOST + 1


def test_the_work_for_actions_grows_with_the_findings_and_no_faster() -> None:
    assert steps_of_actions(4_000) < 6 * steps_of_actions(1_000)


def steps_of_actions(lines: int) -> int:
    """How many findings are looked at for all actions of one place."""
    steps = 0

    def counted() -> bool:
        nonlocal steps
        steps += 1
        return False

    family = by_name("wslconfig")
    assert family is not None
    file = read(".wslconfig", family, Source("; remark\n" * lines))
    subject = ActionContext(file, tuple(check(file)), Settings(), (), is_cancelled=counted)
    found = list(actions(subject, Span(30, 30), None, is_invoked=True))
    assert any(action.title.render().startswith("Fix all") for action in found)
    return steps


def test_fix_all_of_a_large_file_fixes_all(vscode: Editor) -> None:
    vscode.settle()
    vscode.open(URI, "; remark\n" * 5_000)
    vscode.diagnostics(URI)
    params = {
        **about(),
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
        "context": {"diagnostics": [], "only": ["source.fixAll"], "triggerKind": 1},
    }
    question = vscode.request("textDocument/codeAction", params)
    vscode.post(question)
    run_jobs(vscode)
    [action] = vscode.answer(question)["result"]
    [edit] = action["edit"]["documentChanges"][0]["edits"]
    assert edit["newText"].count("#") >= 4_999
    assert len(action["diagnostics"]) == MOST


# The end


BUSY = """
    import sys, time
    from wslgo.lsp import server as made
    from wslgo.lsp.opening import Opening
    from wslgo.lsp.wire import incoming, outgoing, parent, stdio
    parent.GRACE = 0.1
    ls = made.create_server()

    @ls.command("wslgo.busy")
    def busy(ls, *arguments):
        print("busy", file=sys.stderr, flush=True)
        while True:
            pass

    sys.exit(stdio.serve(ls, Opening(incoming.Incoming(0), outgoing.take_standard_output())))
"""


def test_a_busy_server_ends_when_its_client_hangs_up() -> None:
    wire = Wire(program=("-c", textwrap.dedent(BUSY)))
    with wire.initialize():
        wire.write(request("workspace/executeCommand", {"command": "wslgo.busy"}))
        assert wire.process.stderr is not None
        while b"busy" not in wire.process.stderr.readline():
            pass
        assert wire.hang_up() == 1


def test_a_busy_server_ends_when_the_process_of_its_client_ends(tmp_path: Path) -> None:
    editor = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    wire = Wire(program=("-c", textwrap.dedent(BUSY)))
    with wire:
        wire.ask("initialize", {"processId": editor.pid, "rootUri": None, "capabilities": {}}, "first")
        wire.tell("initialized", {})
        wire.write(request("workspace/executeCommand", {"command": "wslgo.busy"}))
        editor.send_signal(signal.SIGKILL)
        editor.wait()
        assert wire.wait() == 1, "though its standard input is still open"


def test_a_missing_client_process_does_not_end_the_server() -> None:
    with Wire() as wire:
        wire.ask("initialize", {"processId": 2**22 + 5, "rootUri": None, "capabilities": {}}, "first")
        wire.tell("initialized", {})
        assert wire.is_alive()
        assert wire.end() == 0
