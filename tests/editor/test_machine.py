"""What the extension makes of the machine: its files, its health, its terminals, in both languages."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from workbench import Workbench, wait_for, write_json

BROKEN = "GOPROXY=direct,https://goproxy.cn\n"


@pytest.fixture
def goenv(tmp_path: Path) -> Path:
    """Where this machine's go env file would be."""
    return tmp_path / "config" / "go" / "env"


@pytest.fixture
def trap(tmp_path: Path) -> Callable[[], bool]:
    """A `go` that is the first on the PATH; whether somebody has run it."""
    program, mark = tmp_path / "bin" / "go", tmp_path / "sprung"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ntouch "{mark}"\nexit 1\n', encoding="utf-8")
    program.chmod(0o755)
    return mark.exists


def path_of(tmp_path: Path) -> str:
    return f"{tmp_path / 'bin'}:/usr/local/bin:/usr/bin:/bin"


def test_the_go_env_file_speaks_though_it_is_not_open_and_once_when_it_is(workbench, goenv):
    goenv.parent.mkdir(parents=True)
    goenv.write_text(BROKEN, encoding="utf-8")
    code = workbench(GOENV=str(goenv))
    code.open("go.mod")
    code.command("Problems: Focus on Problems View")
    problem = code.page.locator(".markers-panel .monaco-list-row").filter(has_text="goenv/unreachable-proxy")
    expect(problem).to_have_count(1)
    code.command("wslgo: Open Go Env File")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(problem).to_have_count(1)
    code.picture("global-file")


def test_a_missing_go_env_file_is_created_after_a_yes(workbench, goenv):
    code = workbench(GOENV=str(goenv))
    code.open("go.mod")
    code.command("wslgo: Open Go Env File")
    code.page.get_by_role("button", name="Create").click()
    expect(code.page.locator('.tab.active[data-resource-name="env"]')).to_be_visible()
    assert goenv.read_text(encoding="utf-8").startswith("# Variables of the go command")


def test_the_status_item_tells_the_health_and_leads_to_its_page(workbench):
    code = workbench()
    code.open(".wslconfig")
    expect(code.language_status()).to_contain_text("attention")
    code.picture("health-status")
    code.language_status().get_by_text("Show Health").click()
    expect(code.page.locator(".tab.active")).to_contain_text("wslgo.md")
    expect(shown(code)).to_contain_text("Health of this machine")
    code.picture("health-page")


def test_the_id_of_a_rule_leads_to_its_page(workbench):
    code = workbench()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.go_to("mirored")
    code.hover().locator("a", has_text="wslconfig/invalid-choice").first.click()
    expect(shown(code)).to_contain_text("No finding")
    code.picture("rule-page")


def test_terminals_find_the_command(workbench, tmp_path):
    code = workbench()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.command("Terminal: Create New Terminal")
    expect(code.page.locator(".terminal-wrapper.active .xterm-screen")).to_be_visible()
    code.page.keyboard.type(f"wslgo check --format json . > {tmp_path / 'said'}\n")
    said = wait_for(lambda: (tmp_path / "said").exists() and (tmp_path / "said").read_text(encoding="utf-8"))
    assert json.loads(said)["findings"]


def test_a_trusted_workspace_has_the_machine_asked(workbench, trap, tmp_path):
    code = workbench(PATH=path_of(tmp_path))
    code.open(".wslconfig")
    wait_for(trap)


def test_an_untrusted_workspace_runs_nothing(workbench, trap, tmp_path):
    code = workbench(is_trusted=False, PATH=path_of(tmp_path))
    expect(code.status("Restricted Mode")).to_be_visible()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(code.language_status()).to_contain_text("Python 3.")
    code.command("wslgo: Refresh Machine Info")
    code.command("wslgo: Show Machine Health")
    expect(shown(code)).to_contain_text("not trusted")
    assert not trap()


def test_everything_is_said_in_chinese(workbench):
    code = workbench(language="zh-cn")
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(code.language_status()).to_contain_text(re.compile("需要注意|一切正常"))
    code.go_to("mirored")
    code.quick_fix("改为 mirrored")
    code.wait_for_text(lambda text: "networkingmode=mirrored" in text.casefold())
    code.picture("chinese")
    code.command("wslgo: 显示本机状况")
    expect(shown(code)).to_contain_text("本机状况")


def test_the_language_of_messages_can_be_chosen(workbench, data):
    settings = json.loads((data / "User" / "settings.json").read_text(encoding="utf-8"))
    write_json(data / "User" / "settings.json", {**settings, "wslgo.language": "zh-cn"})
    code = workbench()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(code.language_status()).to_contain_text(re.compile("需要注意|一切正常"))
    code.go_to("mirored")
    expect(code.hover().first).to_contain_text("这个选项")


def shown(code: Workbench):
    """The body of the Markdown preview."""
    return code.page.frame_locator("iframe.webview.ready").frame_locator("#active-frame").locator("body")
