"""Diagnostics, fixes and snippets in a real VS Code, with the packaged extension and only the system's Python."""

import json
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from workbench import wait_for, write_json

PYTHON = str(Path(sys.base_prefix, "bin", "python3"))  # works without a PATH


def servers(bundled: Path) -> set[int]:
    """Return the running servers of the installed extension."""
    start = str(bundled / "start.py")
    return {process.pid for process in psutil.process_iter(["cmdline"]) if start in (process.info["cmdline"] or ())}


def test_mistakes_are_underlined(code):
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.picture("squiggles")


def test_a_quick_fix_is_one_key_away(code):
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.go_to("mirored")
    code.quick_fix("Change to mirrored")
    code.wait_for_text(lambda text: "networkingmode=mirrored" in text.casefold())
    code.save()
    assert "networkingmode=mirrored" in code.on_disk(".wslconfig").casefold()


def test_fix_all_applies_the_safe_fixes(code):
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.command("Fix All")
    code.wait_for_text(lambda text: "memory=8GB" in text and "mirored" not in text)
    expect(code.squiggles("warning")).to_have_count(0)
    expect(code.squiggles("error")).to_have_count(0)
    code.picture("fix-all")
    code.save()
    assert "memory=8GB" in code.on_disk(".wslconfig")


def test_a_hover_explains_a_key(code):
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.go_to("memory=")
    expect(code.hover().first).to_contain_text("memory")
    code.picture("hover")


def test_the_language_status_names_the_python_that_runs(code):
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(code.language_status()).to_contain_text("Python 3.")
    code.picture("status")
    expect(code.language_status()).to_contain_text("Show Health")


def test_a_server_that_was_restarted_or_killed_comes_back(code, bundled):
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
    code.quick_fix("Change to mirrored")


def test_a_fix_of_bytes_saves_what_was_typed_and_rewrites_the_file(code):
    code.open("go.mod")
    expect(code.squiggles("error").first).to_be_visible()
    code.page.keyboard.press("Control+End")
    code.page.keyboard.type("// typed")
    code.page.keyboard.press("Control+Home")
    code.quick_fix("byte order mark")
    wait_for(lambda: (code.folder / "go.mod").read_bytes().startswith(b"module "))
    expect(code.squiggles("error")).to_have_count(0)
    assert "// typed" in code.on_disk("go.mod")


def test_without_a_usable_python_an_error_says_what_to_do_and_the_server_starts_after_that(workbench, data, tmp_path):
    (tmp_path / "empty").mkdir()
    code = workbench(PATH=str(tmp_path / "empty"))
    code.open(".wslconfig")
    notification = code.notification("sudo apt install python3")
    expect(notification).to_be_visible()
    code.picture("no-python")
    notification.get_by_role("button", name="Open Setting").click()
    expect(code.page.locator(".settings-editor .setting-item-title").first).to_contain_text("Interpreter")
    code.picture("open-setting")
    # The window is remote, so its machine settings are the remote ones.
    write_json(data / "Machine" / "settings.json", {"wslgo.interpreter": "/no/such/python"})
    expect(code.notification("wslgo.interpreter is set to /no/such/python, which does not run")).to_be_visible()
    code.open(".wslconfig")
    expect(code.language_status()).to_contain_text("no Python 3.10 or newer")
    write_json(data / "Machine" / "settings.json", {"wslgo.interpreter": PYTHON})
    expect(code.squiggles("warning").first).to_be_visible()
    expect(code.language_status()).to_contain_text("Python 3.")


# Ignoring a rule


def ignore(code, word, place):
    """Choose where to ignore the rule of the finding at a word."""
    code.go_to(word)
    code.action("Ignore wslconfig/")
    list_of_places = code.page.locator(".quick-input-widget")
    expect(list_of_places.locator(".monaco-list-row")).to_have_count(5)
    code.picture("ignore")
    list_of_places.locator(".monaco-list-row").filter(has_text=place).click()


def test_a_rule_is_ignored_where_the_user_chooses(code):
    settings = code.folder / ".vscode" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text('{\n  // ours\n  "files.eol": "\\n"\n}\n', encoding="utf-8")
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    ignore(code, "8gb", "This line")
    code.wait_for_text(lambda text: "# wslgo: ignore[wslconfig/invalid-size]\nmemory=8gb" in text)
    before = code.squiggles("warning").count()
    ignore(code, "mirored", "Workspace settings")
    wait_for(lambda: "wslconfig/invalid-choice" in settings.read_text(encoding="utf-8"))
    assert "// ours" in settings.read_text(encoding="utf-8")
    wait_for(lambda: code.squiggles("warning").count() < before)
    before = code.squiggles("warning").count()
    ignore(code, "yes", "Team file")
    wait_for((code.folder / "wslgo.yaml").exists)
    wait_for(lambda: "wslconfig/invalid-boolean" in code.on_disk("wslgo.yaml"))
    wait_for(lambda: code.squiggles("warning").count() < before)
    code.save()


# Snippets


def insert(code, prefix):
    """Type a prefix and accept the first suggestion."""
    code.page.keyboard.type(prefix)
    code.page.keyboard.press("Control+Space")
    proposed = code.page.locator(".suggest-widget.visible .monaco-list-row.focused")
    expect(proposed).to_contain_text(prefix)
    code.page.keyboard.press("Enter")
    code.page.keyboard.press("Escape")


def test_an_entry_is_inserted_with_the_variables_of_the_debugger_intact(code):
    path = code.folder / ".vscode" / "launch.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text('{"version": "0.2.0", "configurations": [\n]}\n', encoding="utf-8")
    code.open(".vscode/launch.json")
    code.go_to("]")
    insert(code, "wslgo-cuda-coredump")
    code.wait_for_text(lambda text: "CUDA_COREDUMP_FILE" in text)
    code.picture("snippet")
    code.save()
    [entry] = json.loads(code.on_disk(".vscode/launch.json"))["configurations"]
    assert entry["program"] == "${workspaceFolder}/cmd/train"
    assert entry["env"]["CUDA_ENABLE_LIGHTWEIGHT_COREDUMP"] == "0"


def test_a_section_is_inserted_into_a_file_of_wsl(code):
    (code.folder / "wsl.conf").write_text("\n", encoding="utf-8")
    code.open("wsl.conf")
    insert(code, "wslgo-resolv")
    code.wait_for_text(lambda text: "generateResolvConf=false" in text)
    code.save()
    wait_for(lambda: code.on_disk("wsl.conf").startswith("[network]\ngenerateResolvConf=false\n"))


@pytest.mark.parametrize(
    "settings", ['{"wslgo.check.ignore": [""]}\n', '{"wslgo.check.severity": {"": "hint"}}\n'], ids=["values", "names"]
)
def test_settings_complete_the_ids_of_rules(code, settings):
    file = code.folder / ".vscode" / "settings.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(settings, encoding="utf-8")
    code.open(".vscode/settings.json")
    code.go_to('""')
    code.page.keyboard.press("ArrowRight")
    code.page.keyboard.type("unknown-k")
    code.page.keyboard.press("Control+Space")
    proposed = code.page.locator(".suggest-widget.visible .monaco-list-row").filter(has_text="wslconfig/unknown-key")
    expect(proposed.first).to_be_visible()
    code.picture("settings-complete")
    code.page.keyboard.press("Escape")
