"""The check of the network from an editor: progress, a page, and nothing without trust."""

from pathlib import Path

import pytest

from conversation import VSCODE, Editor
from moduleservers import serving
from provisioninguser import User
from smallmachine import Machine
from wslgo.lsp import extensions

# What a server sends must not become a link or a command of the page.
HOSTILE = "[x](command:workbench.action.quit) $(zap)"


def user_with(folder: Path, goproxy: str, **options: object) -> User:
    machine = Machine(folder)
    machine.environment |= {"GOPROXY": goproxy, "GOSUMDB": "off"}
    return User(machine, **options)


def test_the_answers_are_a_page_and_each_is_progress(tmp_path: Path) -> None:
    with serving("404") as first, serving("good") as second:
        user = user_with(tmp_path, f"{first.url},{second.url},off")
        user.command("checkNetwork", {"drill": False})
    [page] = user.pages
    lines = page.splitlines()
    assert lines[0] == "# The network, as go sees it"
    assert lines[2].startswith(f"go gets modules from `{second.url}` in 0.")
    assert f"| `{first.url}` | modules | not found | 404 | 0." in page
    assert "| `off` | modules | rejects |" in page
    assert user.progress()[0] == "Asking the servers of Go"
    assert any(text.endswith(f"{second.url}: answers") for text in user.progress())


def test_findings_have_their_next_step(tmp_path: Path) -> None:
    with serving("500") as first, serving("good") as second:
        user = user_with(tmp_path, f"{first.url},{second.url}")
        user.command("checkNetwork", {"drill": False})
    [page] = user.pages
    assert "`machine/failing-module-proxy`" in page
    assert "Next: write GOPROXY=" in page


def test_what_a_redirect_names_is_inert(tmp_path: Path) -> None:
    with serving("redirect", target=f"ftp://x.example/{HOSTILE}") as server:
        user = user_with(tmp_path, server.url)
        user.command("checkNetwork", {"drill": False})
    [page] = user.pages
    assert "](command:" not in page


def test_a_user_can_cancel(tmp_path: Path) -> None:
    with serving("hang") as server:
        user = user_with(tmp_path, server.url)
        message = user.command("checkNetwork", {"drill": False}, until=lambda: bool(server.asked))
        token = user.of("window/workDoneProgress/create")[0]["token"]
        user.tell("window/workDoneProgress/cancel", {"token": token})
        user.continue_with(message, until=lambda: user.has_answer(message))
    assert user.pages == []


def test_an_untrusted_workspace_asks_nothing(tmp_path: Path) -> None:
    with serving("good") as server:
        user = user_with(tmp_path, server.url, trusted=False)
        user.command("checkNetwork", {"drill": False}, until=lambda: bool(user.messages()))
        assert server.asked == []
    assert user.messages() == ["wslgo asks the network only in a trusted workspace, because its files name hosts"]


def test_the_drill_needs_go(tmp_path: Path) -> None:
    user = user_with(tmp_path, "off")
    user.command("checkNetwork", {"drill": True}, until=lambda: bool(user.messages()))
    assert user.messages() == ["the drill needs a go command, and none was found"]


@pytest.mark.parametrize("name", [extensions.CHECK_NETWORK])
def test_nothing_asks_by_itself(name: str, tmp_path: Path) -> None:
    with serving("good") as server:
        machine = Machine(tmp_path)
        machine.environment["GOPROXY"] = server.url
        User(machine)
        assert server.asked == []
    assert name not in str(Editor(VSCODE, tmp_path).said)
