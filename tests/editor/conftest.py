"""A real VS Code: code-server has the workbench in a browser and the extension host on Linux, as Remote-WSL does.

No test is skipped because a tool is missing: `dev` installs it, or the test fails and says what to install.
"""

import contextlib
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
from rootless import User, let_pass
from workbench import PATIENCE, Workbench, write_json

SAMPLE = TREE / "tests" / "sample"

# No animations, tips or prompts between a test and the editor.
SETTINGS = {
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "workbench.colorTheme": "Default Dark Modern",
    "workbench.reduceMotion": "on",
    "workbench.editor.useModal": "off",
    "workbench.quickOpen.closeOnFocusLost": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.disableAIFeatures": True,
    "extensions.autoCheckUpdates": False,
    "editor.minimap.enabled": False,
    "files.autoSave": "off",
    "git.enabled": False,
}
# As with the pack of a display language: extensions speak it, while the workbench itself stays English.
LANGUAGE = "Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => '%s', set() {} })"
# Root has no sandbox; the other flags keep the browser from making connections of its own.
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
    """Return the command that starts code-server."""
    return [str(dev.node() / "bin" / "node"), str(dev.code_server() / "out" / "node" / "entry.js")]


@pytest.fixture(scope="session")
def extensions(code_server: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the extensions folder of a clean VS Code into which the packaged extension was installed."""
    folder = tmp_path_factory.mktemp("extensions")
    data = tmp_path_factory.mktemp("data")
    words = [*code_server, "--user-data-dir", str(data), "--extensions-dir", str(folder)]
    words += ["--install-extension", str(dev.vsix())]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout + done.stderr
    # A server that cannot start fails here, once, and not after a timeout of a minute in each test.
    [start] = folder.glob("wslgo.wslgo-*/bundled/start.py")
    greeting = greet(["python3", "-I", start], folder)
    assert greeting.returncode == 0, greeting.stderr.decode()
    return folder


@pytest.fixture(scope="session")
def bundled(extensions: Path) -> Path:
    """Return the bundled part of the installed extension: `start.py`, the server and its libraries."""
    return next(extensions.glob("wslgo.wslgo-*")) / "bundled"


# Not for the session: Playwright keeps an event loop running in this thread, which tests of other modules need too.
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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the data folder of a user who has started VS Code once."""
    return _data(tmp_path)


def _data(parent: Path) -> Path:
    write_json(parent / "data" / "User" / "settings.json", SETTINGS)
    return parent / "data"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a copy of the sample workspace."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "sample"))


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for screenshots."""
    folder = Path(os.environ.get("WSLGO_SCREENSHOTS") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def workbench(
    browser: Browser,
    code_server: list[str],
    extensions: Path,
    data: Path,
    workspace: Path,
    pictures: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., Workbench]]:
    """Open the sample workspace in a window of its own; the last screen is always kept as a picture."""
    opened: list[Workbench] = []
    with contextlib.ExitStack() as stack:

        def open_workbench(
            *, is_trusted: bool = True, language: str = "", user: User | None = None, **environment: str
        ) -> Workbench:
            words = [*code_server, "--extensions-dir", str(extensions)]
            words += ["--disable-workspace-trust"] if is_trusted else []
            address = stack.enter_context(_serving(words, data, user, environment))
            opened.append(_opened(browser, address, workspace, pictures, language))
            return opened[-1]

        yield open_workbench
        for workbench in opened:
            workbench.picture(f"{request.node.name}-end")
            workbench.page.close()


@pytest.fixture(scope="module")
def sample() -> Path:
    """Return the files that each window of a module starts with."""
    return SAMPLE


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment variables of the server of a module, without a go env file."""
    return {"GOENV": str(tmp_path_factory.mktemp("config") / "go" / "env")}


@pytest.fixture(scope="module")
def user() -> User | None:
    """Return the user of the server of a module; None is the one that runs the tests."""
    return None


@pytest.fixture(scope="module")
def server(
    code_server: list[str],
    extensions: Path,
    environment: dict[str, str],
    user: User | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Path]]:
    """Run a server for the tests of a module, which has compiled its code once; yield its address and data folder."""
    folder = tmp_path_factory.mktemp("server")
    if user is not None:
        let_pass(folder)
        let_pass(extensions)
    words = [*code_server, "--extensions-dir", str(extensions), "--disable-workspace-trust"]
    data = _data(folder)
    with _serving(words, data, user, environment) as address:
        yield address, data


@pytest.fixture(scope="module")
def window(
    browser: Browser,
    server: tuple[str, Path],
    sample: Path,
    pictures: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Workbench]:
    """Yield the window of a module whose tests change no file that another one has open."""
    copy = Path(shutil.copytree(sample, tmp_path_factory.mktemp("window") / sample.name))
    workbench = _opened(browser, server[0], copy, pictures)
    yield workbench
    workbench.page.close()


@pytest.fixture
def code(
    browser: Browser,
    server: tuple[str, Path],
    sample: Path,
    pictures: Path,
    user: User | None,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Workbench]:
    """Yield a window on files of its own: restored below an open window, files can come back into its editors late."""
    address, data = server
    _data(data.parent)  # without what another test has set
    folder = tmp_path_factory.mktemp("window")
    if user is not None:
        let_pass(folder)
    copy = Path(shutil.copytree(sample, folder / sample.name))
    workbench = _opened(browser, address, copy, pictures)
    yield workbench
    workbench.picture(f"{request.node.name}-end")
    workbench.page.close()


def _opened(browser: Browser, address: str, folder: Path, pictures: Path, language: str = "") -> Workbench:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    if language:
        page.add_init_script(LANGUAGE % language)
    page.goto(f"{address}/?folder={folder}")
    workbench = Workbench(page, folder, pictures)
    workbench.wait_until_ready()
    return workbench


@contextlib.contextmanager
def _serving(words: list[str], data: Path, user: User | None, environment: dict[str, str]) -> Iterator[str]:
    """Run code-server and yield its address."""
    port = _free_port()
    words = [*words, "--user-data-dir", str(data), "--auth", "none", "--bind-addr", f"127.0.0.1:{port}"]
    words += ["--disable-telemetry", "--disable-update-check"]
    # VSCODE_CLI: take this environment, do not ask a login shell for another.
    env = os.environ | {"VSCODE_CLI": "1"} | environment
    if user is not None:
        for path in (data, *data.rglob("*")):
            os.chown(path, user.id, user.id)
        words, env = user.words(words), env | user.environment
    log = data.parent / "code-server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(words, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz", process, log)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE)


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
