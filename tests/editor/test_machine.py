"""The machine in VS Code: its files, its health, its terminals, in both languages."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from workbench import wait_for, write_json

BROKEN = "GOPROXY=direct,https://goproxy.cn\n"


@pytest.fixture
def goenv(environment: dict[str, str]) -> Iterator[Path]:
    """Yield the path of this machine's Go env file, which does not exist yet."""
    path = Path(environment["GOENV"])
    yield path
    path.unlink(missing_ok=True)


def trap(folder: Path, name: str) -> Callable[[], bool]:
    """Create a program and return a function that reports if it was run."""
    folder.mkdir(exist_ok=True)
    program, mark = folder / name, folder / f"{name}-was-run"
    program.write_text(f'#!/bin/sh\ntouch "{mark}"\nexit 1\n', encoding="utf-8")
    program.chmod(0o755)
    return mark.exists


def path_of(folder: Path) -> str:
    return f"{folder}:/usr/local/bin:/usr/bin:/bin"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the first folder of the PATH in the window of this module."""
    return tmp_path_factory.mktemp("programs")


@pytest.fixture(scope="module")
def go_was_run(programs: Path) -> Callable[[], bool]:
    return trap(programs, "go")


@pytest.fixture(scope="module")
def environment(environment: dict[str, str], programs: Path, go_was_run: Callable[[], bool]) -> dict[str, str]:
    return {**environment, "PATH": path_of(programs)}


def test_a_closed_go_env_file_is_reported_and_only_once_when_it_is_open(code, goenv):
    goenv.parent.mkdir(parents=True, exist_ok=True)
    goenv.write_text(BROKEN, encoding="utf-8")
    code.open("go.mod")
    code.command("wslgo: Refresh Machine Info")
    code.command("Problems: Focus on Problems View")
    problem = code.page.locator(".markers-panel .monaco-list-row").filter(has_text="goenv/unreachable-proxy")
    expect(problem).to_have_count(1)
    code.command("wslgo: Open Go Env File")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(problem).to_have_count(1)
    code.picture("global-file")


def test_a_missing_go_env_file_is_created_after_confirmation(code, goenv):
    code.open("go.mod")
    code.command("wslgo: Open Go Env File")
    code.page.get_by_role("button", name="Create").click()
    expect(code.page.locator('.tab.active[data-resource-name="env"]')).to_be_visible()
    assert goenv.read_text(encoding="utf-8").startswith("# Variables of the go command")


def test_the_status_item_shows_the_health_and_opens_its_page(code):
    code.open(".wslconfig")
    expect(code.language_status()).to_contain_text("attention")
    code.picture("health-status")
    code.language_status().get_by_text("Show Health").click()
    expect(code.page.locator(".tab.active")).to_contain_text("wslgo.md")
    expect(code.preview()).to_contain_text("Health of this machine")
    code.picture("health-page")


def test_the_id_of_a_rule_links_to_its_page(code):
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.go_to("mirored")
    code.hover().locator("a", has_text="wslconfig/invalid-choice").first.click()
    expect(code.preview()).to_contain_text("No finding")
    code.picture("rule-page")


def test_terminals_find_the_command(code, tmp_path):
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.command("Terminal: Create New Terminal")
    expect(code.page.locator(".terminal-wrapper.active .xterm-screen")).to_be_visible()
    # The report is there as soon as it is whole.
    part, whole = tmp_path / "part", tmp_path / "report"
    code.page.keyboard.type(f"wslgo check --format json . > {part}; mv {part} {whole}\n")
    report = wait_for(lambda: whole.exists() and whole.read_text(encoding="utf-8"))
    assert json.loads(report)["findings"]
    code.command("Terminal: Kill All Terminals")


def test_in_a_trusted_workspace_the_machine_is_inspected(code, go_was_run):
    code.open(".wslconfig")
    wait_for(go_was_run)


def test_an_untrusted_workspace_is_checked_but_runs_no_program(workbench, workspace, tmp_path):
    go_was_run = trap(tmp_path / "bin", "go")
    python_was_run = trap(tmp_path / "bin", "own-python")
    write_json(workspace / ".vscode" / "settings.json", {"wslgo.interpreter": str(tmp_path / "bin" / "own-python")})
    code = workbench(is_trusted=False, PATH=path_of(tmp_path / "bin"))
    expect(code.status("Restricted Mode")).to_be_visible()
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(code.language_status()).to_contain_text("Python 3.")
    code.command("wslgo: Refresh Machine Info")
    code.command("wslgo: Show Machine Health")
    expect(code.preview()).to_contain_text("not trusted")
    assert not go_was_run()
    assert not python_was_run()


def test_every_message_is_in_chinese(workbench):
    code = workbench(language="zh-cn")
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    expect(code.language_status()).to_contain_text(re.compile("需要注意|没有需要注意的项|未发现问题"))
    code.go_to("mirored")
    code.quick_fix("改为 mirrored")
    code.wait_for_text(lambda text: "networkingmode=mirrored" in text.casefold())
    code.picture("chinese")
    code.command("wslgo: 显示本机状况")
    expect(code.preview()).to_contain_text("本机状况")
    code.command("wslgo: 入门")
    expect(code.page.locator(".getting-started-step:visible").first).to_contain_text("检查本机")
    code.picture("walkthrough-chinese")


def test_the_language_of_messages_can_be_chosen(code):
    write_json(code.folder / ".vscode" / "settings.json", {"wslgo.language": "zh-cn"})
    code.open(".wslconfig")
    expect(code.squiggles("warning").first).to_be_visible()
    code.command("Problems: Focus on Problems View")
    chinese = code.page.locator(".markers-panel .monaco-list-row").filter(has_text=re.compile("[一-龥]"))
    expect(chinese.first).to_be_visible()
