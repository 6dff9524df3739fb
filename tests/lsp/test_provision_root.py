"""Root's part of provisioning: one command in a terminal of the client."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import windowsline
from conversation import LOOP, Json
from provisioninguser import User, machine_with_go
from smallmachine import Machine
from wslgo.lsp.features.provision_root import NO_TERMINAL, REDIRECTED, in_terminal, root_for
from wslgo.machine.host import Host
from wslgo.provision.apply import root_script
from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.system.as_root import Wsl
from wslgo.text.message import Message, Text

pytestmark = pytest.mark.slow

WORDS = Message(en="x", zh="x")()
OF_ROOT = Plan((Step("x", WORDS, WORDS, (WriteFile("/etc/x", None, b"x"),), needs_root=True),))


SCRIPT = root_script.Command(("/bin/sh", "-c", root_script.SCRIPT, "wslgo"), 0)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return machine_with_go(tmp_path)


@pytest.fixture
def user(machine: Machine) -> User:
    return User(machine)


def as_root(user: User, payload: bytes, command: root_script.Command = SCRIPT) -> tuple[int, bytes]:
    """Return what a run in a worker thread gets back from root's part."""
    scratch = user.machine.folder / "scratch"

    async def function() -> Callable[[bytes], tuple[int, bytes]]:
        return in_terminal(user.server, command, "words", scratch)

    run = LOOP.run_until_complete(function())
    results: list[tuple[int, bytes]] = []
    thread = threading.Thread(target=lambda: results.append(run(payload)), daemon=True)
    thread.start()
    while thread.is_alive():
        user.reply_to_requests()
        user._work_off()
    assert list(scratch.iterdir()) == []
    return results[0]


def in_a_terminal(asked: Json) -> int:
    """Run a program as a client does: its words as they are, in its folder, without standard input."""
    words = [asked["command"], *asked["words"]]
    return subprocess.run(words, cwd=asked["folder"], stdin=subprocess.DEVNULL, check=False).returncode


def test_root_reads_its_orders_from_a_file_and_counts_them_in_another(user: User) -> None:
    user.runs_as_root = in_a_terminal
    assert as_root(user, b"plan x\n") == (0, b"done 1\n")
    [asked] = user.of("wslgo/runAsRoot")
    assert (asked["command"], asked["words"][:2]) == ("/bin/sh", ["-c", REDIRECTED])


@pytest.mark.parametrize("quoting", windowsline.QUOTINGS)
def test_wsl_exe_runs_the_same_orders(user: User, quoting: str, tmp_path: Path) -> None:
    program = windowsline.write_program(tmp_path / "windows" / "wsl.exe", quoting)
    command = root_script.command(lambda: Wsl(str(program), "Debian"), sudo=())
    assert command is not None
    user.runs_as_root = in_a_terminal
    assert as_root(user, b"plan x\n", command) == (0, b"done 1\n")
    assert user.of("wslgo/runAsRoot")[0]["folder"] == str(program.parent), "where Windows programs can start"


def test_orders_that_were_exchanged_are_not_followed(user: User) -> None:
    def exchange(asked: Json) -> int:
        Path(asked["words"][2]).write_bytes(b"plan x\nrun ldconfig\n")
        return in_a_terminal(asked)

    user.runs_as_root = exchange
    assert as_root(user, b"plan x\n") == (14, b"")


def test_a_closed_terminal_has_done_nothing(user: User) -> None:
    user.runs_as_root = lambda _: None
    assert as_root(user, b"plan x\n") == (-1, b"")


@pytest.mark.usefixtures("ordinary_user")
def test_an_editor_without_wslgo_terminals_leaves_root_to_the_command_line(machine: Machine) -> None:
    from wslgo.provision.target import this_machine

    user = User(machine, can=["pages"])
    found = root_for(user.server, OF_ROOT, this_machine(None, str(machine.folder)), Host(), machine.folder)
    assert found == NO_TERMINAL()
    assert isinstance(found, Text)
