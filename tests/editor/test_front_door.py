"""First contact with the extension: its walkthrough, the palette, menus, and the status item in a Go file."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from workbench import Workbench

GENERATE = "Generate Delve Launch Configurations"
HEALTH = "Show Machine Health"
PROVISION = "Provision Go on WSL2"


@pytest.fixture
def code(window: Workbench, request: pytest.FixtureRequest) -> Iterator[Workbench]:
    """Yield the window with the extension started: until then the palette lists none of its commands."""
    window.close_everything()
    window.open("main.go")
    expect(window.language_status()).to_contain_text("wslgo")
    yield window
    window.picture(f"{request.node.name}-end")


def steps(code: Workbench) -> Locator:
    return code.page.locator(".getting-started-step:visible")


def context_menu(code: Workbench) -> Locator:
    """Open the context menu of the editor."""
    code.page.keyboard.press("Escape")
    code.editor.locator(".view-line").first.click(button="right")
    return code.page.locator(".context-view .monaco-menu")


def title_menu(code: Workbench) -> Locator:
    """Open the menu in the title of the editor."""
    code.page.keyboard.press("Escape")
    code.page.locator(".editor-group-container.active .editor-actions").get_by_label("More Actions...").click()
    return code.page.locator(".context-view .monaco-menu")


def test_the_status_item_is_visible_in_a_go_file(code):
    expect(code.language_status()).to_contain_text("Show Health")
    code.picture("status-in-go-file")


def test_the_palette_lists_provisioning_under_the_name_of_the_extension(code):
    widget = code.page.locator(".quick-input-widget")
    code.page.keyboard.press("F1")
    for title in (PROVISION, HEALTH, GENERATE, "Get Started"):
        widget.locator("input").first.fill(f">wslgo: {title}")  # the list has only the rows that fit
        expect(widget.locator(".monaco-list-row").filter(has_text=f"wslgo: {title}")).to_have_count(1)
    widget.locator("input").first.fill(">wslgo")
    code.picture("palette")
    code.page.keyboard.press("Escape")


def test_the_walkthrough_has_four_steps_and_marks_a_completed_one(code):
    code.page.set_viewport_size({"width": 1500, "height": 800})  # a narrow walkthrough has no pictures
    code.command("wslgo: Get Started")
    expect(steps(code)).to_have_count(4)
    expect(steps(code).first).to_contain_text("Check This Machine")
    expect(code.preview().locator("svg")).to_contain_text("GOCACHE")
    code.picture("walkthrough")
    code.page.get_by_role("button", name=HEALTH).first.click()
    expect(code.preview()).to_contain_text("Health of this machine")
    code.command("wslgo: Get Started")
    expect(steps(code).first.locator(".codicon-getting-started-step-checked")).to_be_visible()
    steps(code).filter(has_text="Fix .wslconfig").click()
    expect(code.preview().locator("svg")).to_contain_text("mirrored")
    code.picture("walkthrough-done")


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        (".wslconfig", [HEALTH, PROVISION]),
        ("etc/wsl.conf", ["Save wsl.conf as Root...", HEALTH, PROVISION]),
        ("go.mod", [GENERATE, HEALTH, PROVISION]),
        (".vscode/launch.json", [GENERATE]),
    ],
)
def test_the_context_menu_of_a_file_has_the_commands_for_it(code, path, titles):
    file = code.folder / path
    file.parent.mkdir(exist_ok=True)
    if not file.exists():
        file.write_text('{"configurations": []}\n', encoding="utf-8")
    code.open(path)
    menu = context_menu(code)
    expect(menu.get_by_text(titles[0], exact=True)).to_be_visible()
    code.picture(f"menu-{file.name.lstrip('.')}")
    ours = re.compile("^(Save wsl.conf|Show Machine|Generate Delve|Provision)")
    assert menu.locator(".action-label").filter(has_text=ours).all_inner_texts() == titles
    code.page.keyboard.press("Escape")


def test_the_title_of_a_file_of_wsl_has_a_button_for_the_health(code):
    code.open(".wslconfig")
    code.page.locator(".editor-actions").get_by_label(HEALTH).click()
    expect(code.preview()).to_contain_text("Health of this machine")


def test_the_title_menu_of_a_module_generates_launch_configurations(code):
    code.open("go.mod")
    expect(title_menu(code).get_by_text(GENERATE, exact=True)).to_be_visible()
    code.picture("title-menu")
    code.page.keyboard.press("Escape")


def test_the_listing_is_the_readme_of_the_extension_without_a_broken_picture(code):
    code.command("Extensions: Show Installed Extensions")
    code.page.locator(".extensions-viewlet .extension-list-item").filter(has_text="wslgo").first.click()
    expect(code.preview()).to_contain_text("Find and fix what makes Go slow or broken on WSL2")
    expect(code.preview().locator("img")).to_have_count(0)
    code.picture("listing")
    code.command("View: Show Explorer")


def test_the_task_puts_findings_of_closed_files_into_the_problems_panel(code):
    code.close_everything()
    code.page.keyboard.press("Control+P")
    picker = code.page.locator(".quick-input-widget")
    picker.locator("input").first.fill("task wslgo")
    picker.locator(".monaco-list-row").filter(has_text="wslgo").first.click()
    picker.locator(".monaco-list-row").filter(has_text="wslgo: check").first.click()
    # VS Code shows the terminal of a task that ends with findings.
    expect(code.page.locator(".single-terminal-tab")).to_contain_text("check")
    code.command("Problems: Focus on Problems View")
    panel = code.page.locator(".markers-panel")
    expect(panel).to_contain_text("wslconfig/unknown-key")
    expect(panel).to_contain_text("[Ln 9, Col 1]")
    code.picture("task")
