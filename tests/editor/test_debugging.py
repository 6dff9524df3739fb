"""Launch configurations in a real VS Code, with a real Delve and Go programs."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from frontdoor import TREE, dev
from workbench import PATIENCE, Workbench, wait_for

MAIN = 'package main\n\nimport "fmt"\n\nfunc main() {\n\twords := "hello"\n\tfmt.Println(words)\n}\n'
TEST = 'package main\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n'
WAITING = 'package main\n\nimport "time"\n\nfunc main() {\n\ttime.Sleep(time.Hour)\n}\n'
LAUNCH = ".vscode/launch.json"
COMMAND = "wslgo: Generate Delve Launch Configurations"


@pytest.fixture(scope="session")
def extensions(extensions: Path, code_server: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with wslgo and an extension that contributes the debugger of the Go extension."""
    source = tmp_path_factory.mktemp("godebug")
    shutil.copytree(TREE / "tests" / "editor" / "godebug", source, dirs_exist_ok=True)
    vsce = dev.node_modules() / "@vscode" / "vsce" / "vsce"
    package = [dev.node() / "bin" / "node", vsce, "package", "--no-dependencies", "--allow-missing-repository"]
    package += ["--skip-license", "--out", source / "godebug.vsix"]
    subprocess.run(package, cwd=source, check=True, timeout=PATIENCE, capture_output=True)
    folder = tmp_path_factory.mktemp("with-godebug")
    shutil.copytree(extensions, folder, dirs_exist_ok=True)
    words = [*code_server, "--user-data-dir", str(source / "data"), "--extensions-dir", str(folder)]
    words += ["--install-extension", str(source / "godebug.vsix")]
    subprocess.run(words, check=True, timeout=PATIENCE, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source") / "hello"
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/hello\n\ngo 1.25\n")
    (folder / "main.go").write_text(MAIN)
    (folder / "main_test.go").write_text(TEST)
    return folder


@pytest.fixture(scope="module")
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "TEST_DLV": str(dev.delve()), "GOPROXY": "off"}


@pytest.fixture
def code(code: Workbench) -> Workbench:
    """Return a window in which the extensions have started."""
    code.open("go.mod")
    expect(code.status("Go Module File")).to_be_visible()  # until then the palette lists no extension command
    return code


@pytest.fixture
def workspace(code: Workbench) -> Path:
    return code.folder


def generated(code: Workbench, workspace: Path) -> str:
    code.command(COMMAND)
    wait_for(lambda: (workspace / LAUNCH).exists() and "wslgo:debug ." in code.on_disk(LAUNCH))
    return code.on_disk(LAUNCH)


def lens(code: Workbench, title: str):
    return code.editor.locator(".codelens-decoration a").filter(has_text=re.compile(f"^{title}$")).first


def stop_in_main(code: Workbench) -> None:
    """Set a breakpoint in the program."""
    code.open("main.go")
    code.go_to("fmt.Println")
    code.page.keyboard.press("F9")
    expect(code.editor.locator(".codicon-debug-breakpoint, .codicon-debug-breakpoint-unverified").first).to_be_visible()


def expect_to_stop(code: Workbench) -> None:
    expect(code.page.locator(".debug-toolbar")).to_be_visible()
    expect(code.page.locator(".debug-call-stack")).to_contain_text("main.main")
    expect(code.page.locator(".debug-call-stack")).to_contain_text("Paused on breakpoint", ignore_case=True)


def test_the_command_writes_both_files_and_reports_the_changes(code, workspace):
    text = generated(code, workspace)
    expect(code.notification("added:").first).to_be_visible()
    code.picture("generate-launch")
    assert "// wslgo:test . #" in text
    assert json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))["version"] == "0.2.0"
    code.notification("added:").get_by_role("button", name="Open launch.json").click()
    expect(code.page.locator('.tab.active[data-resource-name="launch.json"]')).to_be_visible()
    expect(lens(code, "Debug")).to_be_visible()
    code.command(COMMAND)
    expect(code.notification("up to date").first).to_be_visible()
    assert code.on_disk(LAUNCH) == text


def test_an_edited_entry_is_shown_and_replaced_after_confirmation(code, workspace):
    text = generated(code, workspace).replace('"mode": "debug"', '"mode": "debug", "args": ["-v"]', 1)
    (workspace / LAUNCH).write_text(text)
    code.command(COMMAND)
    expect(code.notification("You edited").first).to_be_visible()
    expect(code.page.locator(".monaco-diff-editor").first).to_be_visible()
    code.picture("edited-entry")
    assert code.on_disk(LAUNCH) == text
    code.notification("You edited").get_by_role("button", name="Replace").click()
    wait_for(lambda: '"-v"' not in code.on_disk(LAUNCH))
    expect(code.page.locator(".monaco-diff-editor")).to_have_count(0)


def test_run_and_debug_offers_and_starts_entries_without_a_file(code, workspace):
    stop_in_main(code)
    code.page.keyboard.press("F1")
    widget = code.page.locator(".quick-input-widget")
    widget.locator("input").first.fill(">Debug: Select and Start Debugging")
    widget.locator(".monaco-list-row").filter(has_text="Select and Start Debugging").first.click()
    widget.locator(".monaco-list-row").filter(has_text="Go...").first.click()
    entry = widget.locator(".monaco-list-row").filter(has_text="Debug hello").first
    expect(entry).to_be_visible()
    expect(widget.locator(".monaco-list-row").filter(has_text="Debug hello with")).to_have_count(1)
    code.picture("dynamic-entries")
    entry.click()
    expect_to_stop(code)
    code.picture("dynamic-stopped")
    assert not (workspace / LAUNCH).exists()


def test_the_lenses_explain_an_entry_and_debug_it_up_to_the_breakpoint(code, workspace):
    generated(code, workspace)
    stop_in_main(code)
    code.open(LAUNCH)
    code.go_to('"program"')
    expect(code.hover().first).to_contain_text("Read by")
    code.picture("launch-hover")
    code.page.keyboard.press("Escape")
    lens(code, "Explain").click()
    expect(code.preview().locator("h1").first).to_contain_text("hello")
    expect(code.preview()).to_contain_text("-gcflags")
    code.picture("launch-explained")
    code.open(LAUNCH)
    lens(code, "Debug").click()
    expect_to_stop(code)
    code.picture("lens-stopped")


def test_the_debugger_is_attached_to_a_running_program(code, tmp_path):
    (tmp_path / "go.mod").write_text("module example.com/waiting\n\ngo 1.25\n")
    (tmp_path / "main.go").write_text(WAITING)
    own = {"GOFLAGS": "-buildvcs=false", "GOCACHE": str(dev.CACHE / "go-build")}
    words = ["go", "build", "-gcflags=all=-N -l", "-o", "waiting", "."]
    subprocess.run(words, cwd=tmp_path, env={**os.environ, **own}, check=True, timeout=PATIENCE)
    with subprocess.Popen([tmp_path / "waiting"]) as process:
        code.command("wslgo: Attach to a Running Go Program")
        row = code.page.locator(".quick-input-widget .monaco-list-row").filter(has_text="example.com/waiting").first
        expect(row).to_contain_text("built for debugging")
        code.picture("attach-list")
        row.click()
        expect(code.page.locator(".debug-toolbar")).to_be_visible()
        wait_for(lambda: "TracerPid:\t0\n" not in Path(f"/proc/{process.pid}/status").read_text())
        process.kill()
    expect(code.page.locator(".debug-toolbar")).to_be_hidden()
