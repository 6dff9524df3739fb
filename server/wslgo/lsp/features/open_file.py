"""The command that opens a file configuring this machine, and creates it from a template after a question."""

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from wslgo.knowledge.file_templates import TEMPLATES
from wslgo.lsp.command_types import MachineFile, RootWrite
from wslgo.lsp.outcome import WRITER, Outcome
from wslgo.lsp.session.uris import uri_of
from wslgo.lsp.words import notice
from wslgo.machine.host import Host
from wslgo.system import as_root
from wslgo.system.errors import reason
from wslgo.system.journal import ChangedError, Journal, folder_of
from wslgo.system.world import World
from wslgo.text.message import Message, Text

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

_UNKNOWN = Message(
    en="wslgo does not know where this file is: the workspace is not trusted, or this is not WSL",
    zh="wslgo 不知道此文件的位置：工作区不受信任，或者当前不在 WSL 中",
)
_MISSING = Message(en="{path} does not exist yet", zh="{path} 尚不存在")
_CREATE = Message(en="Create", zh="创建")
_FAILED = Message(en="{path} cannot be written: {reason}", zh="无法写入 {path}：{reason}")
_IS_AT = Message(en="The file is {path}", zh="文件位于 {path}")


async def open_file(server: "WslgoServer", which: MachineFile) -> RootWrite | None:
    """Show the file; if only root can create it, return the write that the client does as root."""
    await server.watch.first_survey()
    path = _path(server.session.neighbours.host, which.file)
    if path is None:
        server.show_error(_UNKNOWN())
        return None
    uri = uri_of(path)
    if not server.world.exists(path):
        if as_root.needs_root(path) and server.session.client.can("asRoot"):
            return RootWrite(uri, template=which.file)  # the client asks with its diff
        if not await _create_after_question(server, path, TEMPLATES[which.file]):
            return None
    await _show(server, path, uri)
    return None


def _path(host: Host, file: str) -> str | None:
    """Return where the file is or would be; None if that is unknown, for one without trust."""
    return {
        "wslconfig": host.wslconfig.path if host.wslconfig else None,
        "wslconf": host.wslconf.path if host.wslconf else None,
        "goenv": host.goenv_path,
    }.get(file)


async def _create_after_question(server: "WslgoServer", path: str, text: str) -> bool:
    """Ask whether to create the file, and create it."""
    if not await _confirms(server, path):
        return False
    problem = _create(path, text, server.world)
    if problem is not None:
        server.show_error(problem)
        return False
    server.watch.survey()
    return True


async def _confirms(server: "WslgoServer", path: str) -> bool:
    language = server.session.language
    create = types.MessageActionItem(notice(_CREATE, language))
    question = notice(_MISSING(path=path), language)
    answer = await server.window_show_message_request_async(
        types.ShowMessageRequestParams(types.MessageType.Info, question, [create])
    )
    return answer is not None


def _create(path: str, text: str, world: World) -> Text | None:
    """Create the file, and return the problem, if any; a file created in the meantime is kept."""
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Journal(folder_of(world.environment)).write(Path(path), text.encode(), WRITER, expected=None)
    except ChangedError:
        return None
    except OSError as error:
        return _FAILED(path=path, reason=reason(error))
    return None


async def _show(server: "WslgoServer", path: str, uri: str) -> None:
    if server.session.client.shows_documents:
        await server.window_show_document_async(types.ShowDocumentParams(uri, take_focus=True))
    else:
        server.report_outcome(Outcome(True, _IS_AT(path=path)))
