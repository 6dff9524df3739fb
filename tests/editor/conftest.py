"""A real VS Code: code-server has the workbench in a browser and the extension host on Linux, as Remote-WSL does.

Nothing here is skipped for want of a tool: `dev` fetches what is missing, or the test fails and says what to install.
"""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from frontdoor import TREE, dev, greet
from rootless import User
from workbench import PATIENCE, Workbench, write_json

# Nothing that fades, pops up or asks between a test and the editor.
SETTINGS = {
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "workbench.colorTheme": "Default Dark Modern",
    "workbench.reduceMotion": "on",
    "workbench.editor.useModal": "off",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.disableAIFeatures": True,
    "extensions.autoCheckUpdates": False,
    "editor.minimap.enabled": False,
    "files.autoSave": "off",
    "git.enabled": False,
}
# As with the pack of a display language: extensions speak it, while the workbench itself stays English.
LANGUAGE = "Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => '%s', set() {} })"
# Root has no sandbox; the rest keeps the browser from starting talks of its own.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def code_server() -> list[str]:
    """The words that start code-server."""
    return [str(dev.node() / "bin" / "node"), str(dev.code_server() / "out" / "node" / "entry.js")]


@pytest.fixture(scope="session")
def extensions(code_server: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extensions folder of a clean VS Code into which the packaged extension was installed."""
    folder = tmp_path_factory.mktemp("extensions")
    data = tmp_path_factory.mktemp("data")
    words = [*code_server, "--user-data-dir", str(data), "--extensions-dir", str(folder)]
    words += ["--install-extension", str(dev.vsix())]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout + done.stderr
    # A server that cannot even start fails here, once, and not after a minute's patience in each test.
    [start] = folder.glob("wslgo.wslgo-*/bundled/start.py")
    greeting = greet(["python3", "-I", start], folder)
    assert greeting.returncode == 0, greeting.stderr.decode()
    return folder


@pytest.fixture(scope="session")
def bundled(extensions: Path) -> Path:
    """What the installed extension brought along: `start.py`, the server and its libraries."""
    return next(extensions.glob("wslgo.wslgo-*")) / "bundled"


# Not for the session: Playwright keeps an event loop running in this thread, which the tests of other modules want too.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    dev.debian_packages()
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


Serve = Callable[..., str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of a user who has started VS Code once."""
    folder = tmp_path / "data"
    write_json(folder / "User" / "settings.json", SETTINGS)
    return folder


@pytest.fixture
def serve(code_server: list[str], extensions: Path, data: Path, tmp_path: Path) -> Iterator[Serve]:
    """Starts code-server and returns its address; words add to its flags and its environment."""
    running: list[subprocess.Popen[bytes]] = []
    log = tmp_path / "code-server.log"

    def start(*flags: str, user: User | None = None, **environment: str) -> str:
        port = _free_port()
        words = [*code_server, "--user-data-dir", str(data), "--extensions-dir", str(extensions)]
        words += ["--auth", "none", "--bind-addr", f"127.0.0.1:{port}", "--disable-telemetry", "--disable-update-check"]
        # VSCODE_CLI: take this environment, do not ask a login shell for another.
        env = os.environ | {"VSCODE_CLI": "1"} | environment
        words += flags
        if user is not None:
            words, env = user.words(words), env | user.environment
        with log.open("wb") as output:
            running.append(subprocess.Popen(words, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output))
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz", running[-1], log)
        return address

    yield start
    for process in running:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the sample workspace."""
    return Path(shutil.copytree(TREE / "tests" / "sample", tmp_path / "sample"))


@pytest.fixture
def workbench(
    browser: Browser, serve: Serve, workspace: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Workbench]]:
    """Opens the sample workspace in VS Code; whatever happens, the last screen is kept as a picture."""
    pictures = Path(os.environ.get("WSLGO_SCREENSHOTS") or tmp_path)
    pictures.mkdir(parents=True, exist_ok=True)
    opened: list[Workbench] = []

    def open_workbench(*, is_trusted: bool = True, language: str = "", **environment: str) -> Workbench:
        address = serve(*(["--disable-workspace-trust"] if is_trusted else []), **environment)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        if language:
            page.add_init_script(LANGUAGE % language)
        page.goto(f"{address}/?folder={workspace}")
        opened.append(Workbench(page, workspace, pictures))
        opened[-1].wait_until_ready()
        return opened[-1]

    yield open_workbench
    for workbench in opened:
        workbench.picture(f"{request.node.name}-end")
        workbench.page.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):  # noqa: S310 a loopback address of our own
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"code-server did not come up:\n{log.read_text(encoding='utf-8')}")
