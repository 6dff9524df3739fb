"""Code actions that write a file as root: the client shows the change and runs the command in a terminal."""

from collections.abc import Iterable, Iterator

import attrs
from lsprotocol import types

from wslgo.ide.code_action import QUICK_FIX, Action
from wslgo.lsp.command_types import RootWrite
from wslgo.lsp.extensions import APPLY_AS_ROOT
from wslgo.lsp.session.document import Document
from wslgo.lsp.session.session import Session
from wslgo.lsp.words import plain
from wslgo.system.as_root import needs_root
from wslgo.text.message import Message

_APPLY = Message(en="Apply as root: {title}...", zh="以 root 身份应用：{title}…")


def as_root(
    found: Iterable[tuple[Action, types.CodeAction]], document: Document, session: Session
) -> Iterator[types.CodeAction]:
    """Yield the actions, and for each fix of a file that belongs to root one that writes it as root."""
    offers = session.client.can("asRoot") and session.workspace.is_trusted and needs_root(document.file.path)
    for action, shown in found:
        write = _root_write(action, shown, document) if offers else None
        if write is None or not action.writes_bytes:
            yield shown
        if write is not None:
            title = plain(_APPLY(title=action.title), session.language)
            command = types.Command(title, APPLY_AS_ROOT, arguments=[attrs.asdict(write)])
            yield types.CodeAction(title, QUICK_FIX, diagnostics=shown.diagnostics, command=command)


def _root_write(action: Action, shown: types.CodeAction, document: Document) -> RootWrite | None:
    """Return the write for a fix that stays in the file."""
    if not action.answers or any(edit.path not in ("", document.file.path) for edit in action.edits):
        return None
    reported = action.answers[0]
    titles = [fix.title for fix in reported.finding.fixes]
    if action.title not in titles or not shown.diagnostics:
        return None
    return RootWrite(document.uri, reported.rule, shown.diagnostics[0].range, titles.index(action.title))
