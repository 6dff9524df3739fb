"""Pages and prompts of a long-running command, for our own client or by means of plain LSP."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from wslgo.lsp.extensions import CONFIRM, SHOW_PAGE, Page, Question
from wslgo.lsp.session.uris import uri_of
from wslgo.lsp.words import Notice, notice
from wslgo.system.files import write_atomically
from wslgo.text.message import Language, Markdown, Message, Text

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

_MORE = Message(en="{names} and {count} more", zh="{names} 等 {total} 项")
_NAMED = 4  # names in one message


def shows_pages(server: "WslgoServer") -> bool:
    """Return whether the client can show a page in any form."""
    return server.session.client.can("pages") or server.session.client.shows_documents


async def show_page(server: "WslgoServer", name: str, text: Markdown, folder: Path) -> None:
    """Show a page of Markdown: as a file in `folder` if the client cannot show it otherwise."""
    if server.session.client.can("pages"):
        await server.protocol.send_request_async(SHOW_PAGE, Page(name=name, text=text))
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(folder / name, text.encode())
    await server.window_show_document_async(types.ShowDocumentParams(uri_of(str(folder / name))))


async def choice(
    server: "WslgoServer", question: Text, detail: Sequence[Text], answers: Sequence[Message]
) -> Message | None:
    """Return the answer to a modal question; None if the user closed it."""
    language = server.session.language
    words = notice(question, language)
    lines = Notice("\n".join(notice(line, language) for line in detail))
    if not server.session.client.can("pages"):
        return await _message_answer(
            server, types.MessageType.Info, Notice("\n".join(filter(None, (words, lines)))), answers
        )
    titles = _titles(answers, language)
    asked = Question(question=words, detail=lines, answers=list(titles))
    answer = await server.protocol.send_request_async(CONFIRM, asked)
    return titles.get(str(answer))


async def message_choice(
    server: "WslgoServer", words: Text, answers: Sequence[Message], kind: types.MessageType = types.MessageType.Info
) -> Message | None:
    """Return the answer to a message, which may come much later; None if the user closed it."""
    return await _message_answer(server, kind, notice(words, server.session.language), answers)


def short_list(names: Sequence[str], separator: str = ", ") -> Text | str:
    """Return the first names, and how many more there are."""
    shown = separator.join(names[:_NAMED])
    more = len(names) - _NAMED
    return _MORE(names=shown, count=more, total=len(names)) if more > 0 else shown


async def _message_answer(
    server: "WslgoServer", kind: types.MessageType, words: Notice, answers: Sequence[Message]
) -> Message | None:
    titles = _titles(answers, server.session.language)
    actions = [types.MessageActionItem(title) for title in titles]
    # pygls does not know the type of this answer: it is the JSON that the client sent.
    answer: object = await server.window_show_message_request_async(
        types.ShowMessageRequestParams(kind, words, actions)
    )
    return titles.get(str(answer.get("title"))) if isinstance(answer, dict) else None


def _titles(answers: Sequence[Message], language: Language) -> dict[str, Message]:
    """Return the titles of the buttons, each with its answer."""
    return {notice(answer, language): answer for answer in answers}
