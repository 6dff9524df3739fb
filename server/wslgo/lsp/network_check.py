"""The check of the network for a client: the servers of Go are asked, and a page shows their answers."""

from pathlib import Path
from typing import TYPE_CHECKING

from wslgo.lsp.client_dialogs import show_page, shows_pages
from wslgo.lsp.client_progress import progress
from wslgo.lsp.jobs import IsCancelled, result_of
from wslgo.lsp.pages import machine_findings
from wslgo.machine.host import Host
from wslgo.network.asking import SECONDS, Progress
from wslgo.network.drill.go_command import go_of
from wslgo.network.drill.replay import Trial, trials_of
from wslgo.network.drill.report import NO_GO
from wslgo.network.live import with_live_answers
from wslgo.network.page import network_page
from wslgo.network.questions import Wanted
from wslgo.network.report import about_network, progress_words
from wslgo.provision.session import scratch_of
from wslgo.system.repository import current_folder
from wslgo.text.message import Message

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

UNTRUSTED = Message(
    en="wslgo asks the network only in a trusted workspace, because its files name hosts",
    zh="wslgo 仅在受信任的工作区中访问网络：其中的文件会指定主机",
)
BLIND = Message(
    en="This editor cannot show a page; run `wslgo doctor --network` in a terminal",
    zh="此编辑器无法显示页面；可在终端中运行 `wslgo doctor --network`",
)
ASKING = Message(en="Asking the servers of Go", zh="正在询问 Go 的服务器")
DRILLING = Message(en="{done}/{total} (drill)", zh="{done}/{total}（演练）")

_PAGE = "network.md"


async def check_network(server: "WslgoServer", *, is_drilled: bool) -> None:
    """Ask the servers of Go, show how far it is, and then the page; nothing if the user cancels."""
    session, environment = server.session, server.world.environment
    if not session.workspace.is_trusted or not shows_pages(server):
        server.show_error(BLIND() if session.workspace.is_trusted else UNTRUSTED())
        return
    await server.watch.first_survey()
    host = session.neighbours.host
    if is_drilled and not go_of(host):
        server.show_error(NO_GO())
        return
    folders = tuple(map(Path, session.workspace.roots or (current_folder(),)))
    async with progress(server, ASKING()) as shown:

        def work(is_stopped: IsCancelled) -> tuple[Host, tuple[Trial, ...] | None]:
            def listen(answered: Progress) -> None:
                shown.say(progress_words(*answered))

            def count(done: int, total: int) -> None:
                shown.say(DRILLING(done=done, total=total))

            asked = with_live_answers(host, environment, folders, Wanted(), SECONDS, listen, is_stopped)
            if not is_drilled or is_stopped():
                return asked, None
            value = host.go_values().get("GOPROXY", "")
            return asked, trials_of(value, go_of(host), listener=count, is_cancelled=is_stopped)

        found = await shown.unless_cancelled(result_of(server.start, work, shown.is_cancelled))
    if found is not None:
        asked, trials = found
        findings = about_network(machine_findings(session, asked))
        await show_page(server, _PAGE, network_page(asked, findings, trials, session.language), scratch_of(environment))
