"""Snippets in a real VS Code: found by their prefix where they belong, and inserted as the tests expand them."""

import json

from playwright.sync_api import expect


def insert(code, prefix):
    """Types a prefix at the cursor and takes what VS Code then proposes first."""
    code.page.keyboard.type(prefix)
    code.page.keyboard.press("Control+Space")
    proposed = code.page.locator(".suggest-widget.visible .monaco-list-row.focused")
    expect(proposed).to_contain_text(prefix)
    code.page.keyboard.press("Enter")
    code.page.keyboard.press("Escape")


def test_an_entry_is_inserted_with_the_variables_of_the_debugger_intact(workbench, workspace):
    path = workspace / ".vscode" / "launch.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text('{"version": "0.2.0", "configurations": [\n]}\n', encoding="utf-8")
    code = workbench()
    code.open(".vscode/launch.json")
    code.go_to("]")
    insert(code, "wslgo-cuda-coredump")
    code.wait_for_text(lambda text: "CUDA_COREDUMP_FILE" in text)
    code.picture("snippet")
    code.save()
    [entry] = json.loads(code.on_disk(".vscode/launch.json"))["configurations"]
    assert entry["program"] == "${workspaceFolder}/cmd/train"
    assert entry["env"]["CUDA_ENABLE_LIGHTWEIGHT_COREDUMP"] == "0"


def test_a_section_is_inserted_into_a_file_of_wsl(workbench, workspace):
    (workspace / "wsl.conf").write_text("\n", encoding="utf-8")
    code = workbench()
    code.open("wsl.conf")
    insert(code, "wslgo-resolv")
    code.wait_for_text(lambda text: "generateResolvConf=false" in text)
    code.save()
    assert code.on_disk("wsl.conf").startswith("[network]\ngenerateResolvConf=false\n")
