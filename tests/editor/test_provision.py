"""Provisioning in a real VS Code on a replayed WSL machine, where it runs as an ordinary user with a real sudo."""

import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

import rootless
import smallgo
from replayedwsl import PASSWORD, PATH, Wsl
from workbench import Workbench, write_json

COMMAND = "wslgo: Provision Go on WSL2"
BEGIN = "# >>> wslgo: Go in PATH >>>"

pytestmark = pytest.mark.skipif(not rootless.is_possible(), reason="needs root to become another user")

_DROP = 0.2  # seconds between two bytes


class Source(ThreadingHTTPServer):
    """A server with a toolchain, whose archive arrives byte by byte until `flows` is set."""

    def __init__(self, folder: Path) -> None:
        data, name = smallgo.tarball(), f"{smallgo.NAME}.linux-amd64.tar.gz"
        (folder / name).write_bytes(data)
        (folder / f"{name}.sha256").write_text(smallgo.sha256(data))
        self.flows = threading.Event()
        super().__init__(("127.0.0.1", 0), functools.partial(_Dripping, directory=str(folder)))

    def handle_error(self, *_arguments: object) -> None:
        """Ignore that a cancelled client closes the connection."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Dripping(SimpleHTTPRequestHandler):
    server: Source

    def copyfile(self, source, outputfile) -> None:
        while self.path.endswith(".gz") and not self.server.flows.wait(_DROP):
            outputfile.write(source.read(1))
        outputfile.write(source.read())

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Source]:
    (tmp_path / "source").mkdir()
    with Source(tmp_path / "source") as source:
        threading.Thread(target=source.serve_forever, daemon=True).start()
        yield source
        source.flows.set()
        source.shutdown()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "hello"
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/hello\n\ngo 1.25\n")
    return folder


@pytest.fixture
def wsl(tmp_path: Path, data: Path, extensions: Path, source: Source) -> Wsl:
    """Return the machine, with the source of Go in the user's settings."""
    wsl = Wsl(tmp_path)
    chosen = {"interpreter": str(wsl.python), "provision.go": "1.99.3", "provision.sources": [source.url]}
    shown = {"terminal.integrated.gpuAcceleration": "off"}  # text that the tests can read
    own = {f"wslgo.{name}": value for name, value in chosen.items()}
    settings = json.loads((data / "User" / "settings.json").read_text(encoding="utf-8"))
    write_json(data / "User" / "settings.json", settings | own | shown)
    write_json(data / "Machine" / "settings.json", own)
    rootless.let_pass(extensions)
    return wsl


@pytest.fixture
def code(workbench, wsl: Wsl) -> Workbench:
    code = workbench(user=wsl, PATH=PATH, GOPROXY="off")
    code.open("go.mod")
    return code


def dialog(code: Workbench):
    return code.page.locator(".monaco-dialog-box")


def answer(code: Workbench, question: str, button: str) -> None:
    expect(dialog(code)).to_contain_text(question)
    dialog(code).get_by_role("button", name=button).click()
    expect(dialog(code)).to_have_count(0)


def give_password(code: Workbench, number: int) -> None:
    """Type the password into the terminal of the command with this number, where sudo asks for it."""
    expect(code.page.locator(".single-terminal-tab")).to_contain_text(f"wslgo as root ({number})")
    rows = code.page.locator(".terminal-wrapper.active .xterm-rows")
    expect(rows).to_contain_text("wslgo runs this as root")
    expect(rows).to_contain_text("[wslgo] sudo password for nobody:")
    code.page.keyboard.type(f"{PASSWORD}\n")


def test_the_plan_is_shown_confirmed_applied_and_undone(code: Workbench, wsl: Wsl, source: Source) -> None:
    source.flows.set()
    before = wsl.snapshot()
    code.command(COMMAND)
    code.read_page("Nothing has been changed yet")
    expect(dialog(code)).to_contain_text("change /etc/wsl.conf")
    expect(dialog(code)).to_contain_text("sudo runs one fixed command in a terminal")
    code.picture("provision-question")
    answer(code, "Apply this plan?", "Show Plan")
    code.read_page("Changes as root", "+systemd=true")
    code.picture("provision-plan")
    assert wsl.snapshot() == before
    code.notification("Apply this plan?").get_by_role("button", name="Apply").click()
    give_password(code, 1)
    end = code.notification("Done: ").first
    expect(end).to_contain_text("wsl --shutdown (it stops all distributions: Ubuntu-24.04")
    code.read_page("Changes made")
    code.picture("provision-done")
    assert wsl.wslconf.read_text(encoding="utf-8") == "[boot]\nsystemd=true\n"
    assert wsl.wslconf.stat().st_uid == 0
    assert wsl.wslconfig.read_text(encoding="utf-8") == "[wsl2]\nnetworkingMode=mirrored\n"
    assert BEGIN in wsl.bashrc.read_text(encoding="utf-8")
    assert (wsl.home / "sdk/go/VERSION").read_text(encoding="utf-8").startswith(smallgo.NAME)
    end.get_by_role("button", name="Undo").click()
    code.read_page("Changes as root")
    code.picture("provision-undo")
    answer(code, "Undo run", "Undo")
    give_password(code, 2)
    expect(code.notification("was undone").first).to_be_visible()
    code.read_page("Changes undone")
    code.picture("provision-undone")
    assert wsl.snapshot() == before


def test_a_cancelled_run_is_resumed_and_undone_by_its_command(code: Workbench, wsl: Wsl, source: Source) -> None:
    before = wsl.snapshot()
    code.command(COMMAND)
    code.read_page("Nothing has been changed yet")
    answer(code, "Apply this plan?", "Apply")
    code.picture("provision-password")
    give_password(code, 1)
    progress = code.notification("Provisioning Go on WSL2").first
    expect(progress).to_contain_text("download")
    code.picture("provision-progress")
    progress.get_by_role("button", name="Cancel").click()
    expect(code.notification("Stopped").first).to_be_visible()
    code.read_page("Cancelled")  # it takes the focus
    assert not (wsl.home / "sdk").exists() or not any((wsl.home / "sdk").iterdir())
    source.flows.set()
    code.command(COMMAND)
    expect(dialog(code)).to_contain_text("was not finished")
    code.read_page("Steps: 3")
    code.picture("provision-unfinished")
    answer(code, "was not finished", "Resume")
    expect(code.notification("Done: ").first).to_be_visible()
    code.read_page("✓ Install Go")
    assert (wsl.home / "sdk/go/VERSION").read_text(encoding="utf-8").startswith(smallgo.NAME)
    code.command("wslgo: Undo Last Provisioning Run")
    code.read_page("Changes as root")
    answer(code, "Undo run", "Undo")
    give_password(code, 2)
    expect(code.notification("was undone").first).to_be_visible()
    assert wsl.snapshot() == before


def test_an_untrusted_workspace_cannot_provision(workbench, wsl: Wsl) -> None:
    before = wsl.snapshot()
    code = workbench(is_trusted=False, user=wsl, PATH=PATH)
    expect(code.status("Restricted Mode")).to_be_visible()
    code.open("go.mod")
    code.command(COMMAND)
    expect(code.notification("only from a trusted workspace").first).to_be_visible()
    expect(dialog(code)).to_have_count(0)
    assert wsl.snapshot() == before
