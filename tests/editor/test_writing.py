"""Writing as root, in a real VS Code that runs as an ordinary user with a real sudo."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

import rootless
from workbench import wait_for

CONF = "etc/wsl.conf"

pytestmark = pytest.mark.skipif(not rootless.is_possible(), reason="needs root to become another user")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace that belongs to root."""
    folder = tmp_path_factory.mktemp("source") / "machine"
    (folder / "etc").mkdir(parents=True)
    (folder / CONF).write_text("[boot]\nsystemd=yes\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> rootless.User:
    """Return a user who owns nothing but their home."""
    return rootless.User(tmp_path_factory.mktemp("user"))


def test_a_fix_of_a_file_of_root_is_shown_and_applied_as_root_after_confirmation(code):
    conf = code.folder / CONF
    code.open(CONF)
    expect(code.squiggles("warning").first).to_be_visible()
    code.go_to("systemd")
    code.action("Apply as root: Change to true")
    dialog = code.page.locator(".monaco-dialog-box")
    expect(dialog).to_contain_text("as root")
    code.picture("as-root")
    assert conf.read_text(encoding="utf-8") == "[boot]\nsystemd=yes\n"
    dialog.get_by_role("button", name="Write as Root").click()
    wait_for(lambda: conf.read_text(encoding="utf-8") == "[boot]\nsystemd=true\n")
    assert conf.stat().st_uid == 0
    expect(code.notification("wslgo undo restores it").first).to_be_visible()
    code.picture("as-root-done")


def test_a_missing_file_is_shown_and_created_by_root_after_confirmation(code):
    conf = code.folder / CONF
    code.open(CONF)
    code.go_to("systemd")
    code.page.keyboard.type("# ")
    conf.unlink()
    code.command("Save wsl.conf as Root")
    dialog = code.page.locator(".monaco-dialog-box")
    expect(dialog).to_contain_text("Create")
    expect(dialog).to_contain_text("sudo runs one fixed command")
    code.picture("as-root-new")
    assert not conf.exists()
    dialog.get_by_role("button", name="Write as Root").click()
    wait_for(lambda: conf.exists() and conf.read_text(encoding="utf-8") == "[boot]\n# systemd=yes\n")
    assert (conf.stat().st_uid, conf.stat().st_mode & 0o777) == (0, 0o644)
