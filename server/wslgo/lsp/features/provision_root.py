"""Root's part of provisioning in an editor: the one command of `rooted.py`, which the client runs in a terminal.

sudo asks for the password there and apt speaks there, so the orders come from a file and the lines that count them go
to one. Those files are this user's, and that is no harm: the hash of the orders is a word of the command.
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
    en="this editor has no terminal for root's part: `wslgo provision` in a terminal does it",
    zh="此编辑器没有用于 root 操作的终端：请在终端中运行 `wslgo provision`",
)
ASKED = Message(en="wslgo asks root for this (Ctrl+C stops it):", zh="wslgo 请求 root 执行以下操作（按 Ctrl+C 停止）：")
NAME = Message(en="wslgo as root", zh="wslgo（root）")

# Fixed: the file of the orders is $0; what is said to whoever looks on is $1, and behind it stands the command.
REDIRECTED = 'printf "%s\\n" "$1"; shift; exec "$@" <"$0" >"$0.out"'


class Root(NamedTuple):
    """How root's part is done, in words and in deed; neither where root is not needed."""

    words: Text | None = None
    run: AsRoot | None = None


def root_for(server: "WslgoServer", plan: Plan, target: Target, host: Host, scratch: Path) -> Root | Text:
    """The way to root for a plan, or why there is none in this client."""
    if not (plan.needs_root and root_script.is_needed(target)):
        return Root()
    if not server.session.client.can("terminal"):
        return NO_TERMINAL()
    command = root_script.command(lambda: wsl_exe.wsl_of(host))
    if command is None:
        return root_script.NO_WAY()
    words = "\n- ".join(plain(one, server.session.language) for one in (ASKED(), *of_root(plan)))
    return Root((BY_SUDO if command.is_sudo else BY_WINDOWS)(), in_terminal(server, command, words, scratch))


def in_terminal(server: "WslgoServer", command: root_script.Command, said: str, scratch: Path) -> AsRoot:
    """Runs the command in a terminal of the client, below some words; called in another thread than the loop's."""
    loop = asyncio.get_running_loop()

    def run(payload: bytes) -> tuple[int, bytes]:
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="root-", dir=scratch) as folder:
            orders = Path(folder, "orders")
            orders.write_bytes(payload)
            words = ["-c", REDIRECTED, str(orders), said, *command.of(payload)]
            # A program of Windows wants a folder of Windows.
            name, place = plain(NAME, server.session.language), str(Path(command.words[0]).parent)
            code = _asked(server, loop, TerminalCommand(name=name, command=as_root.SHELL, words=words, folder=place))
            counted = Path(f"{orders}.out")
            return code, read_regular(counted) if counted.exists() else b""

    return run


def _asked(server: "WslgoServer", loop: asyncio.AbstractEventLoop, command: TerminalCommand) -> int:
    """The exit code of a command in the client's terminal, negative where there was none."""

    async def ask() -> object:
        return await server.protocol.send_request_async(RUN_AS_ROOT, command)

    code = asyncio.run_coroutine_threadsafe(ask(), loop).result()
    return code if isinstance(code, int) else -1
