"""The code action that moves a workspace to the disk of Linux, at the finding that says where it is."""

from collections.abc import Iterable, Iterator

from lsprotocol import types

from wslgo.ide.code_action import QUICK_FIX
from wslgo.linter.finding import Reported
from wslgo.lsp.extensions import MOVE
from wslgo.lsp.session.document import Document
from wslgo.lsp.session.session import Session
from wslgo.lsp.words import plain
from wslgo.text.message import Message

_MOVE = Message(en="Move this workspace to Linux...", zh="将此工作区移到 Linux…")
_RULES = ("gomod/workspace-on-windows-drive", "gowork/workspace-on-windows-drive")


def move_actions(found: Iterable[Reported], document: Document, session: Session) -> Iterator[types.CodeAction]:
    """Yield the action, if one of the findings is about the place of the workspace."""
    is_offered = session.client.can("move") and session.workspace.is_trusted
    if is_offered and any(reported.rule in _RULES for reported in found):
        title = plain(_MOVE(), session.language)
        command = types.Command(title, MOVE, arguments=[document.uri.rpartition("/")[0]])
        yield types.CodeAction(title, QUICK_FIX, command=command)
