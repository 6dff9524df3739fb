"""RootAccess's part of provisioning in an editor: one command of `root_script`, which the client runs in a terminal.

sudo asks for the password there and apt writes there, so the orders come from a file, and the lines that count them go
to another. These files belong to this user, which is safe: the command contains the hash of the orders.
"""

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wslgo.lsp.as_root import BY_SUDO, BY_WINDOWS
from wslgo.lsp.extensions import RUN_AS_ROOT, TerminalCommand
from wslgo.lsp.words import plain
from wslgo.machine import wsl_exe
from wslgo.machine.host import Host
from wslgo.provision.apply import root_script
from wslgo.provision.apply.context import AsRoot
from wslgo.provision.model.step import Plan
from wslgo.provision.report.plan_page import of_root
from wslgo.provision.target import Target
from wslgo.system import as_root
from wslgo.system.reader import read_regular
from wslgo.text.message import Message, Text

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

NO_TERMINAL = Message(
    en="this editor has no terminal to run it as root in; run `wslgo provision` in a terminal",
    zh="此编辑器没有用于 root 操作的终端：请在终端中运行 `wslgo provision`",
)
ASKED = Message(
    en="wslgo runs this as root (Ctrl+C stops it):", zh="wslgo 将以 root 身份执行以下操作（按 Ctrl+C 停止）："
)
NAME = Message(en="wslgo as root", zh="wslgo（root）")

# Fixed: $0 is the file of the orders, $1 the text shown in the terminal; the command follows.
REDIRECTED = 'printf "%s\\n" "$1"; shift; exec "$@" <"$0" >"$0.out"'


class RootAccess(NamedTuple):
    """How root's part is done, in words and as a function; neither if root is not needed."""

    words: Text | None = None
    run: AsRoot | None = None


def root_for(server: "WslgoServer", plan: Plan, target: Target, host: Host, scratch: Path) -> RootAccess | Text:
    """Return how root does its part of a plan, or why this client cannot have it done."""
    if not (plan.needs_root and root_script.is_needed(target)):
        return RootAccess()
    if not server.session.client.can("terminal"):
        return NO_TERMINAL()
    command = root_script.command(lambda: wsl_exe.wsl_of(host))
    if command is None:
        return root_script.NO_WAY()
    words = "\n- ".join(plain(line, server.session.language) for line in (ASKED(), *of_root(plan)))
    return RootAccess((BY_SUDO if command.is_sudo else BY_WINDOWS)(), in_terminal(server, command, words, scratch))


def in_terminal(server: "WslgoServer", command: root_script.Command, text: str, scratch: Path) -> AsRoot:
    """Return a function that runs the command in a terminal of the client, under a text; for worker threads."""
    loop = asyncio.get_running_loop()

    def run(payload: bytes) -> tuple[int, bytes]:
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="root-", dir=scratch) as folder:
            orders = Path(folder, "orders")
            orders.write_bytes(payload)
            words = ["-c", REDIRECTED, str(orders), text, *command.of(payload)]
            # A Windows program starts only in a Windows folder.
            name, place = plain(NAME, server.session.language), str(Path(command.words[0]).parent)
            code = _exit_code(
                server, loop, TerminalCommand(name=name, command=as_root.SHELL, words=words, folder=place)
            )
            counted = Path(f"{orders}.out")
            return code, read_regular(counted) if counted.exists() else b""

    return run


def _exit_code(server: "WslgoServer", loop: asyncio.AbstractEventLoop, command: TerminalCommand) -> int:
    """Return the exit code of a command in the client's terminal, negative if the user closed it."""

    async def ask() -> object:
        return await server.protocol.send_request_async(RUN_AS_ROOT, command)

    code = asyncio.run_coroutine_threadsafe(ask(), loop).result()
    return code if isinstance(code, int) else -1
