"""The main job in a real VS Code, with the packaged extension and the system's Python alone."""

import os
import signal
import sys
from pathlib import Path

import psutil
from playwright.sync_api import expect

from workbench import wait_for, write_json

PYTHON = str(Path(sys.base_prefix, "bin", "python3"))  # one that runs without a PATH


def servers(bundled: Path) -> set[int]:
    """The running servers of the installed extension."""
    start = str(bundled / "start.py")
    return {process.pid for process in psutil.process_iter(["cmdline"]) if start in (process.info["cmdline"] or ())}


def test_mistakes_are_underlined(workbench):
    code = workbench()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.picture("squiggles")


def test_a_quick_fix_is_one_key_away(workbench):
    code = workbench()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.go_to("mirored")
    code.quick_fix("Use mirrored")
    code.wait_for_text(lambda text: "networkingmode=mirrored" in text.casefold())
    code.save()
    assert "networkingmode=mirrored" in code.on_disk(".wslconfig").casefold()


def test_fix_all_mends_what_is_safe(workbench):
    code = workbench()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.command("Fix All")
    code.wait_for_text(lambda text: "memory=8GB" in text and "mirored" not in text)
    expect(code.squiggles("warning")).to_have_count(0)
    expect(code.squiggles("error")).to_have_count(0)
    code.picture("fix-all")
    code.save()
    assert "memory=8GB" in code.on_disk(".wslconfig")


def test_a_hover_says_what_a_key_means(workbench):
    code = workbench()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.go_to("memory=")
    expect(code.hover().first).to_contain_text("memory")
    code.picture("hover")


def test_the_language_status_names_the_python_that_runs(workbench):
    code = workbench()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(code.language_status()).to_contain_text("Python 3.")
    code.picture("status")
    expect(code.language_status()).to_contain_text("Show Health")


def test_a_server_that_was_restarted_or_has_died_comes_back(workbench, bundled):
    code = workbench()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    [first] = servers(bundled)
    code.command("wslgo: Restart Server")
    [second] = wait_for(lambda: servers(bundled) - {first})
    expect(code.squiggles("warning").first).to_be_visible()
    os.kill(second, signal.SIGKILL)
    wait_for(lambda: servers(bundled) - {first, second})
    expect(code.squiggles("warning").first).to_be_visible()
    code.go_to("mirored")
    code.quick_fix("Use mirrored")


def test_a_fix_of_bytes_saves_what_was_typed_and_rewrites_the_file(workbench, workspace):
    code = workbench()
    code.open("go.mod")
    expect(code.squiggles("error").first).to_be_visible()
    code.page.keyboard.press("Control+End")
    code.page.keyboard.type("// typed")
    code.page.keyboard.press("Control+Home")
    code.quick_fix("byte order mark")
    wait_for(lambda: (workspace / "go.mod").read_bytes().startswith(b"module "))
    expect(code.squiggles("error")).to_have_count(0)
    assert "// typed" in code.on_disk("go.mod")


def test_without_a_python_it_says_what_to_do_and_starts_once_that_is_done(workbench, data, tmp_path):
    (tmp_path / "empty").mkdir()
    code = workbench(PATH=str(tmp_path / "empty"))
    code.open(".wslconfig")
    notification = code.notification("sudo apt install python3")
    expect(notification).to_be_visible()
    code.picture("no-python")
    notification.get_by_role("button", name="Open Setting").click()
    expect(code.page.locator(".settings-editor .setting-item-title").first).to_contain_text("Interpreter")
    code.picture("open-setting")
    # The window's server is not the user's desktop, so this is where "Remote" settings go.
    write_json(data / "Machine" / "settings.json", {"wslgo.interpreter": PYTHON})
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(code.language_status()).to_contain_text("Python 3.")


def test_with_an_interpreter_that_does_not_run_it_names_the_setting(workbench, data):
    write_json(data / "Machine" / "settings.json", {"wslgo.interpreter": "/no/such/python"})
    code = workbench()
    code.open(".wslconfig")
    expect(code.notification("wslgo.interpreter is set to /no/such/python, which does not run")).to_be_visible()
    expect(code.language_status()).to_contain_text("no Python 3.10 or newer")


def test_an_untrusted_workspace_is_checked_but_chooses_no_interpreter(workbench, workspace, tmp_path):
    trap = tmp_path / "python"
    trap.write_text(f'#!/bin/sh\ntouch "{tmp_path}/sprung"\n', encoding="utf-8")
    trap.chmod(0o755)
    write_json(workspace / ".vscode" / "settings.json", {"wslgo.interpreter": str(trap)})
    code = workbench(is_trusted=False)
    expect(code.status("Restricted Mode")).to_be_visible()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    assert not (tmp_path / "sprung").exists()
